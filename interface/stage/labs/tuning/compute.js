// A fair tuning computed by this page's own crew: a search for each lane, then its runs before and after.

import { groundOf } from "../../run/ground.js";
import { told as outcome } from "../../run/outcome.js";
import { path } from "../../run/path.js";
import { batchesOf } from "../../run/rows.js";
import { written } from "../../run/scale.js";
import { endsOf, roundsOf, searchedOf, searching } from "../../run/search.js";
import { numbersOf } from "../../run/values.js";
import { asArrays, dataOf, here, jobOf, listed } from "../here.js";

/** @import { Commit, FeltRace, Stage } from "../../core/stage.d.ts" */
/** @import { Ending, HandleHeader, Numbers, Packet, Told as Outcome } from "../../core/packets.d.ts" */
/** @import { Ground, Modules, Path } from "../../run/recorded.d.ts" */
/** @import { Walk } from "../../run/path.js" */
/** @import { Tried } from "../../run/search.js" */
/** @import { Begin, Told } from "../study.js" */
/** @import { Crew } from "../here.js" */
/** @typedef {Pick<HandleHeader, "key" | "symbol" | "label" | "scale"> & { low: number, high: number }} Searched */
/**
 * What is searched, for each lane, and what it is searched on.
 *
 * @typedef {object} TuningPlan
 * @property {number} budget
 * @property {number[]} rounds
 * @property {number} steps
 * @property {number | null} lowest
 * @property {number} tolerance
 * @property {number} noise
 * @property {Record<string, Ending>} endings
 * @property {string[]} notes
 * @property {string} surface
 * @property {[number, number]} start
 * @property {[number, number][]} window
 * @property {Searched[][]} searched
 */
/** What a lane has tried so far, a column of texts for each setting searched. */
/** @typedef {{ best: number, settings: string[][] }} TuningTries */
/** A lane's run, before or after: its last loss, and what it asked its surface for. */
/** @typedef {Outcome & { loss: number | null, diverged: number, asked: Record<string, number> }} TuningSide */
/** @typedef {Packet<TuningTries>} Tries */
/** @typedef {Packet<{ sides: TuningSide[] }>} Runs */
/**
 * What has been found so far; `changes` would put all lanes' best settings into the experiment.
 *
 * @typedef {{ plan: TuningPlan, tries: Tries[], runs: Runs[], changes: Commit | null }} Part
 */
/** @typedef {{ stage: Stage, crew: Crew, race: FeltRace, told: Told<Part> }} Tuning */
/** @typedef {{ k: number, searched: HandleHeader[] }} Lane */

// What begins the search for the race on the stage, with the hands of a crew.
/** @param {Stage} stage @param {Stage["crew"]} crew @returns {Begin<Part>} */
export const tuned = (stage, crew) => (told) =>
  here(crew, (heard, hands) => begin({ stage, crew: hands, race: stage.race, told: heard }), told);

/** @param {Tuning} tuning */
async function begin(tuning) {
  const { race, told } = tuning;
  const { lanes, handles } = race.header;
  const searched = lanes.map(({ slot }) => searchedOf(handles, slot));
  /** @type {Part} */
  const found = { plan: planOf(race, searched), tries: [], runs: [], changes: null };
  told.part(found);
  /** @type {Commit} */
  const changes = {};
  for (let k = 0; k < lanes.length; k++) {
    /** @param {Tried} tried */
    const hear = (tried) => {
      found.tries[k] = triesOf(race, tried);
      told.part(found);
    };
    const best = await search(tuning, { k, searched: searched[k] }, hear);
    Object.assign(changes, best);
    found.runs.push(await runs(tuning, k, best));
    told.part(found);
  }
  told.part({ ...found, changes });
}

/** @param {FeltRace} race @param {HandleHeader[][]} searched @returns {TuningPlan} */
function planOf({ header }, searched) {
  const { steps, lowest, tolerance, endings, surface, start, handles, model } = header;
  const { budget } = header.view;
  return {
    rounds: roundsOf(budget),
    noise: Number(handles.find(({ key }) => key === "noise")?.value ?? 0),
    notes: model?.stand_ins ?? [],
    surface: surface.title,
    window: surface.window,
    searched: searched.map((lane) => lane.map(axis)),
    ...{ budget, steps, lowest, tolerance, endings, start },
  };
}

