// Where the names of lines stand on a map: on their line, inside the map, none over another.

import { overlap } from "../../draw/placing.js";

/** @import { Line, SweepMap } from "./cells.js" */
/** @import { Box } from "./sheet.js" */
/** @typedef {Line & { text: string }} Named */
/** @typedef {SweepMap["grid"]} Grid */
/** @typedef {Pick<Box, "width" | "height">} Size */
/** @typedef {Pick<Box, "width" | "height"> & { x: number, y: number }} Taken */

const SHARES = [0.5, 0.25, 0.75, 0.1, 0.9, 0.35, 0.65, 0.02, 0.98];

// `lines`: [{ text, across, up }] in places; the answer has those that find room, as
// { text, x, y, anchor }. `box` is the panel in pixels; `marks` are places to be left free.
/**
 * @param {Named[]} lines
 * @param {Grid} grid
 * @param {Size} box
 * @param {number} size
 * @param {number[][]} [marks]
 */
export function placeNames(lines, grid, box, size, marks = []) {
  /** @type {Taken[]} */
  const taken = marks.map(([x, y]) =>
    around(share(grid.x, x) * box.width, share(grid.y, y) * box.height, size),
  );
  return lines.flatMap((line) => {
    const found = spots(line, grid, box, size).find(
      (spot) => !taken.some((other) => overlap(spot, other) > 0),
    );
    if (!found) return [];
    taken.push(found);
    return [found.name];
  });
}

/** @param {number} px @param {number} py @param {number} size */
const around = (px, py, size) => ({ x: px - size, y: py - size, width: 2 * size, height: 2 * size });

/** @param {number[][]} seen */
function* candidates(seen) {
  for (const share of SHARES) yield seen[Math.min(Math.floor(seen.length * share), seen.length - 1)];
}

/** @param {Named} line @param {Grid} grid @param {Size} box @param {number} size */
function spots(line, grid, box, size) {
  const seen = visible(line, grid);
  if (!seen.length) return [];
  const [wide, high] = [(0.5 * line.text.length + 1.6) * size, 1.5 * size];
  const found = [];
  for (const [x, y] of candidates(seen)) {
    const px = share(grid.x, x) * box.width;
    const py = share(grid.y, y) * box.height;
    for (const anchor of ["left", "right"]) {
      const left = anchor === "left" ? px : px - wide;
      const spot = { x: left, y: py - high / 2, width: wide, height: high };
      const fits = left >= 0 && left + wide <= box.width && spot.y >= 0 && spot.y + high <= box.height;
      if (fits) found.push({ ...spot, name: { text: line.text, x, y, anchor, line } });
    }
  }
  return found;
}

/** @param {Line} line @param {Grid} grid */
function visible({ across, up }, grid) {
  /** @param {number[]} edges @param {number} v */
  const inside = (edges, v) => v >= edges[0] && v <= edges[edges.length - 1];
  return Array.from(across, (x, k) => [x, up[k]]).filter(([x, y]) => inside(grid.x, x) && inside(grid.y, y));
}

/** @param {number[]} edges @param {number} v */
const share = (edges, v) => (v - edges[0]) / (edges[edges.length - 1] - edges[0]);
