// The minima of a surface: where its critical points go while one of its numbers slides, and all others
// in and near its window, as engine/study/minima.py finds them. Pure.

import { JUDGED, MINIMA } from "../core/known.js";

/** @import { Critical, Loss, Point, Spot, Window } from "./recorded.d.ts" */
/** @typedef {Pick<Critical, "x" | "y" | "height" | "floor">} Minimum */

const { beyond: BEYOND, most: MOST, grid: GRID, same: SAME, rounds: ROUNDS, fitted: FITTED } = MINIMA;
const { rounding: ROUNDING } = MINIMA;

// Newton's method from where a point was, as far as it leads.
/** @param {Pick<Critical, "x" | "y" | "kind">} point @param {Loss} loss @returns {Critical} */
export function followed({ x, y, kind }, loss) {
  let [px, py] = [x, y];
  for (let round = 0; round < ROUNDS; round++) {
    const [dx, dy] = newton(loss, px, py);
    if (!Number.isFinite(dx) || !Number.isFinite(dy)) break;
    [px, py] = [px - dx, py - dy];
    if (Math.hypot(dx, dy) <= 1e-15 * Math.hypot(px, py)) break;
  }
  return { x: px, y: py, kind, height: loss.value(px, py) };
}

// The minimum of a convex loss of rows, as surfaces/data/fit.py finds it: Newton's method, damped while it
// does not lead down.
/** @param {Loss} loss @param {Float64Array} rows @param {Critical["kind"]} kind @returns {Critical} */
export function fitted(loss, rows, kind) {
  let [x, y, damping, before] = [0, 0, 1e-3, loss.value(0, 0)];
  const size = rows.reduce((sum, one, k) => (k % 2 ? sum : sum + one * one), 0) / (rows.length / 2);
  for (let round = 0; round < FITTED; round++) {
    const [[gx, gy], [along, xy, up]] = [loss.gradient(x, y), loss.hessian(x, y)];
    const [xx, yy] = [along + damping * size, up + damping];
    const whole = xx * yy - xy * xy;
    const [px, py] = [x - (yy * gx - xy * gy) / whole, y - (xx * gy - xy * gx) / whole];
    const after = loss.value(px, py);
    if (after <= before) [x, y, before, damping] = [px, py, after, damping / 30];
    else damping = Math.min(damping * 8 + 1e-300, 1e9);
  }
  return { x, y, kind, height: before };
}

/** @param {Loss} loss @param {number} x @param {number} y @returns {Point} */
function newton(loss, x, y) {
  const [gx, gy] = loss.gradient(x, y);
  if (gx === 0 && gy === 0) return [0, 0];
  const [xx, xy, yy] = loss.hessian(x, y);
  const size = xx * yy - xy * xy;
  return [(yy * gx - xy * gy) / size, (xx * gy - xy * gx) / size];
}

// The nearest of several points, or NaN.
/** @param {Pick<Critical, "x" | "y">[]} points @param {number} x @param {number} y */
export const distance = (points, x, y) =>
  points.reduce(
    (least, one) => Math.min(least, Math.hypot(x - one.x, y - one.y)),
    points.length ? Infinity : NaN,
  );

// The distance to the nearest of a loss's minima. All along a floor are minima: what is as low within
// rounding lies on it, however its line is drawn.
/** @param {Loss} loss @param {Minimum[]} minima @param {number} x @param {number} y */
export function farFrom(loss, minima, x, y) {
  if (loss.distance) return loss.distance(x, y);
  const found = distance(minima, x, y);
  const lines = minima.flatMap(({ floor }) => (floor?.length ? [floor] : []));
  if (!lines.length) return found;
  const [{ height }] = minima;
  if (loss.value(x, y) <= height + ROUNDING * (1 + Math.abs(height))) return 0;
  return lines.reduce((least, line) => Math.min(least, beside(line, x, y)), found);
}

/** @param {Point[]} line @param {number} x @param {number} y */
function beside(line, x, y) {
  let least = Infinity;
  for (let k = 1; k < line.length; k++) {
    const [[x0, y0], [x1, y1]] = [line[k - 1], line[k]];
    const [along, up] = [x1 - x0, y1 - y0];
    const size = along * along + up * up;
    const share = size ? Math.min(Math.max(((x - x0) * along + (y - y0) * up) / size, 0), 1) : 0;
    least = Math.min(least, Math.hypot(x - x0 - share * along, y - y0 - share * up));
  }
  return least;
}

/** @param {Window} window */
const shorter = (window) => Math.min(...window.map(([low, high]) => high - low));

// The distance below which a run counts as being at a minimum.
/** @param {Window} window */
export const near = (window) => JUDGED.near * shorter(window);

