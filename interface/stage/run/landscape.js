// A surface over a window as packets/landscape.py sends it, computed here: for a surface whose number
// slides, and for pages without a server. Pure.

import { PLAIN, RAISED } from "../core/known.js";

/** @import { LandscapeHeader, Numbers, RaceHeader } from "../core/packets.d.ts" */
/** @import { Loss, Point, Window } from "./recorded.d.ts" */

// `loss` is a surface's functions, `header` that of its race.
/**
 * @param {Pick<Loss, "value" | "gradient">} loss
 * @param {Window} window
 * @param {number} side
 * @param {Pick<RaceHeader, "ground" | "lowest">} header
 */
export function landscapeOf(loss, [[x0, x1], [y0, y1]], side, { ground, lowest }) {
  const [x, y] = [spaced(x0, x1, side), spaced(y0, y1, side)];
  const losses = new Float64Array(side * side);
  const gradient = new Float64Array(2 * side * side);
  for (let row = 0; row < side; row++) {
    for (let col = 0; col < side; col++) {
      const at = row * side + col;
      losses[at] = loss.value(x[col], y[row]);
      [gradient[at], gradient[side * side + at]] = loss.gradient(x[col], y[row]);
    }
  }
  const logarithm = ground.scale === "log" ? logarithmOf(losses, lowest) : null;
  const heights = losses.map(heightOf(logarithm));
  /** @param {Numbers["values"]} values @returns {Numbers} */
  const grid = (values) => ({ values, shape: [side, side] });
  return {
    header: { ...ground, logarithm },
    arrays: {
      x: { values: x, shape: [side] },
      y: { values: y, shape: [side] },
      loss: grid(losses),
      gradient: { values: gradient, shape: [2, side, side] },
      shown: grid(ground.scale === "rank" ? ranks(losses) : spread(heights)),
      height: grid(heights),
    },
  };
}

/** @param {number} low @param {number} high @param {number} count */
const spaced = (low, high, count) =>
  Float64Array.from({ length: count }, (_, k) => low + ((high - low) * k) / (count - 1));

// What is drawn upward for a loss: itself, or its logarithm above the lowest, raised by the floor.
/** @param {LandscapeHeader["logarithm"]} logarithm @returns {(loss: number) => number} */
export function heightOf(logarithm) {
  if (!logarithm) return (loss) => loss;
  const [lowest, floor] = logarithm;
  return (loss) => Math.log10(Math.max(loss - lowest, 0) + floor);
}

// What a logarithmic height takes from a loss, and what it adds before its logarithm.
/** @param {Float64Array} losses @param {number | null} known @returns {Point} */
function logarithmOf(losses, known) {
  const [low, high] = reach(losses);
  if (low > high) return [0, 1];
  const lowest = known ?? low;
  return [lowest, Math.max(high - lowest, 0) * RAISED + 1e-300];
}

// The lowest and the highest finite value, the wrong way round where there is none.
/** @param {Iterable<number>} values @returns {Point} */
export function reach(values) {
  let [low, high] = [Infinity, -Infinity];
  for (const v of values) {
    if (!Number.isFinite(v)) continue;
    low = Math.min(low, v);
    high = Math.max(high, v);
  }
  return [low, high];
}

// From 0 to 1; a plain has one height, however it is rounded.
/** @param {Float64Array} heights */
function spread(heights) {
  const [low, high] = reach(heights);
  const flat = high - low <= PLAIN * Math.max(Math.abs(low), Math.abs(high));
  return heights.map((v) => (v - low) / (flat ? 1 : high - low));
}

/** @param {Float64Array} losses */
function ranks(losses) {
  const order = Uint32Array.from(losses, (_, k) => k).sort((a, b) => losses[a] - losses[b] || a - b);
  const found = new Float64Array(losses.length);
  order.forEach((at, rank) => (found[at] = rank / (losses.length - 1)));
  return found;
}

// Coarse colors by rows, a byte each, for a preview under the hand.
/** @param {{ arrays: Record<"shown", Numbers> }} landscape */
export function colors({ arrays }) {
  const { values, shape } = arrays.shown;
  return {
    bytes: Uint8Array.from(values, (v) => Math.round(255 * (Number.isNaN(v) ? 1 : v))),
    side: shape[0],
  };
}
