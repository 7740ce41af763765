// Maps that this page computes itself: on which modules they rest, and what happens where it cannot.

import { whileHeard } from "../core/jobs.js";
import { along } from "../run/tables.js";

/** @import { FeltRace, Stage } from "../core/stage.d.ts" */
/** @import { LaneAddresses } from "../core/packets.d.ts" */
/** @import { MapJob } from "../run/recorded.d.ts" */
/** @import { Told } from "../core/jobs.js" */
/**
 * @typedef {object} Data
 * @property {Float64Array | null} all
 * @property {Float64Array | null} rows
 * @property {number} width
 * @property {Pick<MapJob, "batches">} more
 */

const ROWS = 200_000;
/** @type {Data} */
const NONE = { all: null, rows: null, width: 0, more: {} };

// Whether a lane of the race on the stage can run here.
/** @param {Pick<Stage, "race">} stage @param {number} k */
export const canRun = ({ race: { header } }, k) => Boolean(header.modules[k]);

// What a map's runs go through of a loss of data: `all` its rows, which come with its landscape, the `rows`
// that stand for them in thousands of runs, of so many numbers each, and which of them each step learns from.
/** @param {Stage} stage @param {FeltRace} race @returns {Promise<Data>} */
export async function dataOf({ map }, { header, arrays }) {
  if (!header.model) return NONE;
  await map.landed;
  const { rows, few } = (map.key === header.surface.key && map.home?.arrays) || {};
  if (!rows) throw new Error("The rows of this loss are not here.");
  const [all, kept] = [rows, few ?? rows].map(({ values }) => Float64Array.from(values));
  const order = arrays.batches;
  return { all, rows: kept, width: few ? 3 : 2, more: order ? { batches: { rows: all, order } } : {} };
}

// So many lanes take a step at once that nobody waits for it.
/** @param {Data} data @param {number} most */
export const lanesAtOnce = ({ rows, width }, most) =>
  Math.min(most, Math.floor(ROWS / (rows ? rows.length / width : 1)));

// The addresses of what a lane's maps are computed by; `across` is the setting that differs along a map's
// rows, if one does. The schedule's module says whether their rates differ as well.
/** @param {Pick<Stage, "library">} stage @param {LaneAddresses} lane @param {Data} data */
export async function batchOf({ library }, { rule, surface, schedule }, { width, more }, across = "none") {
  await library.fetch([{ schedule }]);
  const plan = library.of({ schedule });
  if (!plan) throw new Error("This schedule cannot run in a browser.");
  const inputs = along(across, plan.schedule);
  const place = inputs.length ? `/${inputs.join(",")}` : "";
  const kind = width === 3 && !more.batches ? "sketched/" : "batch/";
  const batch = rule.replace("rule/", kind).replace(/(?=\?|$)/, place);
  return { batch, surface: width === 3 ? surface.replace("surface/", "sketch/") : surface, schedule };
}

// Begin work here with `begin(told)`; where that fails, `otherwise()` begins it elsewhere and returns
// what stops it. Nothing is heard once the work is stopped.
/**
 * @template Part
 * @param {Stage} stage
 * @param {(told: Told<Part>) => Promise<unknown>} begin
 * @param {Told<Part>} told
 * @param {() => () => void} [otherwise]
 */
export function here(stage, begin, told, otherwise) {
  const run = { off: false, stop: stage.crew.cancel };
  /** @param {string} words */
  const failed = (words) => {
    if (otherwise) run.stop = otherwise();
    else told.failed(words);
  };
  const heard = whileHeard(() => !run.off, { ...told, failed });
  begin(heard).catch(({ message }) => heard.failed(message));
  return () => {
    run.off = true;
    run.stop();
    stage.crew.cancel();
  };
}
