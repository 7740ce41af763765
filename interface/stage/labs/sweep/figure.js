// What Plotly is asked to draw for a sweep map: the same for the screen and for a picture.

import { axis as axisOf, frame, ON_PAPER } from "../../draw/chart.js";
import { originOf } from "../../run/scale.js";
import { covers, placeOf, ticks } from "./axes.js";
import { GLOSSARY } from "../../core/glossary.js";
import { drawn } from "./cells.js";
import { placeNames } from "./names.js";
import { LINES } from "./lines.js";
import { sheet } from "./sheet.js";
import { crossed, linesOf, onAxes, panelTraces, starred } from "./traces.js";
import { said } from "./words.js";

/** @import { SweepAxis } from "./parts.d.ts" */
/** @import { Colors } from "../../core/theme.js" */
/** @import { Tick } from "../../draw/shapes.d.ts" */
/** @import { Color, Colored, Line, SweepMap } from "./cells.js" */
/** @import { Place } from "./hand.js" */
/** @import { Box, Plan } from "./sheet.js" */
/** @import { Layout } from "../../draw/chart.js" */
/**
 * @typedef {object} Look
 * @property {Color} color
 * @property {Colors} colors
 * @property {number} size
 * @property {number} width
 * @property {Place | null} cross
 * @property {string | null} presentText
 * @property {number} [height]
 * @property {string} [title]
 * @property {string} [key]
 */
/** @typedef {Layout & { height: number, annotations: object[] }} Laid */

/** @type {Record<string, { term: string }>} */
const TERMS = GLOSSARY;

// `look`: { color, colors, size, width, cross (the present setting's place, or null), presentText
// (the third setting's present value); for a picture also height, title and key }.
/** @param {Colored} map @param {Look} look */
export function sweepFigure(map, look) {
  const plan = sheet(map.shape[0], look.size, look.width, look.height);
  const data = plan.boxes.flatMap((_, panel) => panelTraces(map, panel, look));
  return { data: [...data, ...starred(map, look), ...crossed(look)], layout: layout(map, plan, look) };
}

/** @param {Colored} map @param {Plan} plan @param {Look} look @returns {Laid} */
function layout(map, plan, look) {
  /** @type {Laid} */
  const figure = {
    ...frame(look.colors, look.size, plan),
    margin: { ...plan.margin, pad: 0 },
    annotations: plan.boxes.flatMap((box, panel) => [
      ...heading(map, panel, box, look),
      ...lineNames(map, panel, box, look),
    ]),
  };
  plan.boxes.forEach((box, panel) => Object.assign(figure, sides(map, panel, box, look)));
  return look.title ? titled(figure, plan, look) : figure;
}

// A picture says what it shows: a title above, and in words what its marks mean below.
/** @param {Laid} figure @param {Plan} plan @param {Look} look @returns {Laid} */
function titled(figure, { margin, height }, { colors, size, title, key }) {
  const words = {
    text: key,
    ...ON_PAPER,
    ...{ x: 0, y: 0, xanchor: "left", yanchor: "top", yshift: -3.3 * size, align: "left" },
    font: { size: 0.8 * size },
  };
  return {
    ...figure,
    paper_bgcolor: colors.background,
    margin: { ...margin, t: margin.t + 2.4 * size, b: margin.b + 2.4 * size, pad: 0 },
    annotations: [...figure.annotations, words],
    title: { text: title, x: 0.01, y: 1 - size / height, yanchor: "top", font: { size: 1.15 * size } },
  };
}

/** @param {SweepMap} map @param {number} panel @param {Box} box @param {Look} look */
function sides(map, panel, box, { colors, size }) {
  const { across, up } = map.header.axes;
  const name = panel ? panel + 1 : "";
  return {
    [`xaxis${name}`]: {
      ...side(across, map.grid.x, colors, box.last ? across.label : "", box.width / size),
      domain: box.x,
      anchor: `y${name}`,
    },
    [`yaxis${name}`]: {
      ...side(up, map.grid.y, colors, box.first ? up.label : "", 99),
      domain: box.y,
      anchor: `x${name}`,
      showticklabels: box.first,
    },
  };
}

