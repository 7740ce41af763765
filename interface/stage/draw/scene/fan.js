// The fan: the paths of all stops of a setting at once, colored by value, and the row of the key
// that says so. Pure.

import { pixelOf } from "../axes.js";
import { significant } from "../../core/format.js";
import { colorAt, SEQUENTIAL } from "../colors.js";
import { travelled } from "../trail.js";
import { spot } from "./shapes.js";

/** @import { Axes, Box, KeyRow, Look, Pixel, Stroke } from "../shapes.d.ts" */
/** @import { Fanned, Side } from "../../core/stage.d.ts" */
/** @import { RaceHeader } from "../../core/packets.d.ts" */

const WIDTH = 1.4;
const SHADES = 12;
const [CLEAR, FAINTEST] = [0.65, 0.1];

// `fanned` is { fan, handle, k }: the packet, the setting, and the lane whose paths are shown.
/** @param {Fanned} fanned @param {Axes} axis @param {Box} clip @param {Look} look @returns {Stroke[]} */
export function fanShapes({ fan, k }, axis, clip, { colors, type }) {
  const scale = type / 13;
  const paths = strands(fan, k, axis);
  return paths.map(({ points, diverges }, j) => ({
    kind: "stroke",
    key: `fan ${j}`,
    name: "fan-path",
    d: outline(points),
    stroke: shade(paths.length > 1 ? j / (paths.length - 1) : 0, colors.dark),
    width: WIDTH * scale,
    opacity: (diverges ? 0.5 : 1) * opacity(points, Math.hypot(clip.width, clip.height)),
    ...(diverges ? { dash: [2 * scale, 5 * scale] } : {}),
    clip,
  }));
}

/** @param {Pick<RaceHeader, "lanes">} header @param {Fanned} fanned @param {Look} look @returns {KeyRow} */
export function fanRow({ lanes }, { fan, handle, k }, { colors }) {
  const { values } = fan.header;
  const [low, high] = [values[0], values[values.length - 1]].map((v) => significant(v, 3));
  const shades = Array.from({ length: SHADES }, (_, n) => shade(n / (SHADES - 1), colors.dark));
  const outcomes = outcomesOf(fan, k);
  const gone = outcomes.filter(({ diverged }) => diverged >= 0).length;
  const told = gone ? [{ text: `${gone} of ${values.length} diverge, dotted` }] : [];
  const entries = [
    { text: `${lanes[k].label}, ${handle.label} ${low}` },
    { shades },
    { text: high },
    ...told,
  ];
  return { name: "fan-key", entries };
}

/** @param {Pixel[]} points */
const outline = (points) => points.map((place, k) => `${k ? "L" : "M"}${spot(...place)}`).join("");

/** @param {Pick<Fanned["fan"], "header">} fan @param {number} k */
const outcomesOf = ({ header }, k) => header.lanes.find((lane) => lane.k === k)?.outcomes ?? [];

// Each stop's path in pixels, and whether it diverges; it ends where it first leaves the map far behind.
/** @param {Fanned["fan"]} fan @param {number} k @param {Axes} axes */
export function strands({ header, arrays }, k, { x, y }) {
  const { values, shape } = arrays[`x${k}`];
  const outcomes = outcomesOf({ header }, k);
  /** @param {number} px @param {Side} side */
  const far = (px, { offset, length }) => px < offset - length || px > offset + 2 * length;
  return outcomes.map(({ diverged }, j) => {
    /** @type {Pixel[]} */
    const points = [];
    for (let t = 0; t < shape[1]; t++) {
      const at = 2 * (j * shape[1] + t);
      const [px, py] = pixelOf({ x, y }, values.subarray(at, at + 2));
      if (!Number.isFinite(px) || !Number.isFinite(py)) break;
      points.push([px, py]);
      if (far(px, x) || far(py, y)) break;
    }
    return { points, diverges: diverged >= 0 };
  });
}

// A path that wanders back and forth is fainter, so that it does not cover the others.
/** @param {Pixel[]} points @param {number} diagonal */
export function opacity(points, diagonal) {
  const length = travelled(points).at(-1) || 0;
  return Math.min(CLEAR, Math.max(FAINTEST, (CLEAR * diagonal) / length));
}

// A color for a share of the way through the stops: the part of the scale that stands out here.
/** @param {number} share @param {boolean} dark */
export function shade(share, dark) {
  const [from, to] = dark ? [0.72, 0] : [0.28, 1];
  return colorAt(SEQUENTIAL, from + (to - from) * share);
}
