// Points of one's own on the data: one more under the pointer, or one less. Pure.

/** @import { Axes } from "../core/stage.d.ts" */
/** @import { OwnPoints } from "../core/packets.d.ts" */
/** @import { Row } from "./scene.js" */
/** @typedef {[number, number]} Pair */

const REACH = 9;
const DIGITS = 4;
const FEWEST = 2;
const MOST = 200;
const ASIDE = 0.05; // of the axis

// The points as a setting of the link, or null where nothing changes: `own.scales` says how a point
// [u, v] becomes a row, (p - shift) / scale, in each column.
/** @param {OwnPoints} own @param {Row[]} rows @param {Axes} axis @param {number} px @param {number} py */
export function pointed(own, rows, axis, px, py) {
  const there = rows.findIndex(([u, v]) => Math.hypot(axis.x.to(u) - px, axis.y.to(v) - py) < REACH);
  if (there >= 0) return removed(own, there);
  if (rows.length >= MOST) return null;
  return said([...own.points, pointAt(own, axis, px, py)]);
}

/**
 * @param {Pick<OwnPoints, "scales" | "kind">} own
 * @param {Axes} axis
 * @param {number} px
 * @param {number} py
 * @returns {Pair}
 */
function pointAt({ scales, kind }, axis, px, py) {
  const [[shift, scale], [lift, stretch]] = scales;
  return [short(shift + scale * axis.x.from(px)), fitting(kind, lift + stretch * axis.y.from(py))];
}

// The points with one of them moved under the pointer.
/** @param {OwnPoints} own @param {number} k @param {Axes} axis @param {number} px @param {number} py */
export function moved(own, k, axis, px, py) {
  const next = own.points.map((point, n) => (n === k ? pointAt(own, axis, px, py) : point));
  return learnable(next, own.kind);
}

// The points with one of them a share of the axes further; what does not move stays exactly as it is.
/** @param {OwnPoints} own @param {number} k @param {Axes} axis @param {number[]} by */
export function nudged(own, k, axis, [across, up]) {
  const far = [across * (axis.x.high - axis.x.low), up * (axis.y.high - axis.y.low)];
  const [u, v] = own.points[k].map((value, side) =>
    far[side] ? value + own.scales[side][1] * far[side] : value,
  );
  /** @type {Pair[]} */
  const next = own.points.map((point, n) => (n === k ? [short(u), up ? fitting(own.kind, v) : v] : point));
  return learnable(next, own.kind);
}

// The points with one more, a little beside one of them.
/** @param {OwnPoints} own @param {number} k @param {Axes} axis */
export function beside(own, k, axis) {
  if (own.points.length >= MOST) return null;
  const [u, v] = own.points[k];
  const aside = Math.abs(own.scales[0][1]) * ASIDE * (axis.x.high - axis.x.low);
  return said([...own.points, [short(u + aside), v]]);
}

// What is left without one point.
/** @param {Pick<OwnPoints, "points" | "kind">} own @param {number} gone */
export const removed = ({ points, kind }, gone) =>
  learnable(
    points.filter((_, k) => k !== gone),
    kind,
  );

// The points as text, if they are something to learn from.
/** @param {Pair[]} points @param {string} kind */
function learnable(points, kind) {
  /** @param {0 | 1} side */
  const differ = (side) => points.some((point) => point[side] !== points[0][side]);
  const classes = kind === "signs" || kind === "classes";
  return points.length >= FEWEST && differ(0) && (!classes || differ(1)) ? said(points) : null;
}

// A class is 0 or 1, a count a whole number; anything measured stays as it is.
/** @param {string} kind @param {number} v */
function fitting(kind, v) {
  if (kind === "signs" || kind === "classes") return v > 0.5 ? 1 : 0;
  return kind === "counted" ? Math.max(0, Math.round(v)) : short(v);
}

/** @param {number} value */
const short = (value) => Number(value.toPrecision(DIGITS));

// Points from their text.
/** @param {string} text @returns {Pair[]} */
export const read = (text) =>
  text.split(", ").map((pair) => {
    const [u, v] = pair.split(" ").map(Number);
    return [u, v];
  });

/** @param {Pair[]} points */
const said = (points) => points.map((point) => point.join(" ")).join(", ");
