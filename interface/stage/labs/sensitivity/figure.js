// The sensitivity curves as a figure: how every lane ends against its learning rate, and below
// them, as bars, the rates that work.

import { axis, frame, levelLine, lineTrace, markTrace, ON_PAPER } from "../../draw/chart.js";
import { logTicks } from "../../draw/ticks.js";
import { outcomeAt, outcomeScale } from "../../draw/outcome-scale.js";
import { color } from "../../core/theme.js";
import { labels } from "./labels.js";
import { letters, lines, longest, written } from "./names.js";

/** @import { LaneHeader } from "../../core/packets.d.ts" */
/** @import { Sensed, SensitivityHeading } from "./compute.js" */
/** @import { Colors } from "../../core/theme.js" */
/** @import { Layout, Size } from "../../draw/chart.js" */
/** @import { OutcomePlace } from "../../draw/outcome-scale.js" */
/** @import { Level } from "./labels.js" */
/** @import { Present } from "./present.js" */
/** @typedef {(number | null)[]} Places */
/** @typedef {OutcomePlace & { title: string }} Scaled */
/**
 * @typedef {object} Shown
 * @property {SensitivityHeading} heading
 * @property {Sensed[]} curves
 * @property {LaneHeader[]} lanes
 * @property {string} what
 * @property {(Present | null)[]} present
 * @property {boolean} marked
 */
/**
 * @typedef {object} Look
 * @property {LaneHeader[]} lanes
 * @property {Colors} colors
 * @property {number} size
 * @property {number} scale
 * @property {number[]} rates
 * @property {number[]} across
 * @property {number[]} range
 */
/** @typedef {ReturnType<typeof sensitivityFigure>} SensitivityFigure */

const HEADROOM = 1;
// Below the last name so much of a row is left free, above the axis' numbers.
const BELOW = 0.2;
// A letter of an axis's title takes so much of the type; a line of it has at least so many.
const [LETTER, FEWEST] = [0.66, 6];
const LEVEL = { x: 0.005, yref: "y", yanchor: "bottom" };
const NOTE = { ...ON_PAPER, xanchor: "left", opacity: 0.8 };

// `shown`: { heading, curves, lanes, what, present, marked }: `present` is where the lanes' rates stand,
// and drawn if `marked`; a lane that is hidden has no curve. The answer's `places[k]` are the heights of
// lane k's curve on the axis, null where there is none.
/** @param {Shown} shown @param {number} size @param {Size} box @param {number} scale @param {Colors} colors */
export function sensitivityFigure(shown, size, box, scale, colors) {
  const { heading, curves, lanes, what } = shown;
  const known = heading.lowest !== null;
  const scaled = outcomeScale(what, known);
  const drawn = lanes.map((lane, k) => (lane.visible ? curves[k] : null));
  const places = drawn.map((curve) => curve && heights(curve, what, scaled));
  const range = verticalRange(places, what === "loss" ? scaled.place(heading.start) : null);
  const rates = heading.rates.map(Number);
  const look = { lanes, colors, size, scale, rates, across: acrossOf(rates), range };
  const data = drawn.flatMap((curve, k) => (curve ? laneTraces(curve, places[k] ?? [], k, look) : []));
  const marks = what === "loss" ? levels(heading, scaled, range) : [];
  const layout = layoutOf(shown, drawn, scaled, look, box, marks);
  const placing = { ...look, present: shown.present, levels: marks };
  layout.annotations.push(...labels(drawn, places, placing, plotted(layout, box)));
  // Plotly draws no axis, and none that is anchored there, on which nothing lies.
  const below = { ...lineTrace("no rate works", look.across, [null, null], {}), yaxis: "y2" };
  const works = drawn.some((curve) => curve?.header.works.length);
  /** @type {object[]} */
  const more = [...(works ? [] : [below]), ...(shown.marked ? presentTraces(shown, look) : [])];
  return { data: [...data, ...more], layout: /** @type {Layout} */ (layout), places, range };
}

