// Whether a claim of a lesson (lessons/expression.py) holds for the race on the stage, as far as that can
// be measured here. Pure.

import { CLAIMS } from "../core/known.js";
import { flips } from "../run/arrays.js";
import { distance } from "../run/minima.js";
import { curvature } from "../run/stability.js";

/** @import { FeltRace } from "../core/stage.d.ts" */
/** @import { CriticalHeader, LaneHeader, Numbers } from "../core/packets.d.ts" */
/** @import { Loss } from "../run/recorded.d.ts" */
/** @import { Quantity, Sum } from "./told.d.ts" */
/** @typedef {[Sum, string, Sum][]} Claim */
/** @typedef {Pick<FeltRace, "header" | "arrays"> & { ground?: Loss | null }} Race `ground`: its surface, if known */
/**
 * @typedef {object} Run
 * @property {LaneHeader} lane
 * @property {number[][]} window
 * @property {Values} x
 * @property {Values} loss
 * @property {Values} gradient
 * @property {Values} [gap]
 * @property {Pick<CriticalHeader, "x" | "y">[]} minima
 */
/** @typedef {Numbers["values"]} Values */

/** @type {Record<string, (a: number, b: number) => number>} */
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

/** @param {number} a @param {number} b @param {number} share */
const near = (a, b, share) => Math.abs(a - b) <= share * Math.max(Math.abs(a), Math.abs(b));

/** @type {Record<string, (a: number, b: number) => boolean>} */
const SIGNS = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "=": (a, b) => a === b || near(a, b, CLAIMS.equal),
  "~": (a, b) => near(a, b, CLAIMS.nearly),
};

/** @param {number | null} step */
const never = (step) => step ?? Infinity;

/** @type {Record<string, (run: Run) => number>} */
const OF_A_RUN = {
  arrival: ({ lane }) => never(lane.passed),
  stays: ({ lane }) => never(lane.arrived),
  diverged: ({ lane }) => (lane.diverged < 0 ? Infinity : lane.diverged),
  leaves: ({ x, window }) => {
    /** @param {number} t */
    const out = (t) => window.some(([low, high], side) => x[2 * t + side] < low || x[2 * t + side] > high);
    const first = Array.from({ length: x.length / 2 }, (_, t) => t).findIndex(out);
    return first < 0 ? Infinity : first;
  },
  rises: ({ loss }) => rises(loss).length,
  last_rise: ({ loss }) => rises(loss).at(-1) ?? 0,
  "flips.x": ({ gradient }) => flips(gradient)[0].length,
  "flips.y": ({ gradient }) => flips(gradient)[1].length,
  lowest: ({ loss }) => loss[extreme(loss, -1)],
  lowest_at: ({ loss }) => extreme(loss, -1),
  longest: ({ x }) => lengths(x)[extreme(lengths(x), 1)],
  longest_at: ({ x }) => extreme(lengths(x), 1),
};

// Where the largest of the values that are known stands, or the smallest under another sign.
/** @param {ArrayLike<number>} values @param {1 | -1} sign */
function extreme(values, sign) {
  const known = Array.from(values, (value, t) => ({ value: sign * value, t })).filter(
    ({ value }) => !Number.isNaN(value),
  );
  return known.reduce((best, one) => (one.value > best.value ? one : best), { value: -Infinity, t: 0 }).t;
}

/** @param {Values} x */
const lengths = (x) =>
  Array.from({ length: x.length / 2 }, (_, t) => Math.hypot(moved(x, t, 0), moved(x, t, 1)));

/** @param {Values} loss */
const rises = (loss) => Array.from(loss, (_, t) => t).filter((t) => t > 0 && loss[t] > loss[t - 1]);

/** @param {Numbers["values"]} x @param {number} t @param {number} side */
const moved = (x, t, side) => (t < 1 ? NaN : x[2 * t + side] - x[2 * t - 2 + side]);

/** @type {Record<string, (run: Run, t: number) => number>} */
const AT_A_STEP = {
  loss: ({ loss }, t) => loss[t],
  gap: ({ gap }, t) => (gap ? gap[t] : NaN),
  x: ({ x }, t) => x[2 * t],
  y: ({ x }, t) => x[2 * t + 1],
  "step.x": ({ x }, t) => moved(x, t, 0),
  "step.y": ({ x }, t) => moved(x, t, 1),
  step: ({ x }, t) => Math.hypot(moved(x, t, 0), moved(x, t, 1)),
  slope: ({ gradient }, t) => Math.hypot(gradient[2 * t], gradient[2 * t + 1]),
  "gradient.x": ({ gradient }, t) => gradient[2 * t],
  "gradient.y": ({ gradient }, t) => gradient[2 * t + 1],
  "effective.x": (run, t) => effective(run, t, 0),
  "effective.y": (run, t) => effective(run, t, 1),
  angle: ({ x, gradient, minima }, t) => {
    const ways = minima.map((one) => [one.x - x[2 * t], one.y - x[2 * t + 1]]);
    const [way] = ways.sort((a, b) => Math.hypot(...a) - Math.hypot(...b));
    return way ? between(way, [-gradient[2 * t], -gradient[2 * t + 1]]) : NaN;
  },
};

