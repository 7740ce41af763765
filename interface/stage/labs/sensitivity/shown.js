// Which outcome the sensitivity curves show.

/** @import { Stage } from "../../core/stage.d.ts" */
/** @import { SensitivityHeading } from "./compute.js" */
/** @import { Drawn, Sensing } from "./sensitivity.js" */

// Whether the curves are there.
/** @param {Sensing} state @returns {state is Drawn} */
export const isDrawn = (state) => state.ready && state.axis !== null && state.figure !== null;

// Without a minimum there is nothing to arrive at: what counts is how soon a run has left downhill.
/** @param {{ stage: Stage, heading: SensitivityHeading }} state @returns {string} */
export function whatShown({ stage, heading }) {
  return heading.lowest === null ? "steps" : stage.race.header.view.color;
}
