// Lines of equal value over a grid of numbers, some of which may be missing (NaN): marching
// squares. Plotly's own contours first invent what is missing, which takes a second for a map.

/** @typedef {number[][]} Segment */

// Segments [[x, y], [x, y]] of the line at `level`; `z` by rows, at the centers xs and ys.
/**
 * @param {ArrayLike<number>} xs
 * @param {ArrayLike<number>} ys
 * @param {ArrayLike<number>} z
 * @param {number} level
 * @returns {Segment[]}
 */
export function isoline(xs, ys, z, level) {
  /** @type {Segment[]} */
  const found = [];
  for (let j = 0; j + 1 < ys.length; j++) {
    for (let i = 0; i + 1 < xs.length; i++) found.push(...square(xs, ys, z, level, i, j));
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
  const [a, b, c, d] = crossed;
  const same = middle >= level === corners[0][2] >= level;
  return same
    ? [
        [a, b],
        [c, d],
      ]
    : [
        [d, a],
        [b, c],
      ];
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

// Where a line's name stands: on the segment in its middle from left to right; null for a short line.
/** @param {Segment[]} segments */
export function named(segments, least = 12) {
  if (segments.length < least) return null;
  const [[x0, y0], [x1, y1]] = [...segments].sort((a, b) => a[0][0] - b[0][0])[segments.length >> 1];
  return [(x0 + x1) / 2, (y0 + y1) / 2];
}