// The ends of the axis across, in powers of ten.
/** @param {number[]} rates */
function acrossOf(rates) {
  const [first, last] = [Math.log10(rates[0]), Math.log10(rates[rates.length - 1])];
  return first === last ? [first - 0.1, last + 0.1] : [first, last];
}

/** @param {Sensed} curve @param {string} what @param {OutcomePlace} scale @returns {Places} */
function heights(curve, what, { place }) {
  return losses(curve).map((_, i) => {
    const value = outcomeAt(curve.arrays, what, i);
    return value === null ? null : place(value);
  });
}

/** @param {Sensed} curve */
const losses = ({ arrays }) => Array.from(arrays.loss.values);

// What is far above the start needs no room: only whether it got lower matters.
/** @param {(Places | null)[]} places @param {number | null} start */
export function verticalRange(places, start) {
  const found = places
    .flat()
    .filter((v) => v !== null)
    .filter(Number.isFinite);
  if (!found.length) return start === null || !Number.isFinite(start) ? [0, 1] : [start - 1, start + 1];
  const top = start === null ? Math.max(...found) : Math.min(Math.max(...found, start), start + HEADROOM);
  const bottom = Math.min(...found, start ?? Infinity);
  const pad = Math.max(top - bottom, 0.2) * 0.07;
  return [bottom - pad, Math.max(top, bottom) + pad];
}

/** @param {Sensed} curve @param {Places} places @param {number} k @param {Look} look @returns {object[]} */
function laneTraces(curve, places, k, { lanes, colors, scale, rates, range }) {
  const lane = lanes[k];
  const paint = color(lane, colors);
  const ends = brokenEnds(curve.arrays);
  const alone = rates.map((_, i) => i).filter((i) => isAlone(places, i) && !ends.includes(i));
  const marked = [...ends, ...alone].filter((i) => places[i] !== null);
  return [
    lineTrace(lane.label, rates.map(Math.log10), places, {
      color: paint,
      width: 2.2 * scale,
      dash: lane.dash,
    }),
    markTrace(
      marked.map((i) => Math.log10(rates[i])),
      marked.map((i) => Math.min(places[i] ?? Infinity, range[1])),
      {
        symbol: marked.map((i) => (ends.includes(i) ? "x-thin" : "circle")),
        size: marked.map((i) => (ends.includes(i) ? 10 : 3) * scale),
        color: paint,
        line: { color: paint, width: 2.4 * scale },
      },
      { name: `${lane.label}: diverges beyond` },
    ),
    ...bars(curve, k, rates, paint, scale),
  ];
}

// Rates whose neighbor diverges or runs away though they do not.
/** @param {Sensed["arrays"]} arrays */
export function brokenEnds({ diverged, away }) {
  /** @param {number} i */
  const gone = (i) => diverged.values[i] >= 0 || away.values[i] >= 0;
  return Array.from(diverged.values, (_, i) => i).filter((i) => !gone(i) && (gone(i - 1) || gone(i + 1)));
}

/** @param {Places} places @param {number} i */
function isAlone(places, i) {
  /** @param {number} j */
  const there = (j) => places[j] !== null && places[j] !== undefined;
  return there(i) && !there(i - 1) && !there(i + 1);
}

// The rates that work, each with half the way to its neighbors.
/**
 * @param {Sensed} curve
 * @param {number} k
 * @param {number[]} rates
 * @param {string} paint
 * @param {number} scale
 */
function bars({ header }, k, rates, paint, scale) {
  /** @param {number} i @param {number} j */
  const edge = (i, j) => Math.log10(rates[Math.min(Math.max(j, 0), rates.length - 1)] * rates[i]) / 2;
  return header.works.map(([first, last]) => {
    const ends = [edge(first, first - 1), edge(last, last + 1)];
    const bar = lineTrace("rates that work", ends, [-k, -k], { color: paint, width: 8 * scale });
    return { ...bar, yaxis: "y2" };
  });
}

