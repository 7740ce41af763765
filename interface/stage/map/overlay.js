// What lies on the map: the scene's still part on a sheet below, what moves with the clock above it,
// and the start that can be dragged.

import { axes, axesIn } from "../draw/axes.js";
import { ruler } from "../draw/ruler.js";
import { cover, toCanvas } from "../draw/paint/canvas.js";
import { adopt, paint, repaint, sheet } from "../draw/paint/dom.js";
import { clean, glass, onGlass } from "../draw/paint/glass.js";
import { dry, ink, inkTo } from "../draw/paint/ink.js";
import { groundShapes, mapScene } from "../draw/scene/map.js";
import { make, overlayOn } from "../dom/dom.js";
import { significant } from "../core/format.js";

/** @import { Axes, Box, FeltRace, Plot } from "../core/stage.d.ts" */
/** @import { Item, Look, MapRace, Measure } from "../draw/shapes.d.ts" */
/** @import { Colors } from "../core/theme.js" */
/** @import { Sheet } from "../draw/paint/dom.js" */
/** @import { Glass } from "../draw/paint/glass.js" */
/** @import { Ink } from "../draw/paint/ink.js" */
/** @import { Ground, MapScene } from "../draw/scene/map.js" */
/**
 * @typedef {object} Overlay
 * @property {HTMLElement} panel
 * @property {SVGElement} svg
 * @property {HTMLCanvasElement} fan
 * @property {string} fanned
 * @property {Sheet} still
 * @property {Ink} inked
 * @property {Glass} live
 * @property {Sheet} moving
 * @property {Axes} axis
 * @property {Box[]} taken
 * @property {{ told: unknown[], shapes: ReturnType<typeof groundShapes> } | null} plain
 * @property {MapScene} scene
 * @property {{ t: number, running: boolean }} shown
 * @property {number} type
 * @property {string} font
 * @property {Measure} measure
 * @property {boolean} ended
 * @property {number[]} [underHand]
 */

const TYPE = 13;

// What lies on a map before its first landscape.
const NOWHERE = axesIn({ x: 0, y: 0, width: 0, height: 0 }, [
  [0, 1],
  [0, 1],
]);
/** @type {MapScene} */
const EMPTY = { lanes: [], steps: 0, ring: () => [], fan: () => [], still: [], step: () => [] };

/** @param {HTMLElement} panel @returns {Overlay} */
export function overlay(panel, name = "map") {
  const fan = panel.appendChild(make("canvas", { class: "fan", "aria-hidden": "true" }));
  const still = sheet(overlayOn(panel), `${name}-still`);
  const inked = ink(panel);
  const live = glass(panel);
  const svg = overlayOn(panel);
  const moving = sheet(svg, `${name}-moving`);
  return {
    ...{ panel, svg, fan, fanned: "", still, inked, live, moving, axis: NOWHERE, scene: EMPTY },
    ...{ taken: [], plain: null, shown: { t: 0, running: false }, ended: false },
    ...{ type: TYPE, font: "", measure: () => 0 },
  };
}

// The element that stands for the start: `place` is moved, `shape` drawn as the scene has it.
/** @param {Overlay} overlay @param {Element} place @param {SVGElement} shape */
export const holdStart = ({ moving }, place, shape) => adopt(moving, "start", place, shape);

// Lay everything out anew: after new data, a zoom, a resize or a change of theme. `race` may have
// `held` paths and a fan; `ground` is the landscape as the scene has it.
/** @param {Overlay} over @param {Plot} plot @param {MapRace} race @param {Ground} ground @param {Colors} colors */
export function layOut(over, plot, race, ground, colors) {
  over.axis = axes(plot);
  if (over.font !== colors.font) Object.assign(over, { font: colors.font, measure: ruler(colors.font) });
  if (!race.header.changes) over.taken = buttons(over.panel);
  const look = { colors, type: over.type, measure: over.measure, taken: over.taken };
  over.scene = mapScene(race, ground, over.axis, look, plainOf(over, ground, look));
  dry(over.inked);
  layFan(over, race, colors);
  layStill(over, over.shown.t);
}

