// The key in a corner of a picture: what its lines and colors mean, a row for each thing explained.

import { dashes, quiet, spot, stroke, words } from "./shapes.js";

/** @import { Box, Item, KeyRow, LineLook, Look, Stroke } from "../shapes.d.ts" */
/** @import { Held } from "../../core/stage.d.ts" */
/** @import { Colors } from "../../core/theme.js" */
/** @typedef {KeyRow["entries"][number]} Entry */
/** @typedef {{ x: number, y: number, items: Item[], widest: number }} State */

const [SMALL, LINE, SAMPLE] = [0.92, 1.45, 2];

// `rows`: [{ name, entries: [{ text, line?, shades? }] }]; `line` is how a stroke looks, `shades` a
// list of colors. Rows longer than the box is wide, or that a button covers, go on below. The answer is { items, taken }.
/** @param {KeyRow[]} rows @param {Box} box @param {Look} look @returns {{ items: Item[], taken: Box[] }} */
export function keyAt(rows, box, look) {
  const size = SMALL * look.type;
  /** @type {State} */
  const state = { x: box.x + 0.6 * look.type, y: box.y + 0.5 * look.type + size, items: [], widest: 0 };
  const left = state.x;
  for (const { name, entries } of rows) {
    const laid = entries.map((entry) => ({ ...entry, wide: widthOf(entry, look) }));
    for (const [k, entry] of laid.entries()) {
      const right = state.x + entry.wide;
      if (k && (right > box.x + box.width - look.type || covered(state, right, size, look))) {
        Object.assign(state, { x: left, y: state.y + LINE * size });
      }
      state.items.push(...drawn(entry, state, `${name} ${k}`, name, look));
      state.x += entry.wide + 0.7 * size;
      state.widest = Math.max(state.widest, state.x - left);
    }
    Object.assign(state, { x: left, y: state.y + LINE * size });
  }
  const height = state.y - size - box.y;
  const taken = rows.length ? [{ x: box.x, y: box.y, width: state.widest + look.type, height }] : [];
  return { items: state.items, taken };
}

/** @param {{ x: number, y: number }} place @param {number} right @param {number} size @param {Look} look */
const covered = ({ x, y }, right, size, { taken = [] }) =>
  taken.some((box) => x < box.x + box.width && right > box.x && y - size < box.y + box.height && y > box.y);

/** @param {Entry} entry @param {Look} look */
function widthOf({ text, line, shades }, { type, measure }) {
  const wide = text ? measure(text, SMALL * type) : 0;
  return (line ? SAMPLE * type + 0.35 * type : 0) + (shades ? 3 * SAMPLE * type : 0) + wide;
}

/**
 * @param {Entry} entry
 * @param {{ x: number, y: number }} place
 * @param {string} key
 * @param {string} name
 * @param {Look} look
 */
function drawn({ text, line, shades }, { x, y }, key, name, look) {
  const { type, colors } = look;
  const size = SMALL * type;
  const level = y - 0.33 * size;
  const after = x + (line ? SAMPLE * type + 0.35 * type : 0);
  /** @type {Item[]} */
  const found = [];
  if (line) found.push(sample(line, `key ${key} line`, x, level, SAMPLE * type));
  if (shades) found.push(...bar(shades, `key ${key}`, x, level, 3 * SAMPLE * type, 0.6 * size));
  const own = { key: `key ${key}`, name: `key ${name}`, halo: colors.halo };
  if (text) found.push(words(text, after, y, size, colors.text, own));
  return found;
}

/**
 * @param {LineLook} line
 * @param {string} key
 * @param {number} x
 * @param {number} y
 * @param {number} length
 * @returns {Stroke}
 */
export function sample(line, key, x, y, length) {
  return stroke(key, "sample", `M${spot(x, y)}h${length.toFixed(1)}`, line);
}

// Colors side by side, from left to right.
/**
 * @param {string[]} shades
 * @param {string} key
 * @param {number} x
 * @param {number} y
 * @param {number} length
 * @param {number} thick
 * @returns {Stroke[]}
 */
export function bar(shades, key, x, y, length, thick) {
  const step = length / shades.length;
  return shades.map((shade, n) => {
    const d = `M${spot(x + n * step, y)}h${(step + 0.5).toFixed(1)}`;
    return stroke(`${key} shade ${n}`, "shade", d, { stroke: shade, width: thick, flat: true });
  });
}

// What a held path is called in a key.
/** @param {{ held?: Held | null }} race @param {Look} look @returns {KeyRow[]} */
export const heldRow = ({ held }, { colors, type }) =>
  held?.lanes.length ? [{ name: "held", entries: [{ text: "held", line: ghostLine(colors, type) }] }] : [];

export const HELD_DASH = "3px,3px";

/** @param {Colors} colors @param {number} type @returns {LineLook} */
export const ghostLine = (colors, type) => ({
  stroke: quiet(colors),
  width: (2.2 * type) / 13,
  dash: dashes(HELD_DASH, type / 13),
});