// The window with a margin on every side.
/** @param {Window} window @returns {Window} */
export const wider = ([across, up]) => [widened(across), widened(up)];

/** @param {Point} ends @returns {Point} */
const widened = ([low, high]) => [low - BEYOND * (high - low), high + BEYOND * (high - low)];

// How close to each minimum is close: never half way to another.
/** @param {Spot[]} spots @param {Window} window */
export function radii(spots, window) {
  /** @param {Spot} one */
  const gap = (one) =>
    spots.reduce(
      (least, other) =>
        one.owner === other.owner ? least : Math.min(least, Math.hypot(one.x - other.x, one.y - other.y)),
      Infinity,
    );
  return spots.map((one) => Math.min(near(window), gap(one) / 2));
}

// The declared minima, the global ones first.
/** @template {Pick<Critical, "kind">} One @param {One[]} critical */
export const declared = (critical) =>
  ["global minimum", "local minimum"].flatMap((kind) => critical.filter((one) => one.kind === kind));

// The minima that nobody declared, lowest first; a surface that declares none has none. Yields between
// rows of its search, so that whoever runs this may stop.
/** @param {Loss} loss @param {Critical[]} known @param {Window} window */
export function* otherMinima(loss, known, window) {
  if (!known.length) return [];
  const found = [];
  for (const seed of yield* crossings(loss, wider(window))) {
    found.push(...polished(loss, seed, window));
    yield;
  }
  found.sort((one, other) => one.value - other.value);
  const gap = SAME * shorter(window);
  const taken = [...known];
  for (const { x, y, value } of found) {
    if (taken.length === known.length + MOST) break;
    if (!(distance(taken, x, y) > gap)) continue;
    taken.push({ x, y, height: Number(value.toPrecision(12)), kind: "local minimum" });
  }
  return taken.slice(known.length);
}

// The middles of a grid's cells in which both slopes change sign.
/** @param {Loss} loss @param {Window} window */
function* crossings(loss, [across, up]) {
  const [xs, ys] = [spaced(across), spaced(up)];
  /** @type {[number, number][]} */
  const found = [];
  const row = () => ({ along: new Float64Array(GRID), up: new Float64Array(GRID) });
  let [below, above] = [row(), row()];
  slopes(loss, xs, ys[0], below);
  for (let r = 1; r < GRID; r++) {
    slopes(loss, xs, ys[r], above);
    for (let c = 1; c < GRID; c++) {
      if (!changes(below.along, above.along, c) || !changes(below.up, above.up, c)) continue;
      found.push([(xs[c - 1] + xs[c]) / 2, (ys[r - 1] + ys[r]) / 2]);
    }
    [below, above] = [above, below];
    yield;
  }
  return found;
}

/** @param {Point} ends */
const spaced = ([low, high]) =>
  Float64Array.from({ length: GRID }, (_, k) =>
    k === GRID - 1 ? high : low + k * ((high - low) / (GRID - 1)),
  );

/** @param {Loss} loss @param {Float64Array} xs @param {number} y @param {{ along: Float64Array, up: Float64Array }} into */
function slopes(loss, xs, y, { along, up }) {
  for (let c = 0; c < GRID; c++) [along[c], up[c]] = loss.gradient(xs[c], y);
}

// Whether a slope has both signs, or is zero, at the corners to the left of a column.
/** @param {Float64Array} below @param {Float64Array} above @param {number} c */
function changes(below, above, c) {
  const [a, b, d, e] = [below[c - 1], below[c], above[c - 1], above[c]];
  if ((a > 0 && b > 0 && d > 0 && e > 0) || (a < 0 && b < 0 && d < 0 && e < 0)) return false;
  return a === a && b === b && d === d && e === e;
}

// Where Newton's method leads from a seed, unless it leaves it or is no strict minimum.
/** @param {Loss} loss @param {Point} seed @param {Window} window */
export function polished(loss, [x0, y0], window) {
  let [x, y] = [x0, y0];
  for (let round = 0; round < ROUNDS; round++) {
    const [dx, dy] = newton(loss, x, y);
    [x, y] = [x - dx, y - dy];
  }
  const [xx, xy, yy] = loss.hessian(x, y);
  const strict = xx + yy > 0 && xx * yy - xy * xy > 1e-6 * (xx + yy) ** 2;
  const still = Math.hypot(...newton(loss, x, y)) < 1e-9 * shorter(window);
  const stayed = Math.hypot(x - x0, y - y0) < 4 * near(window);
  return strict && still && stayed ? [{ x, y, value: loss.value(x, y) }] : [];
}
