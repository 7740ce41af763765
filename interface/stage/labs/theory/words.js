// Theory in words that a student reads. Pure.

import { CRITICAL } from "../../core/known.js";
import { significant } from "../../core/format.js";
import { perTen, worst } from "./reading.js";

/** @import { TheoryHeader } from "../../core/packets.d.ts" */
/** @import { Column, Columns, InTheory } from "./reading.js" */

// A share of the limit never reads as 1 unless it is.
/** @param {number} share */
export function saidShare(share) {
  for (let digits = 3; digits < 7; digits++) {
    const text = significant(share, digits);
    if (text !== "1" || Math.abs(share - 1) < 1e-6) return text;
  }
  return "1";
}

/** @param {InTheory} race @param {Columns} columns @param {number} t */
export function headline({ header, arrays }, columns, t) {
  const { theory } = header;
  const lane = header.lanes[header.chosen];
  if (!theory.linear) return `No stability limit can be named for ${lane.label}.`;
  const here = columns[1];
  const rate = significant(arrays["theory.rate"].values[t], 4);
  if (lane.diverged >= 0 && t >= lane.diverged) return `${lane.label} ${lane.gone}.`;
  if (!Number.isFinite(here.share)) return `No curvature is known here, so no limit can be named.`;
  const whose = theory.scaled ? `${lane.label}’s own stability limit` : "the stability limit";
  if (here.share === 0) return `Nothing limits the learning rate here: ${unlimited(here.seen)}.`;
  const ending = here.share >= 1 ? " The steepest direction grows." : "";
  return `Learning rate ${rate} is ${saidShare(here.share)} of ${whose} here (${significant(here.limit, 4)}).${ending}`;
}

// Why no rate is too large: what nothing holds grows, or stands still, at any.
/** @param {number[]} seen */
function unlimited([, high]) {
  return high < 0 ? "every direction curves downward and is left at any rate" : "no direction curves upward";
}

// For a rule with a scaling of its own: the sharpness it sees, times its rate, against its limit.
/** @param {InTheory} race @param {Columns} columns @param {number} t */
export function sharpness({ header, arrays }, columns, t) {
  const { theory } = header;
  const { seen, limit } = columns[1];
  if (!theory.linear || !theory.scaled || !(seen[1] > 0) || !Number.isFinite(limit)) return "";
  const rate = arrays["theory.rate"].values[t];
  return `Scaled as it is now, the steepest curvature is ${significant(seen[1], 4)} (the preconditioned sharpness). Times the rate that is ${significant(rate * seen[1], 4)}; from ${significant(limit * seen[1], 4)} on it diverges.`;
}

/** @type {Record<string, string>} */
const GOES = {
  overdamped: "overdamped: creeps in",
  critical: "critically damped: fastest without swinging",
  underdamped: "underdamped: swings",
  alternating: "flips: changes sides at each step",
  unstable: "unstable: farther out at each step",
  leaving: "negative curvature: leaves, growing",
};

// How the distance along one direction goes on, and by which factor per step.
/** @param {string | undefined} regime @param {number} radius */
export function saidRegime(regime, radius) {
  if (!regime || Number.isNaN(radius)) return "—";
  return regime === "flat" ? "flat: nothing moves it" : `${GOES[regime]}, ${times(radius)}`;
}

const ROUNDING = 1e-13;

// A factor per step: enough digits that it does not read as 1 unless it is, or what it is beside 1.
/** @param {number} radius */
export function factor(radius) {
  const beside = Math.abs(radius - 1);
  if (beside < ROUNDING) return "1";
  if (beside < 5e-7) return `1 ${radius > 1 ? "+" : "−"} ${significant(beside, 3)}`;
  const digits = Math.min(Math.max(3, Math.ceil(-Math.log10(Math.abs(radius - 1))) + 2), 7);
  return significant(radius, radius > 1 ? digits + 1 : digits);
}

/** @param {number} radius */
function times(radius) {
  const said = factor(radius);
  return `×\u00a0${said.includes(" ") ? `(${said})` : said}`;
}

/** @param {Pick<Column, "kind">} place */
export function saidPlace(place) {
  const names = {
    start: "Start",
    head: "Head",
    ...CRITICAL,
    rest: "Where decay lets it rest",
  };
  return names[place.kind];
}

// The angle of a direction to the x axis in degrees, from −90 to 90.
/** @param {number} angle */
export function degrees(angle) {
  const turned = (angle * 180) / Math.PI;
  const found =
    Math.round((turned > 90.05 ? turned - 180 : turned < -89.95 ? turned + 180 : turned) * 10) / 10;
  return `${significant(found, 4)}°`;
}

