// Where a name stands beside what it names: inside its frame, clear of other names and of marks, and
// of the lines themselves where there is room.

import { clip } from "./clip.js";

/** @import { Box, Pixel } from "./shapes.d.ts" */
/** @typedef {{ width: number, height: number }} Size */
/** @typedef {{ cells: Uint8Array, across: number, up: number, gap: number, frame: Box }} Field */
/** @typedef {{ boxes: Box[], marks: Pixel[], lines: Field }} Obstacles */

// A line is sampled so densely, in parts of the type, at so many of its pieces at most; a place on it
// costs that much of a letter.
const [GAP, PIECES, LINE, MARK, BOX] = [0.5, 120, 1 / 6, 1, 3];
// Another place than the usual one is better by more than the slack, and each later one by a bit more.
const [SLACK, LATER] = [0.2, 0.005];

// The place that is cheapest; the usual one unless another is clearly better.
/** @param {Box[]} options @param {Obstacles} obstacles @param {number} type @param {number} [usual] */
export function cheapest(options, obstacles, type, usual = 0) {
  const slack = SLACK * type ** 2;
  const own = cost(options[usual], obstacles, type);
  if (own <= slack) return usual;
  const costs = options.map((at, k) => cost(at, obstacles, type) + k * LATER * type ** 2);
  const least = Math.min(...costs);
  return own <= least + slack ? usual : costs.indexOf(least);
}

/** @param {Box} at @param {Obstacles} obstacles @param {number} type */
function cost(at, { boxes, marks, lines }, type) {
  const letter = type ** 2;
  return (
    boxes.reduce((sum, other) => sum + overlap(at, other), 0) * BOX +
    marks.reduce((sum, p) => sum + covers(at, p, 0.45 * type), 0) * letter * MARK +
    crossed(at, lines) * letter * LINE
  );
}

/** @param {Box} a @param {Box} b */
export function overlap(a, b) {
  const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return wide > 0 && high > 0 ? wide * high : 0;
}

/** @param {Box} at @param {Pixel} pixel @param {number} reach */
const covers = (at, [x, y], reach) =>
  Number(x > at.x - reach && x < at.x + at.width + reach && y > at.y - reach && y < at.y + at.height + reach);

// Places for a box of `size` around a point: right, left, above, below, and further off.
/** @param {Pixel} at @param {Size} size @param {number} type @returns {Box[]} */
export function around([x, y], { width, height }, type) {
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
  const further = [1.4, -2.4, 2.8, -3.8, 4.2, -5.2, 5.6, -6.6, 7, 8.4].flatMap((by) => [
    [right, y + by * type],
    [left, y + by * type],
  ]);
  return [...corners, ...further].map(([px, py]) => ({ x: px, y: py, width, height }));
}

/** @param {Box} at @param {Box} frame @param {number} type @returns {Box} */
export function held(at, frame, type) {
  const edge = 0.3 * type;
  const x = clamp(at.x, frame.x + edge, frame.x + frame.width - at.width - edge);
  return { ...at, x, y: clamp(at.y, frame.y + edge, frame.y + frame.height - at.height - edge) };
}

/** @param {number} v @param {number} low @param {number} high */
const clamp = (v, low, high) => Math.max(Math.min(v, high), low);

// Places on a line up to its point `last`, as far as it is seen: where it is better not to write. Of a
// line of very many pieces only some are looked at, for names are placed at every frame.
/** @param {(Pixel | null)[]} points @param {Box} frame @param {number} type @param {number} [last] */
export function sampled(points, frame, type, last = Infinity) {
  const end = Math.min(last, points.length - 1);
  /** @type {Pixel[]} */
  const found = [];
  for (let k = end; k > 0; k -= Math.max(1, Math.floor(end / PIECES))) {
    const [a, b] = [points[k - 1], points[k]];
    if (!a || !b) continue;
    const inside = within(a, b, frame);
    if (!inside) continue;
    const [from, to] = inside;
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]) * (to - from);
    const parts = Math.ceil(length / (GAP * type));
    for (let n = 0; n < parts; n++) {
      const share = from + ((to - from) * (n + 0.5)) / parts;
      found.push([a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]);
    }
  }
  return found;
}

// Which cells of a frame such places are in.
/** @param {Pixel[]} places @param {Box} frame @param {number} type @returns {Field} */
export function field(places, frame, type) {
  const gap = GAP * type;
  const [across, up] = [Math.ceil(frame.width / gap) + 1, Math.ceil(frame.height / gap) + 1];
  const cells = new Uint8Array(across * up);
  for (const [x, y] of places)
    cells[Math.floor((y - frame.y) / gap) * across + Math.floor((x - frame.x) / gap)] = 1;
  return { cells, across, up, gap, frame };
}

// How many of these cells a name lies on.
/** @param {Box} at @param {Field} lines */
function crossed(at, { cells, across, up, gap, frame }) {
  /** @param {number} from @param {number} size @param {number} most */
  const range = (from, size, most) => [
    Math.max(0, Math.floor((from - 0.15 * gap) / gap)),
    Math.min(most - 1, Math.floor((from + size + 0.15 * gap) / gap)),
  ];
  const [left, right] = range(at.x - frame.x, at.width, across);
  const [top, bottom] = range(at.y - frame.y, at.height, up);
  let count = 0;
  for (let row = top; row <= bottom; row++)
    for (let column = left; column <= right; column++) count += cells[row * across + column];
  return count;
}

// Between which shares of its length a straight piece is inside a frame; null where it is nowhere.
/** @param {Pixel} a @param {Pixel} b @param {Box} frame */
function within(a, b, { x, y, width, height }) {
  const [from, to] = [a, b].map(([px, py]) => [(px - x) / width, (py - y) / height]);
  return clip(from, to);
}
