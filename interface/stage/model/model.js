// Beside the landscape, the model itself: the data with every lane's curve at the clock's step. The
// start's curve can be dragged by its two grips, which moves the start.

import { enlarger } from "../curves/panels.js";
import { rows } from "../core/packet.js";
import { draw, make } from "../dom/dom.js";
import { axesIn } from "../draw/axes.js";
import { paint, sheet } from "../draw/paint/dom.js";
import { ruler } from "../draw/ruler.js";
import { through } from "./links.js";
import { dataScene, fitScene, grips, ranges } from "./scene.js";

/** @import { State } from "../core/stage.d.ts" */

const REACH = 22;
const CLICK = 5;
const DIGITS = 4;

export function model(stage) {
  const title = make("h2", { class: "panel-title" });
  const canvas = make("div", { class: "canvas" });
  const bar = make("div", { class: "panel-bar" }, title, enlarger(stage, "model", "data and model"));
  const panel = make("div", { class: "panel curve model", "data-panel": "model", hidden: true }, bar, canvas);
  stage.side.before(panel);
  const layer = (name) =>
    sheet(canvas.appendChild(draw("svg", { class: "overlay", "aria-hidden": "true" })), name);
  /** @type {State} */
  const state = { stage, panel, title, canvas, still: layer("model-still"), moving: layer("model-moving") };
  drag(state);
  const all = () => lay(state);
  return {
    race: () => {
      arrange(state);
      setTimeout(all);
    },
    felt: () => show(state),
    step: () => show(state),
    theme: all,
    resize: all,
  };
}

// What is told of the model, with the rows as pairs.
function data(state) {
  const { race } = state.stage;
  if (!race?.header.model) return null;
  if (state.told !== race.header.model) {
    state.told = race.header.model;
    state.data = { ...state.told, rows: rows(race.arrays.dots) };
  }
  return state.data;
}

function arrange(state) {
  const { stage, panel } = state;
  panel.hidden = !data(state);
  stage.panels.classList.toggle("modelled", !panel.hidden);
  if (panel.hidden && stage.large === "model") stage.panels.querySelector(".enlarge[data-for=model]").click();
}

// The frame and the data, on axes that fit them.
function lay(state) {
  const { stage, canvas } = state;
  const { clientWidth: width, clientHeight: height } = canvas;
  const found = data(state);
  if (!found || !width) return;
  const type = stage.map.over.type;
  const box = { x: 3.6 * type, y: 0.5 * type, width: width - 4.4 * type, height: height - 3.4 * type };
  state.axis = axesIn({ ...box, height: Math.max(box.height, 20) }, ranges(found));
  state.look = { colors: stage.colors, type, measure: ruler(stage.colors.font) };
  entitle(state.title, found.up);
  paint(state.still, dataScene(found, state.axis, state.look));
  if (found.own || state.dots) ownPoints(state);
  show(state);
}

// The heading says what lies up, before all else where there is no room for both.
function entitle(title, up) {
  title.textContent = `Data and model: ${up}`;
  if (title.scrollWidth > title.clientWidth) title.textContent = up;
}

// Points of one's own can be held; what holds them is fetched when the first are shown. In a saved page
// nobody is there to take in what is done with them.
async function ownPoints(state) {
  const { stage, canvas } = state;
  if (stage.component?.offline) return;
  state.waiting ||= import("./dots.js");
  const { dots } = await state.waiting;
  state.dots ||= dots(
    stage,
    canvas,
    () => held(state),
    (k, at) => preview(state, k, at),
  );
  state.dots.lay();
}

// What is drawn, with its axis.
function held(state) {
  const found = data(state);
  return found && state.axis ? { ...found, axis: state.axis } : null;
}

// One row where the pointer has it, or all where they are.
function preview(state, k, at) {
  const found = data(state);
  const { x, y } = state.axis;
  const rows = found.rows.map((row, n) => (at && n === k ? [x.from(at[0]), y.from(at[1])] : row));
  paint(state.still, dataScene({ ...found, rows }, state.axis, state.look));
}

function show(state) {
  const found = data(state);
  if (!found || !state.axis) return;
  const held = state.held && [state.held.u, state.held.other[0]];
  paint(state.moving, fitScene(found, state.stage.race, state.stage.clock.t, state.axis, state.look, held));
}

function drag(state) {
  const { canvas, stage } = state;
  canvas.addEventListener("pointerdown", (event) => {
    state.held = gripAt(state, event);
    if (state.held) canvas.setPointerCapture(event.pointerId);
    state.pressed = state.held || event.button ? null : [event.clientX, event.clientY];
  });
  canvas.addEventListener("pointermove", (event) => {
    if (state.held) stage.feel(moved(state, event));
    else canvas.classList.toggle("grips", Boolean(gripAt(state, event)));
  });
  canvas.addEventListener("pointerup", (event) => {
    if (state.held) stage.tell("placed", moved(state, event));
    else if (still(state, event)) state.dots?.touch(at(state, event));
    state.held = state.pressed = null;
  });
  canvas.addEventListener("pointercancel", () => {
    state.held = state.pressed = null;
    stage.letGo();
  });
}

// The grip under the pointer, and the one that stays where it is.
function gripAt(state, event) {
  const found = data(state);
  if (!found || !state.axis) return null;
  const { axis } = state;
  const [x, y] = state.stage.race.header.start;
  const [px, py] = at(state, event);
  const both = grips(found, { x, y }, axis);
  const taken = both.findIndex(([u, v]) => Math.hypot(axis.x.to(u) - px, axis.y.to(v) - py) < REACH);
  return taken < 0 ? null : { u: both[taken][0], other: both[1 - taken] };
}

// A press that has not moved is a click; a finger that scrolls is none.
function still({ pressed }, { clientX, clientY }) {
  return pressed && Math.hypot(clientX - pressed[0], clientY - pressed[1]) < CLICK;
}

function at({ canvas }, event) {
  const box = canvas.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
}

// The start whose curve goes through the pointer and the other grip.
function moved(state, event) {
  const { u, other } = state.held;
  const v = state.axis.y.from(at(state, event)[1]);
  const { x, y } = through(data(state), [[u, v], other]);
  const short = (value) => Number(value.toPrecision(DIGITS));
  return { x: short(x), y: short(y) };
}
