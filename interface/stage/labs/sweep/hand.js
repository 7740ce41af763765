// What a hand does on the sweep map: hover reads a cell, a click or a drag puts the cross there.

import { axes, inside } from "../../draw/axes.js";
import { ARROWS, draw, settle, within } from "../../dom/dom.js";
import { clicks, drags } from "../../dom/drag.js";
import { readout } from "../../dom/readout.js";
import { cellAt } from "../../draw/heat.js";
import { nearestStop } from "./axes.js";

/** @import { Axes, Plot } from "../../core/stage.d.ts" */
/** @import { At, SweepMap } from "./cells.js" */
/** @typedef {{ panel: number, x: number, y: number }} Place */
/**
 * @typedef {object} Told
 * @property {() => SweepMap | null} map
 * @property {() => Place | null} place
 * @property {() => string} present
 * @property {(map: SweepMap, at: At) => string[]} words
 * @property {(map: SweepMap, at: At) => void} felt
 * @property {(map: SweepMap, at: At) => void} chosen
 * @property {() => void} dropped
 */
/**
 * @typedef {object} SweepHand
 * @property {Plot} plot
 * @property {SVGElement} svg
 * @property {SVGElement} cross
 * @property {ReturnType<typeof readout>} readout
 * @property {Told} told
 * @property {Axes[]} panels
 * @property {At | null} held
 * @property {ReturnType<typeof setTimeout> | undefined} resting
 */

const REST = 500;

// `told` says which map there is and where the present setting lies on it, and hears what the hand does.
/** @param {HTMLElement} page @param {Plot} plot @param {Told} told @returns {SweepHand} */
export function sweepHand(page, plot, told) {
  const svg = draw("svg", { class: "overlay" });
  const cross = crossElement();
  svg.append(cross);
  page.append(svg);
  const box = readout(page);
  /** @type {SweepHand} */
  const state = {
    ...{ plot, svg, cross, readout: box, told },
    ...{ panels: [], held: null, resting: undefined },
  };
  drags(svg, (event) => press(state, event));
  clicks(svg, (event) => choose(state, under(state, event)));
  svg.addEventListener("pointermove", (event) => read(state, event));
  svg.addEventListener("pointerleave", box.hide);
  cross.addEventListener("keydown", (event) => nudge(state, event));
  return state;
}

function crossElement() {
  const arms = "M-11 0H11M0 -11V11";
  const element = draw("g", {
    class: "sweep-cross",
    tabindex: 0,
    role: "application",
    "aria-roledescription": "movable setting",
  });
  element.append(
    draw("circle", { r: 20, class: "reach" }),
    draw("path", { d: arms, class: "under" }),
    draw("path", { d: arms, class: "over" }),
  );
  return element;
}

// After each drawing: where the panels lie, and the cross among them.
/** @param {SweepHand} state */
export function layOut(state) {
  const { plot, told } = state;
  const count = told.map()?.shape[0] ?? 0;
  state.panels = Array.from({ length: count }, (_, k) => axes(plot, k ? k + 1 : ""));
  showCross(state);
}

/** @param {SweepHand} state */
export function showCross(state) {
  if (state.held) return;
  const at = state.told.place();
  const panel = at && state.panels[at.panel];
  state.cross.classList.toggle("away", !panel);
  if (at && panel) put(state, panel.x.to(at.x), panel.y.to(at.y));
  state.cross.setAttribute("aria-label", `${state.told.present()} Arrow keys move it by a stop.`);
}

/** @param {Pick<SweepHand, "cross">} hand @param {number} px @param {number} py */
function put({ cross }, px, py) {
  cross.setAttribute("transform", `translate(${px.toFixed(1)} ${py.toFixed(1)})`);
}

/** @param {SweepHand} state @param {SweepMap} map @param {At} at */
function show(state, map, at) {
  const { across, up } = map.header.axes;
  const panel = state.panels[at.panel];
  state.cross.classList.remove("away");
  put(state, panel.x.to(across.places[at.col]), panel.y.to(up.places[at.row]));
}

// The cell under the pointer.
/** @param {SweepHand} state @param {PointerEvent} event */
function under(state, event) {
  const map = state.told.map();
  if (!map) return null;
  const [px, py] = within(state.svg, event);
  const panel = state.panels.findIndex((sides) => inside(sides, px, py));
  if (panel < 0) return null;
  const { x, y } = state.panels[panel];
  const found = cellAt(map.grid, x.from(px), y.from(py));
  return found && { panel, ...found };
}

// A finger on the map may want to scroll the page: it drags only by the cross itself.
/** @param {SweepHand} state @param {PointerEvent} event */
function press(state, event) {
  const onCross = state.cross.contains(/** @type {Node} */ (event.target));
  const at = event.pointerType !== "touch" || onCross ? under(state, event) : null;
  if (!at) return null;
  clearTimeout(state.resting);
  state.cross.focus({ preventScroll: true });
  hold(state, at);
  return {
    move: (/** @type {PointerEvent} */ moved) => hold(state, under(state, moved)),
    drop: () => finish(state),
    back: () => drop(state),
  };
}

/** @param {SweepHand} state @param {At | null} at */
function hold(state, at) {
  const [map, { held }] = [state.told.map(), state];
  if (!map || !at || (held?.panel === at.panel && held.row === at.row && held.col === at.col)) return;
  state.held = at;
  show(state, map, at);
  state.told.felt(map, at);
}

/** @param {SweepHand} state @param {At | null} at */
function choose({ told }, at) {
  const map = told.map();
  if (map && at) told.chosen(map, at);
}

/** @param {SweepHand} state */
function finish(state) {
  const at = state.held;
  state.held = null;
  choose(state, at);
}

/** @param {SweepHand} state */
function drop(state) {
  state.held = null;
  state.told.dropped();
  showCross(state);
}

/** @param {SweepHand} state @param {PointerEvent} event */
function read(state, event) {
  const [map, at] = [state.told.map(), under(state, event)];
  if (!at || !map || event.pointerType === "touch") return void state.readout.hide();
  state.readout.show(state.told.words(map, at), ...within(state.svg, event));
}

// Arrow keys walk from stop to stop; the setting is kept when they rest.
/** @param {SweepHand} state @param {KeyboardEvent} event */
function nudge(state, event) {
  const by = ARROWS[event.key];
  const map = state.told.map();
  if (!by || !map) return;
  settle(event);
  const from = state.held || nearestCellTo(map, state.told.place());
  if (!from) return;
  const stops = [map.shape[2], map.shape[1]];
  const [col, row] = [from.col + by[0], from.row + by[1]].map((k, side) =>
    Math.min(Math.max(k, 0), stops[side] - 1),
  );
  hold(state, { panel: from.panel, row, col });
  clearTimeout(state.resting);
  state.resting = setTimeout(() => finish(state), REST);
}

/** @param {SweepMap} map @param {Place | null} at */
function nearestCellTo(map, at) {
  if (!at) return { panel: 0, row: 0, col: 0 };
  const { across, up } = map.header.axes;
  return { panel: at.panel, row: nearestStop(up, at.y), col: nearestStop(across, at.x) };
}
