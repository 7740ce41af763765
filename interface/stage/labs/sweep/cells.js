// A sweep map as it grows: cells of all panels, rows and columns, filled in tile by tile.

import { COLORS, LEAST } from "../../core/known.js";
import { edges } from "../../draw/heat.js";

const UNKNOWN = -2;

// From the packet that says what is on the axes: a map whose cells are not known yet.
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

// Put a tile's cells in their places; each stands for a block until finer ones arrive.
export function fill(map, { header, arrays }) {
  const [height, width] = header.block;
  eachCell(map, arrays, (from, panel, row, col) => {
    for (const at of block(map, panel, row, col, height, width)) {
      for (const [name, known] of Object.entries(map.cells)) known[at] = arrays[name].values[from];
    }
  });
  map.found += arrays.loss.values.length;
}

// Mark the tile's cells that a nudge of the start changes.
export function mark(map, { arrays }) {
  eachCell(map, arrays, (from, panel, row, col) => {
    map.chaotic[index(map, panel, row, col)] = arrays.chaotic.values[from];
  });
  map.checked += arrays.chaotic.values.length;
}

function eachCell(map, { rows, columns }, visit) {
  let from = 0;
  for (let panel = 0; panel < map.shape[0]; panel++) {
    for (const row of rows.values) for (const col of columns.values) visit(from++, panel, row, col);
  }
}

function* block({ shape }, panel, row, col, height, width) {
  const [, rows, columns] = shape;
  for (let r = row; r < Math.min(row + height, rows); r++) {
    for (let c = col; c < Math.min(col + width, columns); c++) yield (panel * rows + r) * columns + c;
  }
}

export const index = ({ shape }, panel, row, col) => (panel * shape[1] + row) * shape[2] + col;

export function cell(map, { panel, row, col }) {
  const at = index(map, panel, row, col);
  const read = Object.entries(map.cells).map(([name, values]) => [name, values[at]]);
  return { ...Object.fromEntries(read), chaotic: map.chaotic[at], known: map.cells.diverged[at] !== UNKNOWN };
}

// The bit by which a chaotic cell says that this color is not to be relied on.
export const bitOf = (color) => 1 << Object.keys(COLORS).indexOf(color);

// The colors drawn: without a minimum, only how soon a run has left downhill can be compared.
export const drawn = (map, color) => (map.header.minimum ? color : "steps");

// Where a value lies on the color scale (see labs/sweep/colors.py).
export function level(map, color, value) {
  if (color === "steps") return value < 0 ? NaN : Math.log10(Math.max(value, 1));
  if (color === "distance") return Math.log10(Math.max(value, LEAST.distance));
  return Math.log10(Math.max(value, LEAST.loss));
}

function column(map, color) {
  if (color === "loss") return map.cells.gap;
  return map.cells[color];
}

// One panel's share of an array of cells.
export function part({ shape }, values, panel) {
  const size = shape[1] * shape[2];
  return values.subarray(panel * size, (panel + 1) * size);
}

export function panelLevels(map, color, panel) {
  const found = part(map, column(map, color), panel);
  const ended = fates(map, panel);
  return Float32Array.from(found, (value, k) => (ended[k] === STAYED ? level(map, color, value) : NaN));
}

const [STAYED, LOST, AWAY, OPEN] = [0, 1, 2, 3];

// What became of each run of a panel: it stayed a number, diverged, ran away, or is not known yet.
function fates(map, panel) {
  const [lost, away] = [map.cells.diverged, map.cells.away].map((values) => part(map, values, panel));
  return Uint8Array.from(lost, (step, k) => fate(step, away[k]));
}

function fate(lost, away) {
  if (lost === UNKNOWN) return OPEN;
  if (away >= 0) return AWAY;
  return lost >= 0 ? LOST : STAYED;
}

// What has no color of its own in a panel: runs that diverged, ran away, or did not arrive.
export function panelMasks(map, color, panel) {
  const steps = part(map, map.cells.steps, panel);
  const ended = fates(map, panel);
  const bit = bitOf(color);
  const late = (step, k) => Number(color === "steps" && step < 0 && ended[k] === STAYED);
  return {
    diverged: Uint8Array.from(ended, (one) => Number(one === LOST)),
    away: Uint8Array.from(ended, (one) => Number(one === AWAY)),
    late: Uint8Array.from(steps, late),
    chaotic: Uint8Array.from(part(map, map.chaotic, panel), (flags) => Number((flags & bit) !== 0)),
  };
}

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
export function calmSteps(map, panel) {
  const [, rows, columns] = map.shape;
  const steps = part(map, map.cells.steps, panel);
  const lost = part(map, map.cells.diverged, panel);
  const flags = part(map, map.chaotic, panel);
  const good = (at) => steps[at] >= 0 && lost[at] === -1 && !(flags[at] & 2);
  return Float32Array.from(steps, (_, at) => {
    const near = neighbors(at, rows, columns);
    const found = near.filter(good).map((other) => steps[other]);
    return good(at) && 2 * found.length > near.length ? median(found) : NaN;
  });
}

function neighbors(at, rows, columns) {
  const [row, col] = [Math.floor(at / columns), at % columns];
  const found = [];
  for (let r = Math.max(row - 1, 0); r <= Math.min(row + 1, rows - 1); r++) {
    for (let c = Math.max(col - 1, 0); c <= Math.min(col + 1, columns - 1); c++) found.push(r * columns + c);
  }
  return found;
}

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

const COARSE = [1, 2, 5];
const FINE = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9];

function round(series, low, high) {
  const found = [];
  for (let power = 1; power <= high; power *= 10) found.push(...series.map((m) => m * power));
  return found.filter((step) => step > low && step < high && Number.isInteger(step));
}

// Steps at which lines of equal steps are drawn: whole numbers that are easy to say, a few.
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
