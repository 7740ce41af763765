// How runs at many settings end, as labs/sweep/study.py says it. Pure.

import { below, between, marched } from "./batch.js";
import { farFrom } from "./minima.js";
import { goalOf } from "./outcome.js";
import { bound } from "./path.js";
import { BATCHES } from "./planned.js";
import { joined } from "./rates.js";
import { batchesOf, ordered, tilted } from "./rows.js";
import { abreast } from "./tables.js";

/** @import { Axis, BatchModule, Goal, Loss, MapJob, MapModules, Point, Settings } from "./recorded.d.ts" */
/** @import { Bottom } from "./plan.js" */
/** @import { Drawn } from "./rows.js" */
/** @typedef {Pick<Axis, "key" | "values">} Swept */
/** @typedef {MapModules & { whole?: BatchModule }} SweepModules */
/** @typedef {Drawn & { rows: Float64Array, count: number }} DrawnRows */
/** @typedef {{ start: number[], axes: Swept[], minima: { over: string[], surfaces: Bottom[] }, drawn?: DrawnRows }} Sweep */
/** @typedef {MapJob & Sweep} SweepJob */
/** @typedef {Record<"loss" | "gap" | "distance", Float64Array> & Record<"steps" | "away" | "diverged", Int32Array>} Ends */
/** @typedef {{ rows: number[], columns: number[], nudge: number }} Part */
/** @typedef {{ axes: Axis[], length: number, nudge: number }} Abreast */

// `job` is { settings, start, steps, draws, tolerance, axes, minima }. `axes` are the panels', the rows'
// and the columns', { key, values }, by the names that modules know; `minima` has for each surface on
// the map, or as yet for those of the part, { lowest, floor, minima }, and `over`, which of the axes tell them apart. `part` is { rows,
// columns, nudge }. Returns arrays of panels, rows and columns. Lanes that take a step at once have the
// same batch: where its size is on an axis, one size runs after the other.
/** @param {SweepModules} modules @param {SweepJob} job @param {Part} part */
export function* cellsOf(modules, job, { rows, columns, nudge }) {
  const places = [Array.from(job.axes[0].values, (_, k) => k), rows, columns];
  const side = job.axes.findIndex(({ key }) => key === BATCHES.key);
  if (side < 0) return yield* cellsAt(modules, job, places, nudge);
  /** @type {Ends[]} */
  const parts = [];
  for (const place of places[side]) {
    const [runners, own] = ofSize(modules, job, side, job.axes[side].values[place]);
    parts.push(yield* cellsAt(runners, own, places.with(side, [0]), nudge));
  }
  return interleaved(
    parts,
    places.slice(side + 1).reduce((product, { length }) => product * length, 1),
  );
}

/** @param {MapModules} modules @param {SweepJob} job @param {number[][]} places @param {number} nudge */
function* cellsAt(modules, job, places, nudge) {
  const abreast = { axes: spread(job.axes, places), length: places[2].length, nudge };
  return yield* endsOf(modules, job, abreast);
}

// The same map at one size of its batches, which is on an axis; all rows are no batch.
/** @param {SweepModules} modules @param {SweepJob} job @param {number} side @param {number} size @returns {[MapModules, SweepJob]} */
function ofSize(modules, { drawn, ...job }, side, size) {
  const axes = job.axes.with(side, { key: "none", values: [0] });
  const own = { ...job, axes, batches: undefined };
  if (!drawn || size >= drawn.count) return [{ ...modules, batch: modules.whole ?? modules.batch }, own];
  return [modules, { ...own, batches: { rows: drawn.rows, order: ordered(drawn, job.steps, size) } }];
}

// What several parts have found as one, of which `length` values in a row are of the same part.
/** @param {Ends[]} parts @param {number} length @returns {Ends} */
function interleaved(parts, length) {
  const pieces = Array.from({ length: parts[0].loss.length / length }, (_, piece) => piece * length);
  /** @param {Ends} part @param {number} from */
  const cut = (part, from) =>
    Object.fromEntries(
      Object.entries(part).map(([name, values]) => [name, values.subarray(from, from + length)]),
    );
  return /** @type {Ends} */ (joined(pieces.flatMap((from) => parts.map((part) => cut(part, from)))));
}

// The same of a list: `axes` have a value each for every run, of which those from `first` up to `last` are
// wanted.
/** @param {MapModules} modules @param {SweepJob} job @param {{ first: number, last: number }} part */
export function* listedOf(modules, job, { first, last }) {
  const axes = job.axes.map(({ key, values }) => {
    const own = values.slice(first, last);
    return { key, values: own, of: Uint16Array.from(own.keys()) };
  });
  return yield* endsOf(modules, job, { axes, length: 1, nudge: 0 });
}

// How lanes end that stand at places of some axes; those of one `length` differ in what is along alone.
/** @param {MapModules} modules @param {SweepJob} job @param {Abreast} abreast @returns {Generator<unknown, Ends>} */
function* endsOf(modules, job, { axes, length, nudge }) {
  const count = axes[0].of.length;
  const which = surfaces(job, axes, count);
  const goals = job.minima.surfaces.map((one) => goalOf(one, job.tolerance));
  /** @param {keyof Goal} side */
  const each = (side) => Float64Array.from(which, (one) => goals[one][side]);
  const [there, away] = [between(each("low"), each("high")), below(each("floor"))];
  const falls = goals.some(({ floor }) => floor > -Infinity);
  /** @param {number} t @param {Float64Array} losses */
  const watch = (t, losses) => {
    there.look(t, losses);
    if (falls) away.look(t, losses);
  };
  const { steps, draws } = job;
  const settings = settingsOf(modules, job);
  const own = axes.filter(({ key }) => key !== "x" && key !== "y");
  const batches = batchesOf(job.batches?.rows, job.batches?.order);
  const sizes = { steps, draws, axes: own, count, length, batches };
  const lanes = abreast(modules.batch, modules.schedule, settings, sizes);
  const points = startsOf(job, axes, count, nudge);
  const lossAt = surfacesAt(modules, settings, axes, which);
  const whole = batches && ((/** @type {number} */ k, /** @type {Point} */ ...at) => lossAt(k).value(...at));
  const done = yield* marched({ lanes, points, steps, watch, whole });
  return told({ modules, job, lossAt, which, goals }, done, there.since, away.since);
}