/** @param {Pick<Column, "low" | "high" | "angle">} column */
export function curvatures({ low, high, angle }) {
  if (low === null || high === null || angle === null || Number.isNaN(low)) return ["—", "—"];
  return [
    `${significant(high, 4)} at ${degrees(angle)}`,
    `${significant(low, 4)} at ${degrees(angle - Math.PI / 2)}`,
  ];
}

/** @param {Pick<Column, "low" | "high">} column */
export function condition({ low, high }) {
  return low !== null && high !== null && low > 0 ? significant(high / low, 4) : "—";
}

// What is predicted near the minimum beside what is measured at this step.
/** @param {InTheory} race @param {Columns} columns @param {number} t */
export function comparison({ header, arrays }, columns, t) {
  const { theory } = header;
  const rest = columns[2];
  if (!theory.linear || !rest) return "";
  const radius = worst(rest.radius);
  if (rest.kink) return "The loss has a kink at its minimum: no Hessian, and theory is silent.";
  if (Number.isNaN(radius)) return "";
  if (rest.regime.includes("flat"))
    return "The minimum is flat along one direction: along it nothing is foretold.";
  const kind = saidPlace(rest).toLowerCase();
  const where = rest.kind === "rest" ? "where weight decay lets it rest" : `the ${kind}`;
  const exact = theory.quadratic && !theory.scaled ? "" : ` near ${where}`;
  const leaves = rest.kind === "saddle" ? "it leaves the saddle" : "it does not settle";
  const foretold =
    radius < 1 ? decay(radius, exact) : `Predicted${exact}: ${leaves}, ${times(radius)} per step.`;
  return foretold + saidMeasured(theory, arrays["theory.measured"].values[t], t);
}

/** @param {TheoryHeader} theory @param {number} seen @param {number} t */
function saidMeasured(theory, seen, t) {
  if (theory.noisy || theory.parts) return " Steps are drawn at random: no rate can be measured here.";
  return Number.isFinite(seen)
    ? ` Measured over the last ${theory.span} steps: ${factor(seen)} of the distance.`
    : t < theory.span
      ? ` It is measured from step ${theory.span} on.`
      : " What is left of the distance is too small to measure.";
}

/** @param {number} radius @param {string} exact */
function decay(radius, exact) {
  const steps = significant(Math.ceil(perTen(radius) - 1e-6), 4);
  return `Predicted${exact}: each step leaves ${factor(radius)} of the distance (${factor(radius ** 2)} of the loss), ${steps} steps for a factor of 10.`;
}

const QUADRATIC = "On this surface the Hessian is the same everywhere, so this holds everywhere.";
const LOCAL = "The Hessian changes from place to place, so each column holds only close to its place.";

const PARTS =
  "Every step sees another part of this loss. All numbers here are those of the average, which no step sees.";

// What has to be said with the numbers: how far they reach, and what they leave out.
/** @param {InTheory} race */
export function provisos({ header }) {
  const { theory } = header;
  const said = theory.theory ? [theory.theory] : [];
  if (theory.linear) said.push(theory.quadratic ? QUADRATIC : LOCAL);
  if (theory.linear && theory.scaled) {
    said.push(
      "The scaling of each coordinate is taken as it is at this step; it keeps changing, and the limit with it.",
    );
  }
  if (theory.penalty)
    said.push(`Weight decay adds ${significant(theory.penalty, 4)} to every curvature that the rule sees.`);
  if (theory.parts) said.push(PARTS);
  if (theory.noisy) said.push("Noise is left out: it decides how closely the lane settles, not whether.");
  return said.map((text) => text.replaceAll(" - ", " − "));
}

const GOH = { text: "Goh 2017", url: "https://doi.org/10.23915/distill.00006" };
const POLYAK = { text: "Polyak 1964", url: "https://doi.org/10.1016/0041-5553(64)90137-5" };
const LESSARD = { text: "Lessard et al. 2016", url: "https://arxiv.org/abs/1408.3595" };
const EDGE = { text: "Cohen et al. 2021", url: "https://arxiv.org/abs/2103.00065" };
const ADAPTIVE = { text: "Cohen et al. 2022", url: "https://arxiv.org/abs/2207.14484" };

/** @param {Pick<TheoryHeader, "linear" | "scaled" | "momentum">} theory */
export function sources({ linear, scaled, momentum }) {
  if (!linear) return [];
  if (scaled) return [ADAPTIVE, LESSARD];
  return momentum ? [GOH, POLYAK, LESSARD] : [GOH, EDGE];
}
