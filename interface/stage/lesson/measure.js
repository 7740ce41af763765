// Whether a claim of a lesson (lessons/expression.py) holds for the race on the stage, as far as that can
// be measured here. Pure.

import { CLAIMS } from "../core/known.js";

const OPERATIONS = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => (b ? a / b : NaN),
  negative: (a) => -a,
  sqrt: Math.sqrt,
  abs: Math.abs,
  log10: (a) => (a > 0 ? Math.log10(a) : NaN),
  min: Math.min,
  max: Math.max,
};

const near = (a, b, share) => Math.abs(a - b) <= share * Math.max(Math.abs(a), Math.abs(b));

const SIGNS = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "=": (a, b) => a === b || near(a, b, CLAIMS.equal),
  "~": (a, b) => near(a, b, CLAIMS.nearly),
};

const never = (step) => step ?? Infinity;

const OF_A_RUN = {
  arrival: ({ lane }) => never(lane.passed),
  stays: ({ lane }) => never(lane.arrived),
  diverged: ({ lane }) => (lane.diverged < 0 ? Infinity : lane.diverged),
  leaves: ({ x, window }) => {
    const out = (t) => window.some(([low, high], side) => x[2 * t + side] < low || x[2 * t + side] > high);
    const first = Array.from({ length: x.length / 2 }, (_, t) => t).findIndex(out);
    return first < 0 ? Infinity : first;
  },
};

const moved = (x, t, side) => (t < 1 ? NaN : x[2 * t + side] - x[2 * t - 2 + side]);

const AT_A_STEP = {
  loss: ({ loss }, t) => loss[t],
  gap: ({ gap }, t) => (gap ? gap[t] : NaN),
  x: ({ x }, t) => x[2 * t],
  y: ({ x }, t) => x[2 * t + 1],
  "step.x": ({ x }, t) => moved(x, t, 0),
  "step.y": ({ x }, t) => moved(x, t, 1),
  step: ({ x }, t) => Math.hypot(moved(x, t, 0), moved(x, t, 1)),
};

// True or false; null where a quantity is none of those above.
/** @param {any[][]} claim @param {{ header: any, arrays: Record<string, any> }} race */
export function achieved(claim, race) {
  const parts = claim.map(([a, sign, b]) => [value(a, race), sign, value(b, race)]);
  if (parts.some(([a, , b]) => a === null || b === null)) return null;
  return parts.every(([a, sign, b]) => SIGNS[sign](a, b));
}

function value(sum, race) {
  if (typeof sum === "number") return sum;
  const [operation, ...rest] = sum;
  if (operation === "of") return quantity(rest[0], rest[1], race);
  const values = rest.map((each) => value(each, race));
  return values.includes(null) ? null : OPERATIONS[operation](...values);
}

function quantity(name, step, race) {
  if (step === null) return setting(name, race) ?? ofARun(name, race);
  const [slot, rest] = split(name);
  const t = value(step, race);
  const run = runOf(slot, race);
  return run && t !== null && AT_A_STEP[rest] ? AT_A_STEP[rest](run, Math.round(t)) : null;
}

function ofARun(name, race) {
  const [slot, rest] = split(name);
  const run = runOf(slot, race);
  return run && OF_A_RUN[rest] ? OF_A_RUN[rest](run) : null;
}

const split = (name) => [name.slice(0, name.indexOf(".")), name.slice(name.indexOf(".") + 1)];

function setting(name, { header }) {
  if (name === "steps") return header.steps;
  const told = header.changes?.[name] ?? header.handles.find(({ key }) => key === name)?.value;
  return told === undefined ? null : Number(told);
}

function runOf(slot, { header, arrays }) {
  const k = header.lanes.findIndex((lane) => lane.slot === slot);
  if (k < 0) return null;
  const [x, loss, gap] = ["x", "loss", "gap"].map((name) => arrays[`${name}${k}`]?.values);
  return { lane: header.lanes[k], window: header.surface.window, x, loss, gap };
}
