// What moves while the clock runs, on a canvas that is wiped for each frame: as elements, all of it
// would be styled, laid out and painted anew. A clock that stands shows it as elements.

import { make } from "../../dom/dom.js";
import { cover, toCanvas } from "./canvas.js";

export function glass(panel) {
  const canvas = panel.appendChild(make("canvas", { class: "glass", "aria-hidden": "true", width: 0 }));
  return { canvas, context: null, grown: null };
}

// Show these items and nothing else; with `past`, on what lies left of `past.px` of its `lines()`, which
// are drawn once and copied for each frame.
/** @param {{ lines: () => object[], px: number }} [past] */
export function onGlass(glass, items, font, past) {
  const { canvas } = glass;
  if (glass.context && canvas.width) glass.context.clearRect(0, 0, canvas.width, canvas.height);
  else Object.assign(glass, { context: cover(canvas), grown: null });
  if (!canvas.width || !canvas.height) return; // its panel is out of sight
  if (past) uncover(glass, past, font);
  toCanvas(glass.context, items, font);
}

function uncover(glass, { lines, px }, font) {
  const { canvas, context } = glass;
  glass.grown ??= copy(glass, lines(), font);
  const ratio = context.getTransform().a;
  const [width, height] = [Math.round(px * ratio), canvas.height];
  if (width > 0) context.drawImage(glass.grown, 0, 0, width, height, 0, 0, width / ratio, height / ratio);
}

export function clean(glass) {
  if (!glass.context) return;
  Object.assign(glass, { context: null, grown: null });
  glass.canvas.width = 0;
  glass.canvas.style.width = "0";
}

function copy({ canvas, context }, lines, font) {
  const { width, height } = canvas;
  const still = make("canvas", { width, height });
  const onStill = still.getContext("2d");
  onStill.setTransform(context.getTransform());
  toCanvas(onStill, lines, font);
  return still;
}
