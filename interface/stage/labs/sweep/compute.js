// Sweep maps computed by this page's own crew: the server is asked for the axes, the minima and theory's
// lines, not for a single run; or for all, where a rule has no module.

import { SWEEPS } from "../../core/known.js";
import { stagesOf } from "../../run/cells.js";
import { numbersOf } from "../../run/race.js";
import { batchOf, canRun, here } from "../here.js";
import { office } from "../study.js";

const LANES = 4000;

// `of(query)` gives what begins the map that a question asks for; `coarse(map)` what begins a coarse one
// of the race on the stage, of which something may be changed that is on none of the map's axes.
export function sweepMaker(stage) {
  const server = office(stage);
  return {
    of: (query) => (told) => {
      const race = stage.race;
      const all = () => server("sweep", query)(told);
      if (!canRun(stage, race.header.chosen)) return all();
      return here(stage, (heard) => planned(stage, race, server("sweep_plan", query), heard), told, all);
    },
    coarse: (map) => (told) => here(stage, (heard) => sketched(stage, map, heard), told),
    follows: ({ minima }, moved) =>
      Boolean(minima) && !(minima.header.over.length && moved.some((key) => key.startsWith("surface."))),
  };
}

async function sketched(stage, map, told) {
  const { race } = stage;
  const lane = await laneOf(stage, race, map.header, map.minima);
  const { ground, moved, lowest, floor } = race.header;
  if (moved) {
    const minima = ground.critical.filter(({ kind }) => kind === "global minimum");
    lane.job.minima = { over: [], surfaces: [{ lowest, floor, minima }] };
  }
  const [, rows, columns] = map.shape;
  const [coarse] = stagesOf(rows, columns, SWEEPS.coarse);
  step(stage, lane, strips(lane, stage.crew.size)(coarse), told, told.done);
}

// The plan first; then the cells by stages, coarse to fine, and at last what a nudge changes.
async function planned(stage, race, ask, told) {
  /** @type {Record<string, any>} */
  const plan = {};
  const part = (packet) => {
    plan[packet.header.part] = packet;
    told.part(packet);
  };
  const begin = async () => {
    const sides = Object.values(plan.axes.header.axes);
    if (sides.some((axis) => axis?.key === SWEEPS.batch)) throw new Error("Batches are drawn by the server.");
    const lane = await laneOf(stage, race, plan.axes.header, plan.minima);
    const { across, up } = plan.axes.header.axes;
    const stages = stagesOf(up.values.length, across.values.length, SWEEPS.coarse);
    const all = stages.map(strips(lane, stage.crew.size));
    const next = () => (all.length ? step(stage, lane, all.shift(), told, next) : chaos(stage, lane, told));
    next();
  };
  const done = () => begin().catch(({ message }) => told.failed(message));
  ask({ part, done, failed: told.failed });
}

function step(stage, lane, messages, told, done) {
  const part = (found, { part: { rows, columns, block } }) =>
    told.part({
      header: { part: "cells", block, highest: lane.highest },
      arrays: arraysOf(found, rows, columns),
    });
  stage.crew.run(messages, { part, done, failed: told.failed });
}

function chaos(stage, lane, told) {
  told.part({ header: { part: "best" }, arrays: {} });
  const part = (found, { part: { rows, columns } }) =>
    told.part({ header: { part: "chaos" }, arrays: arraysOf(found, rows, columns) });
  const [, up, across] = lane.job.axes.map(({ values }) => [...values.keys()]);
  const whole = { rows: up, columns: across, block: [1, 1] };
  const messages = strips(lane, stage.crew.size, SWEEPS.nudge)(whole);
  stage.crew.run(messages, { part, done: told.done, failed: told.failed });
}

const arraysOf = (found, rows, columns) =>
  Object.fromEntries(Object.entries({ ...found, rows, columns }).map(([name, values]) => [name, { values }]));

// A stage in strips of rows, so many that everybody has some and none takes long.
function strips({ addresses, job }, crew, nudge = 0) {
  return ({ rows, columns, block }) => {
    const most = Math.max(Math.floor(LANES / (columns.length * job.axes[0].values.length)), 1);
    const each = Math.min(Math.ceil(rows.length / crew), most);
    return Array.from({ length: Math.ceil(rows.length / each) }, (_, n) => {
      const part = { rows: rows.slice(n * each, (n + 1) * each), columns, block, nudge };
      return { task: "cells", addresses, job, part };
    });
  };
}

async function laneOf(stage, race, plan, minima) {
  const { header, arrays } = race;
  const k = header.chosen;
  const name = moduleName(header.lanes[k].slot);
  const sides = ["third", "up", "across"].map((side) => plan.axes[side]);
  const job = {
    settings: numbersOf(race, k, header.changes || {}),
    start: header.start,
    steps: header.steps,
    tolerance: header.tolerance,
    draws: arrays.draws.values,
    axes: sides.map((axis) =>
      axis ? { key: name(axis.key), values: axis.values.map(Number) } : { key: "none", values: [0] },
    ),
    minima: { over: minima.header.over, surfaces: surfacesOf(minima) },
  };
  const addresses = await batchOf(stage, header.modules[k], job.axes[2].key);
  return { addresses, job, highest: minima.header.highest };
}

// What a lane's setting in a link is called by its modules.
const moduleName = (slot) => (key) => {
  const [owner, ...rest] = key.split(".");
  if (owner !== slot) return key;
  return rest.length > 1 ? rest.join(".") : `optimizer.${rest[0]}`;
};

function surfacesOf({ arrays: { lowest, floors, count, places } }) {
  const known = (value) => (Number.isNaN(value) ? null : value);
  let at = 0;
  return Array.from(count.values, (many, k) => {
    const minima = Array.from({ length: many }, () => ({
      x: places.values[2 * at],
      y: places.values[2 * at++ + 1],
    }));
    return { lowest: known(lowest.values[k]), floor: known(floors.values[k]), minima };
  });
}
