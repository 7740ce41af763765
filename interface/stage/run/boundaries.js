// Where theory draws lines on a map of two settings; labs/sweep/lines.py says what they are called. Pure.

import { reachOf, spreadOver } from "./axes.js";
import { ALIKE, COUNTS, LINES, LOCAL, SCATTER, SCATTERED } from "./planned.js";
import { curvature, limit, touching } from "./stability.js";
import { smooth } from "./theory.js";

/** @import { HandleHeader } from "../core/packets.d.ts" */
/** @import { Critical, Loss, Point, Recursion, Window } from "./recorded.d.ts" */
/** @typedef {{ low: number, high: number }} Bends */
/** @typedef {{ rule: Recursion | null, bends: Bends | null }} There */
/** @typedef {{ value: number, rule: Recursion, bends: Bends }} Setting */
/** @typedef {(there: Setting) => number} Solve */
/** @typedef {{ name: string, label: string, rates: number[], values: number[], local: boolean, kind: "line" | "point" }} Boundary */

const PLACES = COUNTS[3];
/** @type {Record<string, string>} */
const added = LOCAL;

// Points without any pattern that a surface's own could meet.
/** @param {Window} window @returns {Point[]} */
const scattered = (window) =>
  Array.from({ length: SCATTERED }, (_, k) => {
    const [x, y] = SCATTER.map((share, side) => {
      const [low, high] = window[side];
      return (low + high) / 2 + (high - low) * (2 * ((share * (k + 1)) % 1) - 1);
    });
    return [x, y];
  });

// The Hessian of a surface that has the same one everywhere, told by its own derivatives, or null.
/** @param {Loss} loss @param {Window} window */
export function quadratic(loss, window) {
  const points = scattered(window);
  const parts = points.map(([x, y]) => loss.hessian(x, y));
  const [[xx, xy, yy]] = parts;
  const size = Math.max(...parts.flat().map(Math.abs));
  const even = parts.every((one) => one.every((part, k) => Math.abs(part - parts[0][k]) <= ALIKE * size));
  if (!(size > 0) || !even) return null;
  const slopes = points.map(([x, y]) => loss.gradient(x, y));
  const steep = Math.max(...slopes.flat().map(Math.abs));
  const [[px, py], [gx, gy]] = [points[0], slopes[0]];
  const explained = points.every(([x, y], k) => {
    const made = [xx * (x - px) + xy * (y - py) + gx, xy * (x - px) + yy * (y - py) + gy];
    return made.every((side, j) => Math.abs(side - slopes[k][j]) <= ALIKE * steep);
  });
  const largest = Math.max(...[xx, xy, yy].map(Math.abs));
  const pointed = Math.abs(xx * yy - xy * xy) > ALIKE * largest ** 2 * 1e-6;
  return explained && pointed ? parts[0] : null;
}

// The curvature at the global minimum nearest to a point; null without a proper one.
/** @param {Loss} loss @param {Window} window @param {Pick<Critical, "x" | "y">[]} minima @param {Point} near */
export function minimumCurvature(loss, window, minima, [x, y]) {
  const whole = quadratic(loss, window);
  if (whole) return curvature(whole);
  if (!minima.length) return null;
  const gaps = minima.map((one) => Math.hypot(one.x - x, one.y - y));
  const nearest = minima[gaps.indexOf(Math.min(...gaps))];
  const bends = curvature(loss.hessian(nearest.x, nearest.y));
  const proper = Number.isFinite(bends.high) && bends.low > 1e-9 * bends.high && bends.low > 0;
  return proper && smooth(loss, window, [nearest.x, nearest.y]) ? bends : null;
}

// The values of the other axis at which lines are solved.
/** @param {HandleHeader} handle @param {Window} window */
export function placesOf(handle, window) {
  const free = handle.key === "x" || handle.key === "y";
  return spreadOver(handle, ...(free ? reachOf(handle, window) : handle.limits), PLACES);
}

// The lines over a learning rate and another setting; `at(value)` is what rules the steps where that
// setting has a value. Yields between settings, so that whoever runs this may stop.
/** @param {number[]} values @param {boolean} local @param {(value: number) => There} at */
export function* boundaries(values, local, at) {
  /** @type {Setting[]} */
  const settings = [];
  for (const value of values) {
    const { rule, bends } = at(value);
    if (rule && bends) settings.push({ value, rule, bends });
    yield;
  }
  return [...lines(settings, local), ...optimum(settings, local)];
}

