// The landscape as a solid in a unit cube: heights, paths laid on it, and what hides what. Pure.

import { heightOf, reach } from "../run/landscape.js";
import { clip } from "./clip.js";

/** @import { Landscape, Numbers } from "../core/packets.d.ts" */
/** @import { Pixel } from "./shapes.d.ts" */
/** @typedef {ReturnType<typeof cubeOf>} Cube */
/** @typedef {{ points: number[], pen: number[], ends: Uint32Array, heads: Float32Array, outside: Uint8Array }} Laying */
/** @typedef {ReturnType<typeof drape>} Laid */
/** @typedef {ArrayLike<number>} Matrix */
/** @typedef {{ text: string, ends: Uint32Array, last: number, px: number, py: number }} Part */

const LIFT = 0.006;
const MOST_POINTS = 12000;

// Heights of a grid from 0 to 1, and the functions that take data there.
/** @param {Landscape} landscape */
export function cubeOf({ header, arrays }) {
  const [xs, ys, raw] = [arrays.x.values, arrays.y.values, arrays.height.values];
  const found = reach(raw);
  const [low, high] = found[0] > found[1] ? [0, 1] : found;
  const deep = high - low || 1;
  const [x0, x1, y0, y1] = [xs[0], xs[xs.length - 1], ys[0], ys[ys.length - 1]];
  const heights = Float32Array.from(raw, (h) => unit((h - low) / deep));
  const rise = heightOf(header.logarithm);
  return {
    columns: xs.length,
    rows: ys.length,
    heights,
    range: /** @type {Pixel[]} */ ([
      [x0, x1],
      [y0, y1],
      [low, low + deep],
    ]),
    /** @param {number} x @param {number} y @returns {Pixel} */
    at: (x, y) => [(x - x0) / (x1 - x0), (y - y0) / (y1 - y0)],
    /** @param {number} loss */
    rise: (loss) => unit((rise(loss) - low) / deep),
  };
}

/** @param {number} v */
const unit = (v) => (v > 0 ? Math.min(v, 1) : 0);

// The drawn surface's height over (a, b), both from 0 to 1.
/** @param {Pick<Cube, "columns" | "rows" | "heights">} solid @param {number} a @param {number} b */
export function height({ columns, rows, heights }, a, b) {
  const [f, g] = [unit(a) * (columns - 1), unit(b) * (rows - 1)];
  const [i, j] = [Math.min(Math.floor(f), columns - 2), Math.min(Math.floor(g), rows - 2)];
  const [u, v, k] = [f - i, g - j, j * columns + i];
  const lower = heights[k] * (1 - u) + heights[k + 1] * u;
  return lower * (1 - v) + (heights[k + columns] * (1 - u) + heights[k + columns + 1] * u) * v;
}

// A path laid on the surface: `points` (x, y, z each), `pen[k]` 1 where a line leads to point k,
// `ends[t]` the points up to step t, `heads` each step's own place, held inside the cube, and
// `outside[t]` 1 where that is not the true one. Long steps get points on the way.
/** @param {Cube} solid @param {Numbers} path @param {ArrayLike<number>} losses */
export function drape(solid, path, losses, share = 1) {
  const steps = path.shape[0];
  const most = Math.max(Math.floor((share * MOST_POINTS) / steps), 1);
  /** @type {Laying} */
  const laid = {
    points: [],
    pen: [],
    ends: new Uint32Array(steps),
    heads: new Float32Array(3 * steps),
    outside: new Uint8Array(steps),
  };
  /** @type {Pixel | null} */
  let before = null;
  for (let t = 0; t < steps; t++) {
    const here = solid.at(path.values[2 * t], path.values[2 * t + 1]);
    if (Number.isFinite(here[0]) && Number.isFinite(here[1])) {
      const z = Math.max(solid.rise(losses[t]), height(solid, ...here)) + LIFT;
      if (before) lead(solid, laid, before, here, z, most);
      else if (within(here)) put(laid, ...here, z, 0);
      before = here;
      place(solid, laid, t, here, z);
    } else if (t) stay(laid, t);
    laid.ends[t] = laid.pen.length;
  }
  return { ...laid, points: Float32Array.from(laid.points), pen: Uint8Array.from(laid.pen) };
}

/** @param {number[]} numbers */
const within = ([a, b]) => a >= 0 && a <= 1 && b >= 0 && b <= 1;

/** @param {Laying} laying @param {number} a @param {number} b @param {number} z @param {number} down */
function put({ points, pen }, a, b, z, down) {
  points.push(a, b, z);
  pen.push(down);
}

/** @param {Cube} solid @param {Laying} laid @param {number} t @param {Pixel} here @param {number} z */
function place(solid, laid, t, here, z) {
  const [a, b] = here.map(unit);
  laid.outside[t] = within(here) ? 0 : 1;
  laid.heads.set([a, b, laid.outside[t] ? height(solid, a, b) + LIFT : z], 3 * t);
}

/** @param {Laying} laying @param {number} t */
function stay({ heads, outside }, t) {
  heads.copyWithin(3 * t, 3 * t - 3, 3 * t);
  outside[t] = outside[t - 1];
}

/**
 * @param {Cube} solid
 * @param {Laying} laid
 * @param {Pixel} from
 * @param {Pixel} to
 * @param {number} z
 * @param {number} most
 */
