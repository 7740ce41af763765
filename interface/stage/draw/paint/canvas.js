// A scene on a 2-D canvas: the frames of films, and what has too many lines for the document.

import { drawingOn } from "../../dom/dom.js";
import { outline } from "../scene/shapes.js";

/** @import { Item, Mark, Stroke, Words, Box } from "../shapes.d.ts" */
/** @typedef {CanvasRenderingContext2D} Context */

/** @type {Record<string, CanvasTextAlign>} */
const ANCHORS = { start: "left", middle: "center", end: "right" };

/** @param {Context} context @param {Item[]} items @param {string} font */
export function toCanvas(context, items, font) {
  for (const item of items) {
    context.save();
    if (item.clip) clipTo(context, item.clip);
    context.globalAlpha = item.opacity ?? 1;
    context.lineJoin = context.lineCap = "round";
    draw(context, item, font);
    context.restore();
  }
}

/** @param {Context} context @param {Box} box */
export function clipTo(context, { x, y, width, height }) {
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
}

// A canvas that covers its parent, sharp on screens of any density; everything on it is gone.
/** @param {HTMLCanvasElement} canvas */
export const cover = (canvas) =>
  coverAt(canvas, /** @type {HTMLElement} */ (canvas.parentElement), globalThis.devicePixelRatio || 1);

// A canvas that covers an element, of so many points a pixel.
/** @param {HTMLCanvasElement} canvas @param {HTMLElement} element @param {number} ratio */
export function coverAt(canvas, { clientWidth, clientHeight }, ratio) {
  Object.assign(canvas, { width: clientWidth * ratio, height: clientHeight * ratio });
  Object.assign(canvas.style, { width: `${clientWidth}px`, height: `${clientHeight}px` });
  const context = drawingOn(canvas);
  context.scale(ratio, ratio);
  return context;
}

/** @param {Context} context @param {Item} item @param {string} font */
function draw(context, item, font) {
  if (item.kind === "stroke") CANVAS.stroke(context, item);
  else if (item.kind === "mark") CANVAS.mark(context, item);
  else CANVAS.words(context, item, font);
}

const CANVAS = {
  /** @param {Context} context @param {Stroke} item */
  stroke(context, item) {
    const { stroke, width, dash = [], flat } = item;
    context.setLineDash(dash);
    if (dash.length || flat) context.lineCap = "butt";
    Object.assign(context, { strokeStyle: stroke, lineWidth: width });
    context.stroke(new Path2D(outline(item)));
  },
  /** @param {Context} context @param {Mark} mark */
  mark(context, { d, x, y, scale, turn = 0, fill, stroke, width = 0 }) {
    context.translate(x, y);
    context.rotate((turn * Math.PI) / 180);
    context.scale(scale, scale);
    const path = new Path2D(d);
    if (stroke) Object.assign(context, { strokeStyle: stroke, lineWidth: width / scale });
    if (stroke) context.stroke(path);
    if (fill) context.fillStyle = fill;
    if (fill) context.fill(path);
  },
  /** @param {Context} context @param {Words} words @param {string} font */
  words(context, { text, x, y, size, weight = 400, fill, halo, anchor = "start", turn = 0 }, font) {
    context.translate(x, y);
    context.rotate((turn * Math.PI) / 180);
    context.font = `${weight} ${size}px ${font}`;
    context.textAlign = ANCHORS[anchor];
    if (halo) Object.assign(context, { strokeStyle: halo, lineWidth: size * HALO });
    if (halo) context.strokeText(text, 0, 0);
    context.fillStyle = fill;
    context.fillText(text, 0, 0);
  },
};

// How wide the edge is that lifts words off what is below, as a share of their size.
export const HALO = 0.3;