/**
 * @param {SweepAxis} axis
 * @param {number[]} boundaries
 * @param {Colors} colors
 * @param {string} title
 * @param {number} room
 */
function side(axis, boundaries, colors, title, room) {
  const [low, high] = [boundaries[0], boundaries[boundaries.length - 1]];
  const range = [low, high];
  const found = originOf(axis) === null && axis.values.length > 1 ? null : ticks(axis, low, high);
  const more = { showgrid: false, ticks: "outside", ticklen: 3, tickcolor: colors.grid };
  if (found) return axisOf(range, thinned(found, room), colors, title, more);
  const own = { tickvals: undefined, ticktext: undefined, nticks: room < 20 ? 4 : 7 };
  return axisOf(range, [], colors, title, { ...more, ...own });
}

// Every second tick goes while there is no room for their texts.
/** @param {Tick[]} found @param {number} room @returns {Tick[]} */
function thinned(found, room) {
  const needed = found.reduce((sum, { text }) => sum + 0.62 * text.length + 0.8, 0);
  if (needed <= room || found.length <= 2) return found;
  const left = found.filter((_, k) => k % 2 === 0);
  return thinned(left, room);
}

/** @param {SweepMap} map @param {number} panel @param {Box} box @param {Look} look */
function heading(map, panel, box, { size, presentText }) {
  const { third } = map.header.axes;
  if (!third) return [];
  const value = third.values[panel];
  const words = `${third.label} ${said(value)}`;
  const text = value === presentText ? `<b>${words}</b>` : words;
  const at = { x: (box.x[0] + box.x[1]) / 2, y: box.y[1], xanchor: "center", yanchor: "bottom" };
  return [{ ...ON_PAPER, ...at, text, font: { size } }];
}

/** @param {Pick<Line, "name" | "local">} line */
export const shortLabel = ({ name, local }) => `${TERMS[name].term}${local ? " (local)" : ""}`;

// A short name stands on every line that has room for it; the key beside the map says it all.
/** @param {SweepMap} map @param {number} panel @param {Box} box @param {Look} look */
function lineNames(map, panel, box, look) {
  const { size, colors } = look;
  if (box.width < 14 * size) return [];
  const lines = linesOf(map, panel).map((line) => ({ ...line, text: shortLabel(line) }));
  return placeNames(lines, map.grid, box, size, markPlaces(map, panel, look)).map(
    ({ text, x, y, anchor, line }) => ({
      text,
      x,
      y,
      xref: onAxes(panel).xaxis || "x",
      yref: onAxes(panel).yaxis || "y",
      showarrow: false,
      xanchor: anchor,
      xshift: (anchor === "left" ? 0.7 : -0.7) * size,
      bgcolor: "rgba(16,20,28,0.72)",
      borderpad: 0.12 * size,
      font: { size: 0.88 * size, color: LINES[line.name].color, family: colors.font },
    }),
  );
}

// What a name should not cover: the best cell, single points of theory, and the present setting.
/** @param {SweepMap} map @param {number} panel @param {Look} look @returns {number[][]} */
function markPlaces(map, panel, { color, cross }) {
  const { across, up } = map.header.axes;
  const at = map.best?.[drawn(map, color)];
  const star = at && at[0] === panel ? [[across.places[at[2]], up.places[at[1]]]] : [];
  const points = linesOf(map, panel).filter(({ kind }) => kind === "point");
  const present = cross?.panel === panel ? [[cross.x, cross.y]] : [];
  return [...star, ...points.map((line) => [line.across[0], line.up[0]]), ...present];
}

// Where the present setting lies: panel and place, or null if that is not on the map.
/** @param {SweepMap} map @param {Record<string, string>} texts @returns {Place | null} */
export function presentPlace(map, texts) {
  const { across, up, third } = map.header.axes;
  const panel = third ? third.values.indexOf(texts[third.key]) : 0;
  const [right, high] = [texts[across.key], texts[up.key]];
  if (panel < 0 || !covers(map.grid.x, across, right) || !covers(map.grid.y, up, high)) return null;
  return { panel, x: placeOf(across, right), y: placeOf(up, high) };
}
