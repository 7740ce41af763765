// A panel of curves over the steps: bands, the whole lines faint, each line up to step t with its
// lane's marker, the step itself, and the names at the lines' ends. Pure.

import { near } from "../axes.js";
import { color } from "../../core/theme.js";
import { strand } from "../trail.js";
import { fitting } from "../wrap.js";
import { bandShape, endNames } from "./band.js";
import { curveFrame } from "./frame.js";
import { sample } from "./key.js";
import { boxOf, dashes, MARKERS, quiet, stroke, words } from "./shapes.js";

/** @import { Axes, Banded, Box, Called, Curve, DrawnCurve, Item, Look, Mark, Pixel, Stroke, Words } from "../shapes.d.ts" */

const AHEAD = 0.28;

// `curves`: [{ values, lane, dash, label, side, first, quiet, still, width, opacity }], some with a
// band from `low` to `high`; those that are `still` do not follow the clock. `frame` is the axes' own,
// for whoever has it from before.
/** @param {Curve[]} curves @param {Axes} axis @param {Look} look */
export function curveScene(curves, axis, look, frame = curveFrame(axis, boxOf(axis), look)) {
  const box = boxOf(axis);
  const drawn = curves
    .filter(({ lane }) => lane.visible)
    .map((curve, n) => ({ curve, n, line: strand(curve, axis), paint: color(curve.lane, look.colors) }));
  const [standing, moving] = [true, false].map((still) =>
    drawn.filter(({ curve }) => Boolean(curve.still) === still),
  );
  return {
    frame,
    still: [
      ...frame,
      ...drawn.flatMap((one) => (isBanded(one) ? bandShape(one, axis, box) : [])),
      ...moving.map((one) => whole(one, "curve-ahead", AHEAD, box, look)),
      ...standing.map((one) => whole(one, "curve-still", 1, box, look)),
      ...endNames(drawn, box, look),
    ],
    /** @param {number} t */
    step: (t) => [
      cursor(axis.x.to(t), box, look),
      ...moving.map((one) => grown(one, t, box, look)),
      ...moving.flatMap((one) => curveHead(one, t, axis, box, look)),
    ],
  };
}

/** @param {DrawnCurve} one @returns {one is DrawnCurve & { curve: Banded }} */
const isBanded = (one) => Boolean(one.curve.low);

/** @param {Curve} curve */
const clear = ({ opacity, quiet: aside }) => opacity ?? (aside ? 0.5 : 1);

/** @param {DrawnCurve} drawnCurve @param {Box} clip @param {Look} look */
function style({ curve, paint }, clip, { type }) {
  const scale = type / 13;
  const width = (curve.width || (curve.quiet ? 1.3 : 2.1)) * scale;
  const dash = dashes(curve.dash || curve.lane.dash, scale);
  const data = { lane: curve.lane.slot, label: curve.label };
  return { data, stroke: paint, width, dash, opacity: clear(curve), clip };
}

/** @param {DrawnCurve} one @param {string} name @param {number} share @param {Box} clip @param {Look} look */
function whole(one, name, share, clip, look) {
  const own = style(one, clip, look);
  return stroke(`curve ${one.n} ahead`, name, one.line.text, { ...own, opacity: share * own.opacity });
}

/** @param {DrawnCurve} one @param {number} t @param {Box} clip @param {Look} look @returns {Stroke} */
const grown = (one, t, clip, look) => ({
  ...{ kind: "stroke", key: `curve ${one.n}`, name: "curve-line", trail: one.line, t },
  ...style(one, clip, look),
});

/** @param {number} x @param {Box} box @param {Look} look @returns {Mark} */
function cursor(x, box, { colors, type }) {
  const d = `M0 0v${box.height.toFixed(1)}`;
  const look = { stroke: quiet(colors), width: type / 13 };
  return { kind: "mark", key: "cursor", name: "cursor", d, x: near(x), y: box.y, scale: 1, ...look };
}

