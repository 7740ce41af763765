// Fair tuning in words: how it searches, what it found, and what that is worth.

import { significant } from "../../core/format.js";

export function saidSearch({ budget, steps, searched, lowest, noise }) {
  const [wide, near, last] = rounds(budget);
  const goal =
    lowest === null
      ? "The lowest final loss wins."
      : "The setting that is within the tolerance for good in the fewest steps wins; where none is, the one with the lowest final loss.";
  const total = significant(budget * steps * searched.length, 12);
  const shared = noise ? " All runs share one noise seed." : "";
  return `Each lane gets ${budget} settings of ${steps} steps (${total} steps in all): its present one, ${wide} spread evenly over the ranges below, ${near} in a box a fifth as wide around the best of these, and ${last} in one a fifth as wide again. Every lane tries the same rates first. ${goal}${shared}`;
}

// As engine/study/tuning.py splits a budget, of which the present setting takes one.
export function rounds(budget) {
  const wide = Math.floor((budget + 1) / 2) - 1;
  const near = Math.floor((budget - 1 - wide) / 2);
  return [wide, near, budget - 1 - wide - near];
}

// What is searched for a lane, and how each range is walked.
export function saidRanges(searched) {
  return searched.map(({ label, symbol, low, high, scale }) => {
    const how = {
      log: "by powers of ten",
      linear: "evenly",
      "towards one": `by powers of ten of 1 − ${symbol}`,
    };
    return `${label} ${symbol} from ${significant(low)} to ${significant(high)}, ${how[scale]}`;
  });
}

export function saidSettings(searched, texts) {
  return searched
    .map(({ symbol }, j) => `${symbol}\u00a0=\u00a0${significant(Number(texts[j]), 6)}`)
    .join(", ");
}

export function saidSteps({ steps, passed, diverged }) {
  if (diverged !== null) return `diverged at ${diverged}`;
  if (steps >= 0)
    return passed === null || passed === steps ? String(steps) : `${steps} (first at ${passed})`;
  return passed === null ? "—" : `— (passed through at ${passed})`;
}

// What a run asked its surface for: gradients, and losses or Hessians where the rule needs them.
export function saidAsked({ values, gradients, hessians }) {
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

export function saidWorth({ lowest, surface }, tries) {
  const hopeless = tries.filter((found) => allDiverge(found)).length;
  const some = hopeless
    ? ` For ${hopeless === tries.length ? "every lane" : `${hopeless} of ${tries.length} lanes`} all settings diverged, so the present one stays.`
    : "";
  if (lowest === null)
    return `${surface} falls without end: the lowest final loss only belongs to the run that fell farthest before it left the plot for good, which counts as diverged. Read this as a race downhill, not as a setting to keep.${some}`;
  return `These settings are the best found for this surface, this start and this number of steps; elsewhere others are.${some}`;
}

export const allDiverge = ({ arrays }) => arrays.diverged.values.every((step) => step >= 0);
