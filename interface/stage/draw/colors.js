// Colors between the stops of a scale.

/** @import { Scale } from "../core/theme.js" */

// The color at a share of the way along a scale, [[share, "#rrggbb"], ...].
/** @param {Scale} scale @param {number} share */
export function colorAt(scale, share) {
  const k = Math.max(
    scale.findIndex(([at]) => at >= share),
    1,
  );
  const [[low, first], [high, second]] = [scale[k - 1], scale[k]];
  const part = (share - low) / (high - low);
  /** @param {number} n */
  const channel = (n) => {
    const [a, b] = [first, second].map((hex) => parseInt(hex.slice(n, n + 2), 16));
    return Math.round(a + (b - a) * part)
      .toString(16)
      .padStart(2, "0");
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}
