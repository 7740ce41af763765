// A map's cells in quick colors under its plot: while more of them come, or follow the hand. Where
// they are shown, Plotly's own cells are not.

import { drawingOn, make } from "../dom/dom.js";
import { clipTo, coverAt } from "./paint/canvas.js";
import { boxOf } from "./scene/shapes.js";
import { axes } from "./axes.js";
import { channelsAt, rgb } from "./colors.js";

/** @import { Plot } from "../core/stage.d.ts" */
/** @import { Scale } from "../core/theme.js" */
/** @typedef {{ columns: number, rows: number, colors: Uint32Array, window: number[][], name?: string }} Panel */

/** @param {Plot} plot */
export function quickCells(plot) {
  const canvas = make("canvas", { class: "cells", "aria-hidden": "true" });
  plot.before(canvas);
  return {
    // `panels` have { columns, rows, colors, window, name }: a color a cell, as red, green, blue and
    // opacity in one whole number, the first row at the bottom; `name` is the axes' in the layout.
    /** @param {Panel[]} panels */
    show: (panels) => show(plot, canvas, panels),
    clear: () => {
      plot.classList.remove("quick");
      canvas.width = 0;
    },
  };
}

/** @param {Plot} plot @param {HTMLCanvasElement} canvas @param {Panel[]} panels */
function show(plot, canvas, panels) {
  if (!plot._fullLayout) return;
  const context = coverAt(canvas, plot, 1);
  context.imageSmoothingEnabled = false;
  for (const panel of panels) draw(context, plot, panel);
  plot.classList.add("quick");
}

/** @param {CanvasRenderingContext2D} context @param {Plot} plot @param {Panel} panel */
function draw(context, plot, { columns, rows, colors, window: [across, up], name = "" }) {
  const { x, y } = axes(plot, name);
  context.save();
  clipTo(context, boxOf({ x, y }));
  const [left, top] = [x.to(across[0]), y.to(up[1])];
  const picture = pictureOf(colors, columns, rows);
  context.drawImage(picture, left, top, x.to(across[1]) - left, y.to(up[0]) - top);
  context.restore();
}

// Such colors as a picture, a pixel each.
/** @param {Uint32Array} colors @param {number} columns @param {number} rows */
export function pictureOf(colors, columns, rows) {
  const picture = make("canvas", { width: columns, height: rows });
  const ground = drawingOn(picture);
  const image = ground.createImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  for (let row = 0; row < rows; row++) {
    pixels.set(colors.subarray((rows - 1 - row) * columns, (rows - row) * columns), row * columns);
  }
  ground.putImageData(image, 0, 0);
  return picture;
}

// A color as one number, and 256 of a scale.
/** @param {string} hex */
export const packed = (hex) => whole(rgb(hex));
/** @param {Scale} scale */
export const shades = (scale) =>
  Uint32Array.from({ length: 256 }, (_, v) => whole(channelsAt(scale, v / 255).map(Math.round)));

/** @param {number[]} channels */
const whole = ([red, green, blue]) => ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
