// What lies on the brush's layer: the heights in the map's colors, and where the brush is.

import { drawingOn } from "../dom/dom.js";
import { fine } from "./heights.js";
import { painted } from "./preview.js";

/** @import { Brush } from "./brush.js" */
/** @typedef {[left: number, top: number, width: number, height: number]} Frame */

const FINE = 97;

// The heights in the map's colors.
/** @param {Brush} brush */
export function pictureOf({ stage, heights }) {
  const values = fine(heights, FINE);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const bytes = Uint8Array.from(values, (value) => (255 * (value - low)) / (high - low || 1));
  return painted({ bytes, side: FINE }, stage.colors.scale);
}

// Where the brush is that keys move.
/** @param {Brush} brush @param {Frame} frame */
export function ring({ layer, cursor, heights, radius, stage }, [left, top, width, height]) {
  if (!cursor) return;
  const [a, b] = cursor.map((v) => v / (heights.side - 1));
  const line = drawingOn(layer);
  line.beginPath();
  line.ellipse(left + a * width, top + (1 - b) * height, radius * width, radius * height, 0, 0, 2 * Math.PI);
  Object.assign(line, { strokeStyle: stage.colors.text, lineWidth: 2 }).stroke();
}
