// What Plotly draws on the panels of a sweep map: colors, strokes, lines and marks.

import { bar, flat, hatch, heat, levels } from "../../draw/heat.js";
import { powers } from "../../draw/ticks.js";
import { significant } from "../../core/format.js";
import { LEAST } from "../../core/known.js";
import { calmSteps, drawn, panelLevels, panelMasks, stepLevels } from "./cells.js";
import { LINES } from "./lines.js";
import { quantity } from "./words.js";

/** @import { Mask, On } from "../../draw/heat.js" */
/** @import { Color, Colored, Line, SweepMap } from "./cells.js" */
/** @import { Look } from "./figure.js" */

const DARK_INK = "#10141c";
const LIGHT_INK = "#ffffff";
const CHAOS = { lean: -1, every: 3 };
const LOST = { lean: 1, every: 3 };

/** @param {boolean} dark */
export const greys = (dark) =>
  dark
    ? { diverged: "#565c66", stroke: "#8d949f", late: "#23282f", away: "#6d4a55" }
    : { diverged: "#b9bec5", stroke: "#7d848e", late: "#edeff1", away: "#dcb9c3" };

/** @param {number} panel @returns {Record<string, string>} */
export const onAxes = (panel) => (panel ? { xaxis: `x${panel + 1}`, yaxis: `y${panel + 1}` } : {});

/** @param {Colored} map @param {number} panel @param {Look} look */
export function panelTraces(map, panel, look) {
  const color = drawn(map, look.color);
  const { grid } = map;
  const masks = panelMasks(map, color, panel);
  const grey = greys(look.colors.dark);
  const on = onAxes(panel);
  const legend = panel === 0 ? colorBar(map, color, look) : null;
  /** @param {Uint8Array} mask @param {() => object[]} make */
  const there = (mask, make) => (mask.some(Boolean) ? make() : []);
  return [
    heat(grid, panelLevels(map, color, panel), { range: map.ranges[color], bar: legend }, on),
    ...there(masks.late, () => [flat(grid, masks.late, grey.late, on)]),
    ...there(masks.diverged, () => [
      flat(grid, masks.diverged, grey.diverged, on),
      hatch(grid, masks.diverged, { ...LOST, color: grey.stroke, width: look.size / 12 }, on),
    ]),
    ...there(masks.away, () => [flat(grid, masks.away, grey.away, on)]),
    ...equalSteps(map, panel, look, on),
    ...there(masks.chaotic, () => hatched(grid, masks.chaotic, look, on)),
    ...linesOf(map, panel).flatMap((line) => theoryTraces(line, look.size, on)),
  ];
}

// Light strokes in dark ones, so that they are seen on every color.
/** @param {Colored["grid"]} grid @param {Mask} mask @param {Look} look @param {On} on */
function hatched(grid, mask, { size }, on) {
  return [
    hatch(grid, mask, { ...CHAOS, color: DARK_INK, width: size / 4.5 }, on),
    hatch(grid, mask, { ...CHAOS, color: LIGHT_INK, width: size / 10 }, on),
  ];
}

/** @param {SweepMap} map @param {number} panel @param {Look} look @param {On} on */
function equalSteps(map, panel, { size, color, colors }, on) {
  if (map.found < map.count || map.shape[1] < 3 || map.shape[2] < 3) return [];
  const [ink, halo] = color === "steps" ? [LIGHT_INK, DARK_INK] : [DARK_INK, LIGHT_INK];
  const written = { color: ink, halo, size: 0.85 * size, font: colors.font };
  return levels(map.grid, calmSteps(map, panel), stepLevels(map), written, on);
}

/** @param {SweepMap} map @param {number} panel */
export const linesOf = (map, panel) => map.lines.filter((line) => line.panel === panel);

/** @param {Line} line @param {number} size @param {On} on @returns {object[]} */
function theoryTraces(line, size, on) {
  const common = { type: "scatter", x: line.across, y: line.up, hoverinfo: "skip", ...on };
  const { color, dash, weight = 1 } = LINES[line.name];
  if (line.kind === "point") return [{ ...common, mode: "markers", marker: marker("diamond", size, color) }];
  const width = (weight * size) / 6;
  const under = { color: DARK_INK, width: width + size / 4, simplify: true };
  return [
    { ...common, mode: "lines", line: under },
    { ...common, mode: "lines", line: { color, width, dash, simplify: true } },
  ];
}

/** @param {string} symbol @param {number} size */
const marker = (symbol, size, color = LIGHT_INK) => ({
  symbol,
  size: 1.15 * size,
  color,
  line: { color: DARK_INK, width: size / 8 },
});

/** @param {SweepMap} map @param {Look} look */
export function starred(map, { color, size }) {
  const at = map.best?.[drawn(map, color)];
  if (!at) return [];
  const { across, up } = map.header.axes;
  const mark = { ...marker("star", size, "#ffd54a"), size: 1.5 * size };
  const where = { x: [across.places[at[2]]], y: [up.places[at[1]]] };
  return [{ ...MARK, ...where, marker: mark, ...onAxes(at[0]) }];
}

// On the screen the cross is an element of its own, which a hand can hold.
/** @param {Look} look */
export function crossed({ cross, size, height }) {
  if (!cross || !height) return [];
  const where = { x: [cross.x], y: [cross.y], ...onAxes(cross.panel) };
  /** @param {string} color @param {number} width */
  const inked = (color, width) => ({
    ...MARK,
    ...where,
    marker: { symbol: "cross-thin", size: 1.7 * size, color, line: { color, width: width * size } },
  });
  return [inked(DARK_INK, 0.42), inked(LIGHT_INK, 0.2)];
}

// A mark is whole at the map's edge as well.
const MARK = { type: "scatter", mode: "markers", hoverinfo: "skip", cliponaxis: false };

/** @param {Colored} map @param {Color} color @param {Look} look */
function colorBar(map, color, { size, width }) {
  const [low, high] = map.ranges[color];
  const title = width >= 44 * size ? quantity(map, color) : "";
  return bar(title, barTicks(color, low, high), size);
}

/** @param {Color} color @param {number} low @param {number} high */
export function barTicks(color, low, high) {
  if (color === "steps") return wholes(low, high);
  const found = powers(low, high);
  const least = Math.log10(LEAST.loss);
  const named = found.map((tick) =>
    color === "loss" && tick.at <= least + 1e-6 ? { ...tick, text: `≤ ${tick.text}` } : tick,
  );
  return named.length > 1 ? named : [low, high].map((at) => ({ at, text: significant(10 ** at, 3) }));
}

/** @param {number} low @param {number} high */
function wholes(low, high) {
  const found = [];
  for (let k = 0; k <= 4; k++) for (const m of [1, 2, 5]) found.push(m * 10 ** k);
  const ends = [Math.round(10 ** low), Math.round(10 ** high)];
  const inside = found.filter((step) => step >= ends[0] && step <= ends[1]);
  const shown = inside.length > 1 ? inside : [...new Set(ends)];
  return shown.map((step) => ({ at: Math.log10(Math.max(step, 1)), text: String(step) }));
}