// What stands under the clock; a path that has come to its end needs no road ahead.
/** @param {Overlay} over @param {number} t */
function layStill(over, t) {
  over.ended = t >= over.scene.steps;
  const { still } = over.scene;
  paint(over.still, over.ended ? still.filter(({ name }) => name !== "road") : still);
}

/** @param {Axes} axes */
const placeOf = ({ x, y }) =>
  String([x, y].flatMap(({ low, high, offset, length }) => [low, high, offset, length]));

// The landscape's own shapes, which stand while paths follow the hand.
/** @param {Overlay} over @param {Ground} ground @param {Look} look */
function plainOf(over, ground, look) {
  const told = [placeOf(over.axis), look.type, look.colors, ground.scale, ground.critical];
  const { plain } = over;
  if (plain && told.every((value, k) => value === plain.told[k])) return plain.shapes;
  const shapes = groundShapes(ground, over.axis, look);
  over.plain = { told, shapes };
  return shapes;
}

// A fan has too many lines for elements; it is painted again only where it is another picture.
/** @param {Overlay} over @param {MapRace} mapRace @param {Colors} colors */
function layFan(over, { fanned }, colors) {
  const told = fanned ? [fanned.told, placeOf(over.axis), colors.dark, over.type].join() : "";
  if (told === over.fanned) return;
  over.fanned = told;
  over.fan.width = 0;
  if (told) toCanvas(cover(over.fan), over.scene.fan(), colors.font);
}

// The start is under the hand, at [x, y]; or no longer, with null. What follows it comes with a race.
/** @param {Overlay} over @param {number[] | null} at */
export function moveStart(over, at) {
  over.underHand = at ?? undefined;
  if (at) over.scene.ring(at).forEach((item) => repaint(over.moving, item));
  else showStep(over, over.shown.t, over.shown.running);
}

// Where buttons lie on the panel, so that names keep clear of them.
/** @param {HTMLElement} panel @returns {Box[]} */
function buttons(panel) {
  /** @type {NodeListOf<HTMLElement>} */
  const found = panel.querySelectorAll(":scope > button:not([hidden])");
  return [...found].map(({ offsetLeft, offsetTop, offsetWidth, offsetHeight }) => {
    return { x: offsetLeft - 4, y: offsetTop - 4, width: offsetWidth + 8, height: offsetHeight + 8 };
  });
}

// Show step t: of a clock that runs on canvases, of one that stands as elements, which can be read and
// zoomed. The start, which can be dragged, stays an element and does not move with the clock.
/** @param {Overlay} over @param {number} t */
export function showStep(over, t, running = false) {
  const items = over.scene.step(t, over.underHand);
  over.shown = { t, running };
  if (over.ended !== t >= over.scene.steps) layStill(over, t);
  over.svg.classList.toggle("running", running);
  if (running) return run(over, items, t);
  dry(over.inked);
  clean(over.live);
  return paint(over.moving, items);
}

/** @param {Overlay} overlay @param {Item[]} items @param {number} t */
function run({ inked, live, font }, items, t) {
  inkTo(inked, items, t);
  const moving = items.filter((item) => !("trail" in item) && item.key !== "start");
  onGlass(live, moving, font);
}

/** @param {FeltRace} race @param {number} t */
export function describe(race, t) {
  return race.header.lanes
    .filter((lane) => lane.visible)
    .map((lane) => {
      const k = race.header.lanes.indexOf(lane);
      if (lane.diverged >= 0 && t >= lane.diverged) return `${lane.label}: ${lane.gone}`;
      return `${lane.label}: loss ${significant(race.arrays[`loss${k}`].values[t], 4)}`;
    })
    .join("; ");
}
