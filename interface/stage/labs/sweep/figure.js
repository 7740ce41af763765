// What Plotly is asked to draw for a sweep map: the same for the screen and for a picture.

import { axis as axisOf, frame } from "../../draw/chart.js";
import { bar, flat, hatch, heat, levels, powers } from "../../draw/heat.js";
import { significant } from "../../core/format.js";
import { placeOf, ticks } from "./axes.js";
import { GLOSSARY } from "../../core/glossary.js";
import { LEAST } from "../../core/known.js";
import { calmSteps, drawn, panelLevels, panelMasks, stepLevels } from "./cells.js";
import { placeNames } from "./names.js";
import { LINES } from "./lines.js";
import { sheet } from "./sheet.js";
import { quantity, said } from "./words.js";

const DARK_INK = "#10141c";
const LIGHT_INK = "#ffffff";
const CHAOS = { lean: -1, every: 3 };
const LOST = { lean: 1, every: 3 };

export const greys = (dark) =>
  dark
    ? { diverged: "#565c66", stroke: "#8d949f", late: "#23282f", away: "#6d4a55" }
    : { diverged: "#b9bec5", stroke: "#7d848e", late: "#edeff1", away: "#dcb9c3" };

// `look`: { color, colors, size, width, cross (the present setting's place, or null), presentText
// (the third setting's present value); for a picture also height, title and key }.
export function sweepFigure(map, look) {
  const plan = sheet(map.shape[0], look.size, look.width, look.height);
  const data = plan.boxes.flatMap((_, panel) => panelTraces(map, panel, look));
  return { data: [...data, ...starred(map, look), ...crossed(look)], layout: layout(map, plan, look) };
}

export const onAxes = (panel) => (panel ? { xaxis: `x${panel + 1}`, yaxis: `y${panel + 1}` } : {});

function panelTraces(map, panel, look) {
  const color = drawn(map, look.color);
  const { grid } = map;
  const masks = panelMasks(map, color, panel);
  const grey = greys(look.colors.dark);
  const on = onAxes(panel);
  const legend = panel === 0 ? colorBar(map, color, look) : null;
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
    ...theory(map, panel, look, on),
  ];
}

// Light strokes in dark ones, so that they are seen on every color.
function hatched(grid, mask, { size }, on) {
  return [
    hatch(grid, mask, { ...CHAOS, color: DARK_INK, width: size / 4.5 }, on),
    hatch(grid, mask, { ...CHAOS, color: LIGHT_INK, width: size / 10 }, on),
  ];
}

function equalSteps(map, panel, { size, color, colors }, on) {
  if (map.found < map.count || map.shape[1] < 3 || map.shape[2] < 3) return [];
  const [ink, halo] = color === "steps" ? [LIGHT_INK, DARK_INK] : [DARK_INK, LIGHT_INK];
  const written = { color: ink, halo, size: 0.85 * size, font: colors.font };
  return levels(map.grid, calmSteps(map, panel), stepLevels(map), written, on);
}

const linesOf = (map, panel) => map.lines.filter((line) => line.panel === panel);

function theory(map, panel, { size }, on) {
  return linesOf(map, panel).flatMap((line) => {
    const common = { type: "scatter", x: line.across, y: line.up, hoverinfo: "skip", ...on };
    const { color, dash, weight } = LINES[line.name];
    if (line.kind === "point")
      return [{ ...common, mode: "markers", marker: marker("diamond", size, color) }];
    const width = (weight * size) / 6;
    const under = { color: DARK_INK, width: width + size / 4, simplify: true };
    return [
      { ...common, mode: "lines", line: under },
      { ...common, mode: "lines", line: { color, width, dash, simplify: true } },
    ];
  });
}

const marker = (symbol, size, color = LIGHT_INK) => ({
  symbol,
  size: 1.15 * size,
  color,
  line: { color: DARK_INK, width: size / 8 },
});

function starred(map, { color, size }) {
  const at = map.best?.[drawn(map, color)];
  if (!at) return [];
  const { across, up } = map.header.axes;
  const mark = { ...marker("star", size, "#ffd54a"), size: 1.5 * size };
  const where = { x: [across.places[at[2]]], y: [up.places[at[1]]] };
  return [{ type: "scatter", mode: "markers", ...where, marker: mark, hoverinfo: "skip", ...onAxes(at[0]) }];
}