function lead(solid, laid, from, to, z, most) {
  const cut = clip(from, to);
  if (!cut) return;
  const [begin, end] = cut;
  const [da, db] = [to[0] - from[0], to[1] - from[1]];
  const cells = (end - begin) * Math.hypot(da * solid.columns, db * solid.rows);
  const pieces = Math.min(Math.max(Math.ceil(cells / 1.5), 1), most);
  /** @param {number} s @param {number} down */
  const on = (s, down) => {
    const [a, b] = [from[0] + s * da, from[1] + s * db];
    put(laid, a, b, s === 1 ? z : height(solid, a, b) + LIFT, down);
  };
  if (begin > 0) on(begin, 0);
  for (let k = 1; k <= pieces; k++) on(k === pieces ? end : begin + ((end - begin) * k) / pieces, 1);
}

// Matrices are columns one after another, as WebGL has them.
/** @param {Matrix} a @param {Matrix} b */
export function multiply(a, b) {
  const product = new Float64Array(16);
  for (let row = 0; row < 4; row++) {
    for (let column = 0; column < 4; column++) {
      for (let k = 0; k < 4; k++) product[4 * column + row] += a[4 * k + row] * b[4 * column + k];
    }
  }
  return product;
}

// Where a point of the cube is seen, in pixels of a picture of that size; NaN behind the eye.
/**
 * @param {Matrix} m
 * @param {number} width
 * @param {number} tall
 * @param {number} a
 * @param {number} b
 * @param {number} c
 * @returns {Pixel}
 */
export function project(m, width, tall, a, b, c) {
  const w = m[3] * a + m[7] * b + m[11] * c + m[15];
  if (w <= 1e-6) return [NaN, NaN];
  const x = (m[0] * a + m[4] * b + m[8] * c + m[12]) / w;
  const y = (m[1] * a + m[5] * b + m[9] * c + m[13]) / w;
  return [((1 + x) / 2) * width, ((1 - y) / 2) * tall];
}

// Where the eye is: the only point that a perspective sends to x = y = w = 0.
/** @param {Matrix} m */
export function eye(m) {
  const rows = [0, 1, 3].map((row) => [m[row], m[4 + row], m[8 + row], m[12 + row]]);
  /** @param {number} skip */
  const minor = (skip) => {
    const [r, s, t] = rows.map((row) => row.filter((_, k) => k !== skip));
    return (
      r[0] * (s[1] * t[2] - s[2] * t[1]) -
      r[1] * (s[0] * t[2] - s[2] * t[0]) +
      r[2] * (s[0] * t[1] - s[1] * t[0])
    );
  };
  const w = -minor(3);
  return [minor(0) / w, -minor(1) / w, minor(2) / w];
}

const STRIDE = 1.3;
const DEPTH = 0.008;

// Whether the surface stands between the eye and a point: walk to the eye, looking below.
/** @param {Pick<Cube, "columns" | "rows" | "heights">} solid @param {number[]} eye @param {number} a @param {number} b @param {number} c */
export function hidden(solid, [ea, eb, ec], a, b, c) {
  const [da, db, dc] = [ea - a, eb - b, ec - c];
  const cells = Math.hypot(da * solid.columns, db * solid.rows);
  if (!(cells > 0)) return false;
  const far = Math.min(1, leaving(a, da), leaving(b, db), dc > 0 ? (1 - c) / dc : 1);
  const stride = STRIDE / cells;
  for (let s = stride; s < far; s += stride) {
    if (height(solid, a + s * da, b + s * db) > c + s * dc + DEPTH) return true;
  }
  return false;
}

/** @param {number} v @param {number} by */
const leaving = (v, by) => (by > 0 ? (1 - v) / by : by < 0 ? -v / by : Infinity);

const NEAR = 0.4;

// A laid path as SVG text, what is seen apart from what a hill hides; `ends` as in trail.js.
// `seen` takes a point of the cube to pixels, `away` says whether it is hidden.
/**
 * @param {Laid} laid
 * @param {(a: number, b: number, c: number) => Pixel} seen
 * @param {(a: number, b: number, c: number) => boolean} away
 */
export function trace({ points, pen, ends }, seen, away) {
  const parts = [0, 1].map(() => ({ text: "", ends: new Uint32Array(ends.length), last: -1, px: 0, py: 0 }));
  let [k, beforeUnder] = [0, false];
  /** @type {Pixel | null} */
  let before = null;
  ends.forEach((end, t) => {
    for (; k < end; k++) {
      const [a, b, c] = points.subarray(3 * k, 3 * k + 3);
      const here = seen(a, b, c);
      const under = away(a, b, c);
      if (pen[k] && before && here[0] === here[0])
        stroke(parts[under || beforeUnder ? 1 : 0], k, before, here);
      before = here[0] === here[0] ? here : null;
      beforeUnder = under;
    }
    for (const part of parts) part.ends[t] = part.text.length;
  });
  return { seen: parts[0], behind: parts[1] };
}

// One more line of a part; steps too small to see wait until they add up.
/** @param {Part} part @param {number} k @param {Pixel} pixel @param {Pixel} pixel */
function stroke(part, k, [bx, by], [px, py]) {
  const joined = part.last === k - 1;
  if (joined && Math.abs(px - part.px) + Math.abs(py - part.py) < NEAR) return (part.last = k);
  if (!joined) part.text += `M${bx.toFixed(1)} ${by.toFixed(1)}`;
  part.text += `L${px.toFixed(1)} ${py.toFixed(1)}`;
  return Object.assign(part, { last: k, px, py });
}
