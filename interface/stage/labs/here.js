// Maps that this page computes itself: on which modules they rest, and what happens where it cannot.

import { whileHeard } from "../core/jobs.js";
import { joined } from "../run/rates.js";
import { numbersOf } from "../run/values.js";
import { along } from "../run/tables.js";

/** @import { FeltRace, Stage } from "../core/stage.d.ts" */
/** @import { LaneAddresses, Numbers } from "../core/packets.d.ts" */
/** @import { MapJob } from "../run/recorded.d.ts" */
/** @import { SweepJob, Swept } from "../run/cells.js" */
/** @import { Told } from "../core/jobs.js" */
/** @import { Message } from "../run/crew.js" */
/** @typedef {Pick<Stage["crew"], "run" | "cancel" | "size">} Crew */
/** @typedef {Record<"loss" | "gap" | "distance", Float64Array> & Record<"steps" | "away" | "diverged", Int32Array>} Ends */
/** @typedef {{ batch: string, surface: string, schedule: string }} Addresses */
/** @typedef {{ addresses: Addresses, job: SweepJob, most: number }} LaneJob */
/**
 * @typedef {object} Data
 * @property {Float64Array | null} all
 * @property {Float64Array | null} rows
 * @property {number} width
 * @property {Pick<MapJob, "batches">} more
 */

const [ROWS, LANES] = [200_000, 4000];
/** @type {Data} */
const NONE = { all: null, rows: null, width: 0, more: {} };

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

// A lane's runs at settings that differ, the one `across` along each row of them; `minima` are those of every
// surface among these.
/**
 * @param {Stage} stage
 * @param {FeltRace} race
 * @param {number} k
 * @param {Swept[]} swept
 * @param {SweepJob["minima"]} [minima]
 * @returns {Promise<LaneJob>}
 */
export async function jobOf(stage, race, k, swept, minima = minimaOf(race), across = "none") {
  const { header, arrays } = race;
  const name = moduleName(header.lanes[k].slot);
  const own = header.modules[k];
  if (!own) throw new Error("This rule cannot run in a browser.");
  const data = await dataOf(stage, race);
  const job = {
    settings: { ...numbersOf(race, k, header.changes || {}), rows: data.rows },
    start: header.start,
    steps: header.steps,
    tolerance: header.tolerance,
    draws: arrays.draws.values,
    axes: swept.map(({ key, values }) => ({ key: name(key), values })),
    minima,
    ...data.more,
  };
  const addresses = await batchOf(stage, own, data, name(across));
  return { addresses, job, most: lanesAtOnce(data, LANES) };
}

// The minima of the one surface of a race.
/** @param {FeltRace} race */
export function minimaOf({ header: { ground, lowest, floor } }) {
  const minima = ground.critical.filter(({ kind }) => kind === "global minimum");
  return { over: [], surfaces: [{ lowest, floor, minima }] };
}

// A lane's runs at settings of a list, by a crew: a value each of every one of `swept`.
/** @param {LaneJob} laneJob @param {Crew} crew @returns {Promise<Ends>} */
export async function listed({ addresses, job, most }, crew) {
  const count = job.axes[0].values.length;
  const each = Math.min(Math.ceil(count / crew.size), Math.max(most, 1));
  const messages = Array.from({ length: Math.ceil(count / each) }, (_, n) => {
    const part = { first: n * each, last: (n + 1) * each };
    return { task: "listed", addresses, job, part };
  });
  /** @type {Ends[]} */
  const parts = await answers(messages, crew);
  return joined(parts);
}

// What a crew finds of some messages, in their order.
/** @template Found @param {Message[]} messages @param {Crew} crew @returns {Promise<Found[]>} */
export function answers(messages, crew) {
  /** @type {Found[]} */
  const found = [];
  return new Promise((done, failed) =>
    crew.run(messages, {
      part: (/** @type {Found} */ one, message) => (found[messages.indexOf(message)] = one),
      done: () => done(found),
      failed: (words) => failed(new Error(words)),
    }),
  );
}

// Numbers of so many runs as a packet has them.
/** @param {Record<string, Numbers["values"]>} columns @returns {Record<string, Numbers>} */
export const asArrays = (columns) =>
  Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [name, { values, shape: [values.length] }]),
  );

// What a lane's setting in a link is called by its modules.
/** @type {(slot: string) => (key: string) => string} */
const moduleName = (slot) => (key) => {
  const [owner, ...rest] = key.split(".");
  if (owner !== slot) return key;
  return rest.length > 1 ? rest.join(".") : `optimizer.${rest[0]}`;
};

// Begin work of a crew with `begin(told, crew)`; where that fails, `otherwise()` begins it elsewhere and
// returns what stops it. Nothing is heard once the work is stopped, and nothing more is handed out of it.
/**
 * @template Part
 * @param {Crew} crew
 * @param {(told: Told<Part>, crew: Crew) => Promise<unknown>} begin
 * @param {Told<Part>} told
 * @param {() => () => void} [otherwise]
 */
export function here(crew, begin, told, otherwise) {
  const run = { off: false, stop: crew.cancel };
  /** @param {string} words */
  const failed = (words) => {
    if (otherwise) run.stop = otherwise();
    else told.failed(words);
  };
  const heard = whileHeard(() => !run.off, { ...told, failed });
  /** @type {Crew["run"]} */
  const handOut = (messages, wanted) => {
    if (!run.off) crew.run(messages, wanted);
  };
  begin(heard, { ...crew, run: handOut }).catch(({ message }) => heard.failed(message));
  return () => {
    run.off = true;
    run.stop();
    crew.cancel();
  };
}
