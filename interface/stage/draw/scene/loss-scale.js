// What the landscape's colors mean: a slim bar below the map with losses along it, and how they are
// spread over the colors. Pure.

import { significant } from "../../core/format.js";
import { colorAt } from "../colors.js";
import { heightOf, reach } from "../../run/landscape.js";
import { linearTicks, power } from "../ticks.js";
import { wrap } from "../wrap.js";
import { bar } from "./key.js";
import { stroke, words } from "./shapes.js";

/** @import { Box, Item, Look, Words } from "../shapes.d.ts" */
/** @import { Landscape, Numbers } from "../../core/packets.d.ts" */
/** @typedef {{ title: string, ticks: Share[] }} LossScale */
/** @typedef {{ share: number, text: string }} Share */

const SHADES = 40;
const [LENGTH, SHORTEST, SMALL] = [9, 4, 0.84];
const MOST = 4;

// Whether the title stands beside the bar, and not at the left end of the line.
/** @param {Pick<LossScale, "title">} scale @param {Box} box @param {Look} look */
export function titleBeside({ title }, box, { type, measure }) {
  return box.width / 2 - 2.5 * type - measure(title, SMALL * type) > SHORTEST * type;
}

// The bar of a scale (see `reading`) at the right end of the line that names the axis across, its
// title beside it or, where there is little room, at the left end, in two lines if need be.
/** @param {LossScale} scale @param {Box} box @param {Look} look @returns {Item[]} */
export function lossScale(scale, box, look) {
  const { title, ticks } = scale;
  const { colors, type, measure } = look;
  const size = SMALL * type;
  /** @param {string} text */
  const wide = (text) => measure(text, size);
  const half = box.width / 2 - 1.5 * type;
  const beside = titleBeside(scale, box, look);
  const lines = beside ? [title] : wrap(title, half, wide);
  if (half < Math.max(SHORTEST * type, ...lines.map(wide))) return [];
  const length = Math.min(LENGTH * type, beside ? half - wide(title) - type : half);
  const x = box.x + box.width - length - 0.5 * type;
  const y = box.y + box.height + 1.8 * type;
  const shades = Array.from({ length: SHADES }, (_, n) => colorAt(colors.scale, (n + 0.5) / SHADES));
  const edge = `M${x} ${y - 0.25 * type}h${length}v${0.5 * type}h${-length}z`;
  const first = lines.length > 1 ? 0.1 : 0.3; // between the axis' numbers and the edge of the panel
  /** @param {number} n @returns {Partial<Words>} */
  const name = (n) => ({ key: `loss title ${n}`, name: "loss-scale", anchor: "end" });
  /** @param {string} line */
  const end = (line) => (beside ? x - 0.5 * type : box.x + wide(line));
  return [
    ...bar(shades, "loss", x, y, length, 0.5 * type),
    stroke("loss edge", "loss-edge", edge, { stroke: colors.grid, width: type / 13 }),
    ...lines.map((line, n) =>
      words(line, end(line), y + (first + 0.95 * n) * size, size, colors.text, name(n)),
    ),
    ...spaced(ticks, length, look).map(({ share, text }, n) =>
      words(text, x + share * length, y + 0.3 * type + size, size, colors.text, {
        key: `loss tick ${n}`,
        name: "loss-tick",
        anchor: "middle",
      }),
    ),
  ];
}

// Numbers that do not touch each other, from the left.
/** @param {Share[]} ticks @param {number} length @param {Look} look */
function spaced(ticks, length, { type, measure }) {
  /** @type {Share[]} */
  const kept = [];
  let right = -Infinity;
  for (const tick of ticks) {
    const half = measure(tick.text, SMALL * type) / 2;
    if (tick.share * length - half < right) continue;
    kept.push(tick);
    right = tick.share * length + half + 0.4 * type;
  }
  return kept;
}

// The kind of scale in words, and losses with their share of the way along it.
/** @param {Landscape} landscape @returns {LossScale} */
export function reading({ header, arrays }) {
  const { values } = arrays.loss;
  const [low, high] = reach(values);
  if (header.scale === "rank") return { title: "loss, spread by rank", ticks: quantiles(values) };
  if (!header.logarithm) {
    const found = linearTicks(low, high, MOST);
    const ticks = found.map(({ at, text }) => ({ share: (at - low) / (high - low), text }));
    return { title: "loss, linear", ticks };
  }
  const [lowest, floor] = header.logarithm;
  const place = heightOf(header.logarithm);
  const [from, to] = [place(low), place(high)];
  const least = Math.ceil(Math.log10(Math.max(low - lowest, floor)));
  const most = Math.floor(Math.log10(high - lowest));
  const every = Math.max(1, Math.ceil((most - least + 1) / MOST));
  const powers = Array.from(
    { length: Math.max(Math.floor((most - least) / every) + 1, 0) },
    (_, n) => most - n * every,
  );
  const ticks = powers.reverse().map((k) => {
    return { share: (place(lowest + 10 ** k) - from) / (to - from), text: power(k) };
  });
  return { title: lowest === 0 ? "loss, logarithmic" : "loss − lowest, logarithmic", ticks };
}

/** @param {Numbers["values"]} values */
function quantiles(values) {
  const sorted = Float32Array.from(values).filter(Number.isFinite).sort();
  return [0, 0.25, 0.5, 0.75, 1].map((share) => {
    return { share, text: significant(sorted[Math.round(share * (sorted.length - 1))], 2) };
  });
}
