// Which outcome the sensitivity curves show.

// Without a minimum there is nothing to arrive at: what counts is how soon a run has left downhill.
export function whatShown({ stage, heading }) {
  return heading.lowest === null ? "steps" : stage.race.header.view.color;
}
