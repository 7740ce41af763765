// A run on a quadratic known beforehand, as engine/theory/prediction.py has it: the distance to the
// minimum as powers of two roots, without a single step. Pure.

import { curvature, roots } from "./stability.js";

/** @import { Hessian, Loss, Point, Recursion } from "./recorded.d.ts" */

// The loss above the center's after each of `steps`; the loss's Hessian is the same everywhere.
/** @param {Loss} loss @param {Recursion} rule @param {number} lr @param {Point} start @param {number} steps */
export function predicted(loss, rule, lr, start, steps) {
  const hessian = loss.hessian(...start);
  const { low, high, angle } = curvature(hessian);
  const center = centerOf(loss, hessian, start);
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const axes = [
    { axis: [cosine, sine], h: high },
    { axis: [-sine, cosine], h: low },
  ];
  const gap = new Float64Array(steps + 1);
  for (const { axis, h } of axes) {
    /** @param {number} x @param {number} y */
    const along = (x, y) => axis[0] * x + axis[1] * y;
    const begin = along(start[0] - center[0], start[1] - center[1]);
    const distance = distances(rule, lr, { h, begin, offset: along(center[0], center[1]) });
    for (let t = 0; t <= steps; t++) gap[t] += (h * distance(t) ** 2) / 2;
  }
  return { gap, lift: loss.value(...center) };
}

const DIGITS = 12;

/** @param {Loss} loss @param {Hessian} hessian @param {Point} start @returns {Point} */
function centerOf(loss, [xx, xy, yy], [x, y]) {
  const [gx, gy] = loss.gradient(x, y);
  const determinant = xx * yy - xy * xy;
  const tidy = (/** @type {number} */ side) => Number(side.toFixed(DIGITS)) + 0;
  return [tidy(x - (yy * gx - xy * gy) / determinant), tidy(y - (xx * gy - xy * gx) / determinant)];
}

// The distance to the center along one axis after t steps.
/**
 * @param {Recursion} rule
 * @param {number} lr
 * @param {{ h: number, begin: number, offset: number }} axis
 * @returns {(t: number) => number}
 */
function distances(rule, lr, { h, begin, offset }) {
  const bent = h + rule.penalty;
  if (bent === 0) return (t) => begin - rule.penalty * offset * drift(rule, lr, t);
  const rest = (-rule.penalty * offset) / bent;
  if (begin === rest) return () => rest;
  return (t) => rest + kept(rule, lr, bent, t) * (begin - rest);
}

/** @param {Recursion} rule @param {number} lr @param {number} t */
function drift(rule, lr, t) {
  const run = (1 - rule.beta ** t) / (1 - rule.beta);
  return lr * ((rule.gain * (t - run)) / (1 - rule.beta) + first(rule) * run);
}

/** @param {Recursion} rule */
const first = (rule) => (Number.isNaN(rule.first) ? rule.gain * (1 + rule.ahead) : rule.first);

// Which share of the first distance is left.
/** @param {Recursion} rule @param {number} lr @param {number} h @param {number} t */
function kept(rule, lr, h, t) {
  if (t === 0) return 1;
  const found = roots(rule, lr, h);
  return (1 - lr * first(rule) * h) * sums(found, t) - found.product * sums(found, t - 1);
}

// (r^t - s^t) / (r - s) for the roots r and s, exact where they meet.
/** @param {ReturnType<typeof roots>} roots @param {number} t */
function sums({ sum, product, discriminant }, t) {
  if (t === 0) return 0;
  const [half, inside] = [sum / 2, discriminant / 4];
  if (inside < 0) {
    const [size, turn] = [Math.sqrt(product), Math.atan2(Math.sqrt(-inside), half)];
    return (size ** (t - 1) * Math.sin(t * turn)) / Math.sin(turn);
  }
  const root = Math.sqrt(inside);
  const large = half >= 0 ? half + root : half - root;
  if (large === 0) return t === 1 ? 1 : 0;
  return large ** (t - 1) * series(product / (large * large), root / Math.abs(large), t);
}

/** @param {number} ratio @param {number} share @param {number} t */
function series(ratio, share, t) {
  if (ratio <= 0.5) return (1 - ratio ** t) / (1 - ratio);
  const nearness = Math.log1p(-2 * share);
  return share === 0 ? t : Math.expm1(t * nearness) / Math.expm1(nearness);
}
