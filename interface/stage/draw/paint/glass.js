// What moves while the clock runs, on a canvas that is wiped for each frame: as elements, all of it
// would be styled, laid out and painted anew. A clock that stands shows it as elements.

import { drawingOn, make } from "../../dom/dom.js";
import { cover, toCanvas } from "./canvas.js";

/** @import { Item } from "../shapes.d.ts" */
/** @typedef {{ canvas: HTMLCanvasElement, context: CanvasRenderingContext2D | null, grown: HTMLCanvasElement | null }} Glass */
/** @typedef {CanvasRenderingContext2D} Context */
/** @typedef {{ lines: () => Item[], px: number }} Past */

/** @param {HTMLElement} panel @returns {Glass} */
export function glass(panel) {
  const canvas = panel.appendChild(make("canvas", { class: "glass", "aria-hidden": "true", width: 0 }));
  return { canvas, context: null, grown: null };
}

// Show these items and nothing else; with `past`, on what lies left of `past.px` of its `lines()`, which
// are drawn once and copied for each frame.
/** @param {Glass} glass @param {Item[]} items @param {string} font @param {Past} [past] */
export function onGlass(glass, items, font, past) {
  const { canvas } = glass;
  const context = (canvas.width && glass.context) || cover(canvas);
  if (context === glass.context) context.clearRect(0, 0, canvas.width, canvas.height);
  else Object.assign(glass, { context, grown: null });
  if (!canvas.width || !canvas.height) return; // its panel is out of sight
  if (past) uncover(glass, context, past, font);
  toCanvas(context, items, font);
}

/** @param {Glass} glass @param {Context} context @param {Past} past @param {string} font */
function uncover(glass, context, { lines, px }, font) {
  const { canvas } = glass;
  const grown = (glass.grown ??= copy(canvas, context, lines(), font));
  const ratio = context.getTransform().a;
  const [width, height] = [Math.round(px * ratio), canvas.height];
  if (width > 0) context.drawImage(grown, 0, 0, width, height, 0, 0, width / ratio, height / ratio);
}

/** @param {Glass} glass */
export function clean(glass) {
  if (!glass.context) return;
  Object.assign(glass, { context: null, grown: null });
  glass.canvas.width = 0;
  glass.canvas.style.width = "0";
}

/** @param {HTMLCanvasElement} canvas @param {Context} context @param {Item[]} lines @param {string} font */
function copy({ width, height }, context, lines, font) {
  const still = make("canvas", { width, height });
  const onStill = drawingOn(still);
  onStill.setTransform(context.getTransform());
  toCanvas(onStill, lines, font);
  return still;
}
