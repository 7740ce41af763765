// Beside the landscape, the model itself: the data with every lane's curve at the clock's step. The
// start's curve can be dragged by its two grips, which moves the start.

import { enlarger } from "../curves/panels.js";
import { rows } from "../core/packet.js";
import { later } from "../dom/lazy.js";
import { clicks, drags } from "../dom/drag.js";
import { make, overlayOn, within } from "../dom/dom.js";
import { axesIn } from "../draw/axes.js";
import { paint, sheet } from "../draw/paint/dom.js";
import { ruler } from "../draw/ruler.js";
import { through } from "./links.js";
import { dataScene, fitScene, grips, ranges } from "./scene.js";

/** @import { Axes, Stage } from "../core/stage.d.ts" */
/** @import { ModelHeader } from "../core/packets.d.ts" */
/** @import { Look } from "../draw/shapes.d.ts" */
/** @import { Sheet } from "../draw/paint/dom.js" */
/** @import { Model } from "./scene.js" */
/** @typedef {{ clientX: number, clientY: number }} Pointed */
/**
 * @typedef {object} Panel
 * @property {Stage} stage
 * @property {HTMLElement} panel
 * @property {HTMLElement} title
 * @property {HTMLElement} canvas
 * @property {Sheet} still
 * @property {Sheet} moving
 * @property {ModelHeader | null} told
 * @property {Model | null} data
 * @property {Axes | null} axis
 * @property {Look | null} look
 * @property {ReturnType<typeof dotsOn>} dots
 * @property {ReturnType<typeof gripAt>} held
 */

const REACH = 22;
const DIGITS = 4;

/** @param {Stage} stage */
export function model(stage) {
  const title = make("h2", { class: "panel-title" });
  const canvas = make("div", { class: "canvas" });
  const bar = make("div", { class: "panel-bar" }, title, enlarger(stage, "model", "data and model"));
  const panel = make("div", { class: "panel curve model", "data-panel": "model", hidden: true }, bar, canvas);
  stage.side.before(panel);
  /** @param {string} name */
  const layer = (name) => sheet(overlayOn(canvas), name);
  /** @type {Panel} */
  const state = {
    ...{ stage, panel, title, canvas, still: layer("model-still"), moving: layer("model-moving") },
    ...{ told: null, data: null, axis: null, look: null, held: null },
    dots: dotsOn(stage, canvas, () => state),
  };
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
/** @param {Panel} state */
function data(state) {
  const { race } = state.stage;
  const told = race.header.model;
  if (!told) return null;
  if (state.told !== told) Object.assign(state, { told, data: { ...told, rows: rows(race.arrays.dots) } });
  return state.data;
}

/** @param {Stage} stage @returns {HTMLElement | null} */
const enlarged = ({ panels }) => panels.querySelector(".enlarge[data-for=model]");

/** @param {Panel} state */
function arrange(state) {
  const { stage, panel } = state;
  panel.hidden = !data(state);
  stage.panels.classList.toggle("modelled", !panel.hidden);
  if (panel.hidden && stage.large === "model") enlarged(stage)?.click();
}

// The frame and the data, on axes that fit them.
/** @param {Panel} state */
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
  if (found.own || state.dots.now()) ownPoints(state);
  show(state);
}

// The heading says what lies up, before all else where there is no room for both.
/** @param {HTMLElement} title @param {string} up */
function entitle(title, up) {
  title.textContent = `Data and model: ${up}`;
  if (title.scrollWidth > title.clientWidth) title.textContent = up;
}

// Points of one's own can be held; what holds them is fetched when the first are shown. In a saved page
// nobody is there to take in what is done with them.
/** @param {Panel} state */
async function ownPoints(state) {
  if (!state.stage.component.offline) (await state.dots.get()).lay();
}

/** @param {Stage} stage @param {HTMLElement} canvas @param {() => Panel} now */
const dotsOn = (stage, canvas, now) =>
  later(
    () => import("./dots.js"),
    canvas,
    ({ dots }) =>
      dots(stage, canvas, {
        at: () => held(now()),
        preview: (k, at) => preview(now(), k, at),
        yields: (event, far) => (gripAt(now(), event)?.far ?? Infinity) < far,
      }),
  );

// What is drawn, with its axis.
/** @param {Panel} state */
function held(state) {
  const found = data(state);
  return found && state.axis ? { ...found, axis: state.axis } : null;
}

// One row where the pointer has it, or all where they are.
/** @param {Panel} state @param {number} k @param {number[] | null} at */
function preview(state, k, at) {
  const [found, { axis, look }] = [data(state), state];
  if (!found || !axis || !look) return;
  const rows = found.rows.map((row, n) => (at && n === k ? [axis.x.from(at[0]), axis.y.from(at[1])] : row));
  paint(state.still, dataScene({ ...found, rows }, axis, look));
}

/** @param {Panel} state */
function show(state) {
  const [found, { axis, look }] = [data(state), state];
  if (!found || !axis || !look) return;
  const held = state.held && [state.held.u, state.held.other[0]];
  paint(state.moving, fitScene(found, state.stage.race, state.stage.clock.t, axis, look, held));
}

/** @param {Panel} state */
function drag(state) {
  const { canvas, stage } = state;
  drags(canvas, (pressed) => {
    state.held = gripAt(state, pressed);
    if (!state.held) return null;
    return {
      move: (event) => {
        const start = moved(state, event);
        if (start) stage.feel(start);
      },
      drop: (event) => {
        const start = moved(state, event);
        state.held = null;
        if (start) stage.tell("placed", start);
      },
      back: () => {
        state.held = null;
        stage.putBack();
      },
    };
  });
  clicks(canvas, (event) => state.dots.now()?.touch(within(canvas, event)));
  canvas.addEventListener("pointermove", (event) => {
    if (!state.held) canvas.classList.toggle("grips", Boolean(gripAt(state, event)));
  });
}

// The grip under the pointer, how far from it that is, and the one that stays where it is.
/** @param {Panel} state @param {Pointed} event @returns {{ u: number, other: number[], far: number } | null} */
function gripAt(state, event) {
  const found = data(state);
  if (!found || !state.axis) return null;
  const { axis } = state;
  const [x, y] = state.stage.race.header.start;
  const [px, py] = within(state.canvas, event);
  const both = grips(found, { x, y }, axis);
  const all = both.map(([u, v]) => Math.hypot(axis.x.to(u) - px, axis.y.to(v) - py));
  const far = Math.min(...all);
  const taken = all.indexOf(far);
  return far < REACH ? { u: both[taken][0], other: both[1 - taken], far } : null;
}

// The start whose curve goes through the pointer and the other grip.
/** @param {Panel} state @param {Pointed} event */
function moved(state, event) {
  const [found, { held: grip, axis }] = [data(state), state];
  if (!found || !grip || !axis) return null;
  const v = axis.y.from(within(state.canvas, event)[1]);
  const { x, y } = through(found, [[grip.u, v], grip.other]);
  /** @param {number} value */
  const short = (value) => Number(value.toPrecision(DIGITS));
  return { x: short(x), y: short(y) };
}
