// The loss along a step, its quadratic model and its tangent, as a figure.

import { significant } from "../../core/format.js";
import { color } from "../../core/theme.js";
import { axis, frame, lineTrace, markTrace, named } from "../../draw/chart.js";
import { linearTicks } from "../../draw/ticks.js";

/** @import { Colors } from "../../core/theme.js" */
/** @import { LaneHeader, SurfaceHeader } from "../../core/packets.d.ts" */
/** @import { Size } from "../../draw/chart.js" */
/** @import { Cut } from "./reading.js" */

const PAD = 0.08;
const TALLEST = 3;

/** @param {Cut} cut @param {LaneHeader} lane @param {number} size @param {Size} box @param {number} scale @param {Colors} colors */
export function cutFigure(cut, lane, size, box, scale, colors) {
  const paint = color(lane, colors);
  const range = heights(cut);
  const { places, tangent, model, loss } = cut;
  const plain = colors.text;
  const data = [
    lineTrace("slope alone", places, tangent, { color: plain, width: 1.4 * scale, dash: "dot" }),
    lineTrace("slope and curvature", places, model, { color: plain, width: 1.6 * scale, dash: "dash" }),
    lineTrace("loss", places, loss, { color: paint, width: 2.6 * scale, dash: "solid" }),
    ends(cut, paint, colors, size),
  ];
  const across = [places[0], places[places.length - 1]];
  const title = `along step ${cut.number}, in its own lengths`;
  const layout = {
    ...frame(colors, size, box),
    margin: { l: 5.4 * size, r: 1.2 * size, t: 2.4 * size, b: 3.4 * size },
    xaxis: axis(across, linearTicks(across[0], across[1], 6), colors, title),
    yaxis: axis(range, linearTicks(range[0], range[1], 5), colors),
    shapes: cut.lowest !== null && cut.lowest < across[1] ? [lowestLine(cut.lowest, colors, scale)] : [],
    ...named(),
  };
  return { data, layout };
}

/** @param {Cut} cut @param {string} paint @param {Colors} colors @param {number} size */
function ends({ start, landing }, paint, colors, size) {
  const line = { color: paint, width: 0.16 * size };
  const marker = { size: 0.75 * size, color: [colors.background, paint], line };
  return markTrace([0, 1], [start, landing.loss], marker, { showlegend: false });
}

/** @param {number} at @param {Colors} colors @param {number} scale */
function lowestLine(at, colors, scale) {
  const line = { color: colors.text, width: scale, dash: "dot" };
  return { type: "line", x0: at, x1: at, yref: "paper", y0: 0, y1: 1, line };
}

// What the loss and both ends of the step need; a model far off it is cut.
/** @param {Pick<Cut, "loss" | "model" | "start" | "landing">} cut */
export function heights({ loss, model, start, landing }) {
  const own = [...loss, start, landing.loss].filter(Number.isFinite);
  const [low, high] = [Math.min(...own), Math.max(...own)];
  const room = TALLEST * Math.max(high - low, Math.abs(start) * 1e-9, 1e-300);
  const near = model.filter((v) => v >= low - room && v <= high + room);
  const [least, most] = [Math.min(low, ...near), Math.max(high, ...near)];
  const pad = PAD * (most - least || Math.abs(most) || 1);
  return [least - pad, most + pad];
}

/** @param {LaneHeader} lane @param {SurfaceHeader} surface @param {Cut} cut */
export const caption = (lane, surface, { number, lowest }) =>
  `${lane.label} on ${surface.title}: loss along step ${number}` +
  (lowest === null ? "" : `, the model lowest at ${significant(lowest, 3)}`);
