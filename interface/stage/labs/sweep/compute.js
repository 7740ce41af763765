// Sweep maps planned and computed by this page's own crew; the server draws the rows of batches of other sizes, and
// searches for minima that cannot be followed.

import { SWEEPS } from "../../core/known.js";
import { minima as bottoms, orders } from "../../core/live.js";
import { stagesOf } from "../../run/cells.js";
import { AT_ONCE, BATCHES } from "../../run/planned.js";
import { dataOf, here, jobOf, minimaOf } from "../here.js";
import { OFFLINE } from "../study.js";

/** @import { FeltRace, Stage } from "../../core/stage.d.ts" */
/** @import { SweepAxesBySide, SweepAxis, SweepOpening } from "./parts.d.ts" */
/** @import { Bottom, Minima } from "../../run/plan.js" */
/** @import { Drawn } from "../../run/rows.js" */
/** @import { Begin, Sent, Told } from "../study.js" */
/** @import { Part, SweepMap } from "./cells.js" */
/** @import { Crew, LaneJob } from "../here.js" */
/** @typedef {LaneJob & { highest: Minima["highest"] }} Lane */
/** @typedef {{ axes: Sent<SweepOpening>, minima: Sent<Minima>, theory: Part | null }} Plan */
/** @typedef {ReturnType<typeof stagesOf>[number]} Tile */
/** @typedef {ReturnType<typeof strips>[number]} Strip */
/** @typedef {Record<string, Float32Array | Int32Array>} Found */
/** @typedef {{ link: string, steps: number, rows: Drawn | null }} Kept */
/** @typedef {{ stage: Stage, race: FeltRace, crew: Crew, told: Told<Part>, drawn: Kept }} Work */

// `whole` begins the map of the race on the stage, `coarse(map)` a coarse one of it, of which something may be
// changed that is on none of the map's axes.
/** @param {Stage} stage */
export function sweepMaker(stage) {
  /** @type {Kept} */
  const drawn = { link: "", steps: 0, rows: null };
  /** @param {(work: Work) => Promise<void>} begin @returns {Begin<Part>} */
  const begun = (begin) => (told) =>
    here(stage.crew, (heard, crew) => begin({ stage, race: stage.race, crew, told: heard, drawn }), told);
  return {
    whole: begun(whole),
    /** @param {SweepMap} map */
    coarse: (map) => begun((work) => sketched(work, map)),
    /** @param {Pick<SweepMap, "minima">} map @param {string[]} moved */
    follows: ({ minima }, moved) =>
      Boolean(minima) && !(minima?.over.length && moved.some((key) => key.startsWith("surface."))),
  };
}

/** @param {Work} work @param {SweepMap} map */
async function sketched(work, map) {
  const { race } = work;
  if (!map.minima) throw new Error("The minima of this map are not known.");
  const lane = await laneOf(work, map.header.axes, map.minima);
  if (race.header.moved) lane.job.minima = minimaOf(race);
  const [, rows, columns] = map.shape;
  await colored(work, lane, stagesOf(rows, columns, SWEEPS.coarse)[0]);
}

// The plan first; then the cells by stages, coarse to fine, and at last what a nudge changes. Minima that have
// to be searched for come before the cells that rest on them, and theory's lines after them.
/** @param {Work} work */
async function whole(work) {
  const { told } = work;
  const { axes, minima, theory } = await planned(work);
  told.part(axes);
  told.part(minima);
  if (theory) told.part(theory);
  const { across, up } = axes.header.axes;
  const lane = await laneOf(work, axes.header.axes, minima.header);
  for (const tile of stagesOf(up.values.length, across.values.length, SWEEPS.coarse)) {
    if (!theory) await search(work, axes.header.axes, minima.header, tile);
    await colored(work, lane, tile);
  }
  const later = theory ?? (await planned(work, minima.header.surfaces)).theory;
  if (!theory && later) told.part(later);
  told.part({ header: { part: "best" }, arrays: {} });
  await chaos(work, lane);
}

/** @param {Work} work @param {Bottom[]} [found] @returns {Promise<Plan>} */
async function planned({ stage, race, crew }, found) {
  const { header } = race;
  const own = header.modules[header.chosen];
  if (!own) throw new Error("This rule cannot run in a browser.");
  const { ground, surface: around, lanes, handles, start, lowest, floor, steps } = header;
  const { tolerance, endings, chosen, view, drawing, model } = header;
  const { all: rows } = await dataOf(stage, race);
  const kept = { ground, surface: around, lanes, handles, start, lowest, floor, steps, drawing };
  const told = { header: { ...kept, tolerance, endings, chosen, model }, wishes: view, rows, found };
  const addresses = { rule: own.rule, surface: own.surface, schedule: own.schedule };
  /** @type {Plan[]} */
  const [plan] = await crew.hand([{ task: "plan", addresses, job: told, part: null }]);
  return plan;
}

