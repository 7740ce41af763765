// Heat maps as Plotly traces: the sweep map and the basin map are drawn with these.
//
// A map lies on a grid `{ x, y }` of cell edges in axis coordinates (`edges(centers)` gives them);
// it has (y.length - 1) rows of (x.length - 1) cells, the first row at the bottom. `values` and
// `mask` hold a number (NaN: nothing there) or a truth for each cell, row by row. `on` says on
// which axes of the figure a trace lies: `{ xaxis: "x2", yaxis: "y2" }`, the first by default.
//   heat(grid, values, { range, scale, bar, name }, on)  colors from a scale over a range
//   flat(grid, mask, color, on)                          one color where the mask holds
//   hatch(grid, mask, { lean, every, color, width }, on) diagonal lines where the mask holds
//   levels(grid, values, at, { color, halo, size, font }, on)  lines of equal value, with names
//   bar(title, ticks, size)                              a color bar; ticks: [{ at, text }]
//   cellAt(grid, x, y)                                   { row, col } of a point, or null

import { rows } from "../core/packet.js";
import { SEQUENTIAL } from "./colors.js";
import { haloed } from "./halo.js";
import { isolines, named, strokes } from "./isolines.js";

/** @import { Tick } from "./shapes.d.ts" */
/** @typedef {{ x: number[], y: number[] }} Grid */
/** @typedef {ArrayLike<number | boolean> & Iterable<number | boolean>} Mask */
/** @typedef {Record<string, unknown>} On */

// Cell edges half way between centers in rising order; a single cell is one unit wide.
/** @param {number[]} centers */
export function edges(centers) {
  if (centers.length === 1) return [centers[0] - 0.5, centers[0] + 0.5];
  const between = Array.from({ length: centers.length - 1 }, (_, k) => (centers[k] + centers[k + 1]) / 2);
  const [first, last] = [centers[0], centers[centers.length - 1]];
  return [2 * first - between[0], ...between, 2 * last - between[between.length - 1]];
}

/**
 * @param {Grid} grid
 * @param {Parameters<typeof rows>[0]["values"]} values
 * @param {{ range: number[], scale?: (string | number)[][], bar?: object | null, name?: string }} look
 */
export function heat(grid, values, { range, scale = SEQUENTIAL, bar: legend = null, name = "" }, on = {}) {
  return {
    type: "heatmap",
    name,
    x: grid.x,
    y: grid.y,
    z: rows({ values, shape: [height(grid), width(grid)] }),
    zmin: range[0],
    zmax: range[1],
    zauto: false,
    colorscale: scale,
    showscale: Boolean(legend),
    ...(legend ? { colorbar: legend } : {}),
    hoverinfo: "skip",
    ...on,
  };
}

/** @param {Grid} grid @param {Mask} mask @param {string} color */
export function flat(grid, mask, color, on = {}) {
  const values = Float32Array.from(mask, (there) => (there ? 0 : NaN));
  const scale = [0, 1].map((at) => [at, color]);
  return heat(grid, values, { range: [0, 1], scale }, on);
}

/**
 * @param {Grid} grid
 * @param {Mask} mask
 * @param {{ lean?: number, every?: number, color: string, width?: number }} look
 */
export function hatch(grid, mask, { lean = 1, every = 3, color, width: line = 1 }, on = {}) {
  const strokes = diagonals(mask, width(grid), height(grid), lean, every);
  return {
    type: "scatter",
    mode: "lines",
    x: strokes.map((stroke) => stroke && grid.x[stroke[0]]),
    y: strokes.map((stroke) => stroke && grid.y[stroke[1]]),
    line: { color, width: line, simplify: false },
    showlegend: false,
    hoverinfo: "skip",
    ...on,
  };
}

