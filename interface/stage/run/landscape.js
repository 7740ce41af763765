// A surface over a window: its losses, and what is drawn of them. They are sent of data; others are computed
// here, for a surface whose number slides, and for pages without a server. Pure.

/** @import { Landscape, Numbers, RaceHeader, SentLandscape } from "../core/packets.d.ts" */
/** @import { Loss, Point, Window } from "./recorded.d.ts" */

// A logarithmic height is raised from zero by this share of the whole height.
const RAISED = 3e-5;
// Heights that differ by less than this share of their size differ by rounding alone.
const PLAIN = 1e-12;

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
  const arrays = {
    x: { values: x, shape: [side] },
    y: { values: y, shape: [side] },
    loss: { values: losses, shape: [side, side] },
    gradient: { values: gradient, shape: [2, side, side] },
  };
  return drawnLandscape({ header: { ...ground, lowest }, arrays });
}

// A landscape with what is drawn of it: `shown` in colors, spread from 0 to 1, and `height` in the relief, where
// ranks would flatten the shape.
/** @param {SentLandscape} sent @returns {Landscape} */
export function drawnLandscape({ header: { lowest, ...ground }, arrays }) {
  const losses = Float64Array.from(arrays.loss.values);
  const logarithm = ground.scale === "log" ? logarithmOf(losses, lowest) : null;
  const heights = losses.map(heightOf(logarithm));
  /** @param {Numbers["values"]} values @returns {Numbers} */
  const grid = (values) => ({ values, shape: arrays.loss.shape });
  const shown = grid(ground.scale === "rank" ? ranks(losses) : spread(heights));
  return { header: { ...ground, logarithm }, arrays: { ...arrays, shown, height: grid(heights) } };
}

/** @param {number} low @param {number} high @param {number} count */
const spaced = (low, high, count) =>
  Float64Array.from({ length: count }, (_, k) => low + ((high - low) * k) / (count - 1));

// What is drawn upward for a loss: itself, or its logarithm above the lowest, raised by the floor.
/** @param {Landscape["header"]["logarithm"]} logarithm @returns {(loss: number) => number} */
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
  const found = reach(heights);
  const [low, high] = found[0] > found[1] ? [0, 1] : found;
  const flat = high - low <= PLAIN * Math.max(Math.abs(low), Math.abs(high));
  return heights.map((v) => Math.min(Math.max((v - low) / (flat ? 1 : high - low), 0), 1));
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
