// What a hand does on the map: click to start there, drag the start, hover to read, nudge by key.

import { ARROWS, draw, settle, within } from "../dom/dom.js";
import { clicks, drags } from "../dom/drag.js";
import { readout } from "../dom/readout.js";
import { point, significant } from "../core/format.js";
import { pointAt } from "../core/packet.js";
import { ringRadius } from "../draw/scene/shapes.js";
import { where } from "./map.js";
import { holdStart, moveStart } from "./overlay.js";

/** @import { FeltRace, Place } from "../core/stage.d.ts" */
/** @import { Landscape, LaneHeader } from "../core/packets.d.ts" */
/** @import { Axes, Pixel } from "../draw/shapes.d.ts" */
/** @import { StageMap } from "./map.js" */
/** @typedef {{ lane: LaneHeader, k: number, t: number }} On */
/** @typedef {{ at: Place | null }} Grip */
/** @typedef {Place & { px: number, py: number }} Spot */
/**
 * @typedef {object} Told
 * @property {() => number[]} start
 * @property {(at: Place) => boolean | void} felt
 * @property {() => void} dropped
 * @property {(at: Place) => number[] | void} placed
 * @property {(on: On | null) => void} onPath
 */
/** @typedef {Pick<StageMap, "panel" | "plot" | "over"> & { land: Landscape | null, race?: FeltRace }} Under */
/**
 * @typedef {object} Hand
 * @property {Under} map
 * @property {Told} told
 * @property {SVGElement} start
 * @property {ReturnType<typeof readout>} readout
 * @property {Grip | null} dragging
 */

const NUDGE = 0.01;

/** @param {Under} map @param {Told} told @returns {Hand} */
export function hand(map, told) {
  const ring = draw("path");
  const reach = draw("circle", { r: 20, class: "reach" });
  const start = draw("g", {
    class: "start",
    tabindex: 0,
    role: "application",
    "aria-roledescription": "movable start point",
  });
  start.append(reach, ring);
  map.over.svg.append(start);
  map.over.svg.removeAttribute("aria-hidden");
  holdStart(map.over, start, ring);
  const state = { map, told, start, readout: readout(map.panel), dragging: null };
  dragStart(state);
  clicks(map.plot, (event) => {
    const at = where(map, event);
    if (at) told.placed(at);
  });
  hover(state);
  start.addEventListener("keydown", (event) => nudge(state, event));
  return state;
}

// Where the start is on the race that is shown, or was last asked to be: in words, and for whatever draws the ring next.
/** @param {Hand} hand @param {number[]} numbers */
export function placeStart({ start, map, dragging }, [x, y]) {
  start.setAttribute("aria-label", `Start at ${point(x, y)}. Arrow keys move it.`);
  if (!dragging) map.over.underHand = [x, y];
}

// The start follows the pointer. A press beside the ring that does not move is a click like any other.
/** @param {Hand} state */
function dragStart(state) {
  const { start, map, told } = state;
  /** @param {Place | null} at */
  const release = (at) => {
    state.dragging = null;
    moveStart(map.over, (at && told.placed(at)) || told.start());
  };
  drags(start, (pressed) => {
    const by = missed(state, pressed);
    /** @type {Grip} */
    const grip = { at: null };
    state.dragging = grip;
    start.focus({ preventScroll: true });
    return {
      move: ({ clientX, clientY }) => {
        const at = where(map, { clientX: clientX - by[0], clientY: clientY - by[1] });
        if (!at) return;
        grip.at = at;
        if (!told.felt(at)) moveStart(map.over, [at.x, at.y]);
      },
      drop: (event, still) =>
        release(still && Math.hypot(...by) > ringRadius(map.over) ? where(map, event) : grip.at),
      back: () => {
        if (grip.at) told.dropped();
        release(null);
      },
    };
  });
}

// What the pointer misses the start's middle by, it misses all along.
/** @param {Hand} state @param {PointerEvent} event */
function missed({ map, told }, event) {
  const [px, py] = within(map.plot, event);
  const [x, y] = told.start();
  const { axis } = map.over;
  return [px - axis.x.to(x), py - axis.y.to(y)];
}

