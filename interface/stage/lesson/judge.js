// An answer beside what is true of the run. What counts as right stands in what the server tells of the
// truth (lessons/shapes.py). Pure.

import { significant } from "../core/format.js";
import { SKIPPED } from "./said.js";

/** @typedef {{ right: boolean, more?: string }} Found */

const numbers = (answer, by) => answer.split(by).map(Number);

/** @type {Record<string, (answer: string, truth: any) => Found>} */
const KINDS = { words, number: amount, ranking, point: place, curve };

// Whether an answer is right, and what is true in words.
/** @param {{ shape: { kind: string }, answer: string }} asked @param {any} truth */
export function judged({ shape, answer }, truth) {
  if (answer === SKIPPED) return { skipped: true, right: false, words: truth.words };
  const { right, more = "" } = KINDS[shape.kind](answer, truth);
  return { skipped: false, right, words: truth.words + more };
}

/** @returns {Found} */
function words(answer, { choice }) {
  return { right: answer === String(choice) };
}

// An interval holds the number, and is no wider than what counts as near on both sides.
/** @returns {Found} */
function amount(answer, { value, off }) {
  if (value === null) return { right: false };
  const [low, high = low] = numbers(answer, " to ");
  if (low === high) return { right: Math.abs(low - value) <= off };
  return { right: low <= value && value <= high && high - low <= 2 * off };
}

/** @returns {Found} */
function ranking(answer, { order }) {
  return { right: answer === order.join(",") };
}

/** @returns {Found} */
function place(answer, { at, off }) {
  if (!at) return { right: false };
  const [x, y] = numbers(answer, ",");
  return { right: Math.hypot(x - at[0], y - at[1]) <= off };
}

// Heights on a logarithmic axis, on average over the knots after the first.
/** @returns {Found} */
function curve(answer, { powers, off }) {
  if (powers.includes(null)) return { right: false };
  const apart = numbers(answer, ",").map((power, k) => Math.abs(power - powers[k]));
  const mean = apart.slice(1).reduce((a, b) => a + b, 0) / (apart.length - 1);
  return { right: mean <= off, more: `; yours is off by a factor of ${significant(10 ** mean, 2)}` };
}
