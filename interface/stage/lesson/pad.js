// A loss curve drawn by hand: seven knots on a logarithmic axis, dragged or moved by the arrow keys.

import { draw, fill, make, settle } from "../dom/dom.js";
import { drags } from "../dom/drag.js";
import { general, significant } from "../core/format.js";

/** @import { CurveAsked } from "../core/packets.d.ts" */
/** @import { Field, Panel } from "./told.d.ts" */
/** @typedef {{ high: number, low: number, steps: number[] }} Axis */
/** @typedef {{ touched: boolean, powers: number[] }} Drawn */
/** @typedef {(k: number, power: number) => void} Put */

const [WIDTH, HEIGHT] = [420, 300];
const EDGE = { left: 64, right: 22, top: 14, bottom: 34 };
const [UP, DOWN] = [2, 8];
const STEP = 0.25;
const TOLD =
  "Draw the curve beside the map, or move its knots: Tab, then the arrow keys. It begins at the loss of the start.";

/** @param {Panel} state @param {CurveAsked} asked @param {() => void} ready @returns {Field} */
export function pad(state, { steps, first, lane }, ready) {
  const top = Math.log10(first || 1);
  const axis = { high: Math.ceil(top + UP), low: Math.floor(top - DOWN), steps };
  const field = { touched: false, powers: steps.map(() => top) };
  const line = draw("path", { class: "drawn" });
  const said = { class: "pad", role: "group", "aria-label": `Loss of ${lane}` };
  const svg = draw("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, ...said }, ...ticks(axis), line);
  const lay = () => {
    const spots = field.powers.map((p, k) => `${across(axis, k)} ${up(axis, p)}`);
    line.setAttribute("d", `M${spots.join("L")}`);
    knots.forEach((knot, k) => setKnot(knot, axis, field, k));
  };
  /** @type {Put} */
  const put = (k, power) => {
    if (k === 0) return;
    field.powers[k] = Math.min(Math.max(power, axis.low), axis.high);
    field.touched = true;
    lay();
    ready();
  };
  const knots = steps.map((_, k) => knot(k, field, put));
  svg.append(...knots);
  byHand(svg, axis, field, put);
  lay();
  const title = `Draw the loss of ${lane} above the minimum`;
  const panel = make("div", { class: "panel pad-panel" }, make("h2", { class: "panel-title" }, title), svg);
  state.stage.side.append(panel);
  return {
    element: make("p", { class: "lesson-text" }, TOLD),
    read: () => (field.touched ? field.powers.map((p) => general(Number(p.toFixed(2)), 3)).join(",") : ""),
    remove: () => panel.remove(),
  };
}

/** @param {Axis} axis @param {number} k */
const across = ({ steps }, k) =>
  EDGE.left + ((WIDTH - EDGE.left - EDGE.right) * steps[k]) / steps[steps.length - 1];
/** @param {Axis} axis @param {number} power */
const up = ({ low, high }, power) =>
  EDGE.top + ((HEIGHT - EDGE.top - EDGE.bottom) * (high - power)) / (high - low);

/** @param {Axis} axis */
function ticks(axis) {
  /** @type {SVGElement[]} */
  const found = [];
  for (let power = axis.low; power <= axis.high; power += 2) {
    const y = up(axis, power);
    found.push(draw("line", { x1: EDGE.left, x2: WIDTH - EDGE.right, y1: y, y2: y, class: "grid" }));
    const label = { x: EDGE.left - 6, y: y + 4, class: "tick", "text-anchor": "end" };
    found.push(draw("text", label, significant(10 ** power)));
  }
  axis.steps.forEach((t, k) => {
    const label = { x: across(axis, k), y: HEIGHT - 12, class: "tick", "text-anchor": "middle" };
    found.push(draw("text", label, String(t)));
  });
  return found;
}

/** @param {number} k @param {Drawn} field @param {Put} put */
function knot(k, field, put) {
  const dot = draw("circle", { r: 6, class: "knot", role: "slider", "aria-orientation": "vertical" });
  if (k) dot.setAttribute("tabindex", "0");
  dot.addEventListener("keydown", (event) => {
    const by = { ArrowUp: STEP, ArrowDown: -STEP, PageUp: 2, PageDown: -2 }[event.key];
    if (!by) return;
    settle(event);
    put(k, field.powers[k] + by);
  });
  return dot;
}

/** @param {SVGElement} dot @param {Axis} axis @param {Drawn} field @param {number} k */
function setKnot(dot, axis, { powers }, k) {
  fill(dot, {
    ...{ cx: across(axis, k), cy: up(axis, powers[k]), "aria-label": `Loss at step ${axis.steps[k]}` },
    ...{ "aria-valuemin": axis.low, "aria-valuemax": axis.high, "aria-valuenow": powers[k].toFixed(2) },
    "aria-valuetext": significant(10 ** powers[k], 2),
  });
}

// A pointer that is down moves the nearest knot to its height.
/** @param {SVGSVGElement} svg @param {Axis} axis @param {Drawn} field @param {Put} put */
function byHand(svg, axis, { powers }, put) {
  /** @param {PointerEvent} event */
  const at = ({ clientX, clientY }) => {
    const point = new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM()?.inverse());
    const all = axis.steps.map((_, k) => Math.abs(across(axis, k) - point.x));
    const k = all.indexOf(Math.min(...all));
    const share = (point.y - EDGE.top) / (HEIGHT - EDGE.top - EDGE.bottom);
    put(k, axis.high - share * (axis.high - axis.low));
  };
  drags(svg, (event) => {
    const before = [...powers];
    at(event);
    return { move: at, drop: at, back: () => before.forEach((power, k) => put(k, power)) };
  });
}