/** @param {Hand} state @param {KeyboardEvent} event */
function nudge(state, event) {
  const by = ARROWS[event.key];
  if (!by) return;
  settle(event);
  const { axis } = state.map.over;
  const [x, y] = state.told.start();
  const far = NUDGE * (event.shiftKey ? 10 : 1);
  const [wide, high] = [axis.x, axis.y].map((side) => side.high - side.low);
  const at = { x: x + by[0] * far * wide, y: y + by[1] * far * high, width: wide / axis.x.length };
  state.told.felt(at);
  state.told.placed(at);
}

// Hovering says what is marked, and reads the loss and gradient off the grid; near a path the clock
// moves there.
/** @param {Hand} state */
function hover(state) {
  const { map, readout, told } = state;
  map.panel.addEventListener("pointermove", (event) => {
    const hovers = !state.dragging && event.pointerType !== "touch" && !event.buttons && map.land;
    const at = hovers ? where(map, event) : null;
    const [x, y] = told.start();
    const ring = at && markAt([{ x, y }], map.over.axis, at);
    const on = at && !ring ? nearest(map.over.scene, at.px, at.py) : null;
    told.onPath(on);
    if (!at || !map.land || !map.race) return void readout.hide();
    const { land, race, over } = map;
    readout.show(ring ? [`start ${point(x, y)}`] : under({ land, race, over }, at, on), at.px, at.py);
  });
  map.panel.addEventListener("pointerleave", () => {
    readout.hide();
    told.onPath(null);
  });
}

// What lies under the pointer, in words: a path's step, a marked point, or the ground.
/** @param {{ race: FeltRace, land: Landscape, over: Pick<StageMap["over"], "axis"> }} map @param {Spot} at @param {On | null} on */
export function under({ race, land, over }, at, on) {
  const mark = markAt(race.header.ground.critical, over.axis, at);
  if (on) return [...onPath(race, on), ...(mark ? [mark.said] : [])];
  if (!mark) return onGround(land, at);
  return [mark.said, `at ${point(mark.x, mark.y)}`, `loss ${significant(mark.height)}`];
}

const MARK = 9;

/** @template {{ x: number, y: number }} Mark @param {Mark[]} marks @param {Axes} axis @param {Spot} spot */
function markAt(marks, { x, y }, { px, py }) {
  /** @param {Mark} mark */
  const far = (mark) => Math.hypot(x.to(mark.x) - px, y.to(mark.y) - py);
  return marks.filter((mark) => far(mark) < MARK).sort((a, b) => far(a) - far(b))[0];
}

/** @param {Pick<FeltRace, "arrays">} race @param {On} on */
export function onPath({ arrays }, { lane, k, t }) {
  const at = point(...pointAt(arrays[`x${k}`].values, t));
  return [`${lane.label}, step ${t}`, `at ${at}`, `loss ${significant(arrays[`loss${k}`].values[t])}`];
}

// The true loss and gradient at the grid's node nearest to the pointer.
/** @param {Landscape} landscape @param {Place} place */
function onGround({ arrays }, { x, y }) {
  const [xs, ys] = [arrays.x.values, arrays.y.values];
  const [i, j] = [nearestNode(xs, x), nearestNode(ys, y)];
  const node = j * xs.length + i;
  const [gx, gy] = [0, 1].map((s) => arrays.gradient.values[s * xs.length * ys.length + node]);
  return [
    `at ${point(xs[i], ys[j])}`,
    `loss ${significant(arrays.loss.values[node])}`,
    `gradient ${point(gx, gy)}`,
  ];
}

/** @param {ArrayLike<number>} grid @param {number} v */
function nearestNode(grid, v) {
  const last = grid.length - 1;
  const exact = ((v - grid[0]) / (grid[last] - grid[0])) * last;
  return Math.min(Math.max(Math.round(exact), 0), last);
}

// The path point nearest to the pointer, if it is within reach.
/** @param {{ lanes: ({ lane: LaneHeader, trail: { points: Pixel[] } } | null)[] }} scene @param {number} px @param {number} py */
export function nearest({ lanes }, px, py, reach = 7) {
  /** @type {(On & { far: number }) | null} */
  let best = null;
  for (const [k, drawn] of lanes.entries()) {
    if (!drawn) continue;
    for (const [t, [x, y]] of drawn.trail.points.entries()) {
      const far = Math.hypot(x - px, y - py);
      if (far < (best ? best.far : reach)) best = { far, t, k, lane: drawn.lane };
    }
  }
  return best;
}
