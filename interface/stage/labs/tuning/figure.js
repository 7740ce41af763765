// What fair tuning tried for each lane, as a figure.

import { axis, frame, markTrace, ON_PAPER } from "../../draw/chart.js";
import { logTicks } from "../../draw/ticks.js";
import { lettered } from "../../draw/figures.js";
import { color } from "../../core/theme.js";
import { outcomeScale } from "../../draw/outcome-scale.js";

/** @import { LaneHeader } from "../../core/packets.d.ts" */
/** @import { Tries, TuningPlan } from "./compute.js" */
/** @import { Colors } from "../../core/theme.js" */
/** @import { Layout, Size } from "../../draw/chart.js" */
/** @typedef {"steps" | "loss"} Judged */
/** @typedef {{ row?: string, at?: number | null }} Spot */
/** @typedef {Layout & { annotations: object[] }} Laid */
/**
 * @typedef {object} Look
 * @property {TuningPlan} plan
 * @property {Colors} colors
 * @property {number} size
 * @property {number} scale
 * @property {number} columns
 * @property {number} rows
 * @property {Size} box
 * @property {Record<Judged, number[]>} ranges
 * @property {Record<Judged, string[]>} above
 */

export const NARROW = 620;

// What a lane is judged by: steps where any of its settings arrived, the final loss otherwise.
/** @param {Tries | undefined} tries @returns {Judged} */
export function judged(tries) {
  return tries && tries.arrays.steps.values.some((step) => step >= 0) ? "steps" : "loss";
}

// Where every try lies: on the axis, or in a row above it for those that did not get there.
/** @param {Tries} tries @param {boolean} known @returns {Spot[]} */
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
/**
 * @param {{ plan: TuningPlan, tries: (Tries | undefined)[], lanes: LaneHeader[] }} found
 * @param {number} size
 * @param {Size} box
 * @param {number} scale
 * @param {Colors} colors
 */
export function triesFigure({ plan, tries, lanes }, size, box, scale, colors) {
  const columns = Math.min(lanes.length, box.width < NARROW ? 1 : 3);
  const rows = Math.ceil(lanes.length / columns);
  const known = plan.lowest !== null;
  const alike = { ranges: ranges(tries, known), above: rowsAbove(tries, known) };
  const look = { plan, colors, size, scale, columns, rows, box, ...alike };
  /** @type {object[]} */
  const data = [];
  const margin = { l: BESIDE * size, r: 0.8 * size, t: 3.4 * size, b: 3.2 * size };
  /** @type {Laid} */
  const layout = { ...frame(colors, size, box), annotations: [], margin };
  lanes.forEach((lane, k) => lanePlot(lane, k, tries[k], look, data, layout));
  return { data, layout };
}

// How tall all plots are together.
/** @param {number} count @param {number} width @param {number} size */
export function triesHeight(count, width, size) {
  const columns = Math.min(count, width < NARROW ? 1 : 3);
  return Math.ceil(count / columns) * 21 * size;
}

// One range for all lanes that are judged alike, so that their plots can be compared.
/** @param {(Tries | undefined)[]} tries @param {boolean} known */
export function ranges(tries, known) {
  const of = (/** @type {Judged} */ what) => span(alike(tries, what).flatMap((one) => placed(one, known)));
  return { steps: of("steps"), loss: of("loss") };
}

/** @param {(Tries | undefined)[]} tries @param {Judged} what */
const alike = (tries, what) => tries.filter((one) => one !== undefined).filter((one) => judged(one) === what);

// The longest name of a row stands beside a plot, in parts of the type.
const BESIDE = 5.4;
const ROWS = ["not there", "ran away", "diverged"];

// The rows above the axis that any of the lanes judged alike needs: their plots have the same height.
/** @param {(Tries | undefined)[]} tries @param {boolean} known */
export function rowsAbove(tries, known) {
  const of = (/** @type {Judged} */ what) => {
    const spots = alike(tries, what).flatMap((one) => placed(one, known));
    return ROWS.filter((name) => spots.some(({ row }) => row === name));
  };
  return { steps: of("steps"), loss: of("loss") };
}

/**
 * @param {LaneHeader} lane
 * @param {number} k
 * @param {Tries | undefined} tries
 * @param {Look} look
 * @param {object[]} data
 * @param {Laid} layout
 */
function lanePlot(lane, k, tries, look, data, layout) {
  const { plan, colors, size, box } = look;
  const n = k ? String(k + 1) : "";
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
  const [wide, top] = [[low - 0.2, high + 0.2], range[1] + (above.length + 0.7) * row];
  const [across, up] = [
    { domain: x, anchor: `y${n}` },
    { domain: y, anchor: `x${n}` },
  ];
  layout[`xaxis${n}`] = axis(wide, logTicks(low, high, 4), colors, "learning rate", across);
  layout[`yaxis${n}`] = axis([range[0], top], ticks, colors, "", up);
  const said = tries ? TITLES[what] || scaled.title : "waiting";
  layout.annotations.push(heading(`<b>${lettered(lane.label)}</b><br>${said}`, x, y, size));
  if (tries) data.push(...triesTraces(lane, tries, spots, heights, n, look));
}

/** @type {Record<string, string>} */
const TITLES = { steps: "steps until arrived to stay" };

/** @param {string} text @param {number[]} x @param {number[]} y @param {number} size */
export function heading(text, x, y, size) {
  const at = { x: x[0], y: y[1], xanchor: "left", yanchor: "bottom", align: "left", yshift: 0.2 * size };
  return { ...ON_PAPER, ...at, text, font: { size } };
}

/** @param {number} k @param {Look} look @param {Size} box */
function cellOf(k, { columns, rows, size }, { width, height }) {
  const [gapX, gapY] = [(BESIDE * size) / width, (7.4 * size) / height];
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

/** @param {Spot[]} spots */
function span(spots) {
  const found = spots.map(({ at }) => at).filter((v) => typeof v === "number");
  if (!found.length) return [0, 1];
  const [low, high] = [Math.min(...found), Math.max(...found)];
  const pad = Math.max(high - low, 0.1) * 0.08;
  return [low - pad, high + pad];
}

// Early rounds are hollow, the last one is full; a ring is the present setting, a star the best.
/**
 * @param {LaneHeader} lane
 * @param {Tries} tries
 * @param {Spot[]} spots
 * @param {Record<string, number>} heights
 * @param {string} n
 * @param {Look} look
 */
function triesTraces(lane, tries, spots, heights, n, { colors, scale }) {
  const paint = color(lane, colors);
  const { rate, round } = tries.arrays;
  const { best } = tries.header;
  const text = tries.header.settings[0].map((_, i) => i);
  /** @param {string} name @param {(i: number) => boolean} wanted @param {object} marker */
  const part = (name, wanted, marker) => {
    const chosen = text.filter(wanted);
    const across = chosen.map((i) => Math.log10(rate.values[i]));
    const up = chosen.map((i) => spots[i].at ?? heights[spots[i].row ?? ""]);
    const on = { name: `${lane.label}, ${name}`, customdata: chosen, xaxis: `x${n}`, yaxis: `y${n}` };
    return markTrace(across, up, marker, on);
  };
  /** @param {string} symbol @param {number} size @param {number} width */
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
