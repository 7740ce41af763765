// The lanes' present rates among the curves: where each lies, and what it gives, in words.

import { significant } from "../../core/format.js";
import { setting } from "../../core/question.js";
import { outcomeScale } from "../../draw/outcome-scale.js";

/** @import { FeltRace, Stage } from "../../core/stage.d.ts" */
/** @import { LaneHeader } from "../../core/packets.d.ts" */
/** @import { SensitivityHeading } from "./compute.js" */
/** @import { Sensing } from "./sensitivity.js" */
/**
 * @typedef {object} Present
 * @property {number} k
 * @property {LaneHeader} lane
 * @property {string} text
 * @property {number} rate
 * @property {number | null} place
 * @property {string} said
 */

/** @param {Pick<Sensing, "params" | "usual">} state @param {string} slot */
export const rateText = (state, slot) => setting(state.params, slot, "lr", state.usual[slot]);

// Without a minimum there is nothing to arrive at: what counts is how soon a run has left downhill.
/** @param {{ stage: Stage, heading: SensitivityHeading }} state @returns {string} */
export const whatShown = ({ stage, heading }) =>
  heading.lowest === null ? "steps" : stage.race.header.view.color;

// Where each visible lane's present rate lies: its own outcome where the race tells it.
/** @param {Sensing} state @param {SensitivityHeading} heading @returns {(Present | null)[]} */
export function markersOf(state, heading) {
  const { stage, curves } = state;
  const what = whatShown({ stage, heading });
  const { place } = outcomeScale(what, heading.lowest !== null);
  return stage.race.header.lanes.map((lane, k) => {
    if (!lane.visible || !curves[k]) return null;
    const text = rateText(state, lane.slot);
    const value = present(stage.race, k, what);
    const height = value === null ? null : place(value);
    return { k, lane, text, rate: Number(text), place: height, said: saidPresent(lane, what, value) };
  });
}

/** @param {FeltRace} race @param {number} k @param {string} what */
function present({ header, arrays }, k, what) {
  const lane = header.lanes[k];
  if (what === "steps") return lane.reached;
  if (lane.diverged >= 0 || lane.end === "ran away") return null;
  if (what === "distance") return lane.distance;
  return header.lowest === null ? lane.final : arrays[`gap${k}`].values[header.steps];
}

/** @param {LaneHeader} lane @param {string} what @param {number | null} value */
function saidPresent(lane, what, value) {
  if (value === null) return lane.words;
  return what === "steps" ? `${value} steps` : significant(value, 3);
}
