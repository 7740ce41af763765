// Fair tuning: one and the same search of every lane's settings, as labs/tuning/study.py says it. Pure.

import { rint } from "./arithmetic.js";
import { SEARCH } from "./planned.js";
import { bestRun, joined } from "./rates.js";
import { originOf, place, rounded, valueAt } from "./scale.js";

/** @import { HandleHeader } from "../core/packets.d.ts" */
/** @import { Point } from "./recorded.d.ts" */
/** @typedef {Record<"loss" | "gap", Float64Array> & Record<"steps" | "away" | "diverged", Int32Array>} Ends */
/** @typedef {{ settings: number[][], round: number[], best: number, ends: Ends }} Tried */

// What is searched of a lane: the learning rate first, then what shapes the rule.
/** @param {HandleHeader[]} handles @param {string} slot */
export function searchedOf(handles, slot) {
  const own = handles.filter(({ key, searched }) => searched && key.startsWith(`${slot}.`));
  const rule = own.filter(({ key }) => !key.startsWith(`${slot}.schedule.`));
  const isRate = (/** @type {HandleHeader} */ { key }) => key === `${slot}.lr`;
  return [...rule.filter(isRate), ...rule.filter((handle) => !isRate(handle))];
}

// The lowest value that is searched, and the highest.
/** @param {HandleHeader} handle @returns {Point} */
export const endsOf = ({ scale, smallest, limits }) => [
  originOf({ scale }) === 0 ? smallest : limits[0],
  limits[1],
];

// A budget as three rounds; the present setting has taken one.
/** @param {number} budget */
export function roundsOf(budget) {
  const wide = Math.floor((budget + 1) / 2) - 1;
  const near = Math.floor((budget - 1 - wide) / 2);
  return [wide, near, budget - 1 - wide - near];
}

// Yields columns of settings to be tried, a column for each number that is searched, is told how they ended, and
// returns all that was tried; `hear` is told what has been tried after each round.
/**
 * @param {HandleHeader[]} searched
 * @param {number} budget
 * @param {(tried: Tried) => void} hear
 * @returns {Generator<number[][], Tried, Ends>}
 */
export function* searching(searched, budget, hear) {
  const present = searched.map(({ value }) => [Number(value)]);
  /** @type {Tried} */
  let tried = { settings: present, round: [0], best: 0, ends: yield present };
  let done = 1;
  for (const [n, count] of roundsOf(budget).entries()) {
    const center = searched.map((handle, k) => shareOf(handle, tried.settings[k][tried.best]));
    const side = SEARCH.narrower ** -n;
    const settings = searched.map((handle, k) => {
      const corner = Math.min(Math.max(center[k] - side / 2, 0), 1 - side);
      const points = halton(done, count, SEARCH.bases[k]);
      return points.map((point) => settingAt(handle, corner + side * point));
    });
    tried = together(tried, settings, n + 1, yield settings);
    done += count;
    hear(tried);
  }
  return tried;
}

/** @param {Tried} tried @param {number[][]} settings @param {number} round @param {Ends} found @returns {Tried} */
function together(tried, settings, round, found) {
  const ends = joined([tried.ends, found]);
  return {
    settings: tried.settings.map((column, k) => [...column, ...settings[k]]),
    round: [...tried.round, ...Array(found.loss.length).fill(round)],
    best: Math.max(bestRun(ends), 0),
    ends,
  };
}

// Numbers of the Halton sequence from one on: each its place's digits in a base, mirrored at the point.
/** @param {number} first @param {number} count @param {number} base */
const halton = (first, count, base) =>
  Array.from({ length: count }, (_, k) => {
    let [found, weight] = [0, 1];
    for (let rest = first + k; rest; rest = Math.floor(rest / base)) {
      weight /= base;
      found += weight * (rest % base);
    }
    return found;
  });

// Where a value lies in its range, from 0 to 1 along its scale.
/** @param {HandleHeader} handle @param {number} value */
function shareOf(handle, value) {
  const [low, high] = endsOf(handle).map((end) => place(handle, end));
  return Math.min(Math.max((place(handle, value) - low) / (high - low), 0), 1);
}

// The value at a share of a range, short enough for a link.
/** @param {HandleHeader} handle @param {number} share */
function settingAt(handle, share) {
  const [low, high] = endsOf(handle).map((end) => place(handle, end));
  const short = rounded(handle, valueAt(handle, low + share * (high - low)), 3);
  const value = handle.whole ? rint(short) : short;
  return Math.min(Math.max(value, handle.limits[0]), handle.limits[1]);
}