// The minima that a tile's cells rest on, where they are not known yet.
/** @param {Work} work @param {SweepAxesBySide} axes @param {Minima} minima @param {Tile} tile */
async function search({ stage, race, crew }, axes, { over, surfaces }, { rows, columns }) {
  const sides = over.flatMap((name) => axes[name] ?? []);
  const places = over.map(
    (name, n) => ({ third: [...sides[n].values.keys()], up: rows, across: columns })[name],
  );
  const wanted = everyOne(places).filter((at) => !surfaces[placeOf(sides, at)]);
  if (wanted.length && stage.component.offline) throw new Error(OFFLINE);
  for (let k = 0; k < wanted.length; k += AT_ONCE) {
    const some = wanted.slice(k, k + AT_ONCE);
    const texts = some.map((at) => at.map((place, n) => sides[n].values[place]));
    const names = sides.map(({ key }) => key);
    const found = await bottoms(race.header.surface.key, names, texts, crew.signal);
    some.forEach((at, n) => (surfaces[placeOf(sides, at)] = found[n]));
  }
}

// Every choice of one from each list.
/** @param {number[][]} lists @returns {number[][]} */
const everyOne = (lists) =>
  lists.reduce(
    (all, list) => all.flatMap((one) => list.map((last) => [...one, last])),
    /** @type {number[][]} */ ([[]]),
  );

// Where a surface stands among those of some axes, of which the last runs quickest.
/** @param {SweepAxis[]} sides @param {number[]} at */
const placeOf = (sides, at) => sides.reduce((sum, { values }, n) => sum * values.length + at[n], 0);

/** @param {Work} work @param {Lane} lane @param {Tile} tile */
function colored({ crew, told }, lane, tile) {
  /** @param {Found} found @param {Strip} strip */
  const hear = (found, { part: { rows, columns, block } }) =>
    told.part({
      header: { part: "cells", block, highest: lane.highest },
      arrays: arraysOf(found, rows, columns),
    });
  return crew.hand(strips(lane, crew.size, tile), hear);
}

/** @param {Work} work @param {Lane} lane */
function chaos({ crew, told }, lane) {
  /** @param {Found} found @param {Strip} strip */
  const hear = (found, { part: { rows, columns } }) =>
    told.part({ header: { part: "chaos" }, arrays: arraysOf(found, rows, columns) });
  const [, up, across] = lane.job.axes.map(({ values }) => [...values.keys()]);
  return crew.hand(strips(lane, crew.size, { rows: up, columns: across, block: [1, 1] }, SWEEPS.nudge), hear);
}

/** @param {Found} found @param {number[]} rows @param {number[]} columns */
function arraysOf(found, rows, columns) {
  const places = { rows: Int32Array.from(rows), columns: Int32Array.from(columns) };
  return Object.fromEntries(
    Object.entries({ ...found, ...places }).map(([name, values]) => [name, { values }]),
  );
}

// A stage in strips of rows, so many that everybody has some and none takes long.
/** @param {Lane} lane @param {number} crew @param {Tile} tile */
function strips({ addresses, job, most: lanes }, crew, { rows, columns, block }, nudge = 0) {
  const most = Math.max(Math.floor(lanes / (columns.length * job.axes[0].values.length)), 1);
  const each = Math.min(Math.ceil(rows.length / crew), most);
  return Array.from({ length: Math.ceil(rows.length / each) }, (_, n) => {
    const part = { rows: rows.slice(n * each, (n + 1) * each), columns, block, nudge };
    return { task: "cells", addresses, job, part };
  });
}

/** @param {Work} work @param {SweepAxesBySide} axes @param {Minima} minima @returns {Promise<Lane>} */
async function laneOf(work, axes, { over, surfaces, highest }) {
  const { stage, race } = work;
  const { chosen, model } = race.header;
  const sides = [axes.third, axes.up, axes.across];
  const swept = sides.map((axis) =>
    axis ? { key: axis.key, values: numbersOf(axis, model?.count) } : { key: "none", values: [0] },
  );
  const sized = swept.some(({ key }) => key === BATCHES.key);
  const across = axes.across.key === BATCHES.key ? "none" : axes.across.key;
  const drawn = sized ? await drawnRows(work) : null;
  const differing = { minima: { over, surfaces }, across, drawn };
  return { ...(await jobOf(stage, race, chosen, swept, differing)), highest };
}

// The values of an axis; of batches that are all rows, how many these are.
/** @param {SweepAxis} axis @param {number} [count] */
const numbersOf = ({ key, values }, count) =>
  values.map((text) => (key === BATCHES.key && count && !(Number(text) < count) ? count : Number(text)));

// The rows that batches of every size are cut from; they come once for as many steps. No hand waits for them.
/** @param {Work} work */
async function drawnRows({ stage, race: { header }, crew, drawn }) {
  const link = new URLSearchParams(header.surface.key);
  link.delete(BATCHES.key);
  const key = link.toString();
  if (drawn.link === key && drawn.steps >= header.steps) return drawn.rows;
  if (stage.component.offline || header.changes) throw new Error(OFFLINE);
  link.set("steps", String(header.steps));
  const told = await orders(link, crew.signal);
  const rows = { replacement: told.header.replacement, drawn: told.arrays.rows };
  Object.assign(drawn, { link: key, steps: header.steps, rows });
  return rows;
}
