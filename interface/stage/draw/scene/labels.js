// Names beside the heads: inside the frame, clear of other names, of heads, of keys and buttons, and
// of the paths themselves where there is room.

import { head } from "../trail.js";
import { edgeAt, outside } from "./beyond.js";
import { broken, words } from "./shapes.js";

/** @import { Box, Drawn, Look, Named, Pixel, Words } from "../shapes.d.ts" */

// `lanes` are { lane, paint, trail }, `look` may have `taken`, boxes that names keep clear of.
// `kept` remembers each lane's side, so that names do not jump about while the clock runs.
/**
 * @param {Drawn[]} lanes
 * @param {number} t
 * @param {Box} box
 * @param {Look} look
 * @param {Map<string, number>} kept
 * @returns {Words[]}
 */
export function headLabels(lanes, t, box, look, kept) {
  const heads = lanes.map(({ trail }) => seenAt(head(trail, t), box, look));
  const behind = lanes.flatMap(({ trail }) => sampled(trail.points, t));
  /** @type {Box[]} */
  const placed = [];
  return lanes.map(({ lane, paint }, k) => {
    const text = saidOf(lane, t, lanes[k].beyond?.(t));
    const size = { width: look.measure(text, look.type, 650), height: look.type };
    const options = around(heads[k], size, look.type).map((at) => held(at, box, look.type));
    /** @param {Box} at */
    const cost = (at) =>
      placed.reduce((sum, other) => sum + overlap(at, other), 0) * 3 +
      (look.taken || []).reduce((sum, other) => sum + overlap(at, other), 0) * 3 +
      heads.reduce((sum, p) => sum + covers(at, p, look.type), 0) * look.type ** 2 +
      behind.reduce((sum, p) => sum + covers(at, p, 0), 0) * (look.type ** 2 / 12);
    const best = cheapest(options, cost, kept.get(lane.slot) ?? 0, 0.2 * look.type ** 2);
    kept.set(lane.slot, best);
    placed.push(options[best]);
    return label(lane, text, options[best], paint, look);
  });
}

// The usual option unless another is better by more than `slack`.
/** @param {Box[]} options @param {(at: Box) => number} cost @param {number} usual @param {number} slack */
function cheapest(options, cost, usual, slack) {
  const own = cost(options[usual]);
  if (own <= slack) return usual;
  const costs = options.map(cost);
  const least = Math.min(...costs);
  return own <= least + slack ? usual : costs.indexOf(least);
}

/** @param {Named} named @param {string} text @param {Box} box @param {string} paint @param {Look} look */
function label({ slot }, text, { x, y, height }, paint, { type, colors }) {
  const own = { key: `label ${slot}`, name: "label", data: { lane: slot }, weight: 650, halo: colors.halo };
  return words(text, x, y + 0.8 * height, type, paint, own);
}

/** @param {Named} lane @param {number} t @param {string | undefined} beyond */
function saidOf(lane, t, beyond) {
  if (broken(lane, t)) return `${lane.label} ${lane.gone}`;
  return beyond ? `${lane.label} at ${beyond}` : lane.label;
}

// Where a head is, or the arrow that points to it.
/** @param {Pixel} place @param {Box} box @param {Look} look @returns {Pixel} */
function seenAt(place, box, { type, taken }) {
  if (!outside(place, box)) return place;
  const { x, y } = edgeAt(place, box, type, taken);
  return [x, y];
}

/** @param {number} v @param {number} low @param {number} high */
const clamp = (v, low, high) => Math.max(Math.min(v, high), low);

// Some points of a path up to step t: where it is better not to write.
/** @param {Pixel[]} points @param {number} t */
function sampled(points, t) {
  const until = Math.min(t + 1, points.length);
  const stride = Math.max(1, Math.floor(until / 60));
  return Array.from({ length: Math.ceil(until / stride) }, (_, k) => points[k * stride]);
}

// Places for a box of `size` around a point: right, left, above, below, and further off.
/** @param {Pixel} at @param {{ width: number, height: number }} size @param {number} type @returns {Box[]} */
function around([x, y], { width, height }, type) {
  const far = 0.85 * type;
  const level = y - height / 2;
  const [right, left, middle] = [x + far, x - far - width, x - width / 2];
  const corners = [
    [right, level],
    [left, level],
    [middle, y - far - height],
    [middle, y + far],
    [right, y + 0.3 * far],
    [right, y - height - 0.3 * far],
    [left, y + 0.3 * far],
    [left, y - height - 0.3 * far],
  ];
  const further = [1.4, -2.4, 2.8, -3.8, 4.2, -5.2].flatMap((by) => [
    [right, y + by * type],
    [left, y + by * type],
  ]);
  return [...corners, ...further].map(([px, py]) => ({ x: px, y: py, width, height }));
}

/** @param {Box} at @param {Box} box @param {number} type @returns {Box} */
function held(at, box, type) {
  const edge = 0.3 * type;
  const x = clamp(at.x, box.x + edge, box.x + box.width - at.width - edge);
  return { ...at, x, y: clamp(at.y, box.y + edge, box.y + box.height - at.height - edge) };
}

/** @param {Box} a @param {Box} b */
export function overlap(a, b) {
  const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return wide > 0 && high > 0 ? wide * high : 0;
}

/** @param {Box} at @param {Pixel} pixel @param {number} type */
const covers = (at, [x, y], type) => {
  const reach = 0.45 * type;
  return x > at.x - reach && x < at.x + at.width + reach && y > at.y - reach && y < at.y + at.height + reach
    ? 1
    : 0;
};