// What rests on the surface's own functions.
/** @type {Record<string, (run: Run, t: number, ground: Loss) => number>} */
const ON_THE_GROUND = {
  sharpness: ({ x }, t, ground) => curvature(ground.hessian(x[2 * t], x[2 * t + 1])).high,
  "curvature.low": ({ x }, t, ground) => curvature(ground.hessian(x[2 * t], x[2 * t + 1])).low,
  distance: ({ x, minima }, t, ground) => {
    const at = /** @type {const} */ ([x[2 * t], x[2 * t + 1]]);
    return ground.distance ? ground.distance(...at) : distance(minima, ...at);
  },
};

// In degrees.
/** @param {number[]} one @param {number[]} other */
function between(one, other) {
  const sizes = Math.hypot(...one) * Math.hypot(...other);
  const cosine = (one[0] * other[0] + one[1] * other[1]) / sizes;
  return (180 / Math.PI) * Math.acos(Math.min(Math.max(cosine, -1), 1));
}

/** @param {Run} run @param {number} t @param {number} side */
function effective({ x, gradient }, t, side) {
  const rate = -moved(x, t, side) / gradient[2 * t - 2 + side];
  return Number.isFinite(rate) ? rate : NaN;
}

// True or false; null where a quantity is none of those above.
/** @param {Claim} claim @param {Race} race */
export function achieved(claim, race) {
  let all = true;
  for (const [left, sign, right] of claim) {
    const [a, b] = [value(left, race), value(right, race)];
    if (a === null || b === null) return null;
    all &&= SIGNS[sign](a, b);
  }
  return all;
}

// Null likewise.
/** @param {Sum} sum @param {Race} race @returns {number | null} */
export function value(sum, race) {
  if (typeof sum === "number") return sum;
  if (isQuantity(sum)) return quantity(sum[1], sum[2], race);
  const [operation, first, second = 0] = sum;
  const [a, b] = [value(first, race), value(second, race)];
  return a === null || b === null ? null : OPERATIONS[operation](a, b);
}

/** @param {Exclude<Sum, number>} sum @returns {sum is Quantity} */
const isQuantity = (sum) => sum[0] === "of";

/** @param {string} name @param {Sum | null} step @param {Race} race */
function quantity(name, step, race) {
  if (step === null) return setting(name, race) ?? ofARun(name, race);
  const [slot, rest] = split(name);
  const t = value(step, race);
  const run = runOf(slot, race);
  if (!run || t === null || !(t >= 0 && t <= race.header.steps)) return null;
  const at = Math.round(t);
  if (rest.startsWith(MEMORY)) return remembered(slot, rest, at, race);
  if (ON_THE_GROUND[rest]) return race.ground ? ON_THE_GROUND[rest](run, at, race.ground) : null;
  return AT_A_STEP[rest]?.(run, at) ?? null;
}

const MEMORY = "memory.";

// A page has the memory of the chosen lane alone.
/** @param {string} slot @param {string} name @param {number} t @param {Race} race */
function remembered(slot, name, t, { header, arrays }) {
  const [, part, side] = name.split(".");
  const rows = header.lanes[header.chosen].slot === slot ? arrays[`${MEMORY}${part}`] : undefined;
  if (!rows) return null;
  const [, wide = 1] = rows.shape;
  const found = rows.values[wide * t + (side ? SIDES.indexOf(side) : 0)];
  return found ?? null;
}

const SIDES = ["x", "y"];

/** @param {string} name @param {Race} race */
function ofARun(name, race) {
  const [slot, rest] = split(name);
  const run = runOf(slot, race);
  return run && OF_A_RUN[rest] ? OF_A_RUN[rest](run) : null;
}

/** @param {string} name */
const split = (name) => [name.slice(0, name.indexOf(".")), name.slice(name.indexOf(".") + 1)];

/** @param {string} name @param {Race} race */
function setting(name, { header }) {
  if (name === "steps") return header.steps;
  const told = header.changes?.[name] ?? header.handles.find(({ key }) => key === name)?.value;
  return told === undefined ? null : Number(told);
}

/** @param {string} slot @param {Race} race @returns {Run | null} */
function runOf(slot, { header, arrays }) {
  const k = header.lanes.findIndex((lane) => lane.slot === slot);
  if (k < 0) return null;
  const names = ["x", "loss", "gap", "gradient"];
  const [x, loss, gap, gradient] = names.map((name) => arrays[`${name}${k}`]?.values);
  const minima = header.ground.critical.filter(({ kind }) => kind === "global minimum");
  return { lane: header.lanes[k], window: header.surface.window, x, loss, gap, gradient, minima };
}
