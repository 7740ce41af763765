// The landscape's foreground at any step: critical points, paths with the road ahead, marks of the
// chosen lane, heads with their names, the start, and the key. Pure.

import { pixelOf } from "../axes.js";
import { point } from "../../core/format.js";
import { color } from "../../core/theme.js";
import { head, trail } from "../trail.js";
import { fanRow, fanShapes } from "./fan.js";
import { ARROWS, arrowKey, arrowsOf } from "./arrows.js";
import { axesKey, axesShapes, curvatureAxes } from "./curvature-axes.js";
import { edgeArrow, outside } from "./beyond.js";
import { ghostLine, heldRow, keyAt } from "./key.js";
import { mapFrame, unitsBelow, unitsNote, unitsRow } from "./frame.js";
import { headLabels } from "./labels.js";
import { scatterOf, scatterRow } from "./scatter.js";
import { lossScale, titleBeside } from "./loss-scale.js";
import { boxOf, dashes, headShape, startShape, stroke } from "./shapes.js";
import { criticals, signBoxes } from "./signs.js";

/** @import { Axes, Box, Drawn, DrawnLane, Item, Look, MapRace, Pixel, Stroke } from "../shapes.d.ts" */
/** @import { CriticalHeader, LaneHeader, ViewHeader } from "../../core/packets.d.ts" */
/** @import { LossScale } from "./loss-scale.js" */
/** @import { Arrows } from "./arrows.js" */
/** @import { Scatter } from "./scatter.js" */
/** @typedef {{ critical: CriticalHeader[], scale: LossScale | null, letters?: { x: number, y: number }[] }} Ground */
/** @typedef {ReturnType<typeof mapScene>} MapScene */

const TAIL = 30;
const AHEAD = 0.28;

// `ground` is { critical, scale }: the points to mark and how losses are colored (see loss-scale.js),
// or null, and the `letters` beside some places; `race` may have `held` (see map/hold.js) and `fanned` (see fan.js) besides its packet; `look` is
// { colors, type, measure } and may have `taken`, boxes that names keep clear of. The answer: `lanes`,
// each with its trail or null where it is hidden, in the race's order; `fan()`, which lies below all; the `ring(start)`;
// what is `still`; and what stands there at `step(t)`, with the start elsewhere if that is said. `plain` is
// the landscape's own part, for whoever has it from before.
/** @param {MapRace} race @param {Ground} ground @param {Axes} axis @param {Look} look */
export function mapScene(race, ground, axis, look, plain = groundShapes(ground, axis, look)) {
  const box = boxOf(axis);
  const lanes = race.header.lanes.map((lane, k) => drawnLane(race, lane, k, axis, look));
  const drawn = lanes.filter((lane) => lane !== null).filter(({ trail }) => trail.points.length);
  const marks = marksOf(race, axis, look);
  const fanned = race.fanned && race.header.lanes[race.fanned.k] ? race.fanned : null;
  const rows = [
    ...(fanned ? [fanRow(race.header, fanned, look)] : []),
    ...marks.rows,
    ...heldRow(race, look),
    ...(noteBelow(ground, box, look) ? [] : unitsRow(axis)),
  ];
  const { items, taken } = keyAt(rows, box, look);
  const named = { ...look, taken: [...(look.taken || []), ...taken], marked: plain.marked };
  const kept = new Map();
  /** @param {number} t @param {number[]} start @param {Drawn[]} far @returns {Item[]} */
  const at = (t, start, far) => [
    ...marks.tail(drawn, t, box),
    ...drawn.flatMap((lane) => paths(lane, t, box, look)),
    ...ring(start, axis, box, look),
    ...marks.at(drawn, t, box),
    ...[...far, ...drawn].map((lane) => headMark(lane, t, box, named)),
    ...headLabels([...far, ...drawn], t, box, named, kept),
  ];
  return {
    lanes,
    steps: race.header.steps,
    /** @param {number[]} start */
    ring: (start) => ring(start, axis, box, look),
    fan: () => (fanned ? fanShapes(fanned, axis, box, look) : []),
    still: [
      ...plain.frame,
      ...drawn.map((lane) => road(lane, box, look)),
      ...plain.points,
      ...ghosts(race, axis, box, look),
      ...items,
    ],
    /** @param {number} t @param {number[]} [start] */
    step: (t, start = race.header.start) =>
      at(t, start, [...startBeyond(start, axis, box, look), ...plain.lowest]),
  };
}

