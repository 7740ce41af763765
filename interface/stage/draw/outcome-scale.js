// How an outcome is placed on a vertical axis: losses and distances by their powers of ten.

import { logTicks } from "./ticks.js";
import { power } from "./heat.js";
import { significant } from "../core/format.js";

const FLOOR = 1e-16;

// `known`: the surface has a global minimum, so losses are heights above it.
export function outcomeScale(what, known) {
  if (what === "loss" && !known) return { ...SIGNED, title: "final loss" };
  return { ...(what === "steps" ? COUNTED : LOG), title: TITLES[what] };
}

const TITLES = {
  loss: "loss above minimum",
  distance: "distance to the minimum",
  steps: "steps to the tolerance",
};

const LOG = {
  place: (v) => (Number.isFinite(v) ? Math.log10(Math.max(v, FLOOR)) : null),
  ticks: logTicks,
};

const COUNTED = { ...LOG, place: (v) => (v === null ? null : Math.log10(Math.max(v, 1))) };

// A loss that may fall without end: powers of ten above and below zero, with zero between them.
const signedPlace = (v) => Math.sign(v) * Math.log10(1 + Math.abs(v));
const SIGNED = {
  place: (v) => (Number.isFinite(v) ? signedPlace(v) : null),
  ticks: (low, high) => {
    const step = Math.max(1, Math.ceil((high - low) / 6));
    const count = Math.ceil(Math.max(Math.abs(low), Math.abs(high)) / step) + 1;
    const sizes = Array.from({ length: count }, (_, k) => 10 ** (k * step)).slice(step > 1 ? 1 : 0);
    const values = [...sizes.map((v) => -v).reverse(), 0, ...sizes];
    const found = values.map((v) => ({ at: signedPlace(v), text: signed(v) }));
    return found.filter(({ at }) => at >= low && at <= high);
  },
};

const signed = (v) =>
  Math.abs(v) < 1000 ? significant(v) : `${v < 0 ? "−" : ""}${power(Math.log10(Math.abs(v)))}`;

// The value of curve `what` at place i: null where the run diverged or never got there.
export function outcomeAt(arrays, what, i) {
  if (arrays.diverged.values[i] >= 0) return null;
  const value = arrays[what].values[i];
  return what === "steps" && value < 0 ? null : value;
}

export function saidOutcome(arrays, what, i) {
  if (arrays.diverged.values[i] >= 0) return `diverges at step ${arrays.diverged.values[i]}`;
  const value = arrays[what].values[i];
  if (what === "steps") return value < 0 ? "not within the tolerance" : `${value} steps`;
  return significant(value, 3);
}
