// Maps that this page computes itself: on which modules they rest, and what happens where it cannot.

import { along } from "../run/tables.js";

/** @import { FeltRace, Stage } from "../core/stage.d.ts" */
/** @import { LaneAddresses } from "../core/packets.d.ts" */
/** @import { Told } from "./study.js" */

const ROWS = 200_000;

// Whether a lane of the race on the stage can run here, of data in all its rows.
/** @param {Pick<Stage, "race">} stage @param {number} k */
export const canRun = ({ race: { header } }, k) =>
  Boolean(header.modules[k]) && !header.model?.stand_ins.length;

// The rows of a loss of data, which come with its landscape, and which of them each step learns from.
/** @param {Stage} stage @param {FeltRace} race */
export async function dataOf({ map }, { header, arrays }) {
  if (!header.model) return { rows: null };
  await map.landed;
  const rows = map.key === header.surface.key ? map.home?.arrays.rows?.values : null;
  if (!rows) throw new Error("The rows of this loss are not here.");
  return { rows: Float64Array.from(rows), ...(arrays.batches ? { order: arrays.batches } : {}) };
}

// So many lanes take a step at once that nobody waits for it; those of data go through all its rows.
/** @param {FeltRace} race @param {number} most */
export const lanesAtOnce = ({ header }, most) =>
  Math.min(most, Math.floor(ROWS / (header.model?.count ?? 1)));

// The addresses of what a lane's maps are computed by; `across` is the setting that differs along a map's
// rows, if one does. The schedule's module says
// whether their rates differ as well.
/** @param {Pick<Stage, "library">} stage @param {LaneAddresses} lane */
export async function batchOf({ library }, { rule, surface, schedule }, across = "none") {
  await library.fetch([{ schedule }]);
  const plan = library.of({ schedule });
  if (!plan) throw new Error("This schedule cannot run in a browser.");
  const inputs = along(across, plan.schedule);
  const place = inputs.length ? `/${inputs.join(",")}` : "";
  const batch = rule.replace("rule/", "batch/").replace(/(?=\?|$)/, place);
  return { batch, surface, schedule };
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
  /** @type {<Given extends unknown[]>(work: (...given: Given) => void) => (...given: Given) => void} */
  const live =
    (work) =>
    (...given) => {
      if (!run.off) work(...given);
    };
  /** @type {(words: string) => void} */
  const failed = live((words) => {
    if (otherwise) run.stop = otherwise();
    else told.failed(words);
  });
  begin({ part: live(told.part), done: live(told.done), failed }).catch(({ message }) => failed(message));
  return () => {
    run.off = true;
    run.stop();
    stage.crew.cancel();
  };
}