// On the screen the cross is an element of its own, which a hand can hold.
function crossed({ cross, size, height }) {
  if (!cross || !height) return [];
  const where = { x: [cross.x], y: [cross.y], ...onAxes(cross.panel) };
  const common = { type: "scatter", mode: "markers", hoverinfo: "skip", ...where };
  const inked = (color, width) => ({
    ...common,
    marker: { symbol: "cross-thin", size: 1.7 * size, color, line: { color, width: width * size } },
  });
  return [inked(DARK_INK, 0.42), inked(LIGHT_INK, 0.2)];
}

function layout(map, plan, look) {
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
function titled(figure, { margin, height }, { colors, size, title, key }) {
  const words = {
    text: key,
    x: 0,
    y: 0,
    xref: "paper",
    yref: "paper",
    xanchor: "left",
    yanchor: "top",
    yshift: -3.3 * size,
    align: "left",
    showarrow: false,
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

function side(axis, boundaries, colors, title, room) {
  const range = [boundaries[0], boundaries.at(-1)];
  const found = axis.scale === "linear" && axis.values.length > 1 ? null : ticks(axis, ...range);
  const more = { showgrid: false, ticks: "outside", ticklen: 3, tickcolor: colors.grid };
  if (found) return axisOf(range, thinned(found, room), colors, title, more);
  const own = { tickvals: undefined, ticktext: undefined, nticks: room < 20 ? 4 : 7 };
  return axisOf(range, [], colors, title, { ...more, ...own });
}

// Every second tick goes while there is no room for their texts.
function thinned(found, room) {
  const needed = found.reduce((sum, { text }) => sum + 0.62 * text.length + 0.8, 0);
  return needed > room && found.length > 2
    ? thinned(
        found.filter((_, k) => k % 2 === 0),
        room,
      )
    : found;
}

function heading(map, panel, box, { size, presentText }) {
  const { third } = map.header.axes;
  if (!third) return [];
  const value = third.values[panel];
  const words = `${third.label} ${said(value)}`;
  return [
    {
      text: value === presentText ? `<b>${words}</b>` : words,
      x: (box.x[0] + box.x[1]) / 2,
      y: box.y[1],
      xref: "paper",
      yref: "paper",
      xanchor: "center",
      yanchor: "bottom",
      showarrow: false,
      font: { size },
    },
  ];
}

export const shortLabel = ({ name, local }) => `${GLOSSARY[name].term}${local ? " (local)" : ""}`;

// A short name stands on every line that has room for it; the key beside the map says it all.
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
function markPlaces(map, panel, { color, cross }) {
  const { across, up } = map.header.axes;
  const at = map.best?.[drawn(map, color)];
  const star = at && at[0] === panel ? [[across.places[at[2]], up.places[at[1]]]] : [];
  const points = linesOf(map, panel).filter(({ kind }) => kind === "point");
  const present = cross?.panel === panel ? [[cross.x, cross.y]] : [];
  return [...star, ...points.map((line) => [line.across[0], line.up[0]]), ...present];
}

function colorBar(map, color, { size, width }) {
  const [low, high] = map.ranges[color];
  const title = width >= 44 * size ? quantity(map, color) : "";
  return bar(title, barTicks(map, color, low, high), size);
}

export function barTicks(map, color, low, high) {
  if (color === "steps") return wholes(low, high);
  const found = powers(low, high);
  const least = Math.log10(LEAST.loss);
  const named = found.map((tick) =>
    color === "loss" && tick.at <= least + 1e-6 ? { ...tick, text: `≤ ${tick.text}` } : tick,
  );
  return named.length > 1 ? named : [low, high].map((at) => ({ at, text: significant(10 ** at, 3) }));
}

function wholes(low, high) {
  const found = [];
  for (let k = 0; k <= 4; k++) for (const m of [1, 2, 5]) found.push(m * 10 ** k);
  const ends = [Math.round(10 ** low), Math.round(10 ** high)];
  const inside = found.filter((step) => step >= ends[0] && step <= ends[1]);
  const shown = inside.length > 1 ? inside : [...new Set(ends)];
  return shown.map((step) => ({ at: Math.log10(Math.max(step, 1)), text: String(step) }));
}

// Where the present setting lies: panel and place, or null if that is not on the map.
export function presentPlace(map, texts) {
  const { across, up, third } = map.header.axes;
  const panel = third ? third.values.indexOf(texts[third.key]) : 0;
  const [x, y] = [placeOf(across, texts[across.key]), placeOf(up, texts[up.key])];
  const on = (edges, v) => v >= edges[0] && v <= edges.at(-1);
  return panel >= 0 && on(map.grid.x, x) && on(map.grid.y, y) ? { panel, x, y } : null;
}
