// An answer beside what is true of the run. What counts as right stands in what the server tells of the
// truth (lessons/shapes.py). Pure.

import { significant } from "../core/format.js";
import { SKIPPED } from "./answer-words.js";

/** @import { TruthHeader } from "../core/packets.d.ts" */
/** @typedef {{ right: boolean, more?: string }} Found */

/** @param {string} answer @param {string} by */
const numbers = (answer, by) => answer.split(by).map(Number);

/** @typedef {(answer: string, truth: TruthHeader) => Found} Judge */

/** @type {Record<string, Judge>} */
const KINDS = {
  words: (answer, { choice }) => ({ right: answer === String(choice) }),
  number: amount,
  ranking: (answer, { order = [] }) => ({ right: answer === order.join(",") }),
  point: place,
  curve,
};

// Whether an answer is right, and what is true in words.
/** @param {{ shape: { kind: string }, answer: string }} asked @param {TruthHeader} truth */
export function judged({ shape, answer }, truth) {
  if (answer === SKIPPED) return { skipped: true, right: false, words: truth.words };
  const { right, more = "" } = KINDS[shape.kind](answer, truth);
  return { skipped: false, right, words: truth.words + more };
}

// An interval holds the number, and is no wider than what counts as near on both sides.
/** @type {Judge} */
function amount(answer, { value = null, off = 0 }) {
  if (value === null) return { right: false };
  const [low, high = low] = numbers(answer, " to ");
  if (low === high) return { right: Math.abs(low - value) <= off };
  return { right: low <= value && value <= high && high - low <= 2 * off };
}

/** @type {Judge} */
function place(answer, { at, off = 0 }) {
  if (!at) return { right: false };
  const [x, y] = numbers(answer, ",");
  return { right: Math.hypot(x - at[0], y - at[1]) <= off };
}

// Heights on a logarithmic axis, on average over the knots after the first.
/** @type {Judge} */
function curve(answer, { powers = [], off = 0 }) {
  const known = powers.filter((power) => power !== null);
  if (known.length < powers.length) return { right: false };
  const apart = numbers(answer, ",").map((power, k) => Math.abs(power - known[k]));
  const mean = apart.slice(1).reduce((a, b) => a + b, 0) / (apart.length - 1);
  return { right: mean <= off, more: `; yours is off by a factor of ${significant(10 ** mean, 2)}` };
}