/**
 * @param {Shown} shown
 * @param {(Sensed | null)[]} drawn
 * @param {Scaled} scaled
 * @param {Look} look
 * @param {Size} box
 * @param {Level[]} marks
 */
function layoutOf({ lanes }, drawn, scaled, look, box, marks) {
  const { colors, size, across, range } = look;
  const names = lanes.map(({ label }) => lines(label, letters(box.width, size)));
  const tall = Math.max(...names.map(({ length }) => length));
  const margin = { l: aside(names, size), r: 1.2 * size, t: 0.8 * size, b: 3.4 * size };
  const inner = box.height - margin.t - margin.b;
  const need = (lanes.length + BELOW) * (0.35 + 1.3 * tall); // by the type they are set in
  const share = Math.min((need * size) / inner, 0.5);
  const fitting = Math.min(size, (share * inner) / need);
  const rows = names.map((name, k) => ({ at: -k, text: drawn[k] ? written(name) : "" }));
  const above = { ...NOTE, x: 0.005, y: share + 0.012, yanchor: "bottom", text: "rates that work" };
  const domain = [share + 0.075, 1];
  const { height } = plotted({ margin, yaxis: { domain } }, box);
  const said = lines(scaled.title, Math.max(Math.floor(height / (LETTER * size)), FEWEST));
  return {
    ...frame(colors, size, box),
    margin,
    xaxis: axis(across, logTicks(across[0], across[1]), colors, "learning rate", { anchor: "y2" }),
    yaxis: { ...axis(range, scaled.ticks(range[0], range[1]), colors, written(said)), domain },
    yaxis2: axis([0.5 - BELOW - lanes.length, 0.5], rows, colors, "", {
      domain: [0, share],
      showgrid: false,
      tickfont: { size: fitting },
    }),
    shapes: marks.map(({ y }) => levelLine(y, colors, look.scale, 0.55)),
    annotations: /** @type {object[]} */ ([
      ...marks.map((level) => ({ ...NOTE, ...LEVEL, ...level, font: { size: 0.9 * size } })),
      { ...above, font: { size: 0.9 * size } },
    ]),
  };
}

// The room that the names beside the bars take.
/** @param {string[][]} names @param {number} size */
const aside = (names, size) => Math.max(5.5, 0.56 * longest(names.flat()) + 1.2) * size;

// Where every run starts, and how low it has to end.
/** @param {SensitivityHeading} heading @param {OutcomePlace} outcome @param {number[]} range @returns {Level[]} */
function levels({ start, tolerance, lowest }, { place }, range) {
  const found = [{ text: "loss at the start", y: place(start) }];
  if (lowest !== null) found.push({ text: "tolerance", y: place(tolerance) });
  return found.flatMap(({ text, y }) => (y !== null && y >= range[0] && y <= range[1] ? [{ text, y }] : []));
}

// The area of the curves in pixels.
/**
 * @param {{ margin: { l: number, r: number, t: number, b: number }, yaxis: { domain: number[] } }} layout
 * @param {Size} box
 */
function plotted({ margin, yaxis }, { width, height }) {
  const inner = height - margin.t - margin.b;
  return { width: width - margin.l - margin.r, height: inner * (yaxis.domain[1] - yaxis.domain[0]) };
}

// The lanes' present rates: on screen they lie on top and can be dragged.
/** @param {Shown} shown @param {Look} look */
function presentTraces({ present, lanes }, { colors, scale, range }) {
  const held = present.filter((one) => one !== null);
  if (!held.length) return [];
  const marker = {
    symbol: held.map(({ k }) => lanes[k].marker),
    size: 13 * scale,
    color: held.map(({ k }) => color(lanes[k], colors)),
    line: { color: colors.halo, width: 2 * scale },
  };
  const [across, up] = [held.map(({ rate }) => Math.log10(rate)), held.map(({ place }) => place ?? range[1])];
  return [markTrace(across, up, marker)];
}
