// While a number of the surface slides, the map's ground follows in coarse colors; the contours
// come when the hand rests.

import { pictureOf, shades } from "../draw/cells.js";
import { clipTo, coverAt } from "../draw/paint/canvas.js";
import { boxOf } from "../draw/scene/shapes.js";
import { make } from "../dom/dom.js";

/** @import { Axes } from "../core/stage.d.ts" */
/** @import { StageMap } from "./map.js" */
/** @import { Scale } from "../core/theme.js" */
/** @typedef {{ bytes: Uint8Array, side: number }} Coarse */

/** @param {StageMap} map */
export function preview(map) {
  const canvas = make("canvas", { class: "preview", "aria-hidden": "true" });
  map.plot.after(canvas);
  return {
    /** @param {Coarse | null} ground */
    show: (ground) => show(map, canvas, ground),
    clear: () => void (canvas.width && (canvas.width = 0)), // setting it is work even where it is 0
  };
}

// `ground` is { bytes, side }: the colors of a square by rows, the lowest y first.
/** @param {StageMap} map @param {HTMLCanvasElement} canvas @param {Coarse | null} ground */
function show(map, canvas, ground) {
  const { window, colors } = map;
  if (!ground || !window) return;
  const { axis } = map.over;
  const context = coverAt(canvas, map.panel, 1);
  canvas.dataset.side = String(ground.side);
  clipTo(context, boxOf(axis));
  context.imageSmoothingQuality = "high";
  context.drawImage(painted(ground, colors.scale), ...place(window, axis, ground.side));
}

// Nodes stand at the middle of pixels, so the picture reaches half a pixel beyond the window.
/** @param {number[][]} window @param {Axes} axes @param {number} side @returns {[number, number, number, number]} */
export function place([[x0, x1], [y0, y1]], { x, y }, side) {
  const [wide, high] = [x.to(x1) - x.to(x0), y.to(y0) - y.to(y1)];
  const [px, py] = [wide / (side - 1), high / (side - 1)];
  return [x.to(x0) - px / 2, y.to(y1) - py / 2, wide + px, high + py];
}

// Those colors as a picture, a pixel each.
/** @param {Coarse} coarse @param {Scale} scale */
export function painted({ bytes, side }, scale) {
  const table = shades(scale);
  return pictureOf(
    Uint32Array.from(bytes, (shade) => table[shade]),
    side,
    side,
  );
}
