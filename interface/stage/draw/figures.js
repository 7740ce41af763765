// What Plotly is asked to draw, as functions of the data: the same for screen and for pictures.

import { rows } from "../core/packet.js";

/** @import { Banded, Curve } from "./shapes.d.ts" */
/** @import { CriticalHeader, Landscape, Numbers } from "../core/packets.d.ts" */
/** @import { Colors } from "../core/theme.js" */

const LEVELS = 20;

// Marked points as they are on the map.
export const SYMBOLS = {
  "global minimum": "star",
  "local minimum": "star-open",
  saddle: "x-thin-open",
  maximum: "triangle-up-open",
};

/** @param {Pick<CriticalHeader, "kind">} point */
export const symbol = ({ kind }) => SYMBOLS[kind];

/** @type {Record<string, string>} */
const ENTITIES = { "<": "&lt;", ">": "&gt;", "&": "&amp;" };

// A text that somebody wrote, for Plotly, which reads some signs as markup.
/** @param {string} text */
export const lettered = (text) => text.replace(/[<>&]/g, (c) => ENTITIES[c]);

export const CONFIG = {
  displayModeBar: false,
  scrollZoom: true,
  doubleClick: false,
  responsive: false,
  showTips: false,
};

/** @param {Pick<Landscape, "arrays">} land @param {Colors} colors */
export function contour(land, colors) {
  return {
    type: "contour",
    name: "landscape",
    x: land.arrays.x.values,
    y: land.arrays.y.values,
    z: rows(land.arrays.shown),
    zmin: 0,
    zmax: 1,
    autocontour: false,
    contours: { coloring: "fill", start: 1 / LEVELS, end: 1 - 1 / LEVELS, size: 1 / LEVELS },
    colorscale: colors.scale,
    line: { width: 0.6, color: colors.line, smoothing: 0 }, // pieces between nodes are a few pixels long
    showscale: false,
    hoverinfo: "none",
  };
}

// What axes and their names take around a map.
/** @param {number} size */
export const mapMargin = (size) => ({ l: 3.4 * size, r: 0.8 * size, t: 0.6 * size, b: 3.2 * size });

/** @param {number[][]} window @param {Colors} colors */
export function mapLayout(window, colors, size = 12) {
  /** @param {number[]} range @param {string} title */
  const axis = (range, title) => ({
    range: [...range],
    title: { text: title, standoff: 4 },
    showgrid: false,
    zeroline: false,
    ticks: "outside",
    ticklen: 3,
    tickcolor: colors.grid,
    nticks: 8,
    automargin: false,
  });
  return {
    ...base(colors, size),
    margin: mapMargin(size),
    xaxis: axis(window[0], "x"),
    yaxis: axis(window[1], "y"),
    dragmode: "pan",
    hovermode: false,
  };
}

// What all figures have in common.
/** @param {Colors} colors @param {number} size */
export function base(colors, size) {
  return {
    autosize: false,
    showlegend: false,
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: colors.font, size, color: colors.text },
  };
}

export const SHADE = 0.2;

// The edges of a band as far as its lower one is finite; neither leaves what an axis can place.
/** @param {Pick<Banded, "low" | "high" | "least">} curve */
export function edges({ low, high, least = -Infinity }) {
  const end = low.findIndex((value) => !Number.isFinite(value));
  const upto = end < 0 ? low.length : end;
  const most = 1e3 * Math.max(...high.filter(Number.isFinite), Number.MIN_VALUE);
  /** @param {number} value */
  const held = (value) => Math.max(Math.min(value, most), least);
  return { low: Array.from(low.subarray(0, upto), held), high: Array.from(high.subarray(0, upto), held) };
}

// The range that shows all finite values; for a logarithmic axis only positive ones, as powers.
// With `aside`, that share of a curve's wildest values does not flatten the rest.
/** @param {Curve[]} curves @param {boolean} logarithmic */
export function spread(curves, logarithmic, aside = 0) {
  const found = curves
    .filter(({ lane }) => lane.visible)
    .flatMap(({ values, low, high, aside: own = aside }) =>
      [values, low, high].flatMap((part) => (part ? bulk(part, logarithmic, own) : [])),
    );
  if (!found.length) return logarithmic ? [-3, 1] : [-1, 1];
  const [low, high] = [Math.min(...found), Math.max(...found)];
  const pad = (high - low || Math.abs(high) || 1) * 0.06;
  return [low - pad, high + pad];
}

// A curve's lowest and highest finite value on the axis' own scale, a share of the wildest aside.
/** @param {Numbers["values"]} values @param {boolean} logarithmic @param {number} share */
function bulk(values, logarithmic, share) {
  const finite = Array.from(values).filter((v) => Number.isFinite(v) && (!logarithmic || v > 0));
  if (!finite.length) return [];
  const scaled = finite.map((v) => (logarithmic ? Math.log10(v) : v)).sort((a, b) => a - b);
  const aside = Math.floor(scaled.length * share);
  const [low, high] = [scaled[aside], scaled[scaled.length - 1 - aside]];
  return logarithmic ? [Math.max(low, -16), Math.min(high, 16)] : [low, high];
}
