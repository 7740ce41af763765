// What theory says at one step of the chosen lane: numbers for start, head and minimum. Pure.

import { REGIMES } from "../../core/known.js";

export const PLACES = ["start", "head", "minimum"];

// Columns of the table at step t; null for a place that is not there. Directions: [low, high].
export function reading(race, t) {
  const { theory } = race.header;
  return PLACES.map((name, p) => {
    const found = name === "head" ? head(race, t) : theory.places[p];
    return found && { name, ...found, ...judged(race, p, t) };
  });
}

function head({ header, arrays }, t) {
  const k = header.chosen;
  const pair = (array) => [array.values[2 * t], array.values[2 * t + 1]];
  const [low, high, angle] = arrays["theory.curvature"].values.subarray(3 * t, 3 * t + 3);
  return {
    kind: "head",
    at: pair(arrays[`x${k}`]),
    loss: arrays[`loss${k}`].values[t],
    gradient: pair(arrays[`gradient${k}`]),
    low,
    high,
    angle,
  };
}

function judged({ arrays }, p, t) {
  const limits = arrays["theory.limit"];
  if (!limits) return {};
  const width = limits.shape[1];
  const two = (name) => arrays[name].values.subarray(2 * (p * width + t), 2 * (p * width + t) + 2);
  const limit = limits.values[p * width + t];
  return {
    limit,
    share: arrays["theory.rate"].values[t] / limit,
    seen: [...two("theory.seen")],
    radius: [...two("theory.radius")],
    regime: [...two("theory.regime")].map((n) => REGIMES[n]),
  };
}

// The share of the limit at every step at one place, NaN where there is no limit.
export function shares({ arrays }, p) {
  const { values, shape } = arrays["theory.limit"];
  const rate = arrays["theory.rate"].values;
  return Float32Array.from(rate, (lr, t) => {
    const limit = values[p * shape[1] + t];
    return Number.isFinite(limit) && lr > 0 ? lr / limit : NaN;
  });
}

export const worst = (radius) => Math.max(...radius);

// How many steps take a factor 10 off the distance.
export const perTen = (radius) => (radius < 1 ? -1 / Math.log10(radius) : Infinity);
