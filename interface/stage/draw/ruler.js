// How wide words are in a font, remembered, for the same words are measured at every frame.

/** @import { Measure } from "./shapes.d.ts" */

// Fonts that a picture finds wherever it is opened: those of the page are not in it.
export const PICTURE_FONT =
  "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";

const MOST = 2000;

/** @param {string} font @returns {Measure} */
export function ruler(font) {
  const found = new Map();
  let context = null;
  return (text, size, weight = 400) => {
    const key = `${weight} ${size} ${text}`;
    if (found.has(key)) return found.get(key);
    context ??= document.createElement("canvas").getContext("2d");
    context.font = `${weight} ${size}px ${font}`;
    if (found.size >= MOST) found.clear();
    const { width } = context.measureText(text);
    found.set(key, width);
    return width;
  };
}
