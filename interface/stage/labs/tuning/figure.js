// Fair tuning as figures: what was tried for each lane, and the paths before and after.

import { axesIn, domains, equalBox, equalUnits, mapBox } from "../../draw/axes.js";
import { axis, frame } from "../../draw/chart.js";
import { UNITS } from "../../draw/scene/frame.js";
import { logTicks } from "../../draw/ticks.js";
import { SYMBOLS, contour, lettered } from "../../draw/figures.js";
import { color } from "../../core/theme.js";
import { coordinate } from "../../core/packet.js";
import { outcomeScale } from "../../draw/outcome-scale.js";

/** @import { State } from "../../core/stage.d.ts" */

const NARROW = 620;

// What a lane is judged by: steps where any of its settings arrived, the final loss otherwise.
export function judged(tries) {
  return tries && tries.arrays.steps.values.some((step) => step >= 0) ? "steps" : "loss";
}

// Where every try lies: on the axis, or in a row above it for those that did not get there.
export function placed(tries, known) {
  const what = judged(tries);
  const { place } = outcomeScale(what, known);
  const { steps, loss, away, diverged } = tries.arrays;
  return Array.from(loss.values, (v, i) => {
    if (away.values[i] >= 0) return { row: "ran away" };
    if (diverged.values[i] >= 0 || !Number.isFinite(v)) return { row: "diverged" };
    if (what === "steps" && steps.values[i] < 0) return { row: "not there" };
    return { at: place(what === "steps" ? steps.values[i] : v) };
  });
}

// One small plot a lane, over the same rates: { plan, tries } as they come, `lanes` as they look.
export function triesFigure({ plan, tries, lanes }, colors, size, box, scale = 1) {
  const columns = Math.min(lanes.length, box.width < NARROW ? 1 : 3);
  const rows = Math.ceil(lanes.length / columns);
  const known = plan.lowest !== null;
  const alike = { ranges: ranges(tries, known), above: rowsAbove(tries, known) };
  const look = { plan, colors, size, scale, columns, rows, box, ...alike };
  const data = [];
  const margin = { l: 4.6 * size, r: 0.8 * size, t: 3.4 * size, b: 3.2 * size };
  const layout = { ...frame(colors, size, box), annotations: [], margin };
  lanes.forEach((lane, k) => lanePlot(lane, k, tries[k], look, data, layout));
  return { data, layout };
}

// One range for all lanes that are judged alike, so that their plots can be compared.
export function ranges(tries, known) {
  const of = (what) =>
    span(tries.filter((one) => one && judged(one) === what).flatMap((one) => placed(one, known)));
  return { steps: of("steps"), loss: of("loss") };
}

const ROWS = ["not there", "ran away", "diverged"];

// The rows above the axis that any of the lanes judged alike needs: their plots have the same height.
export function rowsAbove(tries, known) {
  const of = (what) => {
    const spots = tries.filter((one) => one && judged(one) === what).flatMap((one) => placed(one, known));
    return ROWS.filter((name) => spots.some(({ row }) => row === name));
  };
  return { steps: of("steps"), loss: of("loss") };
}

function lanePlot(lane, k, tries, look, data, layout) {
  const { plan, colors, size, box } = look;
  const n = k ? k + 1 : "";
  const [x, y] = cellOf(k, look, box);
  const known = plan.lowest !== null;
  const what = tries ? judged(tries) : "loss";
  const scaled = outcomeScale(what, known);
  const spots = tries ? placed(tries, known) : [];
  const range = look.ranges[what];
  const above = look.above[what];
  const row = ((range[1] - range[0]) * 1.5 * size) / ((y[1] - y[0]) * box.height * 0.6);
  const heights = Object.fromEntries(above.map((name, j) => [name, range[1] + (j + 1) * row]));
  const [low, high] = [plan.searched[k][0].low, plan.searched[k][0].high].map(Math.log10);
  const ticks = [
    ...scaled.ticks(range[0], range[1]),
    ...above.map((name) => ({ at: heights[name], text: name })),
  ];
  const rates = axis([low - 0.2, high + 0.2], logTicks(low, high, 4), colors, "learning rate", {
    domain: x,
    anchor: `y${n}`,
  });
  const top = range[1] + (above.length + 0.7) * row;
  layout[`xaxis${n}`] = rates;
  layout[`yaxis${n}`] = axis([range[0], top], ticks, colors, "", { domain: y, anchor: `x${n}` });
  layout.annotations.push(
    heading(
      `<b>${lettered(lane.label)}</b><br>${tries ? TITLES[what] || scaled.title : "waiting"}`,
      x,
      y,
      size,
    ),
  );
  if (tries) data.push(...triesTraces(lane, tries, spots, heights, n, look));
}