// The lane's marker where its line has got to, with the coordinate's name where it has one.
/**
 * @param {DrawnCurve} drawnCurve
 * @param {number} t
 * @param {Axes} axes
 * @param {Box} box
 * @param {Look} look
 * @returns {Item[]}
 */
function curveHead({ curve, n, line, paint }, t, { x }, box, { colors, type }) {
  const at = line.points[Math.min(t - line.first, line.points.length - 1)];
  if (!at || at[1] < box.y - 1 || at[1] > box.y + box.height + 1) return [];
  const scale = type / 13;
  const [px, py] = at;
  /** @type {Called<Mark>} */
  const own = { kind: "mark", key: `curve-head ${n}`, name: "curve-head", data: { lane: curve.lane.slot } };
  const edge = { stroke: colors.background, width: 1.2 * scale };
  const size = (curve.quiet ? 0.5 : 0.7) * scale;
  /** @type {Mark} */
  const head = { ...own, d: MARKERS[curve.lane.marker], x: px, y: py, scale: size, fill: paint, ...edge };
  if (!curve.side || curve.quiet) return [head];
  const right = px > x.offset + x.length - 1.6 * type;
  /** @type {Pixel} */
  const place = [px + (right ? -0.6 : 0.6) * type, Math.max(py - 0.4 * type, box.y + 0.8 * type)];
  /** @type {Partial<Words>} */
  const told = { key: `side ${n}`, name: "side-name", anchor: right ? "end" : "start" };
  const look = { ...told, weight: 650, halo: colors.halo };
  return [head, words(curve.side, ...place, 0.92 * type, paint, look)];
}

const [SMALLEST, BESIDE] = [0.85, 0.8];

// A picture's heading for a panel: the first of its titles that has room, set a little smaller if need be,
// and which line is which curve where there is room for all of them; below the last panels what runs along
// the axis.
/**
 * @param {Curve[]} curves
 * @param {string[]} titles
 * @param {Box & { last?: boolean }} box
 * @param {Look} look
 * @returns {Item[]}
 */
export function heading(curves, titles, box, look) {
  const { colors, type, measure } = look;
  /** @param {string} text */
  const wide = (text) => measure(text, type, 600);
  const room = box.width + BESIDE * type;
  const title = fitting(titles, room / SMALLEST, wide);
  const size = type * Math.min(1, room / wide(title));
  const own = { key: "title", name: "panel-title", weight: 600 };
  const name = words(title, box.x - 0.2 * type, box.y - 0.62 * type, size, colors.text, own);
  /** @type {Pixel} */
  const below = [box.x + box.width / 2, box.y + box.height + 2.15 * type];
  /** @type {Partial<Words>} */
  const step = { key: "axis step", name: "axis-title", anchor: "middle" };
  const steps = box.last ? [words("step", ...below, 0.9 * type, colors.text, step)] : [];
  return [name, ...steps, ...sides(curves, title, box, look)];
}

/** @param {Curve[]} curves @param {string} title @param {Box} box @param {Look} look @returns {Item[]} */
function sides(curves, title, box, { colors, type, measure }) {
  const names = new Map();
  for (const { side, name, label, width, quiet: aside } of curves) {
    if (side && !aside) names.set(name ? label : side, width);
  }
  const size = 0.85 * type;
  const entries = [...names].slice(0, 6).map(([text, width]) => ({ text, width, wide: measure(text, size) }));
  const total = entries.reduce((sum, { wide }) => sum + wide + 3.4 * type, 0);
  let x = box.x + box.width - total + type;
  if (x < box.x + measure(title, type, 600) + type) return [];
  const y = box.y - 0.62 * type;
  return entries.flatMap(({ text, width, wide }) => {
    const line = { stroke: quiet(colors), width: ((width || 2) * type) / 13 };
    const shapes = [
      sample(line, `side line ${text}`, x, y - 0.3 * size, 2 * type),
      words(text, x + 2.4 * type, y, size, quiet(colors), { key: `side ${text}`, name: "side" }),
    ];
    x += wide + 3.4 * type;
    return shapes;
  });
}
