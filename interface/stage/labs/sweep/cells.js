// A sweep map as it grows: cells of all panels, rows and columns, filled in tile by tile.

import { COLORS, LEAST } from "../../core/known.js";
import { edges } from "../../draw/heat.js";

/** @import { SweepLine, SweepOpening, SweepTheory } from "./parts.d.ts" */
/** @import { Minima } from "../../run/plan.js" */
/** @import { Arrays, Sent } from "../study.js" */
/** @typedef {keyof typeof COLORS} Color */
/** @typedef {{ panel: number, row: number, col: number }} At */
/** @typedef {SweepLine & { across: number[], up: number[] }} Line */
/** @typedef {{ part: "cells", block: number[], highest: Record<string, number> }} CellsHeader */
/** @typedef {Sent<SweepOpening | Minima | CellsHeader | SweepTheory | { part: "best" | "chaos" }>} Part */
/**
 * @typedef {object} Cells
 * @property {Float32Array} loss
 * @property {Float32Array} gap
 * @property {Float32Array} distance
 * @property {Int32Array} steps
 * @property {Int32Array} away
 * @property {Int32Array} diverged
 */
/**
 * @typedef {object} SweepMap
 * @property {SweepOpening} header
 * @property {number[]} shape
 * @property {number} count
 * @property {{ x: number[], y: number[] }} grid
 * @property {Cells} cells
 * @property {Record<string, number[]> | null} ranges
 * @property {Record<string, number[] | null> | null} best
 * @property {Line[]} lines
 * @property {Int32Array} chaotic
 * @property {number} found
 * @property {number} checked
 * @property {Minima} [minima]
 * @property {string} [key]
 * @property {boolean} [left]
 */
/** @typedef {SweepMap & { ranges: Record<string, number[]> }} Colored */

const UNKNOWN = -2;

// From the packet that says what is on the axes: a map whose cells are not known yet.
/** @param {{ header: SweepOpening }} packet @returns {SweepMap} */
export function begin({ header }) {
  const { across, up, third } = header.axes;
  const shape = [third ? third.values.length : 1, up.values.length, across.values.length];
  const count = shape[0] * shape[1] * shape[2];
  const blank = () => new Float32Array(count).fill(NaN);
  return {
    header,
    shape,
    count,
    grid: { x: edges(across.places), y: edges(up.places) },
    cells: {
      loss: blank(),
      gap: blank(),
      distance: blank(),
      steps: new Int32Array(count).fill(-1),
      away: new Int32Array(count).fill(-1),
      diverged: new Int32Array(count).fill(UNKNOWN),
    },
    ranges: null,
    best: null,
    lines: [],
    chaotic: new Int32Array(count),
    found: 0,
    checked: 0,
  };
}

// Whether it is known by now what its colors mean.
/** @param {SweepMap | null} map @returns {map is Colored} */
export const isColored = (map) => Boolean(map?.ranges);

// Put a tile's cells in their places; each stands for a block until finer ones arrive.
/** @param {SweepMap} map @param {Sent<CellsHeader>} part */
export function fill(map, { header, arrays }) {
  const [height, width] = header.block;
  eachCell(map, arrays, (from, first) => {
    for (const at of block(map, first, height, width)) {
      for (const [name, known] of Object.entries(map.cells)) known[at] = arrays[name].values[from];
    }
  });
  map.found += arrays.loss.values.length;
}

// Every cell of a part: its place there, and on the map.
/** @param {SweepMap} map @param {Arrays} arrays @param {(from: number, at: number) => void} visit */
export function eachCell(map, { rows, columns }, visit) {
  let from = 0;
  for (let panel = 0; panel < map.shape[0]; panel++) {
    for (const row of rows.values)
      for (const col of columns.values) visit(from++, index(map, panel, row, col));
  }
}

// A cell with those to its right and above it, as far as its panel reaches.
/** @param {SweepMap} map @param {number} first @param {number} height @param {number} width */
function* block({ shape }, first, height, width) {
  const [, rows, columns] = shape;
  const [down, right] = [rows - (Math.floor(first / columns) % rows), columns - (first % columns)];
  for (let row = 0; row < Math.min(height, down); row++) {
    for (let col = 0; col < Math.min(width, right); col++) yield first + row * columns + col;
  }
}

/** @param {Pick<SweepMap, "shape">} map @param {number} panel @param {number} row @param {number} col */
export const index = ({ shape }, panel, row, col) => (panel * shape[1] + row) * shape[2] + col;

/** @param {SweepMap} map @param {At} at */
export function cell(map, { panel, row, col }) {
  const at = index(map, panel, row, col);
  const { loss, gap, distance, steps, away, diverged } = map.cells;
  const ends = { steps: steps[at], away: away[at], diverged: diverged[at] };
  const losses = { loss: loss[at], gap: gap[at], distance: distance[at] };
  return { ...losses, ...ends, chaotic: map.chaotic[at], known: diverged[at] !== UNKNOWN };
}

// The bit by which a chaotic cell says that this color is not to be relied on.
/** @param {Color} color */
export const bitOf = (color) => 1 << Object.keys(COLORS).indexOf(color);

// The colors drawn: without a minimum, only how soon a run has left downhill can be compared.
/** @param {SweepMap} map @param {Color} color @returns {Color} */
export const drawn = (map, color) => (map.header.minimum ? color : "steps");