const TITLES = { steps: "steps until it stays within" };

function heading(text, x, y, size) {
  return {
    text,
    xref: "paper",
    yref: "paper",
    x: x[0],
    y: y[1],
    xanchor: "left",
    yanchor: "bottom",
    align: "left",
    yshift: 0.2 * size,
    showarrow: false,
    font: { size },
  };
}

function cellOf(k, { columns, rows, size }, { width, height }) {
  const [gapX, gapY] = [(4.6 * size) / width, (7.4 * size) / height];
  const wide = (1 - gapX * (columns - 1)) / columns;
  const high = (1 - gapY * (rows - 1)) / rows;
  const [column, row] = [k % columns, Math.floor(k / columns)];
  const left = column * (wide + gapX);
  const top = 1 - row * (high + gapY);
  return [
    [left, left + wide],
    [Math.max(top - high, 0), top],
  ];
}

function span(spots) {
  const found = spots.map(({ at }) => at).filter((v) => v !== undefined && v !== null);
  if (!found.length) return [0, 1];
  const [low, high] = [Math.min(...found), Math.max(...found)];
  const pad = Math.max(high - low, 0.1) * 0.08;
  return [low - pad, high + pad];
}

// Early rounds are hollow, the last one is full; a ring is the present setting, a star the best.
function triesTraces(lane, tries, spots, heights, n, { colors, scale }) {
  const paint = color(lane, colors);
  const { rate, round } = tries.arrays;
  const { best } = tries.header;
  const text = tries.header.settings[0].map((_, i) => i);
  const part = (name, wanted, marker) => {
    const chosen = text.filter(wanted);
    return {
      type: "scatter",
      mode: "markers",
      name: `${lane.label}, ${name}`,
      x: chosen.map((i) => Math.log10(rate.values[i])),
      y: chosen.map((i) => spots[i].at ?? heights[spots[i].row]),
      customdata: chosen,
      xaxis: `x${n}`,
      yaxis: `y${n}`,
      marker,
      hoverinfo: "none",
    };
  };
  const ring = (symbol, size, width, fill = paint) => ({
    symbol,
    size: size * scale,
    color: fill,
    line: { color: paint, width: width * scale },
  });
  return [
    part("spread", (i) => round.values[i] === 1, ring("circle-open", 6, 1.2)),
    part("near the best", (i) => round.values[i] > 1, { ...ring("circle", 5, 0), opacity: 0.75 }),
    part("present", (i) => i === 0, ring("square-open", 12, 2.4, colors.text)),
    part("best", (i) => i === best, {
      symbol: "star",
      size: 15 * scale,
      color: paint,
      line: { color: colors.text, width: 1.4 * scale },
    }),
  ];
}

