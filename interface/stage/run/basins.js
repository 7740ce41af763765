// Where runs from many starts end, as labs/basins/study.py says it. Pure.

import { ENDS } from "../core/known.js";
import { below, marched } from "./batch.js";
import { bound } from "./path.js";
import { distance, near, radii, wider } from "./minima.js";
import { atTheBottom, axesAt, goalOf } from "./outcome.js";
import { batchesOf, tilted } from "./rows.js";
import { abreast } from "./tables.js";

/** @import { Loss, MapJob, Spot, MapModules, Point, Window } from "./recorded.d.ts" */
/** @typedef {MapJob & { window: Window, lowest: number | null, floor: number | null, spots: Spot[], sigma: number }} BasinJob */

const { notArrived: NOT_ARRIVED, diverged: DIVERGED, elsewhere: ELSEWHERE, ranAway: RAN_AWAY } = ENDS;

// The middles of cells, x, y, x, y, ...: of each `stride`-th row and column from row `first` on.
/**
 * @param {Window} window
 * @param {number} resolution
 * @param {{ first?: number, rows?: number, stride?: number }} [part]
 */
export function centers([across, up], resolution, { first = 0, rows = resolution, stride = 1 } = {}) {
  /** @param {Point} ends @param {number} k */
  const middle = ([low, high], k) => low + ((k + 0.5) * (high - low)) / resolution;
  const found = [];
  for (let row = first + (stride >> 1); row < first + rows; row += stride) {
    for (let col = stride >> 1; col < resolution; col += stride)
      found.push(middle(across, col), middle(up, row));
  }
  return Float64Array.from(found);
}

// `job` is { settings, steps, sigma, draws, window, tolerance, lowest, floor, spots }, `spots` all
// places that count for a minimum (see destinations.js). Returns each start's end and step.
/** @param {MapModules} modules @param {BasinJob} job @param {Float64Array} points */
export function* basinsOf(modules, job, points) {
  const count = points.length / 2;
  const { steps, tolerance, spots } = job;
  const lowest = spots.find(({ kind }) => kind === "global minimum");
  const settings = tilted(modules.surface, job.settings, lowest);
  const heights = spots.map(({ height }) => height + tolerance);
  const levels = Float64Array.from(new Set(heights)).sort();
  const goal = goalOf(job, tolerance);
  const [brackets, away] = [bracketed(levels, count), below(new Float64Array(count).fill(goal.floor))];
  /** @param {number} t @param {Float64Array} losses */
  const watch = (t, losses) => {
    if (levels.length) brackets.look(t, losses);
    if (goal.floor > -Infinity) away.look(t, losses);
  };
  const { sigma, draws } = job;
  const batches = batchesOf(job.batches?.rows, job.batches?.order);
  const sizes = { steps, draws, axes: [], count, length: count, batches };
  const lanes = abreast(modules.batch, modules.schedule, { ...settings, noise: sigma }, sizes);
  const loss = bound(modules.surface.surface, modules.surface, settings);
  const whole = batches && ((/** @type {number} */ _, /** @type {Point} */ ...at) => loss.value(...at));
  const { rows, losses, diverged } = yield* marched({ lanes, points, steps, watch, whole });
  const [ends, since] = [new Int32Array(count), new Int32Array(count)];
  const end = endOf(loss, job);
  const level = new Map(spots.map(({ owner }, k) => [owner, levels.indexOf(heights[k])]));
  for (let k = 0; k < count; k++) {
    const gone = away.since[k] >= 0 ? RAN_AWAY : DIVERGED;
    const lost = away.since[k] >= 0 ? away.since[k] : diverged[k];
    ends[k] = lost >= 0 ? gone : end(rows[k * lanes.lane], rows[k * lanes.lane + 1], losses[k]);
    since[k] = ends[k] >= 0 ? brackets.since(level.get(ends[k]) ?? -1, k) : lost;
  }
  return { end: ends, steps: since };
}

// How many levels lie below each lane's loss, and since when it has been down at each of them. Few
// lanes change their bracket in a step.
/** @param {Float64Array} levels @param {number} count */
function bracketed(levels, count) {
  const bounds = Float64Array.from([-Infinity, ...levels, Infinity]);
  const bracket = new Int32Array(count).fill(levels.length);
  const [low, high] = [2, 1].map((by) => new Float64Array(count).fill(bounds[bounds.length - by]));
  const since = new Int32Array(levels.length * count);
  /** @param {number} t @param {number} k @param {number} loss */
  const cross = (t, k, loss) => {
    let now = levels.findIndex((level) => level >= loss);
    if (now < 0) now = levels.length;
    for (let j = now; j < bracket[k]; j++) since[j * count + k] = t;
    [bracket[k], low[k], high[k]] = [now, bounds[now], bounds[now + 1]];
  };
  /** @param {number} t @param {Float64Array} losses */
  const look = (t, losses) => {
    for (let k = 0; k < count; k++) if (losses[k] > high[k] || losses[k] <= low[k]) cross(t, k, losses[k]);
  };
  return {
    look,
    /** @param {number} level @param {number} k */ since: (level, k) =>
      bracket[k] <= level ? since[level * count + k] : -1,
  };
}

// A function that says in which minimum a point lies, or which other end it is.
/** @param {Loss} loss @param {BasinJob} basinJob @returns {(x: number, y: number, value: number) => number} */
function endOf(loss, { spots, window, tolerance, lowest }) {
  if (!spots.length) return () => NOT_ARRIVED;
  const [reach, close, [across, up]] = [near(window), radii(spots, window), wider(window)];
  const height = (lowest ?? 0) + tolerance;
  const low = spots.map((one) => (one.height <= height ? Infinity : 0));
  const best = spots.filter(({ kind }) => kind === "global minimum");
  /** @type {(x: number, y: number) => number} */
  const far = loss.distance || ((x, y) => distance(best, x, y));
  /** @param {number} x @param {number} y */
  const inside = (x, y) => x >= across[0] && x <= across[1] && y >= up[0] && y <= up[1];
  return (x, y, value) => {
    const found = nearest(spots, close, x, y);
    if (found >= 0) return found;
    if (value <= height && (inside(x, y) || far(x, y) <= reach)) return nearest(spots, low, x, y);
    return atTheBottom(axesAt(loss, [x, y]), reach, tolerance) ? ELSEWHERE : NOT_ARRIVED;
  };
}

/** @param {Spot[]} spots @param {number[]} within @param {number} x @param {number} y */
function nearest(spots, within, x, y) {
  let [found, gap] = [NOT_ARRIVED, Infinity];
  for (let k = 0; k < spots.length; k++) {
    const [dx, dy] = [spots[k].x - x, spots[k].y - y];
    if (!(Math.abs(dx) < within[k] && Math.abs(dy) < within[k])) continue;
    const apart = Math.hypot(dx, dy);
    if (apart < gap && apart < within[k]) [found, gap] = [spots[k].owner, apart];
  }
  return found;
}
