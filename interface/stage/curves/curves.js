// The panels of curves that share the clock: loss, effective rate, gradient and memory.

import { axesIn } from "../draw/axes.js";
import { paint, sheet } from "../draw/paint/dom.js";
import { clean, glass, onGlass } from "../draw/paint/glass.js";
import { ruler } from "../draw/ruler.js";
import { curveScene } from "../draw/scene/curves.js";
import { make, overlayOn, within } from "../dom/dom.js";
import { panelCurves, PANELS, rangeOf } from "./kinds.js";

/** @import { FeltRace, Axes } from "../core/stage.d.ts" */
/** @import { Curve, Item, Measure } from "../draw/shapes.d.ts" */
/** @import { Beside } from "./kinds.js" */
/** @import { Colors } from "../core/theme.js" */
/** @import { Sheet } from "../draw/paint/dom.js" */
/** @import { Glass } from "../draw/paint/glass.js" */
/** @typedef {ReturnType<typeof curveScene>} Scene */
/**
 * @typedef {object} Panel
 * @property {HTMLElement} panel
 * @property {string} name
 * @property {Sheet} still
 * @property {HTMLElement} past
 * @property {Sheet} grown
 * @property {Glass} live
 * @property {Sheet} moving
 * @property {Axes | null} axis
 * @property {Scene | null} scene
 * @property {number} type
 * @property {number} width
 * @property {number} steps
 * @property {boolean} ended
 * @property {string} font
 * @property {Measure} measure
 */
/** @typedef {Panel & Beside & { title: HTMLElement, picks: HTMLElement, frame: HTMLElement, shown: boolean }} CurveView */

/** @param {HTMLElement} panel @param {string} name @returns {Panel} */
export function curvePanel(panel, name) {
  const still = sheet(overlayOn(panel), `${name}-still`);
  const past = panel.appendChild(make("div", { class: "past" }));
  const grown = sheet(overlayOn(past), `${name}-grown`);
  const live = glass(panel);
  const moving = sheet(overlayOn(panel), `${name}-moving`);
  const none = { axis: null, scene: null, font: "", measure: () => 0, width: 0, steps: 0, ended: false };
  return { panel, name, still, past, grown, live, moving, type: 13, ...none };
}

// Draw a race's curves on axes that fit them.
/** @param {CurveView} view @param {FeltRace} race @param {Colors} colors @param {boolean} log @param {number} t */
export function drawCurves(view, race, colors, log, t) {
  const { clientWidth: width, clientHeight: height } = view.panel;
  if (!width) return;
  view.width = width;
  const kind = PANELS[view.name];
  const logarithmic = kind.logarithmic(race, log);
  const curves = panelCurves(view.name, race, log, view);
  const range = rangeOf(view.name, race, curves, logarithmic);
  view.steps = race.header.steps;
  const axis = axesIn(room(width, height, view.type), [[0, Math.max(view.steps, 1)], range], logarithmic);
  view.panel.classList.remove("follows");
  Object.assign(view, { axis, scene: null });
  lay(view, axis, curves, colors, t);
}

// What is left of a panel for its curves, beside the axes' numbers.
/** @param {number} width @param {number} height @param {number} type */
function room(width, height, type) {
  const [left, top, right, bottom] = [4 * type, 0.55 * type, 0.9 * type, 1.75 * type];
  const size = { width: Math.max(width - left - right, 20), height: Math.max(height - top - bottom, 20) };
  return { x: left, y: top, ...size };
}

/** @param {CurveView} view @param {Axes} axis @param {Curve[]} curves @param {Colors} colors @param {number} t */
function lay(view, axis, curves, colors, t) {
  if (view.font !== colors.font) Object.assign(view, { font: colors.font, measure: ruler(colors.font) });
  const look = { colors, type: view.type, measure: view.measure };
  const scene = curveScene(curves, axis, look, view.scene?.frame);
  view.scene = scene;
  layStill(view, scene, t);
  paint(view.grown, grown(scene));
  showCursor(view, t);
}

// What stands under the clock; curves that have come to their end have nothing ahead.
/** @param {CurveView} view @param {Scene} scene @param {number} t */
function layStill(view, { still }, t) {
  view.ended = t >= view.steps;
  paint(view.still, view.ended ? still.filter(({ name }) => name !== "curve-ahead") : still);
}

/** @param {Scene} scene */
const grown = (scene) => scene.step(Infinity).filter(grows);

/** @param {Item} item */
const grows = (item) => item.kind === "stroke" && Boolean(item.trail);

// The curves of another race on the axes that stand: quick enough for every frame.
/** @param {CurveView} view @param {FeltRace} race @param {Colors} colors @param {boolean} log @param {number} t */
export function followCurves(view, race, colors, log, t) {
  if (!view.axis) return;
  view.panel.classList.add("follows");
  lay(view, view.axis, PANELS[view.name].curves(race, log, view), colors, t);
}

// Show step t: on a canvas while the clock runs, as elements while it stands. Lines that grow are drawn
// once either way; the step uncovers them.
/** @param {CurveView} view @param {number} t */
export function showCursor(view, t, running = false) {
  const { scene, axis } = view;
  if (!scene || !axis) return;
  const px = axis.x.to(t) + 0.5;
  if (view.ended !== t >= view.steps) layStill(view, scene, t);
  const items = scene.step(t).filter((item) => !grows(item));
  for (const part of [view.past, view.moving.svg]) part.classList.toggle("running", running);
  if (running) return onGlass(view.live, items, view.font, { lines: () => grown(scene), px });
  clean(view.live);
  uncover(view, px);
  return paint(view.moving, items);
}

// What lies right of a place is pushed out of sight: moved layers are neither laid out nor painted.
/** @param {CurveView} curveView @param {number} px */
function uncover({ past, grown, width }, px) {
  const hidden = width - px;
  past.style.transform = `translateX(${-hidden}px)`;
  grown.svg.style.transform = `translateX(${hidden}px)`;
}

// The step under the pointer, or null outside the axes.
/** @param {CurveView} view @param {PointerEvent} event */
export function stepAt(view, event) {
  if (!view.axis) return null;
  const { x } = view.axis;
  const [px] = within(view.panel, event);
  return px < x.offset - 6 || px > x.offset + x.length + 6 ? null : Math.round(x.from(px));
}
