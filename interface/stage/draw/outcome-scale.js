// How an outcome is placed on a vertical axis: losses and distances by their powers of ten.

import { logTicks, power } from "./ticks.js";
import { filled, significant } from "../core/format.js";

/** @import { Tick } from "./shapes.d.ts" */
/** @import { Ending, Numbers } from "../core/packets.d.ts" */
/** @typedef {{ place: (v: number | null) => number | null, ticks: (low: number, high: number) => Tick[] }} OutcomePlace */

const FLOOR = 1e-16;

// `known`: the surface has a minimum, so losses are heights above it and steps lead to it; where it
// has none, steps are those until a run has left the window downhill.
/** @param {string} what @param {boolean} known */
export function outcomeScale(what, known) {
  if (what === "loss" && !known) return { ...SIGNED, title: "final loss" };
  if (what === "steps" && !known) return { ...COUNTED, title: LEAVING };
  return { ...(what === "steps" ? COUNTED : LOG), title: TITLES[what] };
}

export const LEAVING = "steps until out of the window downhill";

/** @type {Record<string, string>} */
const TITLES = {
  loss: "loss above minimum",
  distance: "distance to the minimum",
  steps: "steps until arrived to stay",
};

/** @type {OutcomePlace} */
const LOG = {
  place: (v) => (v !== null && Number.isFinite(v) ? Math.log10(Math.max(v, FLOOR)) : null),
  ticks: logTicks,
};

/** @type {OutcomePlace} */
const COUNTED = { ...LOG, place: (v) => (v === null ? null : Math.log10(Math.max(v, 1))) };

// A loss that may fall without end: powers of ten above and below zero, with zero between them.
/** @param {number} v */
const signedPlace = (v) => Math.sign(v) * Math.log10(1 + Math.abs(v));
/** @type {OutcomePlace} */
const SIGNED = {
  place: (v) => (v !== null && Number.isFinite(v) ? signedPlace(v) : null),
  ticks: (low, high) => {
    const step = Math.max(1, Math.ceil((high - low) / 6));
    const count = Math.ceil(Math.max(Math.abs(low), Math.abs(high)) / step) + 1;
    const sizes = Array.from({ length: count }, (_, k) => 10 ** (k * step)).slice(step > 1 ? 1 : 0);
    const values = [...sizes.map((v) => -v).reverse(), 0, ...sizes];
    const found = values.map((v) => ({ at: signedPlace(v), text: signed(v) }));
    return found.filter(({ at }) => at >= low && at <= high);
  },
};

/** @param {number} v */
const signed = (v) =>
  Math.abs(v) < 1000 ? significant(v) : `${v < 0 ? "−" : ""}${power(Math.log10(Math.abs(v)))}`;

// The value of curve `what` at place i: null where the run diverged, ran away or never got there.
/** @param {Record<string, Numbers>} arrays @param {string} what @param {number} i */
export function outcomeAt(arrays, what, i) {
  if (arrays.diverged.values[i] >= 0) return null;
  if (arrays.away.values[i] >= 0) return null;
  const value = arrays[what].values[i];
  return what === "steps" && value < 0 ? null : value;
}

// In words, which `endings` are as the server says them.
/**
 * @param {Record<string, Numbers>} arrays
 * @param {string} what
 * @param {number} i
 * @param {Record<string, Ending>} endings
 */
export function saidOutcome(arrays, what, i, endings) {
  const steps = arrays.steps.values[i];
  if (what === "steps" && steps >= 0) return `${steps} steps`;
  const gone = ["ran away", "diverged"].find((end) => arrays[GONE[end]].values[i] >= 0);
  if (gone) return filled(endings[gone].words, { step: arrays[GONE[gone]].values[i] });
  return what === "steps" ? endings["on its way"].words : significant(arrays[what].values[i], 3);
}

/** @type {Record<string, string>} */
const GONE = { "ran away": "away", diverged: "diverged" };
