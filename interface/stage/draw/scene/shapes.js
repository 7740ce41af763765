// The shapes of a scene: lines, outlines and words, each with a key of its own. A scene is a list of
// them; the painters (draw/paint/) put it on screen, on a canvas and into a picture.
//
// { kind: "stroke", d, stroke, width, dash, opacity, clip }         an open line; in place of `d`, a
//     line that grows has `trail` (see trail.js) and the step `t` it has reached
// { kind: "mark", d, x, y, scale, turn, fill, stroke, width, clip } an outline around (0, 0), moved
// { kind: "words", text, x, y, size, weight, fill, halo, anchor, turn }
//
// All have a `key` (unique in their scene), a `name` (what they are) and `data` (whose they are);
// `clip` is the box outside which they are not seen, `title` what they answer to who asks.

import { upTo } from "../trail.js";

/** @import { Axes, Box, Called, LineLook, Look, Loose, Mark, Named, Stroke, Words } from "../shapes.d.ts" */
/** @import { CriticalHeader } from "../../core/packets.d.ts" */
/** @import { Colors } from "../../core/theme.js" */

/**
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {number} size
 * @param {string} fill
 * @param {Partial<Words>} [more]
 * @returns {Words}
 */
export function words(text, x, y, size, fill, more = {}) {
  return { kind: "words", key: `words ${text}`, name: "words", text, x, y, size, fill, ...more };
}

/**
 * @param {string} key
 * @param {string} name
 * @param {string} d
 * @param {LineLook & Partial<Stroke>} look
 * @returns {Stroke}
 */
export const stroke = (key, name, d, look) => ({ kind: "stroke", key, name, d, ...look });

// A place as a path has it.
/** @param {number} x @param {number} y */
export const spot = (x, y) => `${x.toFixed(1)} ${y.toFixed(1)}`;

// Text in the quieter of the two colors that text has.
/** @param {Colors} colors */
export const quiet = (colors) => (colors.dark ? "#b4bac4" : "#545b66");

/** @param {string} dash */
export function dashes(dash, scale = 1) {
  return !dash || dash === "solid" ? [] : dash.split(",").map((part) => parseFloat(part) * scale);
}

/** @param {Pick<Stroke, "d" | "trail" | "t">} stroke @returns {string} */
export const outline = ({ d = "", trail, t = 0 }) => (trail ? upTo(trail, t) : d);

// The box that a pair of axes spans, in pixels.
/** @param {Axes} axes @returns {Box} */
export const boxOf = ({ x, y }) => ({ x: x.offset, y: y.offset, width: x.length, height: y.length });

/** @param {Pick<Named, "diverged">} lane @param {number} t */
export const broken = (lane, t) => lane.diverged >= 0 && t >= lane.diverged;

const ALARM = "#d00000";
export const BROKEN_HEAD = { d: "M-6-6L6 6M6-6L-6 6", stroke: ALARM };

// A lane's head: its marker, or a cross where it has diverged.
/**
 * @param {Named} lane
 * @param {number} t
 * @param {string} paint
 * @param {Pick<Look, "colors">} look
 * @param {number} scale
 * @returns {Loose}
 */
export function headShape(lane, t, paint, { colors }, scale) {
  /** @type {Called<Mark>} */
  const found = { kind: "mark", key: `head ${lane.slot}`, name: "head", data: { lane: lane.slot } };
  if (broken(lane, t)) return { ...found, ...BROKEN_HEAD, name: "head gone", scale, width: 3.5 * scale };
  const edge = { stroke: colors.background, width: 1.6 * scale };
  return { ...found, d: MARKERS[lane.marker ?? ""], scale: 1.1 * scale, fill: paint, ...edge };
}

// Outlines of the lanes' markers around (0, 0), named as Plotly names them.
/** @type {Record<string, string>} */
export const MARKERS = {
  circle: "M6 0A6 6 0 1 1-6 0A6 6 0 1 1 6 0Z",
  square: "M-5.2-5.2H5.2V5.200H-5.2Z",
  diamond: "M0-7.300L7.300 0L0 7.300L-7.300 0Z",
  "triangle-up": "M0-7L6.600 5H-6.600Z",
  pentagon: "M0-6.800L6.500-2.100L4 5.500H-4L-6.500-2.100Z",
  star: "M0-8L2.200-2.700L7.600-2.500L3.400 1L4.700 6.500L0 3.400L-4.700 6.500L-3.400 1L-7.600-2.500L-2.200-2.700Z",
};
export const CROSS = "M-5-5L5 5M5-5L-5 5";
const RADIUS = 8;
const RING = `M${RADIUS} 0A${RADIUS} ${RADIUS} 0 1 1-${RADIUS} 0A${RADIUS} ${RADIUS} 0 1 1 ${RADIUS} 0Z`;

const BEAD = "M1.200 0A1.200 1.200 0 1 1-1.200 0A1.200 1.200 0 1 1 1.200 0Z";

// A star for a minimum (filled if it is global), a cross for a saddle, a triangle for a maximum, and of a
// floor of minima a bead.
/**
 * @param {Pick<CriticalHeader, "kind" | "value" | "floor">} point
 * @param {number} n
 * @param {Pick<Look, "colors" | "type">} look
 * @returns {Loose}
 */
export function criticalShape({ kind, value, floor }, n, { colors, type }) {
  const scale = type / 13;
  /** @type {Called<Mark>} */
  const found = { kind: "mark", key: `critical ${n}`, name: `critical-mark ${kind.replace(" ", "-")}` };
  const told = { ...found, title: `${kind} ${value}`, scale };
  if (floor)
    return { ...told, d: BEAD, fill: colors.text, scale: kind === "global minimum" ? scale : scale / 2 };
  if (kind === "saddle") return { ...told, d: CROSS, stroke: colors.text, width: 2 * scale };
  const d = kind === "maximum" ? MARKERS["triangle-up"] : MARKERS.star;
  const fill = kind === "global minimum" ? colors.text : undefined;
  return { ...told, d, fill, stroke: fill ? colors.halo : colors.text, width: 1.6 * scale };
}

/** @param {Pick<Look, "type">} look */
export const ringRadius = ({ type }) => (RADIUS * type) / 13;

/** @param {Pick<Look, "colors" | "type">} look @returns {Loose} */
export function startShape({ colors, type }) {
  const scale = type / 13;
  const edge = { stroke: colors.text, width: 2.5 * scale };
  return { kind: "mark", key: "start", name: "ring", d: RING, scale, ...edge };
}
