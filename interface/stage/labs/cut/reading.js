// The loss along the line of one step, and what slope and curvature at its beginning foretell. Pure.

import { pointAt } from "../../core/packet.js";

/** @import { Loss, Point } from "../../run/recorded.d.ts" */
/** @typedef {{ number: number, from: Point, way: Point }} Step */
/** @typedef {ReturnType<typeof cutOf>} Cut */

const SAMPLES = 120;
const BEHIND = 0.5;
const LEAST = 1.5;
const MOST = 4;

// Which step is looked along: the one about to be taken at t, or, at a run's end, the one before;
// null where there is none: before the first, at rest, or once the lane has diverged.
/** @param {ArrayLike<number>} x @param {number} t @param {number} steps @returns {Step | null} */
export function stepAt(x, t, steps) {
  const first = Math.min(t, steps - 1);
  if (first < 0) return null;
  const [from, to] = [pointAt(x, first), pointAt(x, first + 1)];
  /** @type {Point} */
  const way = [to[0] - from[0], to[1] - from[1]];
  const moves = way.every(Number.isFinite) && Math.hypot(...way) > 0;
  return moves ? { number: first + 1, from, way } : null;
}

// Places are counted in steps: 0 where it begins, 1 where it ends. `lowest` is the place where the
// model of slope and curvature is lowest, null where it has no such place ahead.
/** @param {Loss} loss @param {Step} step */
export function cutOf(loss, { number, from, way }) {
  /** @param {number} s */
  const at = (s) => loss.value(from[0] + s * way[0], from[1] + s * way[1]);
  const [gx, gy] = loss.gradient(...from);
  const [xx, xy, yy] = loss.hessian(...from);
  const slope = gx * way[0] + gy * way[1];
  const bend = xx * way[0] ** 2 + 2 * xy * way[0] * way[1] + yy * way[1] ** 2;
  const start = at(0);
  /** @param {number} s */
  const model = (s) => start + s * slope + (s * s * bend) / 2;
  const lowest = bend > 0 && slope < 0 ? -slope / bend : null;
  const end = Math.min(Math.max(LEAST, 1.25 * (lowest ?? 0)), MOST);
  const places = Array.from({ length: SAMPLES + 1 }, (_, k) => -BEHIND + (k * (end + BEHIND)) / SAMPLES);
  return {
    number,
    length: Math.hypot(...way),
    places,
    loss: places.map(at),
    model: places.map(model),
    tangent: places.map((s) => start + s * slope),
    lowest,
    start,
    slope,
    bend,
    foretold: { slope, model: slope + bend / 2 },
    happened: at(1) - start,
    landing: { loss: at(1), model: model(1) },
  };
}
