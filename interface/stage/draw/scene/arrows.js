// Arrows at the chosen lane's head: −gradient, velocity and next step, each to a stated scale.

import { pixelOf } from "../axes.js";
import { pointAt } from "../../core/packet.js";
import { significant } from "../../core/format.js";
import { roundedDown } from "../ticks.js";
import { dashes, spot } from "./shapes.js";

/** @import { Axes, KeyRow } from "../shapes.d.ts" */
/** @import { FeltRace } from "../../core/stage.d.ts" */
/** @import { Numbers } from "../../core/packets.d.ts" */
/** @typedef {{ path: Numbers, gradient: Numbers, velocity: Numbers | undefined }} Data */
/** @typedef {{ name: string, dash: string, width: number, at: (data: Data, t: number) => Vector | null }} Arrow */
/** @typedef {[number, number]} Vector */
/** @typedef {ReturnType<typeof arrowsOf>} Arrows */

const SHARE = 0.25;

// What each arrow shows, how it is told apart, and its vector at step t.
/** @type {Arrow[]} */
export const ARROWS = [
  { name: "−gradient", dash: "solid", width: 2.4, at: ({ gradient }, t) => against(gradient, t) },
  { name: "velocity", dash: "5,3", width: 2.4, at: ({ velocity }, t) => against(velocity, t) },
  { name: "next step", dash: "solid", width: 4.2, at: ({ path }, t) => step(path, t) },
];

// The arrows of a race on these axes, their heads `size` times as large as usual: `said` states each
// one's scale, `at(t)` gives their outlines.
// One round scale holds for the whole run, so that lengths at different steps can be compared.
/** @param {Pick<FeltRace, "header" | "arrays">} race @param {Axes} axis */
export function arrowsOf({ header, arrays }, axis, size = 1) {
  const k = header.chosen;
  const data = {
    path: arrays[`x${k}`],
    gradient: arrays[`gradient${k}`],
    velocity: arrays[`memory.${header.velocity}`],
  };
  const scales = ARROWS.map((arrow) =>
    arrow.name === "next step" ? 1 : roundScale(lengths(data, arrow, axis)),
  );
  const said = ARROWS.map(({ name }, n) =>
    name === "velocity" && !data.velocity ? "" : `${name} ×${significant(scales[n], 2)}`,
  );
  return {
    whose: header.lanes[k].label,
    scale: scales[0],
    said,
    /** @param {number} t */
    at: (t) => ARROWS.map((arrow, n) => outline(axis, data.path, t, arrow.at(data, t), scales[n], size)),
  };
}

// The arrows' row in the key.
/** @param {Arrows} arrows @param {string} stroke @param {number} scale @returns {KeyRow} */
export function arrowKey({ whose, said }, stroke, scale) {
  const entries = said.flatMap((text, n) => {
    const { width, dash } = ARROWS[n];
    return text ? [{ text, line: { stroke, width: width * scale, dash: dashes(dash, scale) } }] : [];
  });
  return { name: "arrow-key", entries: [{ text: `${whose}:` }, ...entries] };
}

/** @param {Data} data @param {Arrow} arrow @param {Axes} axis */
function lengths(data, arrow, axis) {
  const [wide, high] = [axis.x.high - axis.x.low, axis.y.high - axis.y.low];
  const found = Array.from({ length: data.path.shape[0] }, (_, t) => arrow.at(data, t))
    .filter((vector) => vector !== null)
    .map(([x, y]) => Math.hypot(x / wide, y / high));
  return found.filter((v) => v > 0 && Number.isFinite(v)).sort((a, b) => a - b);
}

// 1, 2 or 5 times a power of ten that makes all but the few longest arrows fit the map well.
/** @param {number[]} sorted */
export function roundScale(sorted) {
  if (!sorted.length) return 1;
  return roundedDown(SHARE / sorted[Math.floor((sorted.length - 1) * 0.98)]);
}

/** @param {Numbers | undefined} array @param {number} t @returns {Vector | null} */
function against(array, t) {
  if (!array || array.shape.length < 2) return null;
  const [x, y] = pointAt(array.values, t);
  return [-x, -y];
}

/** @param {Numbers} numbers @param {number} t @returns {Vector | null} */
function step({ values, shape }, t) {
  if (t + 1 >= shape[0]) return null;
  const [[x, y], [nextX, nextY]] = [t, t + 1].map((n) => pointAt(values, n));
  return [nextX - x, nextY - y];
}

/**
 * @param {Axes} axis
 * @param {Numbers} numbers
 * @param {number} t
 * @param {Vector | null} vector
 * @param {number} scale
 * @param {number} size
 */
function outline(axis, { values }, t, vector, scale, size) {
  if (!vector) return "";
  const [x, y] = pointAt(values, t);
  const [ax, ay] = pixelOf(axis, [x, y]);
  const [bx, by] = pixelOf(axis, [x + vector[0] * scale, y + vector[1] * scale]);
  const length = Math.hypot(bx - ax, by - ay);
  if (!Number.isFinite(length) || length < 3 * size) return "";
  const [ux, uy] = [(bx - ax) / length, (by - ay) / length];
  const [back, out] = [8 * size, 4.5 * size];
  /** @param {number} side */
  const barb = (side) => spot(bx - back * ux + side * out * uy, by - back * uy - side * out * ux);
  return `M${spot(ax, ay)}L${spot(bx, by)}M${barb(1)}L${spot(bx, by)}L${barb(-1)}`;
}
