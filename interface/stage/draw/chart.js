// What the charts below the stage share: their frame, their axes, and the picture taken of them.

import { toCanvas } from "./paint/canvas.js";
import { drawingOn, make } from "../dom/dom.js";
import { download } from "../dom/form.js";
import { base } from "./figures.js";
import { PICTURE_FONT, ruler } from "./ruler.js";
import { quiet, words } from "./scene/shapes.js";
import { wrap } from "./wrap.js";

/** @import { Item, Tick } from "./shapes.d.ts" */
/** @import { Colors } from "../core/theme.js" */
/** @import { FeltHeader, Stage } from "../core/stage.d.ts" */
/** @typedef {Pick<FeltHeader, "caption" | "lanes">} Told */
/** @typedef {{ width: number, height: number }} Size */
/** @typedef {{ font: { family: string }, margin: { t: number, [side: string]: unknown }, [more: string]: unknown }} Layout */
/** @typedef {{ data: object[], layout: Layout, above?: Item[] }} Figure */
/** @typedef {(size: number, box: Size, scale: number, colors: Colors) => Figure} Drawing */

const PICTURE = { width: 1920, height: 1080 };
const PICTURE_TYPE = 26;

/** @param {Colors} colors @param {number} size @param {Size} sizes */
export function frame(colors, size, { width, height }) {
  return {
    ...base(colors, size),
    width,
    height,
    dragmode: false,
    hovermode: false,
  };
}

// A chart in its element, as large as the canvas around it.
/** @param {HTMLElement} plot @param {HTMLElement} canvas @param {Drawing} figure @param {Pick<Stage, "map" | "colors">} stage */
export async function paintChart(plot, canvas, figure, { map, colors }) {
  const box = { width: canvas.clientWidth, height: canvas.clientHeight };
  const { data, layout } = figure(map.size, box, 1, colors);
  await Plotly.react(plot, data, layout, { displayModeBar: false, responsive: false });
}

// An axis over places (logarithms, mostly) with ticks of its own: [{ at, text }].
/** @param {number[]} range @param {Tick[]} ticks @param {Colors} colors @param {object} [more] */
export function axis(range, ticks, colors, title = "", more = {}) {
  return {
    range,
    title: { text: title, standoff: 6 },
    tickvals: ticks.map(({ at }) => at),
    ticktext: ticks.map(({ text }) => text),
    gridcolor: colors.grid,
    zeroline: false,
    fixedrange: true,
    ...more,
  };
}

// A line of a chart.
/** @param {string} name @param {ArrayLike<unknown>} x @param {ArrayLike<unknown>} y @param {object} look */
export const lineTrace = (name, x, y, look) => ({
  ...{ type: "scatter", mode: "lines", name, x, y, line: look, hoverinfo: "none" },
});

// Marks of a chart.
/** @param {ArrayLike<unknown>} x @param {ArrayLike<unknown>} y @param {object} marker */
export const markTrace = (x, y, marker, more = {}) => ({
  ...{ type: "scatter", mode: "markers", x, y, marker, hoverinfo: "none", ...more },
});

// A dotted line at a height, all across.
/** @param {number} y @param {Colors} colors @param {number} width */
export const levelLine = (y, colors, width, opacity = 1) => ({
  ...{ type: "line", xref: "paper", x0: 0, x1: 1, y0: y, y1: y, opacity },
  line: { color: colors.text, width, dash: "dot" },
});

// A note that stands on a figure's paper, and what names its lines in a row above it.
export const ON_PAPER = { xref: "paper", yref: "paper", showarrow: false };
const ABOVE = { orientation: "h", x: 0, y: 1, xanchor: "left", yanchor: "bottom", bgcolor: "rgba(0,0,0,0)" };
export const named = (more = {}) => ({ showlegend: true, legend: { ...ABOVE, ...more } });

const HEADING = 2.6; // in sizes of type, beside what a figure has above

// A figure for a picture that stands alone: it says itself what it shows.
/** @param {Drawing} figure @param {string} text @returns {Drawing} */
export function titled(figure, text) {
  return (size, box, scale, colors) => {
    const above = HEADING * size;
    const { data, layout } = figure(size, { ...box, height: box.height - above }, scale, colors);
    const title = { text, x: 0.02, xanchor: "left", font: { size: 1.1 * size } };
    const margin = { ...layout.margin, t: layout.margin.t + above, r: 2 * size };
    return { data, layout: { ...layout, height: box.height, title, margin } };
  };
}

// What was run, and each shown lane's settings, as far as a link would tell them.
/** @param {Told} header */
export const described = ({ caption, lanes }) => [
  caption,
  ...lanes
    .filter(({ visible }) => visible)
    .map(({ label, caption: own }) => (own ? `${label}: ${own}` : label)),
];

// That under a picture.
/** @param {Told} header @param {Colors} colors @returns {{ height: number, items: (top: number) => Item[] }} */
export function settingsFoot(header, colors, measure = ruler(colors.font)) {
  const type = 0.8 * PICTURE_TYPE;
  const room = PICTURE.width - 4 * type;
  const lines = described(header).flatMap((text) => wrap(text, room, (part) => measure(part, type)));
  return {
    height: (1.4 * lines.length + 1) * type,
    items: (top) =>
      lines.map((text, k) => words(text, 2 * type, top + 1.4 * (k + 0.8) * type, type, quiet(colors))),
  };
}

// `figure(size, box, scale, colors)` draws the same as on screen for a picture of that size, in a font that
// is there where it is drawn: what Plotly has to draw, and the shapes of a scene that lie `above` it. What
// was run stands below.
/** @param {Drawing} figure @param {string} name @param {{ race: { header: Told }, colors: Colors }} of */
export async function savePicture(figure, name, { race, colors: shown }) {
  const colors = { ...shown, font: PICTURE_FONT };
  const foot = settingsFoot(race.header, colors);
  const box = { width: PICTURE.width, height: PICTURE.height - foot.height };
  const { data, layout, above = [] } = figure(PICTURE_TYPE, box, 2.2, colors);
  const image = new Image();
  const filled = { ...layout, paper_bgcolor: colors.background };
  image.src = await Plotly.toImage({ data, layout: filled }, { format: "png", ...box });
  await image.decode();
  const canvas = make("canvas", PICTURE);
  const context = drawingOn(canvas);
  context.fillStyle = colors.background;
  context.fillRect(0, 0, PICTURE.width, PICTURE.height);
  context.drawImage(image, 0, 0);
  toCanvas(context, [...above, ...foot.items(box.height)], layout.font.family);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  download(blob, `${name}.png`);
}
