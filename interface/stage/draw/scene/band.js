// Bands between two curves, and the names at the ends of lines. Pure.

import { near } from "../axes.js";
import { edges, SHADE } from "../figures.js";
import { around, cheapest, field, held, overlap, sampled } from "../placing.js";
import { outside } from "./beyond.js";
import { spot, words } from "./shapes.js";

/** @import { Axes, Banded, Box, Called, DrawnCurve, Look, Mark, Words } from "../shapes.d.ts" */
/** @import { Obstacles } from "../placing.js" */

const ABOVE = 5; // of the places around a line's end, the usual one

// The outline of a band: along the top and back along the bottom.
/** @param {DrawnCurve & { curve: Banded }} drawnCurve @param {Axes} axes @param {Box} clip @returns {Mark} */
export function bandShape({ curve, n, paint }, { x, y }, clip) {
  const { low, high } = edges(curve);
  /** @param {number[]} values */
  const line = (values) => values.map((v, t) => spot(x.to(t), near(y.to(v))));
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

// Names of the lines that have one, beside their ends: the leading lane's is placed first, the others rise
// from the bottom, and one that would cover another is left out.
/** @param {DrawnCurve[]} drawn @param {Box} box @param {Look} look @returns {Words[]} */
export function endNames(drawn, box, { colors, type, measure }) {
  const size = 0.92 * type;
  const ends = drawn
    .flatMap((one) => {
      const end = one.line.points.findLast(Boolean);
      return one.curve.told && end && !outside(end, box) ? [{ ...one, end }] : [];
    })
    .sort((a, b) => Number(Boolean(b.curve.leads)) - Number(Boolean(a.curve.leads)) || b.end[1] - a.end[1]);
  if (!ends.length) return [];
  const seen = drawn.flatMap(({ line }) => sampled(line.points, box, size));
  /** @type {Obstacles} */
  const obstacles = { boxes: [], marks: [], lines: field(seen, box, size) };
  return ends.flatMap(({ curve: { told = "" }, n, paint, end }) => {
    const name = { width: measure(told, size, 650), height: size };
    const options = around(end, name, size).map((at) => held(at, box, size));
    const at = options[cheapest(options, obstacles, size, ABOVE)];
    if (obstacles.boxes.some((other) => overlap(at, other))) return [];
    obstacles.boxes.push(at);
    const own = { key: `end-name ${n}`, name: "end-name", weight: 650, halo: colors.halo };
    return [words(told, at.x, at.y + 0.8 * size, size, paint, own)];
  });
}
