// The data and the curves that weights make of them. Pure.

import { pointAt } from "../core/packet.js";
import { color } from "../core/theme.js";
import { near } from "../draw/axes.js";
import { curveFrame } from "../draw/scene/frame.js";
import { boxOf, dashes, MARKERS, quiet, spot, stroke, words } from "../draw/scene/shapes.js";
import { fitting } from "../draw/wrap.js";
import { LINKS } from "./links.js";

/** @import { Axes, FeltRace } from "../core/stage.d.ts" */
/** @import { ModelHeader } from "../core/packets.d.ts" */
/** @import { Item, Look, Mark, Stroke, Words } from "../draw/shapes.d.ts" */
/** @typedef {ArrayLike<number> & Iterable<number>} Row */
/** @typedef {ModelHeader & { rows: Row[] }} Model */
/** @typedef {{ x: number, y: number }} Weights */

const PIECES = 60;
const MARGIN = 0.07;
const GRIPS = [0.2, 0.8];
const CROWD = 200;
const SMALL = 0.92;

// The ends of both axes: the rows with a margin.
/** @param {Pick<Model, "rows">} model */
export function ranges({ rows }) {
  return [0, 1].map((side) => {
    const values = rows.map((row) => row[side]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const margin = MARGIN * (high - low || 1);
    return [low - margin, high + margin];
  });
}

// A circle where it is to be: of a thousand that are moved each is a layer's part of its own.
/** @param {number} x @param {number} y @param {number} r */
function dotAt(x, y, r) {
  const [right, left] = [x + r, x - r].map((side) => `${side.toFixed(2)} ${y.toFixed(2)}`);
  const arc = `A${r.toFixed(2)} ${r.toFixed(2)} 0 1 1 `;
  return `M${right}${arc}${left}${arc}${right}Z`;
}

// What stands still: the frame and the data.
/** @param {Model} model @param {Axes} axis @param {Look} look @returns {Item[]} */
export function dataScene(model, axis, look) {
  const box = boxOf(axis);
  const { colors, type } = look;
  const wide = model.rows.length > CROWD ? 0.6 : 1;
  /** @type {Mark[]} */
  const dots = model.rows.map(([u, v], n) => ({
    kind: "mark",
    key: `row ${n}`,
    name: "row",
    d: dotAt(axis.x.to(u), axis.y.to(v), (3 * wide * type) / 13),
    x: 0,
    y: 0,
    scale: 1,
    fill: quiet(colors),
    stroke: colors.background,
    width: 0.8 * wide,
  }));
  /** @type {Partial<Words>} */
  const middle = { name: "axis-title", anchor: "middle", key: "across" };
  const below = box.y + box.height + 2.3 * type;
  const size = SMALL * type;
  const texts = [model.across + partly(model), model.across];
  const text = fitting(texts, box.width + 2 * type, (part) => look.measure(part, size));
  const title = words(text, box.x + box.width / 2, below, size, colors.text, middle);
  return [...curveFrame(axis, box, look), ...dots, title];
}

// More rows than can be told apart are drawn in part.
/** @param {Pick<Model, "rows" | "count">} model */
const partly = ({ rows, count }) =>
  rows.length < count
    ? ` (${rows.length.toLocaleString("en")} of ${count.toLocaleString("en")} rows drawn)`
    : "";

// The curve of some weights as a line.
/** @param {Pick<Model, "link">} model @param {Weights} weights @param {Axes} axis */
export function curveLine({ link }, { x, y }, axis) {
  const { at } = LINKS[link];
  const { low, high } = axis.x;
  return Array.from({ length: PIECES + 1 }, (_, k) => {
    const u = low + ((high - low) * k) / PIECES;
    return `${k ? "L" : "M"}${spot(axis.x.to(u), near(axis.y.to(at(x * u + y))))}`;
  }).join("");
}

// Where the start's curve can be held: two points of it, in data; while one is held, both stay over their u.
/** @param {Pick<Model, "link">} model @param {Weights} start @param {Axes} axis @param {number[] | null} [held] */
export function grips(model, start, axis, held) {
  return (held ?? reached(model, start, axis)).map((u) => [u, height(model, start, u)]);
}

/** @param {Pick<Model, "link">} model @param {Weights} weights @param {number} u */
const height = ({ link }, { x, y }, u) => LINKS[link].at(x * u + y);

// Two places along the part of the curve that is seen, or along all where none is.
/** @param {Pick<Model, "link">} model @param {Weights} start @param {Axes} axis */
function reached(model, start, { x: { low, high }, y }) {
  const along = Array.from({ length: PIECES + 1 }, (_, k) => low + ((high - low) * k) / PIECES);
  const seen = along.filter((u) => {
    const v = height(model, start, u);
    return v >= y.low && v <= y.high;
  });
  const [from, to] = seen.length > 1 ? [seen[0], seen[seen.length - 1]] : [low, high];
  return GRIPS.map((share) => from + share * (to - from));
}

// What moves: the start's curve with its grips, and every lane's at step t; `held` is where grips stay.
/**
 * @param {Model} model
 * @param {FeltRace} race
 * @param {number} t
 * @param {Axes} axis
 * @param {Look} look
 * @param {number[] | null} [held]
 * @returns {Item[]}
 */
export function fitScene(model, race, t, axis, look, held) {
  const [x, y] = race.header.start;
  return [
    startCurve(model, { x, y }, axis, look),
    ...laneCurves(model, race, t, axis, look),
    ...heldPoints(grips(model, { x, y }, axis, held), axis, look),
  ];
}

/** @param {Model} model @param {Weights} start @param {Axes} axis @param {Look} look @returns {Stroke} */
function startCurve(model, start, axis, { colors, type }) {
  const style = { stroke: quiet(colors), width: type / 13, dash: [2, 3], clip: boxOf(axis) };
  return stroke("start", "fit-start", curveLine(model, start, axis), style);
}

// Every visible lane's curve at step t.
/**
 * @param {Model} model
 * @param {FeltRace} race
 * @param {number} t
 * @param {Axes} axis
 * @param {Look} look
 * @returns {Stroke[]}
 */
export function laneCurves(model, race, t, axis, { colors, type }) {
  const width = type / 13;
  const line = { clip: boxOf(axis), width: 2.1 * width };
  return race.header.lanes
    .map((lane, k) => ({ lane, weights: pointAt(race.arrays[`x${k}`].values, t) }))
    .filter(({ lane, weights }) => lane.visible && Number.isFinite(weights[0]))
    .map(({ lane, weights: [x, y] }) => {
      const style = { ...line, stroke: color(lane, colors), dash: dashes(lane.dash, width) };
      const d = curveLine(model, { x, y }, axis);
      return stroke(`fit ${lane.slot}`, "fit", d, { data: { lane: lane.slot }, ...style });
    });
}

/** @param {number[][]} points @param {Axes} axis @param {Look} look @returns {Mark[]} */
function heldPoints(points, axis, { colors, type }) {
  const width = type / 13;
  return points.map(([u, v], n) => ({
    kind: "mark",
    key: `grip ${n}`,
    name: "grip",
    d: MARKERS.circle,
    x: axis.x.to(u),
    y: near(axis.y.to(v)),
    scale: width,
    fill: colors.background,
    stroke: colors.text,
    width: 2 * width,
  }));
}
