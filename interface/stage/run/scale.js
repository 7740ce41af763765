// A setting's own scale: where its values lie, and which value lies at a place. Pure.

import { BELOW, SCALES } from "../core/known.js";

/** @import { HandleHeader } from "../core/packets.d.ts" */
/** @typedef {Pick<HandleHeader, "scale" | "smallest">} Scaled */
/** @typedef {Scaled & Pick<HandleHeader, "limits" | "whole">} Turned */

/** @type {Record<string, { origin: number | null }>} */
const scales = SCALES;
const SPAN = 1000;

// The value that a logarithmic scale comes near to; null on a linear one.
/** @param {Pick<Scaled, "scale">} handle */
export const originOf = ({ scale }) => scales[scale].origin;

// How far along its axis a value lies; `smallest` is the smallest distance from the scale's origin.
/** @param {Scaled} handle @param {number} value */
export function place({ scale, smallest }, value) {
  const { origin } = scales[scale];
  if (origin === null) return value;
  const way = origin ? -1 : 1;
  return way * Math.log10(Math.max(way * (value - origin), smallest / BELOW));
}

// The value at a share of the way between two others, rounded to what a person would write.
/** @param {Turned} handle @param {number[]} ends @param {number} share */
export function between(handle, [low, high], share) {
  const [from, to] = [low, high].map((value) => place(handle, value));
  const found = valueAt(handle, from + (to - from) * share);
  const even = originOf(handle) === null;
  const said = even ? stepped(digits(found, 12), handle.whole ? 0 : to - from) : rounded(handle, found, 3);
  return allowed(handle, said);
}

// What a handle may take that is nearest to a value.
/** @param {Turned} handle @param {number} value */
export const allowed = ({ limits, whole }, value) =>
  Math.min(Math.max(whole ? Math.round(value) : value, limits[0]), limits[1]);

/** @param {number} value @param {number} count */
const digits = (value, count) => Number(value.toPrecision(count));

// A value in so many significant digits, counted of its distance from 1 where the scale comes near to that.
/** @param {Pick<Scaled, "scale">} handle @param {number} value @param {number} count */
export function rounded(handle, value, count) {
  const origin = originOf(handle);
  return origin ? digits(origin - digits(origin - value, count), 12) : digits(value, count);
}

// The value that lies at a place; below the smallest a scale that starts at 0 has only that.
/** @param {Turned} handle @param {number} at */
export function valueAt({ scale, smallest, limits }, at) {
  const { origin } = scales[scale];
  if (origin === null) return at;
  if (origin) return origin - 10 ** -at;
  return at < Math.log10(smallest) - 1e-9 ? limits[0] : 10 ** at;
}

// As many decimals as a thousandth of the way needs.
/** @param {number} value @param {number} length */
function stepped(value, length) {
  if (!(length > 0)) return value;
  const decimals = Math.min(Math.max(Math.ceil(-Math.log10(length / SPAN)), 0), 12);
  return Number(value.toFixed(decimals));
}

// The share of the way at which a value lies.
/** @param {Scaled} handle @param {number[]} ends @param {number} value */
export function shareOf(handle, [low, high], value) {
  const [from, to, at] = [low, high, value].map((one) => place(handle, one));
  return to > from ? Math.min(Math.max((at - from) / (to - from), 0), 1) : 0;
}

// A number as it stands in a link: small ones with a power of ten, as Python's `say` has it.
/** @param {number} value */
export function written(value) {
  return value !== 0 && Math.abs(value) < 1e-4 ? value.toExponential() : String(value);
}
