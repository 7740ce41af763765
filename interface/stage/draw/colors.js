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
export const colorAt = (scale, share) => hexOf(channelsAt(scale, share));

// The same as red, green and blue.
/** @param {Scale} scale @param {number} share */
export function channelsAt(scale, share) {
  const k = Math.max(
    scale.findIndex(([at]) => at >= share),
    1,
  );
  const [[low, first], [high, second]] = [scale[k - 1], scale[k]];
  return mixed(first, second, (share - low) / (high - low));
}

// So much of the way from one color to another.
/** @param {string} one @param {string} other @param {number} share */
export function mixed(one, other, share) {
  const to = rgb(other);
  return rgb(one).map((from, n) => from + (to[n] - from) * share);
}

// Red, green and blue of a color of six digits, `#0072b2`; and back.
/** @param {string} hex */
export const rgb = (hex) => [1, 3, 5].map((n) => parseInt(hex.slice(n, n + 2), 16));
/** @param {number[]} channels */
export const hexOf = (channels) =>
  `#${channels.map((v) => Math.round(v).toString(16).padStart(2, "0")).join("")}`;
