// Bands between two curves, and the names at the ends of lines. Pure.

import { near } from "../axes.js";
import { edges, SHADE } from "../figures.js";
import { ending, placed } from "./end-names.js";
import { words } from "./shapes.js";

/** @import { Axes, Banded, Box, Called, DrawnCurve, Look, Mark, Words } from "../shapes.d.ts" */

// The outline of a band: along the top and back along the bottom.
/** @param {DrawnCurve & { curve: Banded }} drawnCurve @param {Axes} axes @param {Box} clip @returns {Mark} */
export function bandShape({ curve, n, paint }, { x, y }, clip) {
  const { low, high } = edges(curve);
  /** @param {number[]} values */
  const line = (values) => values.map((v, t) => `${x.to(t).toFixed(1)} ${near(y.to(v)).toFixed(1)}`);
  const points = [...line(high), ...line(low).reverse()];
  /** @type {Called<Mark>} */
  const own = {
    kind: "mark",
    key: `band ${n}`,
    name: "band",
    data: { lane: curve.lane.slot, label: `${curve.label}, band` },
  };
  const d = points.length ? `M${points.join("L")}Z` : "";
  return { ...own, d, x: 0, y: 0, scale: 1, fill: paint, opacity: curve.shade ?? SHADE, clip };
}

// Names of the lines that have one, at the right edge, each above its line's end.
/** @param {DrawnCurve[]} drawn @param {Axes} axis @param {Box} box @param {Look} look @returns {Words[]} */
export function endNames(drawn, axis, box, { colors, type }) {
  const size = 0.92 * type;
  const ends = drawn
    .filter(({ curve }) => curve.told)
    .map(({ curve, n, paint }) => ({ ...curve, n, paint, chosen: curve.leads, y: ending(curve, axis.y) }));
  return placed(ends, { top: box.y, bottom: box.y + box.height, size }).map(({ told, n, paint, at }) => {
    /** @type {Partial<Words>} */
    const own = { key: `end-name ${n}`, name: "end-name", anchor: "end", weight: 650, halo: colors.halo };
    return words(told ?? "", box.x + box.width - 0.3 * type, at, size, paint, own);
  });
}
