// The rates that work, in words.

import { significant } from "../../core/format.js";
import { outcomeAt } from "../../draw/outcome-scale.js";

// `works` holds the first and last index of each stretch of rates that work; the best rate is named
// by what is shown.
export function saidRange({ works, best }, arrays, { rates, lowest }, what = "steps") {
  if (!works.length) return saidFailure(best, arrays.loss.values, rates, lowest);
  const widest = works.reduce((a, b) => (width(b, rates) > width(a, rates) ? b : a));
  const first = saidBest(what === "steps" ? best : lowestAt(arrays, what), arrays, rates, what);
  return `works ${stretch(widest, rates)}. ${first}${saidOthers(works.length - 1)}`;
}

// The rate at which an outcome is lowest, of the runs that have one.
function lowestAt(arrays, what) {
  const found = Array.from(arrays.loss.values, (_, i) => outcomeAt(arrays, what, i) ?? Infinity);
  return found.indexOf(Math.min(...found));
}

const BEST = {
  steps: ({ steps }, i) => ["Quickest", `in ${steps.values[i]} steps`],
  loss: ({ loss }, i) => ["Lowest", `${significant(loss.values[i], 2)} above the minimum`],
  distance: ({ distance }, i) => ["Nearest", `${significant(distance.values[i], 2)} away`],
};

function saidBest(i, arrays, rates, what) {
  const [best, outcome] = BEST[what](arrays, i);
  return `${best} at ${said(rates[i])}, ${outcome}.`;
}

const width = ([first, last], rates) => rates[last] / rates[first];

function stretch([first, last], rates) {
  if (rates.length === 1) return `at ${said(rates[0])}, the only rate tried`;
  if (first === last) return `only near ${said(rates[first])}`;
  const [below, above] = [first === 0, last === rates.length - 1];
  const least = below || above ? "at least " : "";
  const from = `from ${said(rates[first])}${below ? " or less" : ""}`;
  const to = `to ${said(rates[last])}${above ? " or more" : ""}`;
  return `${from} ${to}: ${least}${factor(rates[last] / rates[first])}`;
}

// How wide a range is: the factor between its ends, and decades where there are some.
export function factor(ratio) {
  const decades = Math.log10(ratio);
  const whole = `a factor of ${significant(ratio, 2)}`;
  return decades < 1.5 ? whole : `${whole} (${significant(decades, 2)} decades)`;
}

function saidOthers(count) {
  if (!count) return "";
  return count === 1 ? " Another, narrower stretch works, too." : ` So do ${count} narrower stretches.`;
}

function saidFailure(best, loss, rates, lowest) {
  if (lowest === null) return "leaves the window downhill at no rate here.";
  if (best < 0) return "stays at no rate here: every run diverges or runs away.";
  return `works at no rate here; the best, ${said(rates[best])}, ends ${significant(loss[best], 2)} above the minimum.`;
}

const said = (rate) => significant(Number(rate), 4);

export function saidHeading({ lowest, tolerance, steps, rates, notes }, { link }) {
  const noise = new URLSearchParams(link).has("noise") ? " All runs share one noise seed." : "";
  const spread = [`${rates.length} rates, ${steps} steps each.`, ...notes].join(" ");
  if (lowest === null)
    return `${spread} This surface falls without end, so no rate can arrive: a rate works if its run has left the window downhill by the end.${noise}`;
  return `${spread} A rate works if the run arrives within ${significant(tolerance)} of the minimum and stays; to have passed through or run away below it is not enough. A cross ends a curve where the next rate diverges or runs away; where a curve is ragged, the outcome turns on tiny changes of the rate.${noise}`;
}
