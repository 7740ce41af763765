// The numbers of an experiment as its race tells them, with changes put in. Pure.

import { HEIGHTS } from "../core/known.js";
import { levels } from "./redrawn.js";

/** @import { Settings } from "./recorded.d.ts" */
/** @import { FeltRace, FeltHeader } from "../core/stage.d.ts" */
/** @import { Changes } from "./turning.js" */
/** @typedef {Map<string, number | number[]>} Values */

/** @param {Pick<FeltHeader, "drawing">} header @param {Changes} changes */
export const heightsOf = ({ drawing }, changes) => changes[HEIGHTS] ?? drawing?.heights;

// The numbers of all handles with the changes put in, and the heights of what is drawn.
/** @param {FeltHeader} header @param {Changes} changes */
export function valuesOf(header, changes) {
  /** @type {Values} */
  const values = new Map(header.handles.map(({ key, value }) => [key, Number(changes[key] ?? value)]));
  if (header.drawing) values.set(HEIGHTS, levels(heightsOf(header, changes), header.drawing.letters));
  return values;
}

// One lane's numbers, with some changes put in, under the names that its modules know them by.
/**
 * @param {Pick<FeltRace, "header">} race
 * @param {number} k
 * @param {Record<string, string>} [changes]
 * @returns {Settings}
 */
export function numbersOf({ header }, k, changes = {}) {
  const values = valuesOf(header, changes);
  return {
    ...settings({ values, rows: null }, header.lanes[k].slot),
    noise: Number(values.get("noise") ?? NaN),
  };
}

// One lane's numbers under the names that its modules know them by.
/**
 * @param {{ values: Values, rows: Float64Array | null }} now
 * @param {string} slot
 * @returns {Settings}
 */
export function settings({ values, rows }, slot) {
  /** @type {Record<string, unknown>} */
  const found = { rows };
  for (const [key, value] of values) {
    const [owner, ...rest] = key.split(".");
    if (owner === "surface") found[key] = value;
    else if (owner === slot)
      found[rest.length > 1 ? key.slice(slot.length + 1) : `optimizer.${rest[0]}`] = value;
  }
  return /** @type {Settings} */ (found);
}
