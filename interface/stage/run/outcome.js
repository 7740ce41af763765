// How a run ended, told from its record as engine/run/outcome.py tells it, in the server's words.
// A test holds the two to each other. Pure.

import { filled, significant } from "../core/format.js";
import { GRID, JUDGED } from "../core/known.js";
import { pointAt } from "../core/packet.js";

/** @import { Critical, Goal, Ground, Loss, Point, Run, Window } from "./recorded.d.ts" */
/** @import { Ending, Told } from "../core/packets.d.ts" */
/** @typedef {ReturnType<typeof axesAt>} Slopes */

/** @type {Partial<Record<Critical["kind"], string>>} */
const STANDS = { saddle: "saddle", maximum: "maximum", "local minimum": "local minimum" };

// `run` is { x, loss, diverged }, `ground` { loss, critical, lowest, floor, window, far }: the answer
// is what packets/outcome.py sends of a lane.
/**
 * @param {Run} run
 * @param {Ground} ground
 * @param {number} tolerance
 * @param {Record<string, Ending>} endings
 * @returns {Told}
 */
export function told({ x, loss, diverged }, ground, tolerance, endings) {
  const goal = goalOf(ground, tolerance);
  const alive = diverged < 0 ? loss.length : diverged;
  /** @param {number} v */
  const inside = (v) => v >= goal.low && v <= goal.high;
  const passed = loss.findIndex(inside);
  /** @type {Record<string, number>} */
  const steps = {
    "ran away": since(loss, alive, (v) => v < goal.floor),
    diverged,
    arrived: diverged < 0 ? since(loss, alive, inside) : -1,
  };
  const early = Object.keys(steps).find((end) => steps[end] >= 0);
  const end = early || standing(x, ground, tolerance) || unsettled(x, loss, ground, passed);
  const step = end === "passed" ? passed : (steps[end] ?? -1);
  return said({ end, step, passed, diverged }, { goal, endings, height: height(loss, ground) });
}

// The losses at which a run has arrived, from `low` to `high`, and those below which it ran away.
/** @param {Pick<Ground, "lowest" | "floor">} ground @param {number} tolerance @returns {Goal} */
export function goalOf({ lowest, floor }, tolerance) {
  if (lowest === null) return { high: -Infinity, low: -Infinity, floor: floor ?? -Infinity };
  const high = lowest + tolerance;
  return floor === null
    ? { high, low: -Infinity, floor: -Infinity }
    : { high, low: lowest - tolerance, floor: floor - tolerance };
}

// The step from which on a loss is so, up to the last that is a number; -1 if it is not at the end.
/** @param {Float64Array} loss @param {number} alive @param {(loss: number) => boolean} so */
function since(loss, alive, so) {
  let first = alive;
  while (first > 0 && so(loss[first - 1])) first--;
  return first < alive ? first : -1;
}

/** @param {Float64Array} loss @param {Pick<Ground, "lowest">} ground */
const height = (loss, { lowest }) => (lowest === null ? null : loss[loss.length - 1] - lowest);

/**
 * @param {{ end: string, step: number, passed: number, diverged: number }} found
 * @param {{ goal: Goal, endings: Record<string, Ending>, height: number | null }} by
 * @returns {Told}
 */
function said({ end, step, passed, diverged }, { goal, endings, height }) {
  /** @param {number} value */
  const known = (value) => (value >= 0 ? value : null);
  const leaving = goal.high === -Infinity && goal.floor > -Infinity;
  const values = { step: known(step), height: height === null ? "" : significant(height, JUDGED.digits) };
  const arrived = end === "arrived" ? step : null;
  const happened = passed === step ? { [end]: step } : { passed, [end]: step };
  return {
    end,
    words: filled(endings[end].words, values),
    arrived,
    reached: leaving ? (end === "ran away" ? step : null) : arrived,
    passed: known(passed),
    gone: diverged >= 0 ? filled(endings[end].brief, values) : "",
    events: Object.entries(happened)
      .filter(([kind, t]) => t >= 0 && endings[kind].event)
      .map(([kind, t]) => ({ t, kind, words: endings[kind].event })),
  };
}

// Where a run has come to rest without arriving.
/** @param {Float64Array} x @param {Ground} ground @param {number} tolerance */
function standing(x, { loss, critical, lowest, window, far }, tolerance) {
  const steps = x.length / 2 - 1;
  const end = pointAt(x, steps);
  const before = steps ? pointAt(x, steps - Math.max(Math.floor((steps + 1) / 10), 1)) : end;
  const side = Math.min(...window.map(([low, high]) => high - low));
  const still = loss.gradient(...end).every((slope) => slope === 0);
  const place = nearest(critical, end);
  const gap = place ? apart(place, end) : Infinity;
  if (place && gap <= JUDGED.same * side && (still || gap <= apart(place, before))) return STANDS[place.kind];
  if (still) return shape(axesAt(loss, end));
  const bowl = [before, end].every(
    (point) =>
      atTheBottom(axesAt(loss, point), JUDGED.near * side, tolerance) &&
      (lowest === null || loss.value(...point) > lowest + 2 * tolerance),
  );
  return bowl && !(far(...end) <= JUDGED.near * side) ? "local minimum" : undefined;
}

