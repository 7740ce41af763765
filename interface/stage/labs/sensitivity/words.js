// The rates that work, in words.

import { above, significant } from "../../core/format.js";
import { outcomeAt } from "../../draw/outcome-scale.js";

/** @import { RaceHeader } from "../../core/packets.d.ts" */
/** @import { Sensed, SensitivityCurve, SensitivityHeading } from "./compute.js" */
/** @typedef {Sensed["arrays"]} Arrays */

// `works` holds the first and last index of each stretch of rates that work; the best rate is named
// by what is shown.
/**
 * @param {Pick<SensitivityCurve, "works" | "best">} curve
 * @param {Arrays} arrays
 * @param {Pick<SensitivityHeading, "rates" | "lowest">} heading
 */
export function saidRange({ works, best }, arrays, { rates, lowest }, what = "steps") {
  if (!works.length) return saidFailure(best, arrays.loss.values, rates, lowest);
  const widest = works.reduce((a, b) => (width(b, rates) > width(a, rates) ? b : a));
  const first = saidBest(what === "steps" ? best : lowestAt(arrays, what), arrays, rates, what);
  return `works ${stretch(widest, rates)}. ${first}${saidOthers(works.length - 1)}`;
}

// The rate at which an outcome is lowest, of the runs that have one.
/** @param {Arrays} arrays @param {string} what */
function lowestAt(arrays, what) {
  const found = Array.from(arrays.loss.values, (_, i) => outcomeAt(arrays, what, i) ?? Infinity);
  return found.indexOf(Math.min(...found));
}

/** @type {Record<string, (arrays: Arrays, i: number) => string[]>} */
const BEST = {
  steps: ({ steps }, i) => ["Quickest", `in ${steps.values[i]} steps`],
  loss: ({ loss }, i) => ["Lowest", `${significant(above(loss.values[i]), 2)} above the minimum`],
  distance: ({ distance }, i) => ["Nearest", `${significant(distance.values[i], 2)} away`],
};

/** @param {number} i @param {Arrays} arrays @param {string[]} rates @param {string} what */
function saidBest(i, arrays, rates, what) {
  const [best, outcome] = BEST[what](arrays, i);
  return `${best} at ${said(rates[i])}, ${outcome}.`;
}

/** @param {number[]} ends @param {string[]} rates */
const width = ([first, last], rates) => Number(rates[last]) / Number(rates[first]);

/** @param {number[]} ends @param {string[]} rates */
function stretch([first, last], rates) {
  if (rates.length === 1) return `at ${said(rates[0])}, the only rate tried`;
  if (first === last) return `only near ${said(rates[first])}`;
  const [below, above] = [first === 0, last === rates.length - 1];
  const least = below || above ? "at least " : "";
  const from = `from ${said(rates[first])}${below ? " or less" : ""}`;
  const to = `to ${said(rates[last])}${above ? " or more" : ""}`;
  return `${from} ${to}: ${least}${factor(width([first, last], rates))}`;
}

// How wide a range is: the factor between its ends, and decades where there are some.
/** @param {number} ratio */
export function factor(ratio) {
  const decades = Math.log10(ratio);
  const whole = `a factor of ${significant(ratio, 2)}`;
  return decades < 1.5 ? whole : `${whole} (${significant(decades, 2)} decades)`;
}

/** @param {number} count */
function saidOthers(count) {
  if (!count) return "";
  return count === 1 ? " Another, narrower stretch works, too." : ` So do ${count} narrower stretches.`;
}

/**
 * @param {number} best
 * @param {ArrayLike<number>} loss
 * @param {string[]} rates
 * @param {number | null} lowest
 */
function saidFailure(best, loss, rates, lowest) {
  if (lowest === null) return "leaves the window downhill at no rate here.";
  if (best < 0) return "stays at no rate here: every run diverges or runs away.";
  return `works at no rate here; the best, ${said(rates[best])}, ends ${significant(above(loss[best]), 2)} above the minimum.`;
}

/** @param {string} rate */
const said = (rate) => significant(Number(rate), 4);

/** @param {SensitivityHeading} heading @param {Pick<RaceHeader, "link">} race */
export function saidHeading({ lowest, tolerance, steps, rates, notes }, { link }) {
  const noise = new URLSearchParams(link).has("noise") ? " All runs share one noise seed." : "";
  const spread = [`${rates.length} rates, ${steps} steps each.`, ...notes].join(" ");
  if (lowest === null)
    return `${spread} This surface falls without end, so no rate can arrive: a rate works if its run has left the window downhill by the end.${noise}`;
  return `${spread} A rate works if the run arrives within ${significant(tolerance)} of the minimum and stays; to have passed through or run away below it is not enough. A cross ends a curve where the next rate diverges or runs away; where a curve is ragged, the outcome turns on tiny changes of the rate.${noise}`;
}
