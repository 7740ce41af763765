// Lines of equal value over a grid of numbers, some of which may be missing (NaN): marching
// squares. Plotly's own contours first invent what is missing, which takes a second for a map.

/** @typedef {number[][]} Segment */

const CLIFF = 3;

// Segments [[x, y], [x, y]] of the line at each level; `z` by rows, at the centers xs and ys. Where so many
// levels are crossed at once there is a cliff, and no line.
/**
 * @param {ArrayLike<number>} xs
 * @param {ArrayLike<number>} ys
 * @param {ArrayLike<number>} z
 * @param {number[]} levels
 */
export function isolines(xs, ys, z, levels) {
  const found = levels.map(() => /** @type {Segment[]} */ ([]));
  for (let j = 0; j + 1 < ys.length; j++) {
    for (let i = 0; i + 1 < xs.length; i++) {
      const parts = levels.map((level) => square(xs, ys, z, level, i, j));
      if (parts.filter(({ length }) => length).length >= CLIFF) continue;
      parts.forEach((part, k) => found[k].push(...part));
    }
  }
  return found;
}

// Corners run round the square; two crossings make a segment, four (a saddle) make two.
/**
 * @param {ArrayLike<number>} xs
 * @param {ArrayLike<number>} ys
 * @param {ArrayLike<number>} z
 * @param {number} level
 * @param {number} i
 * @param {number} j
 * @returns {Segment[]}
 */
function square(xs, ys, z, level, i, j) {
  /** @param {number} column @param {number} row */
  const at = (column, row) => [xs[column], ys[row], z[row * xs.length + column]];
  const corners = [at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j + 1)];
  if (corners.some(([, , value]) => Number.isNaN(value))) return [];
  const crossed = corners.flatMap((one, k) => crossing(one, corners[(k + 1) % 4], level));
  if (crossed.length < 4) return crossed.length ? [crossed] : [];
  const middle = corners.reduce((sum, [, , value]) => sum + value, 0) / 4;
  const same = middle >= level === corners[0][2] >= level;
  const paired = same ? crossed : [crossed[3], ...crossed.slice(0, 3)];
  return [paired.slice(0, 2), paired.slice(2)];
}

/** @param {number[]} from @param {number[]} to @param {number} level */
function crossing([x0, y0, z0], [x1, y1, z1], level) {
  if (z0 >= level === z1 >= level) return [];
  const share = (level - z0) / (z1 - z0);
  return [[x0 + share * (x1 - x0), y0 + share * (y1 - y0)]];
}

// Segments as one run of coordinates with gaps, as a scatter trace wants them.
/** @param {Segment[]} segments */
export function strokes(segments) {
  return {
    x: segments.flatMap(([[x0], [x1]]) => [x0, x1, null]),
    y: segments.flatMap(([[, y0], [, y1]]) => [y0, y1, null]),
  };
}

// A name keeps so far from the frame's sides, and from other names, in shares of the frame.
const [ASIDE, APART] = [0.04, 0.07];

// Where a line's name stands: on the segment nearest to its middle from left to right that is clear of the
// frame's sides and of names that stand already; null for a short line, and where there is no such place.
/**
 * @param {Segment[]} segments
 * @param {{ x: number[], y: number[] }} frame its edges in rising order
 * @param {number[][]} taken
 */
export function named(segments, frame, taken = [], least = 12) {
  if (segments.length < least) return null;
  const places = segments.map(([[x0, y0], [x1, y1]]) => [(x0 + x1) / 2, (y0 + y1) / 2]);
  places.sort(([one], [other]) => one - other);
  const middle = places.length >> 1;
  const nearest = places.map((_, k) => Math.abs(k - middle));
  const order = [...places.keys()].sort((one, other) => nearest[one] - nearest[other]);
  const shares = places.map(([x, y]) => [share(x, frame.x), share(y, frame.y)]);
  const others = taken.map(([x, y]) => [share(x, frame.x), share(y, frame.y)]);
  const found = order.find((k) => isClear(shares[k], others));
  return found === undefined ? null : places[found];
}

/** @param {number} at @param {number[]} edges */
const share = (at, edges) => (at - edges[0]) / (edges[edges.length - 1] - edges[0]);

/** @param {number[]} place @param {number[][]} others */
function isClear(place, others) {
  const inside = place.every((at) => at >= ASIDE && at <= 1 - ASIDE);
  return inside && others.every((other) => other.some((at, k) => Math.abs(at - place[k]) > APART));
}