/** @param {HandleHeader} handle @returns {Searched} */
function axis(handle) {
  const { key, symbol, label, scale } = handle;
  const [low, high] = endsOf(handle);
  return { key, symbol, label, scale, low, high };
}

// The best settings of a lane, as a link writes them; what is tried is told after each round.
/** @param {Tuning} tuning @param {Lane} lane @param {(tried: Tried) => void} hear @returns {Promise<Commit>} */
async function search({ stage, crew, race }, { k, searched }, hear) {
  const work = searching(searched, race.header.view.budget, hear);
  let step = work.next();
  while (!step.done) {
    const columns = step.value;
    const swept = searched.map(({ key }, n) => ({ key, values: columns[n] }));
    step = work.next(await listed(await jobOf(stage, race, k, swept), crew));
  }
  const { settings, best } = step.value;
  return Object.fromEntries(searched.map(({ key }, n) => [key, written(settings[n][best])]));
}

/** @param {FeltRace} race @param {Tried} tried @returns {Tries} */
function triesOf({ header: { lowest } }, { settings, round, best, ends }) {
  const { loss, gap, steps, away, diverged } = ends;
  const columns = {
    ...{ rate: Float64Array.from(settings[0]), loss: lowest === null ? loss : gap },
    ...{ steps, away, diverged, round: Int32Array.from(round) },
  };
  return {
    header: { best, settings: settings.map((column) => column.map(written)) },
    arrays: asArrays(columns),
  };
}

// A lane's runs before and after.
/** @param {Tuning} tuning @param {number} k @param {Commit} found @returns {Promise<Runs>} */
async function runs({ stage, crew, race }, k, found) {
  const { header, arrays } = race;
  const own = header.modules[k];
  if (!own) throw new Error("This rule cannot run in a browser.");
  const { rule, surface, schedule } = own;
  const { all: rows } = await dataOf(stage, race);
  const numbers = [{}, found].map((changes) => ({ ...numbersOf(race, k, changes), rows }));
  const { start, steps } = header;
  const sigma = numbers[0].noise;
  const draws = sigma ? Float64Array.from(arrays.draws.values) : null;
  const wanted = { start, steps, sigma, draws, batches: batchesOf(rows, arrays.batches) };
  const job = numbers.map((settings) => ({ k, settings, wanted }));
  const addresses = { [`rule${k}`]: rule, [`surface${k}`]: surface, [`schedule${k}`]: schedule };
  /** @type {[Walk[][], unknown]} */
  const [[walks]] = await Promise.all([
    crew.hand([{ task: "walk", addresses, job, part: null }]),
    stage.library.fetch([{ rule, surface, schedule }]),
  ]);
  const modules = stage.library.of({ rule, surface, schedule });
  if (!modules) throw new Error("This rule cannot run in a browser.");
  const ground = groundOf({ header, rows }, modules.surface, {});
  const both = walks.map((walk, s) => path(modules, numbers[s], wanted, walk));
  const [before, after] = both.map(({ x }) => pointsOf(x));
  return {
    header: { sides: both.map((run) => sideOf(run, ground, race)) },
    arrays: { before, after },
  };
}

/** @param {Float64Array} values @returns {Numbers} */
const pointsOf = (values) => ({ values, shape: [values.length / 2, 2] });

// A run's outcome, and what it asked its surface for as long as it lasted.
/** @param {Path} run @param {Ground} ground @param {FeltRace} race @returns {TuningSide} */
function sideOf(run, ground, { header: { tolerance, endings, steps, lowest } }) {
  const { loss, diverged, asked } = run;
  const height = loss[diverged < 0 ? steps : Math.max(diverged - 1, 0)] - (lowest ?? 0);
  const at = 3 * (diverged < 0 ? steps : diverged);
  return {
    loss: Number.isFinite(height) ? height : null,
    diverged,
    asked: { values: asked[at], gradients: asked[at + 1], hessians: asked[at + 2] },
    ...outcome(run, ground, tolerance, endings),
  };
}
