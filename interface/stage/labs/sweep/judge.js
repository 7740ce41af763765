// What can be said of a sweep map's cells as a whole, as labs/sweep/colors.py says it: how far the
// colors reach, which cell is best, and whose color a nudge of the start changes. Pure.

import { COLORS, SWEEPS } from "../../core/known.js";
import { bitOf, eachCell, level } from "./cells.js";

/** @import { Arrays } from "../study.js" */
/** @import { Color, Colored, SweepMap } from "./cells.js" */
/** @typedef {Record<string, ArrayLike<number>>} Columns */

const NAMES = /** @type {Color[]} */ (Object.keys(COLORS));

// A cell's level, NaN where it has none: diverged, ran away, not there, not known.
/** @param {Columns} columns @param {Color} color @param {number} at */
function levelOf({ gap, distance, steps, away, diverged }, color, at) {
  if (diverged[at] >= 0 || away[at] >= 0) return NaN;
  const value = (color === "loss" ? gap : color === "steps" ? steps : distance)[at];
  const found = level(color, value);
  return Number.isFinite(found) ? found : NaN;
}

// The lowest and the highest level that a color scale shows, by color; `highest` bounds some.
/** @param {Pick<SweepMap, "cells" | "count">} map @param {Record<string, number>} highest */
export function rangesOf({ cells, count }, highest) {
  return Object.fromEntries(NAMES.map((color) => [color, rangeOf(cells, count, color, highest[color])]));
}

/** @param {Columns} cells @param {number} count @param {Color} color @param {number} [bound] */
function rangeOf(cells, count, color, bound = Infinity) {
  let [low, high] = [Infinity, -Infinity];
  for (let at = 0; at < count; at++) {
    const found = levelOf(cells, color, at);
    if (found < low) low = found;
    if (found > high) high = found;
  }
  if (low > high) return [0, 1];
  high = Math.max(Math.min(high, bound), low);
  return [low, high > low ? high : low + 1];
}

// Panel, row and column of the best cell by color, or null; the quicker of equals is best.
/** @param {SweepMap} map */
export function bestOf(map) {
  return Object.fromEntries(NAMES.map((color) => [color, bestCell(map, color)]));
}

/** @param {SweepMap} map @param {Color} color */
function bestCell({ cells: known, count, shape: [, rows, columns] }, color) {
  const cells = { ...known };
  const settled = cells.gap.some(Number.isFinite) ? cells.gap : cells.loss;
  /** @param {number} value */
  const high = (value) => (Number.isNaN(value) ? Infinity : value);
  /** @param {number} at */
  const keys = (at) => [
    high(levelOf(cells, color, at)),
    cells.steps[at] >= 0 ? cells.steps[at] : Infinity,
    high(settled[at]),
  ];
  let [best, least] = [-1, [Infinity, Infinity, Infinity]];
  for (let at = 0; at < count; at++) {
    const own = keys(at);
    const differs = own.findIndex((key, n) => key !== least[n]);
    if (differs >= 0 && own[differs] < least[differs]) [best, least] = [at, own];
  }
  if (best < 0 || least[0] === Infinity) return null;
  return [Math.floor(best / (rows * columns)), Math.floor(best / columns) % rows, best % columns];
}

// Mark the cells of a part that ran again from a start moved by a hair, where a color changes.
/** @param {Colored} map @param {{ arrays: Arrays }} part */
export function markMoved(map, { arrays }) {
  const names = Object.keys(map.cells);
  const moved = Object.fromEntries(names.map((name) => [name, arrays[name].values]));
  eachCell(map, arrays, (from, at) => (map.chaotic[at] = changes(map, at, moved, from)));
  map.checked += map.shape[0] * arrays.rows.values.length * arrays.columns.values.length;
}

/** @param {Colored} map @param {number} at @param {Columns} moved @param {number} from */
function changes({ cells, ranges }, at, moved, from) {
  const lost = cells.diverged[at] >= 0 !== moved.diverged[from] >= 0;
  const gone = lost || cells.away[at] >= 0 !== moved.away[from] >= 0;
  return NAMES.reduce((flags, color) => {
    const [low, high] = ranges[color];
    /** @param {number} value */
    const clip = (value) => Math.min(Math.max(value, low), high);
    const [before, after] = [clip(levelOf(cells, color, at)), clip(levelOf(moved, color, from))];
    const seen = Math.abs(before - after) > SWEEPS.visible * (high - low);
    const apart = Number.isNaN(before) !== Number.isNaN(after);
    const later = color === "steps" && cells.steps[at] !== moved.steps[from];
    return gone || seen || apart || later ? flags | bitOf(color) : flags;
  }, 0);
}
