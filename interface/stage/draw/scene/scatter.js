// How the gradients of batches scatter at the chosen lane's head: an ellipse of one standard
// deviation around the tip of what the −gradient of all rows would be, as long as the arrows are.

import { pixelOf } from "../axes.js";
import { significant } from "../../core/format.js";
import { spot } from "./shapes.js";

/** @import { Axes, KeyRow } from "../shapes.d.ts" */
/** @import { FeltRace } from "../../core/stage.d.ts" */
/** @typedef {NonNullable<ReturnType<typeof scatterOf>>} Scatter */

const CORNERS = 48;

// `scatter` has a line a step: the point it is for, the gradient of all rows, and the covariance of a
// batch's gradient. Of a path that has moved on since, nothing is known: `at(t)` is "" there.
/** @param {Pick<FeltRace, "header" | "arrays">} race @param {Axes} axis @param {number} scale */
export function scatterOf({ header, arrays }, axis, scale) {
  const { scatter, [`x${header.chosen}`]: path } = arrays;
  if (!scatter) return null;
  return {
    said: `batch gradients, 1 σ ×${significant(scale, 2)}`,
    /** @param {number} t */
    at: (t) => {
      const [x, y, ...rest] = scatter.values.subarray(7 * t, 7 * t + 7);
      const here = x === path.values[2 * t] && y === path.values[2 * t + 1];
      return here ? ellipse(axis, [x, y], rest, scale) : "";
    },
  };
}

// The corners are center + L (cos, sin), where L Lᵀ is the covariance.
/**
 * @param {Axes} axis
 * @param {number[]} numbers
 * @param {ArrayLike<number> & Iterable<number>} spread
 * @param {number} scale
 */
function ellipse(axis, [x, y], [gx, gy, xx, xy, yy], scale) {
  const a = Math.sqrt(Math.max(xx, 0));
  const b = a > 0 ? xy / a : 0;
  const c = Math.sqrt(Math.max(yy - b * b, 0));
  if (![gx, gy, a, b, c].every(Number.isFinite) || a + c === 0) return "";
  const corners = Array.from({ length: CORNERS }, (_, k) => {
    const [cos, sin] = [Math.cos, Math.sin].map((of) => of((2 * Math.PI * k) / CORNERS));
    return spot(...pixelOf(axis, [x - scale * (gx + a * cos), y - scale * (gy + b * cos + c * sin)]));
  });
  return `M${corners.join("L")}Z`;
}

/** @param {Scatter} scatter @param {string} stroke @param {number} width @returns {KeyRow} */
export const scatterRow = ({ said }, stroke, width) => ({
  name: "scatter-key arrow-key",
  entries: [{ text: said, line: { stroke, width, dash: [2 * width, 2 * width] } }],
});
