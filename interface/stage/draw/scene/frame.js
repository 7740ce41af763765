// The frame of a picture's data: its axes' ticks, numbers and names, and the lines of its grid. Pure.

import { equalUnits, near } from "../axes.js";
import { linearTicks, logTicks } from "../ticks.js";
import { quiet, stroke, words } from "./shapes.js";

/** @import { Axes, Box, Item, KeyRow, Look, Tick, Words } from "../shapes.d.ts" */
/** @import { Side } from "../../core/stage.d.ts" */
/** @typedef {{ text: string, px: number }} Place */

const SMALL = 0.92;

// The map's frame: ticks outside, numbers, and the names of both axes.
/** @param {Axes} axis @param {Box} box @param {Look} look @returns {Item[]} */
export function mapFrame(axis, box, look) {
  const { colors, type } = look;
  const { across, up } = ticksOf(axis, box, type);
  const d = [
    ...across.map(({ px }) => `M${px.toFixed(1)} ${(box.y + box.height).toFixed(1)}v${0.25 * type}`),
    ...up.map(({ px }) => `M${box.x.toFixed(1)} ${px.toFixed(1)}h${-0.25 * type}`),
  ].join("");
  /** @type {Partial<Words>} */
  const middle = { name: "axis-title", anchor: "middle" };
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2 + 0.35 * type];
  return [
    stroke("ticks", "ticks", d, { stroke: colors.grid, width: type / 13, flat: true }),
    ...numbers(across, up, box, look),
    words("x", x, box.y + box.height + 2.35 * type, type, colors.text, { ...middle, key: "axis x" }),
    words("y", box.x - 2.75 * type, y, type, colors.text, { ...middle, key: "axis y" }),
  ];
}

export const UNITS = "units of x and y differ";
const NOTE = 0.84;

// Where a unit of x is not as long as one of y, angles are not what they are: a word on it.
/** @param {Axes} axis @param {Box} box @param {Look} look @returns {Item[]} */
export function unitsNote(axis, box, { colors, type }) {
  if (equalUnits(axis)) return [];
  const own = { key: "units differ", name: "units" };
  return [words(UNITS, box.x, box.y + box.height + 2.3 * type, NOTE * type, quiet(colors), own)];
}

// Whether that word has room below the frame, left of the name of the axis across.
/** @param {Box} box @param {Look} look */
export const unitsBelow = (box, { type, measure }) => measure(UNITS, NOTE * type) <= box.width / 2 - 2 * type;

// Where it has none, it stands in the key.
/** @param {Axes} axis @returns {KeyRow[]} */
export const unitsRow = (axis) => (equalUnits(axis) ? [] : [{ name: "units", entries: [{ text: UNITS }] }]);

// A panel of curves: a grid, and numbers beside it.
/** @param {Axes} axis @param {Box} box @param {Look} look @returns {Item[]} */
export function curveFrame(axis, box, look) {
  const { colors, type } = look;
  const { across, up } = ticksOf(axis, box, type);
  const d = [
    ...across.map(({ px }) => `M${px.toFixed(1)} ${box.y.toFixed(1)}v${box.height.toFixed(1)}`),
    ...up.map(({ px }) => `M${box.x.toFixed(1)} ${px.toFixed(1)}h${box.width.toFixed(1)}`),
  ].join("");
  const line = { stroke: colors.grid, width: type / 13, flat: true };
  return [stroke("grid", "grid", d, line), ...numbers(across, up, box, look)];
}

/** @param {Axes} axes @param {Box} box @param {number} type */
function ticksOf({ x, y }, box, type) {
  /** @param {Side} side @param {number} most */
  const found = (side, most) => {
    const { low, high, logarithmic } = side;
    const ticks = logarithmic ? logarithms(low, high, most) : linearTicks(low, high, most);
    return ticks.map(({ at, text }) => ({ text, px: near(side.place(at)) }));
  };
  return {
    across: found(x, Math.min(7, Math.floor(box.width / (4 * type)))),
    up: found(y, Math.min(6, Math.max(3, Math.floor(box.height / (2.2 * type))))),
  };
}

// On less than a decade round numbers say more than powers.
/** @param {number} low @param {number} high @param {number} most @returns {Tick[]} */
function logarithms(low, high, most) {
  if (high - low > 1) return logTicks(low, high, most);
  return linearTicks(10 ** low, 10 ** high, most).map(({ at, text }) => ({ at: Math.log10(at), text }));
}

/** @param {Place[]} across @param {Place[]} up @param {Box} box @param {Look} look @returns {Item[]} */
function numbers(across, up, box, { colors, type }) {
  const size = SMALL * type;
  const below = box.y + box.height + 0.35 * type + 0.85 * size;
  return [
    ...across.map(({ text, px }, n) =>
      words(text, px, below, size, colors.text, { key: `tick x ${n}`, name: "tick", anchor: "middle" }),
    ),
    ...up.map(({ text, px }, n) =>
      words(text, box.x - 0.45 * type, px + 0.35 * size, size, colors.text, {
        key: `tick y ${n}`,
        name: "tick",
        anchor: "end",
      }),
    ),
  ];
}
