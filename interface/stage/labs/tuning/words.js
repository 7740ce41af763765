// Fair tuning in words: how it searches, what it found, and what that is worth.

import { significant } from "../../core/format.js";
import { SCALES } from "../../core/known.js";

/** @import { LaneHeader } from "../../core/packets.d.ts" */
/** @import { Searched, Tries, TuningPlan } from "./compute.js" */
/** @import { Whole } from "./tuning.js" */

// What the marks of what was tried stand for.
export const MARKS =
  "Square: the setting before; star: the best; circles: spread over the whole ranges; dots: near the best of these.";

/** @param {TuningPlan} plan */
export function saidSearch({ budget, rounds, steps, searched, lowest, noise, notes }) {
  const [wide, near, last] = rounds;
  const goal =
    lowest === null
      ? "The setting that has left the window downhill in the fewest steps wins; where none has, the one with the lowest final loss."
      : "The setting that has arrived to stay in the fewest steps wins; where none has, the one with the lowest final loss that did not run away.";
  const total = significant(budget * steps * searched.length, 12);
  const shared = [noise ? " All runs share one noise seed." : "", ...notes].join(" ");
  return `Each lane gets ${budget} settings of ${steps} steps (${total} steps in all): its present one, ${wide} spread evenly over the ranges below, ${near} in a box a fifth as wide around the best of these, and ${last} in one a fifth as wide again. Every lane tries the same rates first. ${goal}${shared}`;
}

// How each scale is walked.
/** @type {Record<string, { walked: string }>} */
const scales = SCALES;

// What is searched for a lane, and how each range is walked.
/** @param {Searched[]} searched */
export function saidRanges(searched) {
  return searched.map(({ label, symbol, low, high, scale }) => {
    const how = scales[scale].walked.replace("{symbol}", symbol);
    return `${label} ${symbol} from ${significant(low)} to ${significant(high)}, ${how}`;
  });
}

// Setting i of those tried.
/** @param {Pick<Searched, "symbol">[]} searched @param {Pick<Tries, "header">} tries @param {number} i */
export function saidSettings(searched, { header }, i) {
  return searched
    .map(({ symbol }, j) => `${symbol}\u00a0=\u00a0${significant(Number(header.settings[j][i]), 6)}`)
    .join(", ");
}

// What a picture says was run: every lane as it was when the search began, and after it.
/** @param {Pick<Whole, "plan" | "tries" | "caption">} found @param {LaneHeader[]} lanes */
export function saidTuned({ plan, tries, caption }, lanes) {
  const tuned = lanes.map((lane, k) => {
    const after = saidSettings(plan.searched[k], tries[k], tries[k].header.best);
    return { ...lane, caption: `${lane.caption}; after: ${after}` };
  });
  return { caption, lanes: tuned };
}

// What a run asked its surface for: gradients, and losses or Hessians where the rule needs them.
/** @param {Record<string, number>} asked */
export function saidAsked({ values, gradients, hessians }) {
  /** @type {[number, string][]} */
  const more = [
    [gradients, "gradients"],
    [values, "losses"],
    [hessians, "Hessians"],
  ];
  return more
    .filter(([count]) => count)
    .map(([count, name]) => `${count} ${name}`)
    .join(", ");
}

/** @param {Pick<TuningPlan, "lowest" | "surface">} plan @param {Tries[]} tries */
export function saidWorth({ lowest, surface }, tries) {
  const hopeless = tries.filter((found) => allDiverge(found)).length;
  const some = hopeless
    ? ` For ${hopeless === tries.length ? "every lane" : `${hopeless} of ${tries.length} lanes`} all settings diverged, so the present one stays.`
    : "";
  if (lowest === null)
    return `${surface} falls without end: what counts is how soon a run has left the window downhill. Read this as a race downhill, not as a setting to keep.${some}`;
  return `These settings are the best found for this surface, this start and this number of steps; elsewhere others are.${some}`;
}

/** @param {Pick<Tries, "arrays">} tries */
const allDiverge = ({ arrays }) => arrays.diverged.values.every((step) => step >= 0);
