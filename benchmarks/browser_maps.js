// What a worker computes, for benchmarks/browser_maps.py: told "basins", "data" or "sweep", it computes the
// map coarse and then whole, in the parts that a page asks for, and says the seconds of a processor of both,
// and the milliseconds of the longest step of a coarse one: without workers a frame waits for it.

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { basinsOf, centers } from "../interface/stage/run/basins.js";
import { cellsOf, stagesOf } from "../interface/stage/run/cells.js";
import { destinations } from "../interface/stage/run/destinations.js";
import { declared, otherMinima } from "../interface/stage/run/minima.js";
import { lanesAtOnce } from "../interface/stage/labs/here.js";
import { bound } from "../interface/stage/run/path.js";

const folder = resolve(process.argv[2]);
const KINDS = ["batch", "surface", "schedule"];

async function loaded(name) {
  const job = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));
  const modules = {};
  for (const kind of KINDS) {
    modules[kind] = await import(pathToFileURL(join(folder, `${name}-${kind}.js`)).href);
  }
  const rows = job.rows && Float64Array.from(job.rows);
  const settings = { ...job.settings, rows };
  return { job: { ...job, settings, draws: Float64Array.from(job.draws) }, modules };
}

function done(work) {
  for (;;) {
    const { done: over, value } = work.next();
    if (over) return value;
  }
}

// The milliseconds of a processor that the longest step of some work takes.
function longest(work) {
  let [most, over] = [0, false];
  while (!over) {
    const took = seconds(() => (over = work.next().done));
    most = Math.max(most, 1e3 * took);
  }
  return most;
}

function seconds(work) {
  const begun = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1e6;
}

const [SIDE, ROWS, COARSE, LANES] = [200, 5, 4, 40_000];

function starts({ job, modules }) {
  const known = declared(job.critical);
  const loss = bound(modules.surface.surface, modules.surface, job.settings);
  const others = job.convex ? [] : done(otherMinima(loss, known, job.window));
  const { spots } = destinations(known, others);
  const most = lanesAtOnce({ rows: job.settings.rows, width: 3 }, LANES);
  const map = (wanted, stride, run) => {
    const rows = Math.min(wanted, (Math.floor((most * stride) / SIDE) || 1) * stride);
    return Array.from({ length: Math.ceil(SIDE / rows) }, (_, n) => {
      const part = { first: n * rows, rows: Math.min(rows, SIDE - n * rows), stride };
      return run(basinsOf(modules, { ...job, spots }, centers(job.window, SIDE, part)));
    });
  };
  const took = [seconds(() => map(SIDE, COARSE, done)), seconds(() => map(ROWS, 1, done))];
  return [...took, Math.max(...map(SIDE, COARSE, longest))];
}

const MAPS = {
  basins: starts,
  data: starts,
  sweep: ({ job, modules }) => {
    const [, up, across] = job.axes.map(({ values }) => values.length);
    const [coarse, ...rest] = stagesOf(up, across, 4);
    const map = (part) => done(cellsOf(modules, job, { ...part, nudge: 0 }));
    const first = seconds(() => map(coarse));
    const strips = (stage) => {
      const each = Math.max(Math.floor(4000 / stage.columns.length), 1);
      for (let n = 0; n < stage.rows.length; n += each)
        map({ ...stage, rows: stage.rows.slice(n, n + each) });
    };
    const all = first + seconds(() => rest.forEach(strips));
    return [first, all, longest(cellsOf(modules, job, { ...coarse, nudge: 0 }))];
  },
};

const ready = Object.fromEntries(
  await Promise.all(Object.keys(MAPS).map(async (kind) => [kind, await loaded(kind)])),
);
for (const [kind, one] of Object.entries(ready)) MAPS[kind](one);
for await (const kind of createInterface({ input: process.stdin })) {
  console.log(MAPS[kind](ready[kind]).join(" "));
}
