// Basin maps as Plotly traces: the map of a lane, and the difference between two.

import { BASIN_COLORS } from "../../core/known.js";
import { DIVERGED, grid, shades } from "./cells.js";
import { domains, mapBox } from "../../draw/axes.js";
import { hexOf, mixed } from "../../draw/colors.js";
import { symbol, contour, mapLayout, mapMargin } from "../../draw/figures.js";
import { hatch, heat } from "../../draw/heat.js";
import { LETTER } from "../../draw/scene/signs.js";
import { alone, floorTraces } from "../floor.js";

/** @import { CriticalHeader, Landscape } from "../../core/packets.d.ts" */
/** @import { Colors } from "../../core/theme.js" */
/** @import { Size } from "../../draw/chart.js" */
/** @import { Grid } from "../../draw/heat.js" */
/** @import { BasinHeading, BasinMap } from "./cells.js" */
/**
 * @typedef {object} Look
 * @property {Colors} colors
 * @property {number} size
 * @property {number} scale
 * @property {number[] | null} range
 * @property {Landscape | null} land
 * @property {number[]} room
 * @property {Record<string, unknown>} on
 */

const HATCH = 6;

// A kind's colors: [settled soonest, settled latest or not yet].
/** @param {number} named @param {Pick<Colors, "dark">} colors */
export function paints(named, { dark }) {
  const paper = dark ? "#10141c" : "#ffffff";
  const hues = BASIN_COLORS[dark ? "dark" : "light"];
  const minima = Array.from({ length: named }, (_, k) => hues[k % hues.length]);
  /** @param {string} color */
  const plain = (color) => [color, color];
  return [
    ...minima.map((hue) => [hue, mix(hue, paper, 0.62)]),
    dark ? ["#857962", "#4a4438"] : ["#a99678", "#dcd3c3"],
    plain(dark ? "#222833" : "#f0f0ec"),
    plain(dark ? "#6a6e77" : "#7b7e85"),
    dark ? ["#b06a80", "#4d323b"] : ["#a4476a", "#ecd0d9"],
    plain(dark ? "#b9ab8f" : "#7a6a4f"),
  ];
}

/** @param {string} one @param {string} other @param {number} share */
export const mix = (one, other, share) => hexOf(mixed(one, other, share));

// Steps of color: kind k fills the scale from k to k + 1.
/** @param {string[][]} pairs */
export function steppedScale(pairs) {
  const last = pairs.length;
  return pairs.flatMap(([strong, pale], k) => [
    [k / last, strong],
    [(k + 1) / last, pale],
  ]);
}

// A lane's map: `look` is { colors, size, scale, range, land, room, on },
// `room` the plot's width and height in pixels.
/** @param {BasinMap} map @param {Look} look */
export function basinTraces(map, look) {
  const { heading } = map;
  const cells = grid(heading);
  const gone = map.end.map((end) => Number(end === DIVERGED));
  const strokes = { every: HATCH, color: look.colors.dark ? "#0c0f15" : "#ffffff", width: look.scale };
  return [
    kinds(map, cells, look),
    hatch(cells, gone, strokes, look.on),
    ...relief(look),
    ...criticalTraces(heading, look),
  ];
}

/** @param {BasinMap} map @param {Grid} cells @param {Look} look */
function kinds(map, cells, { colors, range, on }) {
  const pairs = paints(map.heading.named.length, colors);
  const scale = steppedScale(pairs);
  return heat(cells, shades(map, range), { range: [0, pairs.length], scale, name: "basins" }, on);
}

// Lines of equal loss, so faint that they lead the eye and hide nothing.
/** @param {Look} look */
function relief({ land, colors, scale, on }) {
  if (!land) return [];
  const lines = contour(land, colors);
  const line = { width: 0.5 * scale, color: colors.dark ? "#ffffff30" : "#00000028", smoothing: 1 };
  return [{ ...lines, contours: { ...lines.contours, coloring: "none" }, line, showlegend: false, ...on }];
}

