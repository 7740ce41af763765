// The paths of all lanes before and after fair tuning, as a figure.

import { axesIn, domains, equalBox, equalUnits, mapBox } from "../../draw/axes.js";
import { UNITS } from "../../draw/scene/frame.js";
import { frame, lineTrace, markTrace } from "../../draw/chart.js";
import { symbol, contour, lettered } from "../../draw/figures.js";
import { color } from "../../core/theme.js";
import { coordinate } from "../../core/packet.js";
import { NARROW, heading } from "./figure.js";
import { alone, floorTraces } from "../floor.js";

/** @import { Landscape, LaneHeader, Numbers } from "../../core/packets.d.ts" */
/** @import { Runs, TuningPlan } from "./compute.js" */
/** @import { Colors } from "../../core/theme.js" */
/** @import { Size } from "../../draw/chart.js" */
/** @import { On } from "../../draw/heat.js" */
/** @import { Box } from "../../core/stage.d.ts" */
/** @import { Laid } from "./figure.js" */
/**
 * @typedef {object} Shown
 * @property {TuningPlan} plan
 * @property {(Runs | undefined)[]} runs
 * @property {LaneHeader[]} lanes
 * @property {Landscape | null} land
 * @property {string} units
 */

// Two maps on the same axes; a lane that is not tuned yet has no path in the second.
/** @param {Shown} shown @param {number} size @param {Size} box @param {number} scale @param {Colors} colors */
export function pathsFigure({ plan, runs, lanes, land, units }, size, box, scale, colors) {
  const narrow = box.width < NARROW;
  const margin = { l: 3.6 * size, r: 0.8 * size, t: (narrow ? 2 : 4) * size, b: 2.8 * size };
  /** @type {Laid} */
  const layout = { ...frame(colors, size, box), annotations: [], margin, showlegend: !narrow, legend: NAMES };
  const room = {
    x: 0,
    y: 0,
    width: box.width - margin.l - margin.r,
    height: box.height - margin.t - margin.b,
  };
  const places = twoMaps(room, size, units, plan.window);
  /** @type {object[]} */
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
    data.push(...floorTraces(land?.header.critical ?? [], colors, scale, on));
    data.push(spots(plan, land, colors, scale, on));
  });
  return { data, layout };
}

// Where two maps lie: beside or below one another, whichever leaves them larger.
/** @param {Box} room @param {number} size @param {string} units @param {number[][]} window */
export function twoMaps(room, size, units, window) {
  const [width, height] = [(room.width - 4 * size) / 2, (room.height - 5 * size) / 2];
  const ways = [
    [0, room.width - width].map((x) => ({ ...room, x, width })),
    [0, room.height - height].map((y) => ({ ...room, y, height })),
  ];
  const area = (/** @type {Box} */ { width, height }) => width * height;
  const [beside, below] = ways.map((boxes) => boxes.map((one) => mapBox(units, one, window)));
  const round = (/** @type {Box[]} */ boxes) => area(equalBox(boxes[0], window));
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

/** @param {number[]} range @param {number[]} domain @param {string} anchor @param {Colors} colors */
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
/**
 * @param {Pick<TuningPlan, "start">} plan
 * @param {Landscape | null} land
 * @param {Colors} colors
 * @param {number} scale
 * @param {On} on
 */
export function spots({ start }, land, colors, scale, on) {
  const marked = alone(land?.header.critical || []);
  const lowest = marked.map(({ kind }) => kind === "global minimum");
  const [x, y] = [
    [start[0], ...marked.map((one) => one.x)],
    [start[1], ...marked.map((one) => one.y)],
  ];
  const marker = {
    symbol: ["circle-open", ...marked.map(symbol)],
    size: 12 * scale,
    color: colors.text,
    line: {
      width: [2, ...lowest.map((filled) => (filled ? 1 : 1.6))].map((width) => width * scale),
      color: [colors.text, ...lowest.map((filled) => (filled ? colors.halo : colors.text))],
    },
  };
  return markTrace(x, y, marker, { showlegend: false, ...on });
}

/**
 * @param {LaneHeader} lane
 * @param {Numbers | undefined} path
 * @param {Colors} colors
 * @param {number} scale
 * @param {On} on
 */
function paths(lane, path, colors, scale, on) {
  if (!path || !lane.visible) return [];
  const [x, y] = [0, 1].map((side) => coordinate(path, side));
  const last = x.findLastIndex((v) => Number.isFinite(v));
  const line = { color: color(lane, colors), width: 2.2 * scale, dash: lane.dash };
  const halo = { color: colors.halo, width: 5 * scale };
  const aside = { showlegend: false, ...on };
  const marker = {
    symbol: lane.marker,
    size: 9 * scale,
    color: color(lane, colors),
    line: { color: colors.halo, width: 1.5 * scale },
  };
  return [
    { ...lineTrace(`${lane.label} halo`, x, y, halo), ...aside },
    { ...lineTrace(lettered(lane.label), x, y, line), ...on, showlegend: on.xaxis === "x" },
    markTrace([x[last]], [y[last]], marker, { name: `${lane.label} end`, ...aside }),
  ];
}
