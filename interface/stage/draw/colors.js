// Colors between the stops of a scale.

/** @import { Scale } from "../core/theme.js" */

// Viridis (S. van der Walt and N. Smith, matplotlib, CC0), bright for what is small: even steps
// of lightness for every kind of color vision, and nowhere grey, which stands for "diverged".
/** @type {Scale} */
export const SEQUENTIAL = [
  [0, "#fde725"],
  [0.125, "#addc30"],
  [0.25, "#5ec962"],
  [0.375, "#28ae80"],
  [0.5, "#21918c"],
  [0.625, "#2c728e"],
  [0.75, "#3b528b"],
  [0.875, "#472d7b"],
  [1, "#440154"],
];

// The color at a share of the way along a scale, [[share, "#rrggbb"], ...].
/** @param {Scale} scale @param {number} share */
export function colorAt(scale, share) {
  const k = Math.max(
    scale.findIndex(([at]) => at >= share),
    1,
  );
  const [[low, first], [high, second]] = [scale[k - 1], scale[k]];
  const part = (share - low) / (high - low);
  const to = rgb(second);
  return hexOf(rgb(first).map((from, n) => from + (to[n] - from) * part));
}

// Red, green and blue of a color of six digits, `#0072b2`; and back.
/** @param {string} hex */
export const rgb = (hex) => [1, 3, 5].map((n) => parseInt(hex.slice(n, n + 2), 16));
/** @param {number[]} channels */
export const hexOf = (channels) =>
  `#${channels.map((v) => Math.round(v).toString(16).padStart(2, "0")).join("")}`;