/** @param {Setting} setting */
const steepest = ({ rule, bends }) => limit(rule, bends.high + rule.penalty);

/** @typedef {keyof typeof LINES} Name */
/** @type {[name: Name, side: keyof Bends, border: 0 | 1][]} */
const DAMPING = [
  ["damping_flat", "low", 0],
  ["damping_steep", "high", 0],
  ["flips", "high", 1],
];

/** @param {Name} name @param {boolean} local */
const called = (name, local) => LINES[name] + (local ? (added[name] ?? LOCAL.other) : "");

/** @param {keyof Bends} side @param {0 | 1} border @returns {Solve} */
const damping =
  (side, border) =>
  ({ rule, bends }) => {
    const push = rule.gain * (bends[side] + rule.penalty);
    return push > 0 ? touching(rule)[border] / push : NaN;
  };

/** @param {Setting[]} settings @param {boolean} local @returns {Boundary[]} */
function lines(settings, local) {
  const found = line("stability", settings, steepest, local);
  if (!settings.some(({ rule }) => rule.beta)) return found;
  const uneven = settings.some(({ bends }) => bends.low < bends.high);
  const drawn = DAMPING.filter(([, side]) => side === "high" || uneven);
  return [
    ...found,
    ...drawn.flatMap(([name, side, border]) => line(name, settings, damping(side, border), local)),
  ];
}

// A line in as many pieces as it has.
/** @param {Name} name @param {Setting[]} settings @param {Solve} solve @param {boolean} local @returns {Boundary[]} */
function line(name, settings, solve, local) {
  const label = called(name, local);
  /** @type {Boundary[]} */
  const pieces = [];
  let before = false;
  for (const there of settings) {
    const rate = solve(there);
    const good = Number.isFinite(rate) && rate > 0;
    if (good && !before) pieces.push({ name, label, rates: [], values: [], local, kind: "line" });
    if (good) {
      const piece = pieces[pieces.length - 1];
      piece.rates.push(rate);
      piece.values.push(there.value);
    }
    before = good;
  }
  return pieces.filter(({ rates }) => rates.length > 1);
}

// The best rate as a line without momentum, and as a point where the axis is momentum.
/** @param {Setting[]} settings @param {boolean} local @returns {Boundary[]} */
function optimum(settings, local) {
  if (!settings.some(({ rule }) => rule.beta)) return line("best_rate", settings, bestRate, local);
  return settings.every(({ rule, value }) => rule.beta === value) ? bestPoint(settings, local) : [];
}

/** @type {Solve} */
function bestRate({ rule: { gain, penalty }, bends }) {
  const [low, high] = [bends.low + penalty, bends.high + penalty];
  return low > 0 && gain > 0 ? 2 / (low + high) / gain : NaN;
}

/** @param {Setting[]} settings @param {boolean} local @returns {Boundary[]} */
function bestPoint(settings, local) {
  const [{ rule, bends }] = settings;
  const [low, high] = [bends.low + rule.penalty, bends.high + rule.penalty];
  if (low <= 0 || high <= low) return [];
  const ahead = settings.some((one) => one.rule.ahead);
  const best = ahead ? bestNesterov(low, high) : bestHeavyBall(low, high);
  const away = settings.map(({ value }) => Math.abs(value - best.beta));
  const there = settings[away.indexOf(Math.min(...away))];
  const gain = there.rule.gain === rule.gain ? rule.gain : gainAt(settings, best.beta);
  if (gain <= 0) return [];
  const name = ahead ? "best_nesterov" : "polyak";
  const label = called(name, local);
  return [{ name, label, rates: [best.lr / gain], values: [best.beta], local, kind: "point" }];
}

// The gain at a momentum between the settings; it is linear in beta in every rule.
/** @param {Setting[]} settings @param {number} beta */
function gainAt(settings, beta) {
  const [first, last] = [settings[0], settings[settings.length - 1]];
  const slope = (last.rule.gain - first.rule.gain) / (last.value - first.value);
  return first.rule.gain + slope * (beta - first.value);
}

/** @param {number} low @param {number} high */
function bestHeavyBall(low, high) {
  const [small, large] = [Math.sqrt(low), Math.sqrt(high)];
  const radius = (large - small) / (large + small);
  return { lr: (2 / (large + small)) ** 2, beta: radius ** 2 };
}

/** @param {number} low @param {number} high */
function bestNesterov(low, high) {
  const root = Math.sqrt((3 * high) / low + 1);
  return { lr: 4 / (3 * high + low), beta: (root - 2) / (root + 2) };
}