// What does not change with a race: the axes' frame, what the colors mean, and the marked points.
/** @param {Ground} ground @param {Axes} axis @param {Look} look */
export function groundShapes({ critical, scale, letters = [] }, axis, look) {
  const box = boxOf(axis);
  const frame = [
    ...mapFrame(axis, box, look),
    ...(noteBelow({ scale }, box, look) ? unitsNote(axis, box, look) : []),
    ...(scale ? lossScale(scale, box, look) : []),
  ];
  const points = criticals(critical, axis, box, look);
  const marked = signBoxes({ critical, letters }, axis, look);
  return { frame, points, marked, lowest: lowestBeyond(critical, axis, box, look) };
}

// The line below the map holds a word on units where the title of the scale leaves it free.
/** @param {Pick<Ground, "scale">} ground @param {Box} box @param {Look} look */
const noteBelow = ({ scale }, box, look) =>
  unitsBelow(box, look) && (!scale || titleBeside(scale, box, look));

/**
 * @param {MapRace} race
 * @param {LaneHeader} lane
 * @param {number} k
 * @param {Axes} axis
 * @param {Look} look
 * @returns {DrawnLane | null}
 */
function drawnLane(race, lane, k, axis, { colors }) {
  if (!lane.visible) return null;
  const path = race.arrays[`x${k}`];
  const found = { lane, k, paint: color(lane, colors), trail: trail(path, axis) };
  const last = found.trail.points.length - 1;
  /** @param {number} t */
  const where = (t) => {
    const row = 2 * Math.min(t, last);
    return point(told(path.values[row], axis.x), told(path.values[row + 1], axis.y));
  };
  const box = boxOf(axis);
  return { ...found, beyond: (t) => (outside(head(found.trail, t), box) ? where(t) : "") };
}

// A coordinate as finely as this window tells places apart: what is far smaller is nothing here.
/** @param {number} value @param {{ low: number, high: number }} side @returns {number} */
function told(value, { low, high }) {
  const unit = 10 ** Math.floor(Math.log10((high - low) / 100));
  return Math.round(value / unit) * unit;
}

// The whole path, faint: where it will go.
/** @param {DrawnLane} drawnLane @param {Box} clip @param {Look} look @returns {Stroke} */
function road({ lane, paint, trail }, clip, { type }) {
  const style = { stroke: paint, width: (2.5 * type) / 13, dash: dashes(lane.dash, type / 13) };
  const own = { data: { lane: lane.slot }, ...style, opacity: AHEAD, clip };
  return stroke(`road ${lane.slot}`, "road", trail.text, own);
}

// The path up to step t, on a halo that lifts it off the landscape.
/** @param {DrawnLane} drawnLane @param {number} t @param {Box} clip @param {Look} look @returns {Item[]} */
function paths({ lane, paint, trail }, t, clip, { colors, type }) {
  const scale = type / 13;
  /** @type {Pick<Stroke, "kind" | "data" | "trail" | "t" | "clip">} */
  const line = { kind: "stroke", data: { lane: lane.slot }, trail, t, clip };
  const halo = { ...line, data: {}, trail: trail.even };
  const dash = dashes(lane.dash, scale);
  return [
    { ...halo, key: `halo ${lane.slot}`, name: "halo", stroke: colors.halo, width: 5.5 * scale },
    { ...line, key: `line ${lane.slot}`, name: "line", stroke: paint, width: 2.6 * scale, dash },
  ];
}

// Paths that are held to compare with.
/** @param {MapRace} mapRace @param {Axes} axis @param {Box} clip @param {Look} look @returns {Item[]} */
function ghosts({ held }, axis, clip, { colors, type }) {
  return (held?.lanes || []).map(({ path, slot }) => {
    const own = { data: { lane: slot }, ...ghostLine(colors, type), clip };
    return stroke(`ghost ${slot}`, "ghost", trail(path, axis).text, own);
  });
}

// A start out of sight is pointed at and named like a head.
/** @param {number[]} numbers @param {Axes} axis @param {Box} box @param {Look} look @returns {Drawn[]} */
function startBeyond([x, y], axis, box, { colors }) {
  const place = pixelOf(axis, [x, y]);
  if (!outside(place, box)) return [];
  const lane = { slot: "start", label: "start", diverged: -1 };
  return [{ lane, paint: colors.text, trail: { points: [place] }, beyond: () => point(x, y) }];
}

