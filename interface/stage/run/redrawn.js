// A surface whose heights a brush is changing: its grid as modules take it, and its minima. Pure.

import { BORDER, DRAWN } from "../core/known.js";
import { polished } from "./minima.js";
import { middles } from "./plateaus.js";

/** @import { Critical, Loss, Window } from "./recorded.d.ts" */

const GLOBAL = /** @type {const} */ ("global minimum");

/** @param {{ length: number }} heights */
export const sideOf = ({ length }) => Math.round(Math.sqrt(length));

// Letters as levels from 0 to 1, the outermost rows and columns repeated, as surfaces/spline.py has them.
/** @param {string} heights @param {string} letters */
export function levels(heights, letters) {
  const side = sideOf(heights);
  const wide = side + 2 * BORDER;
  const top = letters.length - 1;
  /** @param {number} k */
  const held = (k) => Math.min(Math.max(k - BORDER, 0), side - 1);
  return Array.from({ length: wide * wide }, (_, n) => {
    const letter = heights[held(Math.floor(n / wide)) * side + held(n % wide)];
    return letters.indexOf(letter) / top;
  });
}

// The minima of a loss that nobody has searched yet, the lowest first: from every node of a grid that is
// lower than those around it.
/** @param {Loss} loss @param {Window} window @param {number} side @returns {Critical[]} */
export function lowPoints(loss, window, side) {
  const count = DRAWN.starts * (side - 1) + 1;
  /** @param {number} k @param {number} axis */
  const at = (k, axis) => window[axis][0] + ((window[axis][1] - window[axis][0]) * k) / (count - 1);
  const values = Float64Array.from({ length: count * count }, (_, n) =>
    loss.value(at(n % count, 0), at(Math.floor(n / count), 1)),
  );
  const found = [...values.keys()]
    .filter((n) => isLow(values, n, count))
    .flatMap((n) => polished(loss, [at(n % count, 0), at(Math.floor(n / count), 1)], window))
    .filter((point) => within(point, window))
    .sort((one, other) => one.value - other.value)
    .map(({ x, y, value }) => ({ x, y, height: value, kind: /** @type {const} */ ("local minimum") }));
  const apart = found.filter((one, k) => found.slice(0, k).every((other) => !same(one, other, window)));
  const least = values.reduce((least, value) => Math.min(least, value), Infinity);
  const minima = apart.map((one) => (one.height > least + rounding(least) ? one : { ...one, kind: GLOBAL }));
  if (minima.some(({ kind }) => kind === GLOBAL)) return minima;
  const low = Uint8Array.from(values, (value) => Number(value <= least + rounding(least)));
  const plateaus = middles(low, count).map((n) => ({
    ...{ x: at(n % count, 0), y: at(Math.floor(n / count), 1) },
    ...{ height: least, kind: GLOBAL },
  }));
  return [...plateaus, ...minima];
}

// How far equal heights may be apart as they are computed.
/** @param {number} height */
const rounding = (height) => DRAWN.rounding * (1 + Math.abs(height));

/** @param {Float64Array} values @param {number} n @param {number} count */
function isLow(values, n, count) {
  const [row, column] = [Math.floor(n / count), n % count];
  if (row === 0 || column === 0 || row === count - 1 || column === count - 1) return false;
  const around = [-count - 1, -count, -count + 1, -1, 1, count - 1, count, count + 1];
  const plain = around.every((step) => values[n + step] <= values[n] + rounding(values[n]));
  return !plain && around.every((step) => values[n] <= values[n + step]);
}

/** @param {Pick<Critical, "x" | "y">} point @param {Window} window */
const within = ({ x, y }, [across, up]) => x > across[0] && x < across[1] && y > up[0] && y < up[1];

/** @param {Critical} one @param {Critical} other @param {Window} window */
const same = (one, other, [[low, high]]) =>
  Math.hypot(one.x - other.x, one.y - other.y) < DRAWN.apart * (high - low);
