// What a map is computed by, part by part: each task is a generator that may be stopped between two
// steps and returns arrays. Workers carry them out, or the page itself between two frames.

import { yieldToPage } from "../core/yielding.js";
import { basinsOf, centers } from "./basins.js";
import { cellsOf, listedOf } from "./cells.js";
import { otherMinima } from "./minima.js";
import { bound, walk } from "./path.js";
import { planOf } from "./plan.js";
import { tilted } from "./rows.js";

/** @import { Critical, MapModules, Modules, SurfaceModule, Settings, Window } from "./recorded.d.ts" */
/** @import { Lane } from "./race.js" */
/** @import { BasinJob } from "./basins.js" */
/** @import { SweepJob, Part } from "./cells.js" */
/** @import { PlanJob, Runners } from "./plan.js" */
/** @import { Message } from "./crew.js" */
/** @import { library } from "./library.js" */

const BUDGET = 8;

// Each is a function of a lane's modules, the job, and which part of it is wanted: what a message brings is
// what its task takes.
/** @typedef {{ begin(modules: unknown, job: unknown, part: unknown): Generator<unknown, unknown> }} Task */
/** @type {Record<string, Task["begin"]>} */
const TASKS = {
  *meet() {
    yield;
  },
  /** @param {OfLanes} modules @param {Lane[]} job */
  *walk(modules, job) {
    yield;
    return job.map(({ k, settings, wanted }) => walk(laneOf(modules, k), settings, wanted));
  },
  /**
   * @param {{ surface: SurfaceModule }} modules
   * @param {{ settings: Settings, known: Critical[], window: Window }} job
   */
  *minima({ surface }, { settings, known, window }) {
    const own = tilted(surface, settings, known[0]);
    return yield* otherMinima(bound(surface.surface, surface, own), known, window);
  },
  /** @param {Runners} modules @param {PlanJob} job */
  *plan(modules, job) {
    return yield* planOf(modules, job);
  },
  /** @param {MapModules} modules @param {SweepJob} job @param {Part} part */
  *cells(modules, job, part) {
    return yield* cellsOf(modules, job, part);
  },
  /** @param {MapModules} modules @param {SweepJob} job @param {{ first: number, last: number }} part */
  *listed(modules, job, part) {
    return yield* listedOf(modules, job, part);
  },
  /**
   * @param {MapModules} modules
   * @param {BasinJob} job
   * @param {{ resolution: number, first: number, rows: number, stride: number }} part
   */
  *basins(modules, job, part) {
    return yield* basinsOf(modules, job, centers(job.window, part.resolution, part));
  },
};

// The modules of a lane among those of several.
/** @typedef {{ [Kind in keyof Modules as `${Kind}${number}`]: Modules[Kind] }} OfLanes */
/** @param {OfLanes} modules @param {number} k @returns {Modules} */
const laneOf = (modules, k) => ({
  rule: modules[`rule${k}`],
  surface: modules[`surface${k}`],
  schedule: modules[`schedule${k}`],
});

// Carry out a message { task, addresses, job, part } with modules from a library. Null for one that was
// called off; an error where a module cannot be had.
/** @param {Message} message @param {ReturnType<typeof library>} own @param {() => boolean} goesOn */
export async function carriedOut({ task, addresses, job, part }, own, goesOn) {
  if (!own.ready([addresses])) await own.fetch([addresses]);
  const modules = own.of(addresses);
  if (!modules) throw new Error("This rule cannot run in a browser.");
  const work = TASKS[task](modules, job, part);
  for (let until = performance.now() + BUDGET; goesOn();) {
    const { done, value } = work.next();
    if (done) return value;
    if (performance.now() < until) continue;
    await yieldToPage();
    until = performance.now() + BUDGET;
  }
  return null;
}