/** @param {{ x: number, y: number }} place @param {number[]} point */
const apart = (place, [x, y]) => Math.hypot(place.x - x, place.y - y);

/** @param {Critical[]} critical @param {Point} point @returns {Critical | undefined} */
function nearest(critical, point) {
  const gaps = critical.map((place) => apart(place, point));
  return critical[gaps.indexOf(Math.min(...gaps))];
}

// Slopes along the Hessian's own axes, and its eigenvalues.
/** @param {Pick<Loss, "gradient" | "hessian">} loss @param {Point} point */
export function axesAt(loss, point) {
  const [xx, xy, yy] = loss.hessian(...point);
  const [gx, gy] = loss.gradient(...point);
  const [mean, half] = [(xx + yy) / 2, Math.hypot((xx - yy) / 2, xy)];
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy);
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  return {
    steep: cosine * gx + sine * gy,
    flat: cosine * gy - sine * gx,
    high: mean + half,
    low: mean - half,
  };
}

/** @param {Pick<Slopes, "high" | "low">} slopes */
function shape({ high, low }) {
  if (low > 0) return "local minimum";
  if (high < 0) return "maximum";
  return high > 0 && low < 0 ? "saddle" : "flat";
}

/** @param {Slopes} slopes @param {number} reach @param {number} tolerance */
export function atTheBottom({ steep, flat, high, low }, reach, tolerance) {
  const bend = Math.max(Math.abs(low), 1e-9 * high);
  const far = Math.hypot(steep / high, flat / bend);
  const below = ((steep * steep) / high + (flat * flat) / bend) / 2;
  return high > 0 && low >= -1e-3 * high && far <= reach && below <= tolerance;
}

/**
 * @param {Float64Array} x
 * @param {Float64Array} loss
 * @param {Pick<Ground, "lowest">} ground
 * @param {number} passed
 */
function unsettled(x, loss, { lowest }, passed) {
  if (growing(loss)) return "growing";
  if (passed >= 0) return "passed";
  return orbiting(x, loss, lowest) ? "orbits" : "on its way";
}

// The k-th quarter of a run from its end.
/** @param {Float64Array} loss */
function quarters(loss) {
  const size = Math.floor(loss.length / 4);
  /** @param {number} k */
  const part = (k) => loss.subarray(loss.length - k * size, loss.length - (k - 1) * size);
  return size < 2 ? null : [3, 2, 1].map(part);
}

/** @param {Float64Array} values */
const highest = (values) => values.reduce((a, b) => Math.max(a, b), -Infinity);
/** @param {Float64Array} values */
const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;

/** @param {Float64Array} loss */
function growing(loss) {
  const parts = quarters(loss);
  if (!parts) return false;
  const [second, third, last] = parts.map(highest);
  const rising = last > third && third > second && last > loss[0];
  return rising && last - loss[0] > JUDGED.grows * (second - loss[0]);
}

/** @param {Float64Array} x @param {Float64Array} loss @param {number | null} lowest */
function orbiting(x, loss, lowest) {
  const parts = quarters(loss);
  if (!parts) return false;
  const base = lowest ?? loss.reduce((a, b) => Math.min(a, b), Infinity);
  /** @param {number} share @param {number[]} quarters */
  const high = (share, [second, third, last]) => last >= share * Math.min(second, third);
  const means = parts.map((part) => mean(part) - base);
  const peaks = parts.map((part) => highest(part) - base);
  const first = loss.length - 2 * parts[0].length;
  const turns = [0, 1].map((side) => turnsOf(x, first, side));
  return Math.max(...turns) >= JUDGED.turns && (high(JUDGED.closer, means) || high(JUDGED.peaks, peaks));
}

/** @param {Float64Array} x @param {number} first @param {number} side */
function turnsOf(x, first, side) {
  /** @param {number} n */
  const move = (n) => Math.sign(x[n] - x[n - 2]);
  let found = 0;
  for (let n = 2 * (first + 2) + side; n < x.length; n += 2) if (move(n) * move(n - 2) < 0) found++;
  return found;
}

// The lowest loss of a window that is a surface's domain, as surfaces/base.py looks for it.
/** @param {Pick<Loss, "value">} loss @param {Window} window @param {number | null} lowest */
export function floorOf(loss, [across, up], lowest) {
  /** @param {Point} ends @param {number} k */
  const on = ([low, high], k) => low + (k * (high - low)) / (GRID - 1);
  let least = lowest ?? Infinity;
  for (let row = 0; row < GRID; row++) {
    for (let column = 0; column < GRID; column++) {
      const value = loss.value(on(across, column), on(up, row));
      if (value < least && value > -Infinity) least = value;
    }
  }
  return least === Infinity ? null : least;
}