// Where no lowest point is in sight, the nearest one is pointed at.
/** @param {CriticalHeader[]} critical @param {Axes} axis @param {Box} box @param {Look} look @returns {Drawn[]} */
function lowestBeyond(critical, axis, box, { colors }) {
  const found = critical
    .filter(({ kind }) => kind === "global minimum")
    .map(({ x, y, said }) => ({ x, y, said, place: pixelOf(axis, [x, y]) }));
  if (!found.length || !found.every(({ place }) => outside(place, box))) return [];
  /** @param {{ place: Pixel }} one */
  const far = ({ place: [x, y] }) => Math.hypot(x - box.x - box.width / 2, y - box.y - box.height / 2);
  const { x, y, said, place } = found.reduce((a, b) => (far(b) < far(a) ? b : a));
  const lane = { slot: "minimum", label: said, diverged: -1 };
  return [{ lane, paint: colors.text, trail: { points: [place] }, beyond: () => point(x, y) }];
}

/** @param {number[]} start @param {Axes} axis @param {Box} clip @param {Look} look @returns {Item[]} */
function ring(start, axis, clip, look) {
  const [x, y] = pixelOf(axis, start);
  return [{ ...startShape(look), x, y, clip }];
}

/** @param {Drawn} drawn @param {number} t @param {Box} clip @param {Look} look @returns {Item} */
function headMark({ lane, paint, trail }, t, clip, look) {
  const [x, y] = head(trail, t);
  const shape = headShape(lane, t, paint, look, look.type / 13);
  if (!outside([x, y], clip)) return { ...shape, x, y, clip };
  const own = { key: shape.key, name: `${shape.name} beyond`, data: shape.data };
  return { ...edgeArrow(own, [x, y], clip, paint, look), clip };
}

// The marks of the chosen lane that the view asks for: a comet's tail, arrows, axes of curvature.
/** @param {MapRace} race @param {Axes} axis @param {Look} look */
function marksOf(race, axis, look) {
  const { view, theory, chosen, lanes } = race.header;
  const scale = look.type / 13;
  /** @param {ViewHeader["marks"][number]} name */
  const asked = (name) => view.marks.includes(name);
  /** @param {DrawnLane[]} drawn */
  const own = (drawn) => drawn.filter(({ k }) => k === chosen);
  const arrows = asked("arrows") ? arrowsOf(race, axis, scale) : null;
  const scatter = arrows && scatterOf(race, axis, arrows.scale);
  const axes = asked("axes") && theory ? curvatureAxes(race, axis, scale) : null;
  const paint = color(lanes[chosen], look.colors);
  return {
    rows: [
      ...(arrows ? [arrowKey(arrows, paint, scale)] : []),
      ...(scatter ? [scatterRow(scatter, paint, 1.8 * scale)] : []),
      ...(axes ? [axesKey(axes)] : []),
    ],
    /** @param {DrawnLane[]} drawn @param {number} t @param {Box} clip @returns {Item[]} */
    tail: (drawn, t, clip) => (asked("tail") ? own(drawn) : []).map((one) => tail(one, t, scale, clip)),
    /** @param {DrawnLane[]} drawn @param {number} t @param {Box} clip @returns {Item[]} */
    at: (drawn, t, clip) => [
      ...(scatter && own(drawn).length ? scatterShapes(scatter, t, paint, scale, clip) : []),
      ...(arrows && own(drawn).length ? arrowShapes(arrows, t, paint, scale, clip) : []),
      ...(axes ? axesShapes(axes, t, paint, look).map((shape) => ({ ...shape, clip })) : []),
    ],
  };
}

/** @param {DrawnLane} drawnLane @param {number} t @param {number} scale @param {Box} clip @returns {Item} */
function tail({ paint, trail }, t, scale, clip) {
  const style = { stroke: paint, width: 8 * scale, opacity: 0.35, clip };
  return stroke("tail", "tail", trail.from(t - TAIL, t), style);
}

/** @param {Scatter} scatter @param {number} t @param {string} paint @param {number} scale @param {Box} clip */
function scatterShapes(scatter, t, paint, scale, clip) {
  const d = scatter.at(t);
  const style = { stroke: paint, width: 1.8 * scale, dash: [3 * scale, 2.4 * scale], clip };
  return d ? [stroke("scatter", "scatter", d, style)] : [];
}

/** @param {Arrows} arrows @param {number} t @param {string} paint @param {number} scale @param {Box} clip */
function arrowShapes(arrows, t, paint, scale, clip) {
  return arrows.at(t).flatMap((d, n) => {
    const { width, dash, name } = ARROWS[n];
    const style = { stroke: paint, width: width * scale, dash: dashes(dash, scale), clip };
    return d ? [stroke(`arrow ${name}`, "arrow", d, style)] : [];
  });
}
