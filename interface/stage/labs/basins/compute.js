// Maps of starts computed by this page's own crew, or by the server where a rule has no module.

import { BASINS } from "../../core/known.js";
import { declared, followed, near } from "../../run/minima.js";
import { numbersOf } from "../../run/race.js";
import { batchOf, canRun, here } from "../here.js";
import { office } from "../study.js";

const ROWS = 5;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

// `of(wanted, query)` gives what begins the maps of some lanes, { k, lane }; `coarse(wanted)` what
// begins coarse ones of the race on the stage, of which something may be changed.
export function mapMaker(stage) {
  const state = { stage, minima: new Map(), server: office() };
  return {
    of: (wanted, query) => (told) => {
      const server = () => state.server("basins", query)(told);
      if (!wanted.every(({ k }) => canRun(stage, k))) return server();
      return here(stage, (heard) => begin(state, wanted, heard, false), told, server);
    },
    coarse: (wanted) => (told) => here(stage, (heard) => begin(state, wanted, heard, true), told, null),
    canRun: (wanted) => wanted.every(({ k }) => canRun(stage, k)),
  };
}

async function begin(state, wanted, told, coarse) {
  const { stage } = state;
  const race = stage.race;
  await stage.map.landed;
  const marks = race.header.critical || stage.map.home.header.critical;
  const lanes = await Promise.all(wanted.map(({ k }) => jobOf(stage, race, k, declared(marks))));
  withMinima(state, race, lanes, told, (others) => {
    for (const { job } of lanes) job.minima = [...job.known, ...others];
    told.part({ header: headingOf(race, marks, lanes[0].job, others.length), arrays: {} });
    const messages = (rows, stride) => lanes.flatMap((one) => pieces(one, rows, stride));
    const { resolution, coarse: stride } = BASINS;
    const all = messages(Math.ceil(resolution / stage.crew.size / stride) * stride, stride);
    if (!coarse) all.push(...messages(ROWS, 1));
    hand(state, race, all, told);
  });
}

// What a lane's runs rest on, by the numbers that modules know.
async function jobOf(stage, { header, arrays }, k, known) {
  const settings = numbersOf({ header }, k, header.changes);
  const { steps, tolerance, lowest, floor, surface } = header;
  const draws = settings.noise ? arrays.draws.values : null;
  const job = { settings, steps, tolerance, lowest, floor, window: surface.window, known };
  const addresses = await batchOf(stage, header.modules[k]);
  return { k, addresses, job: { ...job, sigma: settings.noise, draws } };
}

// The minima that nobody declared are looked for once a surface; under the hand the known ones do.
function withMinima({ stage, minima }, { header, loss }, lanes, told, use) {
  const { addresses, job } = lanes[0];
  const { key } = header.surface;
  const there = minima.get(key) || [];
  if (header.changes) return use(loss ? there.map((one) => followed(one, loss)) : there);
  if (minima.has(key)) return use(there);
  const part = (found) => {
    minima.clear();
    minima.set(key, found);
  };
  const message = { task: "minima", addresses: { surface: addresses.surface }, job, part: null };
  return stage.crew.run([message], { part, done: () => use(minima.get(key)), failed: told.failed });
}

function pieces({ k, addresses, job }, rows, stride) {
  const { resolution } = BASINS;
  return Array.from({ length: Math.ceil(resolution / rows) }, (_, n) => {
    const first = n * rows;
    const part = { k, first, rows: Math.min(rows, resolution - first), stride, resolution };
    return { task: "basins", addresses, job, part };
  });
}

// The crew's answers as the parts that the server sends.
function hand({ stage }, race, messages, { part, done, failed }) {
  const total = messages.filter((one) => one.part.stride === 1).length;
  let found = 0;
  const heard = ({ end, steps }, { part: { k, ...rows } }) => {
    if (rows.stride === 1) found += 1;
    const header = { part: "rows", slot: race.header.lanes[k].slot, done: found / total, ...rows };
    part({ header, arrays: { end: { values: end }, steps: { values: steps } } });
  };
  stage.crew.run(messages, { part: heard, done, failed });
}

function headingOf({ header }, marks, { known, window, tolerance, steps }, others) {
  return {
    part: "heading",
    window,
    resolution: BASINS.resolution,
    named: known.slice(0, LETTERS.length).map((one, k) => ({ ...one, letter: LETTERS[k] })),
    marks,
    others,
    tolerance,
    near: near(window),
    steps,
    endings: header.endings,
  };
}
