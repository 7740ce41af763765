// What a worker computes, for benchmarks/browser_maps.py: told "basins" or "sweep", it computes the map
// coarse and then whole, in the parts that a page asks for, and says the seconds of a processor of both.

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { basinsOf, centers } from "../interface/stage/run/basins.js";
import { cellsOf, stagesOf } from "../interface/stage/run/cells.js";
import { declared, otherMinima } from "../interface/stage/run/minima.js";
import { bound } from "../interface/stage/run/path.js";

const folder = resolve(process.argv[2]);
const KINDS = ["batch", "surface", "schedule"];

async function loaded(name) {
  const job = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));
  const modules = {};
  for (const kind of KINDS) {
    modules[kind] = await import(pathToFileURL(join(folder, `${name}-${kind}.js`)).href);
  }
  return { job: { ...job, draws: Float64Array.from(job.draws) }, modules };
}

function done(work) {
  for (;;) {
    const { done: over, value } = work.next();
    if (over) return value;
  }
}

function seconds(work) {
  const begun = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1e6;
}

const [SIDE, ROWS] = [200, 5];
const MAPS = {
  basins: ({ job, modules }) => {
    const known = declared(job.critical);
    const loss = bound(modules.surface.surface, modules.surface, job.settings);
    const minima = [...known, ...otherMinima(loss, known, job.window)];
    const map = (part) => done(basinsOf(modules, { ...job, minima }, centers(job.window, SIDE, part)));
    const fine = () => {
      for (let first = 0; first < SIDE; first += ROWS) map({ first, rows: ROWS });
    };
    return [seconds(() => map({ stride: 4 })), seconds(fine)];
  },
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
    return [first, first + seconds(() => rest.forEach(strips))];
  },
};

const ready = { basins: await loaded("basins"), sweep: await loaded("sweep") };
for (const [kind, one] of Object.entries(ready)) MAPS[kind](one);
for await (const kind of createInterface({ input: process.stdin })) {
  console.log(MAPS[kind](ready[kind]).join(" "));
}
