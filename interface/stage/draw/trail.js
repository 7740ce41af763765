// A line as SVG text that can be cut at any step without being built again.

import { near } from "./axes.js";
import { down, lift, on, pen } from "./simplify.js";
import { tenths } from "./tenths.js";

/** @import { Axes, Line, Pixel, Trail } from "./shapes.d.ts" */
/** @import { Numbers } from "../core/packets.d.ts" */
/** @typedef {ReturnType<typeof cut>} Cut */

// A path of places: `ends[t]` is where the text of the path up to step t ends; points that are NaN
// end the path. `even` is the same line of fewer points, for strokes without dashes, which would be
// seen to move along it.
/** @param {Numbers} path @param {Axes} axis @returns {Trail} */
export function trail(path, axis) {
  const { values, shape } = path;
  const ends = new Uint32Array(shape[0]);
  /** @type {Pixel[]} */
  const points = [];
  const line = cut(shape[0]);
  let text = "";
  for (let t = 0; t < shape[0]; t++) {
    const [x, y] = [values[2 * t], values[2 * t + 1]];
    const drawn = Number.isFinite(x) && Number.isFinite(y);
    if (drawn) {
      const px = near(axis.x.to(x));
      const py = near(axis.y.to(y));
      text += (t ? "L" : "M") + tenths(px) + " " + tenths(py);
      points.push([px, py]);
    }
    mark(line, t, drawn ? points.at(-1) : null, t === 0);
    ends[t] = text.length;
  }
  const even = { ...whole(line), points, first: 0 };
  return {
    text,
    ends,
    points,
    first: 0,
    even,
    /** @param {number} begin @param {number} t */ from: (begin, t) => tail(points, begin, t),
  };
}

// A curve over the steps, of few points; what is not a number, or has no place on the axis, lifts the pen.
/**
 * @param {{ values: Numbers["values"], first?: number }} curve
 * @param {Axes} axes
 * @returns {Line & { first: number }}
 */
export function strand({ values, first = 0 }, { x, y }) {
  /** @type {(Pixel | null)[]} */
  const points = new Array(values.length);
  const line = cut(values.length);
  for (let k = 0; k < values.length; k++) {
    const py = near(y.to(values[k]));
    points[k] = Math.abs(py) < 1e5 ? [x.to(k + first), py] : null;
    mark(line, k, points[k], !points[k - 1]);
  }
  return { ...whole(line), points, first };
}

// `ends[k]` is where the text up to point k ends, but for that point itself where it is `loose`.
/** @param {number} count */
function cut(count) {
  return { pen: pen(), ends: new Uint32Array(count), loose: new Uint8Array(count) };
}

/** @param {Cut} cut @param {number} k @param {Pixel | null | undefined} point @param {boolean} begins */
function mark({ pen, ends, loose }, k, point, begins) {
  if (!point) lift(pen);
  else if (begins) down(pen, point[0], point[1]);
  else on(pen, point[0], point[1]);
  ends[k] = pen.text.length;
  loose[k] = Number(pen.loose);
}

/** @param {Cut} cut */
function whole({ pen, ends, loose }) {
  lift(pen);
  ends[ends.length - 1] = pen.text.length;
  loose[ends.length - 1] = 0;
  return { text: pen.text, ends, loose };
}

/** @param {Line} line @param {number} t */
export function upTo({ text, ends, loose, points, first = 0 }, t) {
  const k = Math.min(t - first, ends.length - 1);
  if (k < 0) return "";
  const at = loose?.[k] ? points[k] : null;
  const end = at ? `L${tenths(at[0])} ${tenths(at[1])}` : "";
  return text.slice(0, ends[k]) + end;
}

// The head: the last finite point at or before step t.
/** @param {{ points: Pixel[] }} trail @param {number} t */
export function head(trail, t) {
  return trail.points[Math.min(t, trail.points.length - 1)];
}

/** @param {Pixel[]} points @param {number} begin @param {number} t */
function tail(points, begin, t) {
  const part = points.slice(Math.max(begin, 0), t + 1);
  return part.map(([x, y], k) => `${k ? "L" : "M"}${tenths(x)} ${tenths(y)}`).join("");
}

// How far along the line each point lies, so that dashes go on where the last stretch ended.
/** @param {(Pixel | null)[]} points */
export function travelled(points) {
  const lengths = new Float64Array(points.length);
  for (let k = 1; k < points.length; k++) {
    const [a, b] = [points[k - 1], points[k]];
    lengths[k] = lengths[k - 1] + (a && b ? Math.hypot(b[0] - a[0], b[1] - a[1]) : 0);
  }
  return lengths;
}
