// The learning rates of sensitivity curves, and what can be said of runs at many settings, as
// tests/sensitivities.py says it for the engine. Pure.

import { CURVE } from "./planned.js";

/** @import { HandleHeader } from "../core/packets.d.ts" */
/** @import { Point } from "./recorded.d.ts" */
/** @typedef {Record<"loss" | "steps" | "away", ArrayLike<number>>} Ends */
/** @typedef {Record<string, Float64Array | Int32Array>} Columns */

// About so many rates from low to high, evenly spread over powers of ten, of few digits; of equal ends one.
/** @param {Point} ends */
export function gridOf([low, high], count = CURVE.count) {
  const [first, last] = [low, high].map(Math.log10);
  const digits = digitsOf(low, high, count);
  const spread = Array.from({ length: count }, (_, k) => {
    if (!k || k === count - 1) return k ? high : low;
    return 10 ** (first + (k * (last - first)) / (count - 1));
  });
  const short = spread.map((value) => Math.min(Math.max(Number(value.toPrecision(digits)), low), high));
  return [...new Set(short)].sort((one, other) => one - other);
}

// How many significant digits keep neighboring rates apart.
/** @param {number} low @param {number} high @param {number} count */
function digitsOf(low, high, count) {
  const step = Math.log(high / low) / Math.max(count - 1, 1);
  return step > 0.02 ? 3 : Math.min(2 + Math.ceil(-Math.log10(Math.max(step, 1e-12))), 15);
}

// The lowest and the highest rate to show: the view's own where they are set; otherwise the range that is kept,
// if it holds every lane's rate, or whole decades that reach well beyond all of them.
/** @param {HandleHeader[]} rates @param {{ slowest: number, fastest: number }} view @param {number[] | null} kept @returns {Point} */
export function rangeOf(rates, { slowest, fastest }, kept) {
  const present = rates.map(({ value }) => Number(value));
  const [least, most] = [Math.min(...present), Math.max(...present)];
  const usual = kept && kept[0] <= least && most <= kept[1] ? kept : around(least, most);
  const low = Math.max(...rates.map(({ limits }) => limits[0]));
  const high = Math.min(...rates.map(({ limits }) => limits[1]));
  const ends = [slowest || usual[0], fastest || usual[1]].sort((one, other) => one - other);
  const [first, last] = ends.map((end) => Math.min(Math.max(end, low), high));
  return [first, last];
}

/** @param {number} least @param {number} most */
function around(least, most) {
  const [low, high] = [Math.log10(least) - CURVE.margin, Math.log10(most) + CURVE.margin];
  return [Math.floor(low), Math.ceil(high)].map((power) => Number(`1e${power}`));
}

// What is known of some runs and of others, as of all of them.
/** @template {Columns} Ends @param {Ends[]} parts @returns {Ends} */
export function joined(parts) {
  const all = Object.entries(parts[0]).map(([name, { constructor }]) => {
    const kind = /** @type {Float64ArrayConstructor} */ (constructor);
    return [name, kind.from(parts.flatMap((part) => Array.from(part[name])))];
  });
  return Object.fromEntries(all);
}

// The run that got there in the fewest steps, else the lowest that stayed, or -1; of equals the first.
/** @param {Ends} ends */
export function bestRun({ loss, steps, away }) {
  let best = { k: -1, time: Infinity, height: Infinity };
  for (let k = 0; k < loss.length; k++) {
    const time = steps[k] < 0 ? Infinity : steps[k];
    const height = away[k] >= 0 || Number.isNaN(loss[k]) ? Infinity : loss[k];
    if (time < best.time || (time === best.time && height < best.height)) best = { k, time, height };
  }
  return best.k;
}

// Neighboring rates that all work, as places of the first and the last of them.
/** @param {ArrayLike<number>} steps */
export function stretchesOf(steps) {
  /** @type {Point[]} */
  const found = [];
  for (let k = 0; k < steps.length; k++) {
    if (steps[k] < 0) continue;
    const last = found.at(-1);
    if (last && last[1] === k - 1) last[1] = k;
    else found.push([k, k]);
  }
  return found;
}
