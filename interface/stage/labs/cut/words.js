// A step in words: how far it went, and how true slope and curvature were.

import { significant } from "../../core/format.js";

/** @import { Cut } from "./reading.js" */

const SAME = 0.02;
const TRUE = 0.05;

// How far the step went, measured by the lowest point of the quadratic model along it.
/** @param {Pick<Cut, "number" | "slope" | "bend" | "lowest">} cut */
export function headline({ number, slope, bend, lowest }) {
  if (slope >= 0) return `Step ${number} goes uphill, against the slope at its beginning.`;
  if (bend <= 0 || lowest === null)
    return `Along step ${number} the loss bends down: no length would be too long for the model.`;
  const share = 1 / lowest;
  if (Math.abs(share - 1) < SAME) return `Step ${number} goes to the lowest point of the model along it.`;
  const far = `Step ${number} goes ${significant(share, 3)} times as far as to the model’s lowest point`;
  if (share < 1) return `${far}: it could be longer.`;
  return share < 2 ? `${far}: past it, and still down.` : `${far}: up the other side.`;
}

// The change of the loss over the step: foretold by the slope alone, by the model, and as it is.
/** @param {Pick<Cut, "foretold" | "happened">} cut */
export function rows({ foretold, happened }) {
  return [
    ["By the slope alone", significant(foretold.slope, 4)],
    ["By slope and curvature", significant(foretold.model, 4)],
    ["What happens", significant(happened, 4)],
  ];
}

// The share of the foretold change that comes about: what a trust-region method decides by.
/** @param {Pick<Cut, "foretold" | "happened">} cut */
export function trust({ foretold, happened }) {
  const ratio = happened / foretold.model;
  if (!Number.isFinite(ratio)) return "";
  if (Math.abs(ratio - 1) < TRUE)
    return "As far as this step reaches, the loss is nearly its quadratic model.";
  return `The change is ${significant(ratio, 3)} times the foretold one: this step leaves the quadratic model behind.`;
}

// What the rule saw besides: the lines here are those of the loss itself.
/** @param {number} noise @param {boolean} partly */
export function proviso(noise, partly) {
  if (!noise && !partly) return "";
  return `All lines are those of the whole loss; the rule saw ${partly ? "a part of it" : "noise"} at every step.`;
}

/** @param {ArrayLike<number>} x @param {number} t @param {number} diverged */
export function why(x, t, diverged) {
  if (diverged >= 0 && t >= diverged - 1) return "This lane has diverged: there is no step to look along.";
  return x.length > 2 ? "At rest: there is no step to look along." : "A run of no steps.";
}