// Where a value lies on the color scale (see labs/sweep/colors.py).
/** @param {Color} color @param {number} value */
export function level(color, value) {
  if (color === "steps") return value < 0 ? NaN : Math.log10(Math.max(value, 1));
  if (color === "distance") return Math.log10(Math.max(value, LEAST.distance));
  return Math.log10(Math.max(value, LEAST.loss));
}

/** @param {SweepMap} map @param {Color} color */
function column(map, color) {
  if (color === "loss") return map.cells.gap;
  return color === "steps" ? map.cells.steps : map.cells.distance;
}

// One panel's share of an array of cells.
/** @template {Float32Array | Int32Array} Values @param {SweepMap} map @param {Values} values @param {number} panel */
export function part({ shape }, values, panel) {
  const size = shape[1] * shape[2];
  return /** @type {Values} */ (values.subarray(panel * size, (panel + 1) * size));
}

/** @param {SweepMap} map @param {Color} color @param {number} panel */
export function panelLevels(map, color, panel) {
  const found = part(map, column(map, color), panel);
  const ended = fates(map, panel);
  return Float32Array.from(found, (value, k) => (ended[k] === STAYED ? level(color, value) : NaN));
}

const [STAYED, LOST, AWAY, OPEN] = [0, 1, 2, 3];

// What became of each run of a panel: it stayed a number, diverged, ran away, or is not known yet.
/** @param {SweepMap} map @param {number} panel */
function fates(map, panel) {
  const [lost, away] = [map.cells.diverged, map.cells.away].map((values) => part(map, values, panel));
  return Uint8Array.from(lost, (step, k) => fate(step, away[k]));
}

/** @param {number} lost @param {number} away */
function fate(lost, away) {
  if (lost === UNKNOWN) return OPEN;
  if (away >= 0) return AWAY;
  return lost >= 0 ? LOST : STAYED;
}

// What has no color of its own in a panel: runs that diverged, ran away, or did not arrive.
/** @param {SweepMap} map @param {Color} color @param {number} panel */
export function panelMasks(map, color, panel) {
  const steps = part(map, map.cells.steps, panel);
  const ended = fates(map, panel);
  const bit = bitOf(color);
  /** @param {number} step @param {number} k */
  const late = (step, k) => Number(color === "steps" && step < 0 && ended[k] === STAYED);
  return {
    diverged: Uint8Array.from(ended, (one) => Number(one === LOST)),
    away: Uint8Array.from(ended, (one) => Number(one === AWAY)),
    late: Uint8Array.from(steps, late),
    chaotic: Uint8Array.from(part(map, map.chaotic, panel), (flags) => Number((flags & bit) !== 0)),
  };
}

/** @param {SweepMap} map @param {Color} color */
export function counts(map, color) {
  const bit = bitOf(color);
  const { diverged, away, steps } = map.cells;
  const found = { diverged: 0, away: 0, late: 0, chaotic: 0, arrived: 0 };
  for (let at = 0; at < map.count; at++) {
    const ended = fate(diverged[at], away[at]);
    if (ended === LOST) found.diverged++;
    else if (ended === AWAY) found.away++;
    else if (steps[at] >= 0) found.arrived++;
    else if (ended === STAYED) found.late++;
    if (map.chaotic[at] & bit) found.chaotic++;
  }
  return found;
}

// Steps of a panel as lines of equal steps see them: the median of each cell and its neighbors, so
// that single cells make no islands; NaN where most of them diverged, are chaotic or on their way.
/** @param {SweepMap} map @param {number} panel */
export function calmSteps(map, panel) {
  const [, rows, columns] = map.shape;
  const steps = part(map, map.cells.steps, panel);
  const lost = part(map, map.cells.diverged, panel);
  const flags = part(map, map.chaotic, panel);
  /** @param {number} at */
  const good = (at) => steps[at] >= 0 && lost[at] === -1 && !(flags[at] & bitOf("steps"));
  return Float32Array.from(steps, (_, at) => {
    const near = neighbors(at, rows, columns);
    const found = near.filter(good).map((other) => steps[other]);
    return good(at) && 2 * found.length > near.length ? median(found) : NaN;
  });
}

/** @param {number} at @param {number} rows @param {number} columns */
function neighbors(at, rows, columns) {
  const [row, col] = [Math.floor(at / columns), at % columns];
  const found = [];
  for (let r = Math.max(row - 1, 0); r <= Math.min(row + 1, rows - 1); r++) {
    for (let c = Math.max(col - 1, 0); c <= Math.min(col + 1, columns - 1); c++) found.push(r * columns + c);
  }
  return found;
}

/** @param {number[]} values */
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

const COARSE = [1, 2, 5];
const FINE = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9];

/** @param {number[]} series @param {number} low @param {number} high */
function round(series, low, high) {
  const found = [];
  for (let power = 1; power <= high; power *= 10) found.push(...series.map((m) => m * power));
  return found.filter((step) => step > low && step < high && Number.isInteger(step));
}

// Steps at which lines of equal steps are drawn: whole numbers that are easy to say, a few.
/** @param {SweepMap} map */
export function stepLevels(map, most = 4) {
  const found = map.cells.steps.filter((step, at) => step > 0 && map.cells.diverged[at] === -1);
  if (found.length < 20) return [];
  const sorted = found.sort();
  const [low, high] = [sorted[Math.floor(found.length * 0.02)], sorted[found.length - 1]];
  const inside =
    [COARSE, FINE].map((series) => round(series, low, high)).find((steps) => steps.length > 2) || [];
  const stride = Math.ceil(inside.length / most) || 1;
  return inside.filter((_, k) => (inside.length - 1 - k) % stride === 0);
}