// Two maps on the same axes; a lane that is not tuned yet has no path in the second.
export function pathsFigure({ plan, runs, lanes, land, units }, colors, size, box, scale = 1) {
  const narrow = box.width < NARROW;
  const margin = { l: 3.6 * size, r: 0.8 * size, t: (narrow ? 2 : 4) * size, b: 2.8 * size };
  /** @type {State} */
  const layout = { ...frame(colors, size, box), annotations: [], margin, showlegend: !narrow, legend: NAMES };
  const room = {
    x: 0,
    y: 0,
    width: box.width - margin.l - margin.r,
    height: box.height - margin.t - margin.b,
  };
  const places = twoMaps(room, size, units, plan.window);
  const data = [];
  ["Before", "After"].forEach((side, s) => {
    const n = s ? 2 : "";
    const { x, y } = domains(places[s], room);
    layout[`xaxis${n}`] = mapAxis(plan.window[0], x, `y${n}`, colors);
    layout[`yaxis${n}`] = mapAxis(plan.window[1], y, `x${n}`, colors);
    const differ = equalUnits(axesIn(places[s], plan.window)) ? "" : ` (${UNITS})`;
    layout.annotations.push(heading(`<b>${side}</b>${differ}`, x, y, size));
    const on = { xaxis: `x${n}`, yaxis: `y${n}` };
    if (land) data.push({ ...contour(land, colors), showlegend: false, ...on });
    data.push(
      ...lanes.flatMap((lane, k) => paths(lane, runs[k]?.arrays[side.toLowerCase()], colors, scale, on)),
    );
    data.push(spots(plan, land, colors, scale, on));
  });
  return { data, layout };
}

// Where two maps lie: beside or below one another, whichever leaves them larger.
export function twoMaps(room, size, units, window) {
  const [width, height] = [(room.width - 4 * size) / 2, (room.height - 5 * size) / 2];
  const ways = [
    [0, room.width - width].map((x) => ({ ...room, x, width })),
    [0, room.height - height].map((y) => ({ ...room, y, height })),
  ];
  const area = ({ width, height }) => width * height;
  const [beside, below] = ways.map((boxes) => boxes.map((one) => mapBox(units, one, window)));
  const round = (boxes) => area(equalBox(boxes[0], window));
  return round(beside) >= round(below) ? beside : below;
}

const NAMES = {
  orientation: "h",
  x: 1,
  xanchor: "right",
  y: 1,
  yanchor: "top",
  yref: "container",
  itemclick: false,
  itemdoubleclick: false,
};

function mapAxis(range, domain, anchor, colors) {
  return {
    range,
    domain,
    anchor,
    showgrid: false,
    zeroline: false,
    fixedrange: true,
    ticks: "outside",
    ticklen: 3,
    tickcolor: colors.grid,
    nticks: 6,
  };
}

// The start as a ring, and the marked points as they are on the map.
export function spots({ start }, land, colors, scale, on) {
  const marked = land?.header.critical || [];
  const lowest = marked.map(({ kind }) => kind === "global minimum");
  return {
    type: "scatter",
    mode: "markers",
    x: [start[0], ...marked.map(({ x }) => x)],
    y: [start[1], ...marked.map(({ y }) => y)],
    marker: {
      symbol: ["circle-open", ...marked.map(({ kind }) => SYMBOLS[kind])],
      size: 12 * scale,
      color: colors.text,
      line: {
        width: [2, ...lowest.map((filled) => (filled ? 1 : 1.6))].map((width) => width * scale),
        color: [colors.text, ...lowest.map((filled) => (filled ? colors.halo : colors.text))],
      },
    },
    showlegend: false,
    hoverinfo: "none",
    ...on,
  };
}

function paths(lane, path, colors, scale, on) {
  if (!path || !lane.visible) return [];
  const [x, y] = [0, 1].map((side) => coordinate(path, side));
  const last = x.findLastIndex((v) => Number.isFinite(v));
  const common = { type: "scatter", hoverinfo: "none", showlegend: false, ...on };
  const line = { color: color(lane, colors), width: 2.2 * scale, dash: lane.dash };
  const marker = {
    symbol: lane.marker,
    size: 9 * scale,
    color: color(lane, colors),
    line: { color: colors.halo, width: 1.5 * scale },
  };
  return [
    {
      ...common,
      mode: "lines",
      name: `${lane.label} halo`,
      x,
      y,
      line: { color: colors.halo, width: 5 * scale },
    },
    { ...common, mode: "lines", name: lettered(lane.label), x, y, line, showlegend: on.xaxis === "x" },
    { ...common, mode: "markers", name: `${lane.label} end`, x: [x[last]], y: [y[last]], marker },
  ];
}
