// What theory says at one step of the chosen lane: numbers for start, head and minimum. Pure.

import { REGIMES } from "../../core/known.js";
import { pointAt } from "../../core/packet.js";

/** @import { FeltRace } from "../../core/stage.d.ts" */
/** @import { TheoryHeader, TheoryPlace } from "../../core/packets.d.ts" */
/** @typedef {FeltRace & { header: { theory: TheoryHeader } }} InTheory */
/** @typedef {Omit<TheoryPlace, "kind" | "kink"> & { kind: TheoryPlace["kind"] | "head", kink?: boolean }} Place */
/** @typedef {ReturnType<typeof judged>} Judged */
/** @typedef {Place & Judged & { name: string }} Column */
/** @typedef {[start: Column | null, head: Column, minimum: Column | null]} Columns */

// Whether theory is known yet.
/** @param {FeltRace} race @returns {race is InTheory} */
export const inTheory = (race) => race.header.theory !== null;

// Columns of the table at step t; null for a place that is not there. Directions: [low, high].
/** @param {InTheory} race @param {number} t @returns {Columns} */
export function reading(race, t) {
  const [start, , minimum] = race.header.theory.places;
  /** @param {string} name @param {number} p @param {Place} found */
  const column = (name, p, found) => ({ name, ...found, ...judged(race, p, t) });
  return [
    start && column("start", 0, start),
    column("head", 1, head(race, t)),
    minimum && column("minimum", 2, minimum),
  ];
}

/** @param {InTheory} race @param {number} t @returns {Place} */
function head({ header, arrays }, t) {
  const k = header.chosen;
  const [low, high, angle] = arrays["theory.curvature"].values.subarray(3 * t, 3 * t + 3);
  return {
    kind: "head",
    at: pointAt(arrays[`x${k}`].values, t),
    loss: arrays[`loss${k}`].values[t],
    gradient: pointAt(arrays[`gradient${k}`].values, t),
    low,
    high,
    angle,
  };
}

// A rule that is no linear recursion has no limit.
const NONE = [NaN, NaN];
/** @type {{ limit: number, share: number, seen: number[], radius: number[], regime: string[] }} */
const UNJUDGED = { limit: NaN, share: NaN, seen: NONE, radius: NONE, regime: [] };

/** @param {InTheory} race @param {number} p @param {number} t */
function judged({ arrays }, p, t) {
  const limits = arrays["theory.limit"];
  if (!limits) return UNJUDGED;
  const width = limits.shape[1];
  const at = 2 * (p * width + t);
  const two = (/** @type {string} */ name) => [...arrays[name].values.subarray(at, at + 2)];
  const limit = limits.values[p * width + t];
  return {
    limit,
    share: arrays["theory.rate"].values[t] / limit,
    seen: two("theory.seen"),
    radius: two("theory.radius"),
    regime: two("theory.regime").map((n) => REGIMES[n]),
  };
}

// The share of the limit at every step at one place, NaN where there is no limit.
/** @param {Pick<FeltRace, "arrays">} race @param {number} p */
export function shares({ arrays }, p) {
  const { values, shape } = arrays["theory.limit"];
  const rate = arrays["theory.rate"].values;
  return Float32Array.from(rate, (lr, t) => {
    const limit = values[p * shape[1] + t];
    return Number.isFinite(limit) && lr > 0 ? lr / limit : NaN;
  });
}

/** @param {number[]} radius */
export const worst = (radius) => Math.max(...radius);

// How many steps take a factor 10 off the distance.
/** @param {number} radius */
export const perTen = (radius) => (radius < 1 ? -1 / Math.log10(radius) : Infinity);
