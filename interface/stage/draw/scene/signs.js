// The marked points of a landscape: stars, crosses and triangles, a floor of minima as a line, and what room
// they take among names. Pure.

import { pixelOf } from "../axes.js";
import { criticalShape, stroke } from "./shapes.js";

/** @import { Axes, Box, Item, Look, Stroke } from "../shapes.d.ts" */
/** @import { CriticalHeader } from "../../core/packets.d.ts" */
/** @typedef {{ x: number, y: number }} Place */

// A valley of minima is a line on a halo, so wide at a type of 13 px.
export const VALLEYS = {
  "local minimum": { halo: 3.4, line: 1.2 },
  "global minimum": { halo: 5, line: 2.4 },
};

const SIGN = 1.2;
// How far up to the left of its minimum a letter stands on a basin map, in parts of the type.
export const LETTER = 1.05;

/** @param {CriticalHeader[]} points @param {Axes} axis @param {Box} box @param {Look} look @returns {Item[]} */
export function criticals(points, axis, box, look) {
  const marks = points.map((point, n) => {
    const [x, y] = pixelOf(axis, [point.x, point.y]);
    return { ...criticalShape(point, n, look), x, y, clip: box };
  });
  return [...floorLines(points, axis, box, look), ...marks];
}

// The floors of all minima of a kind as one line, on a halo.
/** @param {CriticalHeader[]} points @param {Axes} axis @param {Box} clip @param {Look} look @returns {Stroke[]} */
function floorLines(points, axis, clip, { colors, type }) {
  const scale = type / 13;
  return Object.entries(VALLEYS).flatMap(([kind, { halo, line }]) => {
    const pieces = points.flatMap((point) =>
      point.kind === kind && point.floor?.length ? [point.floor] : [],
    );
    if (!pieces.length) return [];
    const d = pieces.map((piece) => `M${piece.map((at) => pixelOf(axis, at).join(" ")).join("L")}`).join("");
    return [
      stroke(`valley halo ${kind}`, "valley-halo", d, { stroke: colors.halo, width: halo * scale, clip }),
      stroke(`valley ${kind}`, "valley", d, { stroke: colors.text, width: line * scale, clip }),
    ];
  });
}

// Boxes around the stars, and around the letters beside some places.
/** @param {{ critical: CriticalHeader[], letters: Place[] }} ground @param {Axes} axis @param {Look} look @returns {Box[]} */
export function signBoxes({ critical, letters }, axis, look) {
  const stars = critical.filter(({ kind, floor }) => kind === "global minimum" && !floor);
  return [
    ...stars.map((star) => signBox(star, axis, look, 0)),
    ...letters.map((place) => signBox(place, axis, look, LETTER)),
  ];
}

/** @param {Place} place @param {Axes} axis @param {Look} look @param {number} aside @returns {Box} */
function signBox({ x, y }, axis, { type }, aside) {
  const size = SIGN * type;
  const [px, py] = pixelOf(axis, [x, y]).map((at) => at - aside * type - size / 2);
  return { x: px, y: py, width: size, height: size };
}