// Sketches are tilted where there is one surface alone.
/** @param {MapModules} modules @param {SweepJob} job */
function settingsOf({ surface }, { settings, minima: { over, surfaces } }) {
  const [one] = surfaces;
  const minimum = over.length || one.lowest === null ? undefined : { ...one.minima[0], height: one.lowest };
  return tilted(surface, settings, minimum);
}

// Each lane's place among the values of each axis; columns run quickest.
/** @param {Swept[]} axes @param {number[][]} places @returns {Axis[]} */
function spread(axes, [panels, rows, columns]) {
  const chosen = [panels, rows, columns];
  const count = panels.length * rows.length * columns.length;
  const run = [rows.length * columns.length, columns.length, 1];
  return axes.map(({ key, values }, a) => {
    const of = Uint16Array.from(
      { length: count },
      (_, k) => chosen[a][Math.floor(k / run[a]) % chosen[a].length],
    );
    return { key, values, of };
  });
}

/** @param {SweepJob} sweepJob @param {Axis[]} axes @param {number} count */
function surfaces({ minima }, axes, count) {
  const over = axes.filter((_, a) => minima.over.includes(["third", "up", "across"][a]));
  return Int32Array.from({ length: count }, (_, k) =>
    over.reduce((sum, { of, values }) => sum * values.length + of[k], 0),
  );
}

/** @param {SweepJob} sweepJob @param {Axis[]} axes @param {number} count @param {number} nudge */
function startsOf({ start }, axes, count, nudge) {
  const points = new Float64Array(2 * count);
  ["x", "y"].forEach((name, side) => {
    const axis = axes.find(({ key }) => key === name);
    for (let k = 0; k < count; k++) {
      const at = axis ? axis.values[axis.of[k]] : start[side];
      points[2 * k + side] = nudge ? at + nudge * Math.max(Math.abs(at), 1) : at;
    }
  });
  return points;
}

/**
 * @param {{ modules: MapModules, job: SweepJob, lossAt: (k: number) => Loss, which: Int32Array, goals: Goal[] }} map
 * @param {{ rows: Float64Array, losses: Float64Array, diverged: Int32Array }} done
 * @param {Int32Array} arrived
 * @param {Int32Array} gone
 */
function told({ modules, job, lossAt, which, goals }, { rows, losses, diverged }, arrived, gone) {
  const count = losses.length;
  const [gap, far] = [new Float64Array(count), new Float64Array(count)];
  const [steps, away] = [new Int32Array(count), new Int32Array(count)];
  for (let k = 0; k < count; k++) {
    const at = k * modules.batch.lane;
    const leaving = goals[which[k]].high === -Infinity && goals[which[k]].floor > -Infinity;
    gap[k] = losses[k] - (job.minima.surfaces[which[k]].lowest ?? NaN);
    far[k] = farFrom(lossAt(k), job.minima.surfaces[which[k]].minima, rows[at], rows[at + 1]);
    steps[k] = leaving ? gone[k] : diverged[k] < 0 ? arrived[k] : -1;
    away[k] = leaving ? -1 : gone[k];
    if (gone[k] >= 0) diverged[k] = -1;
  }
  return { loss: losses, gap, distance: far, steps, away, diverged };
}

// The surface that each lane runs on.
/**
 * @param {MapModules} modules
 * @param {Settings} settings
 * @param {Axis[]} axes
 * @param {Int32Array} which
 * @returns {(k: number) => Loss}
 */
function surfacesAt({ surface }, settings, axes, which) {
  /** @type {Map<number, Loss>} */
  const made = new Map();
  const own = axes.filter(({ key }) => key.startsWith("surface."));
  /** @param {number} k */
  const make = (k) => {
    const other = own.map(({ key, of, values }) => [key, values[of[k]]]);
    return bound(surface.surface, surface, { ...settings, ...Object.fromEntries(other) });
  };
  return (k) => {
    const found = made.get(which[k]) ?? make(k);
    made.set(which[k], found);
    return found;
  };
}

// Parts that cover each cell once, thin samples first: the stages of labs/sweep/study.py's `tiles`.
/** @param {number} rows @param {number} columns @param {number} coarse */
export function stagesOf(rows, columns, coarse) {
  /** @param {number} count @param {number} from @param {number} by */
  const every = (count, from, by) =>
    Array.from({ length: Math.ceil((count - from) / by) }, (_, k) => from + k * by);
  /** @param {number[]} numbers @param {number[]} numbers @param {number[]} block */
  const stage = ([down, by], [right, wide], block) => ({
    rows: every(rows, down, by),
    columns: every(columns, right, wide),
    block,
  });
  const stages = [[stage([0, coarse], [0, coarse], [coarse, coarse])]];
  for (let stride = coarse; stride > 1; stride /= 2) {
    const half = stride / 2;
    stages.push([stage([0, stride], [half, stride], [stride, half])]);
    stages.push([stage([half, stride], [0, half], [half, half])]);
  }
  return stages.map(([one]) => one).filter((one) => one.rows.length && one.columns.length);
}
