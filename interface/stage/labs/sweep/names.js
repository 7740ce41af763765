// Where the names of lines stand on a map: on their line, inside the map, none over another, nor over
// another line where there is room elsewhere.

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
    const others = lines.filter((other) => other !== line).flatMap((other) => visible(other, grid, box));
    const free = spots(line, grid, box, size).filter(
      (spot) => !taken.some((other) => overlap(spot, other) > 0),
    );
    const found = free.find((spot) => !others.some(({ px, py }) => holds(spot, px, py))) ?? free[0];
    if (!found) return [];
    taken.push(found);
    return [found.name];
  });
}

/** @param {number} px @param {number} py @param {number} size */
const around = (px, py, size) => ({ x: px - size, y: py - size, width: 2 * size, height: 2 * size });

/** @param {Taken} spot @param {number} px @param {number} py */
const holds = ({ x, y, width, height }, px, py) => px >= x && px <= x + width && py >= y && py <= y + height;

/** @param {Named} line @param {Grid} grid @param {Size} box @param {number} size */
function spots(line, grid, box, size) {
  const seen = visible(line, grid, box);
  if (!seen.length) return [];
  const [wide, high] = [(0.5 * line.text.length + 1.6) * size, 1.5 * size];
  const found = [];
  for (const part of SHARES) {
    const { x, y, px, py } = seen[Math.min(Math.floor(seen.length * part), seen.length - 1)];
    for (const anchor of ["left", "right"]) {
      const left = anchor === "left" ? px : px - wide;
      const spot = { x: left, y: py - high / 2, width: wide, height: high };
      const fits = left >= 0 && left + wide <= box.width && spot.y >= 0 && spot.y + high <= box.height;
      if (fits) found.push({ ...spot, name: { text: line.text, x, y, anchor, line } });
    }
  }
  return found;
}

// The places of a line on the map, in its settings and in pixels.
/** @param {Line} line @param {Grid} grid @param {Size} box */
function visible({ across, up }, grid, { width, height }) {
  return Array.from(across, (x, k) => {
    const y = up[k];
    return { x, y, px: share(grid.x, x) * width, py: share(grid.y, y) * height };
  }).filter(({ px, py }) => px >= 0 && px <= width && py >= 0 && py <= height);
}

/** @param {number[]} edges @param {number} v */
const share = (edges, v) => (v - edges[0]) / (edges[edges.length - 1] - edges[0]);
