// Maps that this page computes itself: on which modules they rest, and what happens where it cannot.

import { joined } from "../run/rates.js";
import { numbersOf } from "../run/values.js";
import { along } from "../run/tables.js";

/** @import { FeltRace, Stage } from "../core/stage.d.ts" */
/** @import { LaneAddresses, Numbers } from "../core/packets.d.ts" */
/** @import { Ends, SweepJob, Swept } from "../run/cells.js" */
/** @import { Drawn } from "../run/rows.js" */
/** @import { Message } from "../run/crew.js" */
/** @import { Told } from "./study.js" */
/**
 * A crew's hands for one piece of work: `hand` brings what each message finds, all in the end and each before.
 *
 * @typedef {object} Crew
 * @property {number} size
 * @property {AbortSignal} signal
 * @property {<Found, Sent extends Message>(messages: Sent[], hear?: (found: Found, message: Sent) => void) => Promise<Found[]>} hand
 */
/** @typedef {{ batch: string, surface: string, schedule: string, whole?: string }} Addresses */
/** @typedef {{ addresses: Addresses, job: SweepJob, most: number }} LaneJob */
/**
 * @typedef {object} Data
 * @property {Float64Array | null} all
 * @property {Float64Array | null} rows
 * @property {number} width
 * @property {Pick<SweepJob, "batches" | "drawn">} more
 */
/** @typedef {{ minima?: SweepJob["minima"], across?: string, drawn?: Drawn | null }} Differing */

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
// rows, if one does. The schedule's module says whether their rates differ as well. Of batches of several sizes
// some may be all rows, which a few stand for.
/** @param {Pick<Stage, "library">} stage @param {LaneAddresses} lane @param {Data} data */
export async function batchOf({ library }, { rule, surface, schedule }, { width, more }, across = "none") {
  await library.fetch([{ schedule }]);
  const plan = library.of({ schedule });
  if (!plan) throw new Error("This schedule cannot run in a browser.");
  const inputs = along(across, plan.schedule);
  const place = inputs.length ? `/${inputs.join(",")}` : "";
  const [batch, whole] = ["batch/", "sketched/"].map((kind) =>
    rule.replace("rule/", kind).replace(/(?=\?|$)/, place),
  );
  const common = { surface: width === 3 ? surface.replace("surface/", "sketch/") : surface, schedule };
  if (width === 3 && more.drawn) return { ...common, batch, whole };
  return { ...common, batch: width === 3 && !more.batches ? whole : batch };
}

// A lane's runs at settings that differ, the one `across` along each row of them; `minima` are those of every
// surface among these, and what is `drawn` serves batches of every size.
/**
 * @param {Stage} stage
 * @param {FeltRace} race
 * @param {number} k
 * @param {Swept[]} swept
 * @param {Differing} [differing]
 * @returns {Promise<LaneJob>}
 */
export async function jobOf(stage, race, k, swept, { minima = minimaOf(race), across = "none", drawn } = {}) {
  const { header, arrays } = race;
  const name = moduleName(header.lanes[k].slot);
  const own = header.modules[k];
  if (!own) throw new Error("This rule cannot run in a browser.");
  const data = await dataOf(stage, race);
  if (drawn && data.all) data.more = { drawn: { ...drawn, rows: data.all, count: data.all.length / 2 } };
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
  const parts = await crew.hand(messages);
  return joined(parts);
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

// Begin work of a crew with `begin(told, crew)`; what is returned stops it. Nothing is heard once it is stopped,
// nothing more is handed out of it, and what it waits for from elsewhere is called off by the crew's `signal`.
/**
 * @template Part
 * @param {Stage["crew"]} crew
 * @param {(told: Told<Part>, crew: Crew) => Promise<unknown>} begin
 * @param {Told<Part>} told
 */
export function here(crew, begin, told) {
  const run = new AbortController();
  /** @template Given @param {(given: Given) => void} tell */
  const heard = (tell) => (/** @type {Given} */ given) => {
    if (!run.signal.aborted) tell(given);
  };
  /** @type {Crew["hand"]} */
  const hand = (messages, hear = () => undefined) =>
    new Promise((done, failed) => {
      if (run.signal.aborted) return;
      const all = Array(messages.length);
      /** @type {typeof hear} */
      const part = (found, message) => {
        all[messages.indexOf(message)] = found;
        hear(found, message);
      };
      crew.run(messages, { part, done: () => done(all), failed: (words) => failed(new Error(words)) });
    });
  const failed = heard(({ message }) => told.failed(message));
  const own = { ...told, part: heard(told.part) };
  begin(own, { size: crew.size, signal: run.signal, hand }).then(heard(told.done), failed);
  return () => {
    run.abort();
    crew.cancel();
  };
}
