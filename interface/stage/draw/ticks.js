// Where an axis has its numbers, and how they are written.

import { significant, superscript } from "../core/format.js";

/** @import { Tick } from "./shapes.d.ts" */

// Round numbers from low to high, about `most` of them and at least two: [{ at, text }].
/** @param {number} low @param {number} high @returns {Tick[]} */
export function linearTicks(low, high, most = 7) {
  const step = roundStep((high - low) / Math.max(most, 1));
  const ticks = multiples(step, low, high);
  return ticks.length > 1 ? ticks : multiples(roundStep(step / 2.5), low, high);
}

// The multiples of a step from low to high.
/** @param {number} step @param {number} low @param {number} high */
export function multiples(step, low, high) {
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.max(Math.floor(high / step + 1e-9) - first + 1, 0);
  return Array.from({ length: count }, (_, k) => {
    const at = Number(((first + k) * step).toPrecision(12));
    return { at, text: written(at) };
  });
}

// The smallest of 1, 2 and 5 times a power of ten that is no less.
/** @param {number} least */
function roundStep(least) {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5, 10].find((m) => m * power >= least * (1 - 1e-9)) ?? 10);
}

// The largest of 1, 2 and 5 times a power of ten that is no more.
/** @param {number} most */
export function roundedDown(most) {
  const power = 10 ** Math.floor(Math.log10(most));
  return power * ([5, 2, 1].find((m) => m * power <= most) ?? 1);
}

/** @param {number} value */
function written(value) {
  if (Math.abs(value) < 1e5) return significant(value, 6);
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  return `${significant(value / 10 ** exponent, 4)}×${power(exponent)}`;
}

// Whole powers of ten between two logarithms, `most` at the most.
/** @param {number} low @param {number} high */
export function powers(low, high, most = 6) {
  const step = Math.max(1, Math.ceil((high - low) / most));
  const first = Math.ceil(low / step - 1e-9) * step;
  const count = Math.max(Math.floor((high + 1e-9 - first) / step) + 1, 0);
  return Array.from({ length: count }, (_, k) => first + k * step).map((at) => ({ at, text: power(at) }));
}

/** @param {number} exponent */
export function power(exponent) {
  return exponent >= -3 && exponent <= 3
    ? significant(Number(`1e${exponent}`))
    : `10${superscript(exponent)}`;
}

// Ticks between two logarithms: powers of ten, and where there is room for more, twos and fives.
/** @param {number} low @param {number} high @returns {Tick[]} */
export function logTicks(low, high, most = 7) {
  const decades = high - low > 1.7 ? powers(low, high, most) : [];
  if (decades.length > 1) return decades;
  /** @type {Tick[]} */
  const found = [];
  for (let k = Math.floor(low); k <= Math.ceil(high); k++) {
    for (const m of [1, 2, 5]) {
      const at = Math.log10(m) + k;
      if (at >= low && at <= high) found.push({ at, text: m === 1 ? power(k) : significant(m * 10 ** k, 3) });
    }
  }
  const tens = found.filter(({ at }) => Number.isInteger(at));
  if (found.length > 1.5 * most && tens.length > 1) return tens;
  return found.length > 1 ? found : evenTicks(low, high);
}

// Five ticks on a narrow logarithmic axis, written as the values they stand for.
/** @param {number} low @param {number} high */
function evenTicks(low, high) {
  const digits = Math.max(2, Math.ceil(-Math.log10(Math.max(0.4 * (high - low), 1e-12))) + 1);
  return [0.1, 0.3, 0.5, 0.7, 0.9].map((share) => {
    const at = low + share * (high - low);
    return { at, text: significant(10 ** at, digits) };
  });
}