// Strokes through the diagonals of marked cells, as [column, row] in cell edges with null between
// them; `lean` 1 rises to the right, -1 falls. A lonely cell has its stroke on any diagonal.
/** @param {Mask} mask @param {number} columns @param {number} rows @param {number} lean @param {number} every */
export function diagonals(mask, columns, rows, lean, every) {
  /** @type {(number[] | null)[]} */
  const strokes = [];
  /** @param {number} row @param {number} column @returns {boolean} */
  const marked = (row, column) =>
    row >= 0 && row < rows && column >= 0 && column < columns && Boolean(mask[row * columns + column]);
  for (let line = 1 - rows; line < columns; line++) {
    const all = ((line % every) + every) % every === 0;
    /** @type {number | null} */
    let from = null;
    for (let row = 0; row <= rows; row++) {
      const column = lean > 0 ? line + row : columns - 1 - line - row;
      const there = marked(row, column) && (all || lonely(marked, row, column));
      if (there && from === null) from = row;
      if (there || from === null) continue;
      strokes.push(corner(line, from, columns, lean), corner(line, row, columns, lean), null);
      from = null;
    }
  }
  return strokes;
}

/** @param {(row: number, column: number) => boolean} marked @param {number} row @param {number} column */
function lonely(marked, row, column) {
  let near = 0;
  for (const down of [-1, 0, 1])
    for (const right of [-1, 0, 1]) if (marked(row + down, column + right)) near++;
  return near < 4;
}

/** @param {number} line @param {number} row @param {number} columns @param {number} lean */
function corner(line, row, columns, lean) {
  return [lean > 0 ? line + row : columns - line - row, row];
}

// All lines as one trace, and their names as another, each level written where its line runs.
/**
 * @param {Grid} grid
 * @param {ArrayLike<number>} values
 * @param {number[]} at
 * @param {{ color: string, halo: string, size: number, font: string }} look
 */
export function levels(grid, values, at, { color, halo, size, font }, on = {}) {
  const [xs, ys] = [centers(grid.x), centers(grid.y)];
  const lines = isolines(xs, ys, values, at).map((segments, k) => ({ level: at[k], segments }));
  const common = { type: "scatter", hoverinfo: "skip", showlegend: false, ...on };
  /** @type {{ place: number[], text: string }[]} */
  const names = [];
  for (const { level, segments } of lines) {
    const taken = names.map(({ place }) => place);
    const place = named(segments, grid, taken);
    if (place) names.push({ place, text: String(level) });
  }
  return [
    {
      ...common,
      name: "levels",
      mode: "lines",
      ...strokes(lines.flatMap(({ segments }) => segments)),
      line: { color, width: size / 10 },
    },
    {
      ...common,
      name: "level names",
      mode: "text",
      x: names.map(({ place: [x] }) => x),
      y: names.map(({ place: [, y] }) => y),
      text: names.map(({ text }) => text),
      textfont: { size, color, family: font, shadow: haloed(halo, size) },
    },
  ];
}

/** @param {string} title @param {Tick[]} ticks @param {number} size */
export function bar(title, ticks, size) {
  return {
    title: { text: title, side: "right", font: { size } },
    tickvals: ticks.map(({ at }) => at),
    ticktext: ticks.map(({ text }) => text),
    tickfont: { size },
    thickness: 1.2 * size,
    outlinewidth: 0,
    xpad: 0.6 * size,
    ypad: 0,
    len: 1,
  };
}

/** @param {Grid} grid @param {number} px @param {number} py */
export function cellAt({ x, y }, px, py) {
  const [col, row] = [interval(x, px), interval(y, py)];
  return col === null || row === null ? null : { row, col };
}

/** @param {number[]} boundaries @param {number} place */
function interval(boundaries, place) {
  if (!(place >= boundaries[0] && place <= boundaries[boundaries.length - 1])) return null;
  return boundaries.slice(0, -1).findLastIndex((edge) => place >= edge);
}

/** @param {number[]} boundaries */
export function centers(boundaries) {
  return boundaries.slice(1).map((edge, k) => (edge + boundaries[k]) / 2);
}

/** @param {Grid} grid */
const width = ({ x }) => x.length - 1;
/** @param {Grid} grid */
const height = ({ y }) => y.length - 1;
