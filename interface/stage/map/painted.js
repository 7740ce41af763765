// What lies on the brush's layer: the heights in the map's colors, and where the brush is.

import { drawingOn, make } from "../dom/dom.js";
import { colorAt, rgb } from "../draw/colors.js";
import { fine } from "./heights.js";

/** @import { Brush } from "./brush.js" */
/** @typedef {[left: number, top: number, width: number, height: number]} Frame */

const FINE = 97;

// The heights in the map's colors.
/** @param {Brush} brush */
export function pictureOf({ stage, heights }) {
  const values = fine(heights, FINE);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const shades = Array.from({ length: 64 }, (_, k) => rgb(colorAt(stage.colors.scale, (k + 0.5) / 64)));
  const whole = make("canvas", { width: FINE, height: FINE });
  const image = drawingOn(whole).createImageData(FINE, FINE);
  values.forEach((value, n) => {
    const row = FINE - 1 - Math.floor(n / FINE);
    const shade = shades[Math.min(63, Math.floor((64 * (value - low)) / (high - low || 1)))];
    image.data.set([...shade, 255], 4 * (row * FINE + (n % FINE)));
  });
  drawingOn(whole).putImageData(image, 0, 0);
  return whole;
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
