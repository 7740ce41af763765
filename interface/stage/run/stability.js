// When a rule converges on a quadratic, how fast, and whether it swings, as engine/theory/stability.py
// and curvature.py have it. A rule is { gain, beta, ahead, penalty, decay, first, scale: [x, y] }. Pure.

import { REGIMES, TOUCHING } from "../core/known.js";

/** @import { Hessian, Recursion } from "./recorded.d.ts" */
/** @typedef {{ sum: number, product: number, discriminant: number }} Roots */

// The eigenvalues of a symmetric matrix, and the direction of the larger one.
/** @param {Hessian} hessian */
export function curvature([xx, xy, yy]) {
  const [middle, spread] = [(xx + yy) / 2, Math.hypot((xx - yy) / 2, xy)];
  const far = middle < 0 ? middle - spread : middle + spread;
  const quotient = far === 0 ? 0 : (xx * yy - xy * xy) / far;
  const near = Number.isFinite(quotient) ? quotient : 2 * middle - far;
  return { low: Math.min(near, far), high: Math.max(near, far), angle: Math.atan2(2 * xy, xx - yy) / 2 };
}

// The curvatures that a rule feels.
/** @param {Pick<Recursion, "scale" | "penalty">} rule @param {Hessian} hessian */
export function seen({ scale: [sx, sy], penalty }, [xx, xy, yy]) {
  return curvature([sx * (xx + penalty), Math.sqrt(sx * sy) * xy, sy * (yy + penalty)]);
}

// The sum and the product of the roots that rule a direction of curvature h.
/** @param {Recursion} rule @param {number} lr @param {number} h @returns {Roots} */
export function roots({ gain, beta, ahead, decay }, lr, h) {
  const [kept, push] = [1 - lr * decay, lr * gain * h];
  const sum = kept + beta - push * (1 + ahead);
  const product = beta * kept - push * ahead;
  return { sum, product, discriminant: sum * sum - 4 * product };
}

/** @param {Roots} roots */
export function radius({ sum, product, discriminant }) {
  if (discriminant < 0) return Math.sqrt(Math.max(product, 0));
  return (Math.abs(sum) + Math.sqrt(Math.max(discriminant, 0))) / 2;
}

/** @param {Recursion} rule @param {number} h */
const held = ({ gain, beta, decay }, h) => gain * h + (1 - beta) * decay;

/** @param {Recursion} rule @param {number} h */
export function limit(rule, h) {
  const { gain, beta, ahead, decay } = rule;
  const hold = held(rule, h);
  if (Number.isNaN(hold)) return NaN;
  const grows = 1 + beta;
  return hold > 0 ? (2 * grows) / (gain * (1 + 2 * ahead) * h + grows * decay) : Infinity;
}

// The two values of lr gain h at which the two roots of a direction meet.
/** @param {Recursion} rule */
export function touching({ beta, ahead }) {
  const wide = 1 + ahead;
  const half = (1 + beta) * wide - 2 * ahead;
  const high = (half + 2 * Math.sqrt(Math.max(beta * wide - ahead, 0))) / (wide * wide);
  return [((1 - beta) / wide) ** 2 / high, high];
}

// The place in REGIMES of how the distance goes along a direction.
/** @param {Recursion} rule @param {number} lr @param {number} h */
export const regime = (rule, lr, h) => REGIMES.indexOf(named(rule, lr, h));

/** @param {Recursion} rule @param {number} lr @param {number} h @returns {typeof REGIMES[number]} */
function named(rule, lr, h) {
  const found = roots(rule, lr, h);
  const size = found.sum * found.sum + 4 * Math.abs(found.product);
  const factor = radius(found);
  if (!Number.isFinite(factor) || lr * held(rule, h) === 0) return "flat";
  if (factor >= 1) return held(rule, h) < 0 ? "leaving" : "unstable";
  if (Math.abs(found.discriminant) <= TOUCHING * size && found.product > 0) return "critical";
  if (found.discriminant < 0) return "underdamped";
  return found.sum < 0 ? "alternating" : "overdamped";
}