// Marks as on the landscape; a minimum's letter stands beside it, where a path's end leaves it free.
/** @param {BasinHeading} heading @param {Look} look */
function criticalTraces({ named: inOrder, marks, window }, { colors, size, scale, room, on }) {
  const [text, paper] = colors.dark ? ["#ffffff", "#16191e"] : ["#16191e", "#ffffff"];
  const named = [...inOrder].reverse(); // what is best lies on top where they crowd
  const best = named.map((one) => (lowest(one) ? [text, paper] : [paper, text]));
  const aside = window.map(([low, high], s) => ((high - low) * LETTER * size) / room[s]);
  const common = { type: "scatter", showlegend: false, hoverinfo: "skip", cliponaxis: false, ...on };
  const single = alone(marks);
  return [
    ...floorTraces(marks, colors, scale, on),
    {
      ...common,
      mode: "markers",
      x: single.map(({ x }) => x),
      y: single.map(({ y }) => y),
      marker: {
        symbol: single.map(symbol),
        size: 0.75 * size,
        color: text,
        line: {
          width: 1.4 * scale,
          color: single.map((one) => (lowest(one) ? paper : text)),
        },
      },
    },
    {
      ...common,
      mode: "markers+text",
      x: named.map(({ x }) => x - aside[0]),
      y: named.map(({ y }) => y + aside[1]),
      text: named.map(({ letter }) => `<b>${letter}</b>`),
      textfont: { size: 0.95 * size, color: best.map(([, ink]) => ink) },
      marker: {
        symbol: "circle",
        size: 1.45 * size,
        color: best.map(([fill]) => fill),
        line: { width: 1.2 * scale, color: best.map(([, ink]) => ink) },
      },
    },
  ];
}

/** @param {Pick<CriticalHeader, "kind">} mark */
const lowest = ({ kind }) => kind === "global minimum";

// What is the same for two rules, and what differs.
/** @param {Pick<Colors, "dark">} colors */
export const differenceColors = ({ dark }) => (dark ? ["#222833", "#ffd166"] : ["#eef1f4", "#8c1d40"]);

// The starts that two rules bring to different ends.
/** @param {BasinHeading} heading @param {{ mask: Uint8Array }} difference @param {Look} look */
export function differenceTraces(heading, { mask }, look) {
  const { colors, on } = look;
  const scale = differenceColors(colors).map((color, at) => [at, color]);
  const drawn = heat(grid(heading), mask, { range: [0, 1], scale, name: "difference" }, on);
  return [drawn, ...relief(look), ...criticalTraces(heading, look)];
}

// The paths' scene draws the axes' numbers and names.
/**
 * @param {Pick<BasinHeading, "window">} heading
 * @param {Colors} colors
 * @param {number} size
 */
export function panelLayout({ window }, colors, size) {
  const layout = mapLayout(window, colors, size);
  const bare = { title: { text: "" }, ticks: "", showticklabels: false, fixedrange: true };
  for (const axis of [layout.xaxis, layout.yaxis]) Object.assign(axis, bare);
  return { ...layout, dragmode: false };
}

// The same for a panel of that width and height, its units as the view has them.
/**
 * @param {Pick<BasinHeading, "window">} heading
 * @param {Colors} colors
 * @param {number} size
 * @param {Size} extent
 * @param {string} units
 */
export function fittedLayout(heading, colors, size, extent, units) {
  const layout = panelLayout(heading, colors, size);
  const { x, y } = domains(panelBox(heading, size, extent, units), roomOf(size, extent));
  Object.assign(layout.xaxis, { domain: x });
  Object.assign(layout.yaxis, { domain: y });
  return { ...layout, ...extent };
}

// Where in its panel the map lies.
/** @param {Pick<BasinHeading, "window">} heading @param {number} size @param {Size} extent @param {string} units */
export const panelBox = ({ window }, size, extent, units) => mapBox(units, roomOf(size, extent), window);

/** @param {number} size @param {Size} extent */
function roomOf(size, { width, height }) {
  const { l, r, t, b } = mapMargin(size);
  return { x: l, y: t, width: Math.max(width - l - r, 1), height: Math.max(height - t - b, 1) };
}
