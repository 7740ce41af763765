// Sweep maps planned and computed by this page's own crew; where minima have to be searched for, or batches of
// other sizes drawn, by the server.

import { SWEEPS } from "../../core/known.js";
import { stagesOf } from "../../run/cells.js";
import { dataOf, here, jobOf, minimaOf } from "../here.js";
import { office } from "../study.js";

/** @import { FeltRace, Stage } from "../../core/stage.d.ts" */
/** @import { SweepAxesBySide, SweepOpening } from "../../core/packets.d.ts" */
/** @import { Minima } from "../../run/plan.js" */
/** @import { Told } from "../../core/jobs.js" */
/** @import { Begin, Sent } from "../study.js" */
/** @import { Part, SweepMap } from "./cells.js" */
/** @import { LaneJob } from "../here.js" */
/** @typedef {LaneJob & { highest: Minima["highest"] }} Lane */
/** @typedef {{ axes: Sent<SweepOpening>, minima: Sent<Minima>, theory: Part }} Plan */
/** @typedef {ReturnType<typeof stagesOf>[number]} Tile */
/** @typedef {ReturnType<ReturnType<typeof strips>>[number]} Strip */
/** @typedef {Record<string, Float32Array | Int32Array>} Found */

// `of(query)` gives what begins the map that a question asks for; `coarse(map)` what begins a coarse one
// of the race on the stage, of which something may be changed that is on none of the map's axes.
/** @param {Stage} stage */
export function sweepMaker(stage) {
  const server = office(stage);
  return {
    /** @type {(query: URLSearchParams) => Begin<Part>} */
    of: (query) => (told) => {
      const race = stage.race;
      const all = () => server("sweep", query)(told);
      return here(stage.crew, (heard) => planned(stage, race, heard), told, all);
    },
    /** @type {(map: SweepMap) => Begin<Part>} */
    coarse: (map) => (told) => here(stage.crew, (heard) => sketched(stage, map, heard), told),
    /** @param {Pick<SweepMap, "minima">} map @param {string[]} moved */
    follows: ({ minima }, moved) =>
      Boolean(minima) && !(minima?.over.length && moved.some((key) => key.startsWith("surface."))),
  };
}

/** @param {Stage} stage @param {SweepMap} map @param {Told<Part>} told */
async function sketched(stage, map, told) {
  const { race } = stage;
  if (!map.minima) throw new Error("The minima of this map are not known.");
  const lane = await laneOf(stage, race, map.header.axes, map.minima);
  if (race.header.moved) lane.job.minima = minimaOf(race);
  const [, rows, columns] = map.shape;
  const [coarse] = stagesOf(rows, columns, SWEEPS.coarse);
  step(stage, lane, strips(lane, stage.crew.size)(coarse), told, told.done);
}

// The plan first; then the cells by stages, coarse to fine, and at last what a nudge changes.
/** @param {Stage} stage @param {FeltRace} race @param {Told<Part>} told */
async function planned(stage, race, told) {
  const { header } = race;
  const own = header.modules[header.chosen];
  if (!own) throw new Error("This rule cannot run in a browser.");
  const { ground, surface: around, lanes, handles, start, lowest, floor, steps } = header;
  const { tolerance, endings, chosen, view, drawing, model } = header;
  const { all: rows } = await dataOf(stage, race);
  const kept = { ground, surface: around, lanes, handles, start, lowest, floor, steps, drawing };
  const job = { header: { ...kept, tolerance, endings, chosen, model }, wishes: view, rows };
  const addresses = { rule: own.rule, surface: own.surface, schedule: own.schedule };
  /** @type {Plan[]} */
  const plans = [];
  const done = () => compute(stage, race, plans[0], told).catch(({ message }) => told.failed(message));
  /** @param {Plan} plan */
  const part = (plan) => {
    plans.push(plan);
    [plan.axes, plan.minima, plan.theory].forEach(told.part);
  };
  stage.crew.run([{ task: "plan", addresses, job, part: null }], { part, done, failed: told.failed });
}

/** @param {Stage} stage @param {FeltRace} race @param {Plan} plan @param {Told<Part>} told */
async function compute(stage, race, plan, told) {
  const { axes } = plan.axes.header;
  const lane = await laneOf(stage, race, axes, plan.minima.header);
  const stages = stagesOf(axes.up.values.length, axes.across.values.length, SWEEPS.coarse);
  const all = stages.map(strips(lane, stage.crew.size));
  const next = () => {
    const strip = all.shift();
    if (strip) step(stage, lane, strip, told, next);
    else chaos(stage, lane, told);
  };
  next();
}

/**
 * @param {Stage} stage
 * @param {Lane} lane
 * @param {Strip[]} messages
 * @param {Told<Part>} told
 * @param {() => void} done
 */
function step(stage, lane, messages, told, done) {
  /** @param {Found} found @param {Strip} strip */
  const part = (found, { part: { rows, columns, block } }) =>
    told.part({
      header: { part: "cells", block, highest: lane.highest },
      arrays: arraysOf(found, rows, columns),
    });
  stage.crew.run(messages, { part, done, failed: told.failed });
}

/** @param {Stage} stage @param {Lane} lane @param {Told<Part>} told */
function chaos(stage, lane, told) {
  told.part({ header: { part: "best" }, arrays: {} });
  /** @param {Found} found @param {Strip} strip */
  const part = (found, { part: { rows, columns } }) =>
    told.part({ header: { part: "chaos" }, arrays: arraysOf(found, rows, columns) });
  const [, up, across] = lane.job.axes.map(({ values }) => [...values.keys()]);
  const whole = { rows: up, columns: across, block: [1, 1] };
  const messages = strips(lane, stage.crew.size, SWEEPS.nudge)(whole);
  stage.crew.run(messages, { part, done: told.done, failed: told.failed });
}

/** @param {Found} found @param {number[]} rows @param {number[]} columns */
function arraysOf(found, rows, columns) {
  const places = { rows: Int32Array.from(rows), columns: Int32Array.from(columns) };
  return Object.fromEntries(
    Object.entries({ ...found, ...places }).map(([name, values]) => [name, { values }]),
  );
}

// A stage in strips of rows, so many that everybody has some and none takes long.
/** @param {Lane} lane @param {number} crew @param {number} [nudge] */
function strips({ addresses, job, most: lanes }, crew, nudge = 0) {
  /** @param {Tile} tile */
  return ({ rows, columns, block }) => {
    const most = Math.max(Math.floor(lanes / (columns.length * job.axes[0].values.length)), 1);
    const each = Math.min(Math.ceil(rows.length / crew), most);
    return Array.from({ length: Math.ceil(rows.length / each) }, (_, n) => {
      const part = { rows: rows.slice(n * each, (n + 1) * each), columns, block, nudge };
      return { task: "cells", addresses, job, part };
    });
  };
}

/**
 * @param {Stage} stage
 * @param {FeltRace} race
 * @param {SweepAxesBySide} axes
 * @param {Minima} minima
 * @returns {Promise<Lane>}
 */
async function laneOf(stage, race, axes, { over, surfaces, highest }) {
  const sides = [axes.third, axes.up, axes.across];
  const swept = sides.map((axis) =>
    axis ? { key: axis.key, values: axis.values.map(Number) } : { key: "none", values: [0] },
  );
  const minima = { over, surfaces };
  return { ...(await jobOf(stage, race, race.header.chosen, swept, minima, axes.across.key)), highest };
}
