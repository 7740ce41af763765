// Maps of starts computed by this page's own crew.

import { BASINS } from "../../core/known.js";
import { destinations } from "../../run/destinations.js";
import { declared, followed, near } from "../../run/minima.js";
import { numbersOf } from "../../run/values.js";
import { batchOf, dataOf, here, lanesAtOnce } from "../here.js";

/** @import { FeltRace, Stage } from "../../core/stage.d.ts" */
/** @import { CriticalHeader } from "../../core/packets.d.ts" */
/** @import { BasinJob } from "../../run/basins.js" */
/** @import { Critical } from "../../run/recorded.d.ts" */
/** @import { Crew } from "../here.js" */
/** @import { BasinHeading, BasinRows, Part } from "./cells.js" */
/** @typedef {{ stage: Stage, race: FeltRace, crew: Crew, told: Told<Part>, minima: Map<string, Critical[]> }} Work */
/** @typedef {BasinJob & { known: CriticalHeader[] }} Job */
/** @typedef {{ k: number, addresses: { batch: string, surface: string, schedule: string }, job: Job, most: number }} Asked */
/** @typedef {{ k: number }[]} Which */
/** @typedef {ReturnType<typeof pieces>[number]} Piece */
/** @import { Begin, Told } from "../study.js" */

const [ROWS, LANES] = [5, 40_000];
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

// `of(wanted)` gives what begins the maps of some lanes, { k, lane }; `coarse(wanted)` what begins
// coarse ones of the race on the stage, of which something may be changed.
/** @param {Stage} stage */
export function mapMaker(stage) {
  /** @type {Map<string, Critical[]>} */
  const minima = new Map();
  /** @type {(coarse: boolean) => (wanted: Which) => Begin<Part>} */
  const maker = (coarse) => (wanted) => (told) =>
    here(
      stage.crew,
      (heard, crew) => begin({ stage, race: stage.race, crew, told: heard, minima }, wanted, coarse),
      told,
    );
  return { of: maker(false), coarse: maker(true) };
}

/** @param {Work} work @param {Which} wanted @param {boolean} coarse */
async function begin(work, wanted, coarse) {
  const { stage, race, crew, told } = work;
  await stage.map.landed;
  const marks = race.header.ground.critical;
  const lanes = await Promise.all(wanted.map(({ k }) => jobOf(stage, race, k, declared(marks))));
  const others = await othersOf(work, lanes[0]);
  const { named, spots } = destinations(lanes[0].job.known, others);
  for (const { job } of lanes) job.spots = spots;
  told.part({ header: headingOf(race, marks, lanes[0].job, { named, others: others.length }), arrays: {} });
  /** @param {number} rows @param {number} stride */
  const messages = (rows, stride) => {
    const most = Math.floor((lanes[0].most * stride) / BASINS.resolution) || 1;
    return lanes.flatMap((one) => pieces(one, Math.min(rows, most * stride), stride));
  };
  const { resolution, coarse: stride } = BASINS;
  const all = messages(Math.ceil(resolution / crew.size / stride) * stride, stride);
  if (!coarse) all.push(...messages(ROWS, 1));
  await hand(work, all);
}

// What a lane's runs rest on, by the numbers that modules know.
/**
 * @param {Stage} stage
 * @param {FeltRace} race
 * @param {number} k
 * @param {CriticalHeader[]} known
 * @returns {Promise<Asked>}
 */
async function jobOf(stage, race, k, known) {
  const { header, arrays } = race;
  const own = header.modules[k];
  if (!own) throw new Error("This rule cannot run in a browser.");
  const data = await dataOf(stage, race);
  const settings = { ...numbersOf({ header }, k, header.changes ?? {}), rows: data.rows };
  const { steps, tolerance, lowest, floor, surface } = header;
  const draws = settings.noise ? arrays.draws.values : null;
  const noise = { sigma: settings.noise ?? 0, draws };
  const ends = { steps, tolerance, lowest, floor, known, spots: [] };
  const addresses = await batchOf(stage, own, data);
  return {
    k,
    addresses,
    most: lanesAtOnce(data, LANES),
    job: { settings, window: surface.window, ...ends, ...noise, ...data.more },
  };
}

// The minima that nobody declared are looked for once a surface; under the hand the known ones do.
/** @param {Work} work @param {Asked} lane */
async function othersOf({ race: { header, loss }, crew, minima }, { addresses, job }) {
  const { key } = header.surface;
  const there = minima.get(key) || [];
  if (header.changes) return loss ? there.map((one) => followed(one, loss)) : there;
  if (minima.has(key) || header.surface.convex) return there;
  const message = { task: "minima", addresses: { surface: addresses.surface }, job, part: null };
  /** @type {Critical[][]} */
  const [found] = await crew.hand([message]);
  minima.clear();
  minima.set(key, found);
  return found;
}

/** @param {Asked} lane @param {number} rows @param {number} stride */
function pieces({ k, addresses, job }, rows, stride) {
  const { resolution } = BASINS;
  return Array.from({ length: Math.ceil(resolution / rows) }, (_, n) => {
    const first = n * rows;
    const part = { k, first, rows: Math.min(rows, resolution - first), stride, resolution };
    return { task: "basins", addresses, job, part };
  });
}

// The crew's answers as parts of a map.
/** @param {Work} work @param {Piece[]} messages */
function hand({ race, crew, told }, messages) {
  const total = messages.filter((one) => one.part.stride === 1).length;
  let found = 0;
  /** @param {{ end: Int32Array, steps: Int32Array }} found @param {Piece} message */
  const heard = ({ end, steps }, { part: { k, ...rows } }) => {
    if (rows.stride === 1) found += 1;
    /** @type {BasinRows} */
    const header = { part: "rows", slot: race.header.lanes[k].slot, done: found / total, ...rows };
    told.part({ header, arrays: { end: { values: end }, steps: { values: steps } } });
  };
  return crew.hand(messages, heard);
}

/**
 * @param {FeltRace} race
 * @param {CriticalHeader[]} marks
 * @param {Job} job
 * @param {{ named: CriticalHeader[], others: number }} found
 * @returns {BasinHeading}
 */
function headingOf({ header }, marks, { window, tolerance, steps }, { named, others }) {
  return {
    part: "heading",
    window,
    resolution: BASINS.resolution,
    named: named.slice(0, LETTERS.length).map((one, k) => ({ ...one, letter: LETTERS[k] })),
    marks,
    others,
    tolerance,
    near: near(window),
    steps,
    endings: header.endings,
    notes: header.model?.stand_ins ?? [],
  };
}
