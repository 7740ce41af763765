// Runs cases in one process: `node replay.js FOLDER` reads modules and cases.json from a folder and
// writes what comes out as runs of float64, each case's arrays in order.

import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import * as arithmetic from "../../interface/stage/run/arithmetic.js";
import { basinsOf } from "../../interface/stage/run/basins.js";
import { cellsOf, listedOf } from "../../interface/stage/run/cells.js";
import { destinations } from "../../interface/stage/run/destinations.js";
import { declared, otherMinima } from "../../interface/stage/run/minima.js";
import { bestOf, markMoved, rangesOf } from "../../interface/stage/labs/sweep/judge.js";
import { bound, path, walk } from "../../interface/stage/run/path.js";
import { planOf } from "../../interface/stage/run/plan.js";
import { bestRun, gridOf, rangeOf, stretchesOf } from "../../interface/stage/run/rates.js";
import { batchesOf, tilted } from "../../interface/stage/run/rows.js";
import { searchedOf, searching } from "../../interface/stage/run/search.js";

const folder = resolve(process.argv[2]);
const load = (name) => import(pathToFileURL(join(folder, name)).href);
const number = (value) => (typeof value === "string" ? Number(value) : value);

const shape = (lines) => [lines.length, lines[0].length];

async function paths({ modules, settings, run, target }) {
  const found = {};
  for (const [kind, name] of Object.entries(modules)) found[kind] = await load(name);
  const draws = run.draws && Float64Array.from(run.draws);
  const rows = run.rows && Float64Array.from(run.rows);
  const order = run.batches && { values: Int32Array.from(run.batches.flat()), shape: shape(run.batches) };
  const numbers = { ...settings, rows };
  const wanted = { ...run, draws, batches: batchesOf(rows, order) };
  const done = path(found, numbers, wanted, structuredClone(walk(found, numbers, wanted)));
  const { x, loss, gradient, memory, lr, asked, diverged } = done;
  return [
    [diverged, target === null ? -1 : loss.findIndex((value) => value <= target)],
    x,
    loss,
    gradient,
    lr,
    asked,
    ...Object.keys(memory)
      .sort()
      .map((name) => memory[name]),
  ];
}

const operations = {};

// One formula as a function of its operands, applied to rows of operands.
function applied({ body, count, rows }) {
  const names = Object.keys(arithmetic);
  const work = (operations[body] ||= new Function(
    ...names,
    `return (${["a", "b", "c"].slice(0, count)}) => (${body});`,
  )(...names.map((name) => arithmetic[name])));
  return [Float64Array.from(rows, (row) => Number(work(...row.map(number))))];
}

// A map's job with the rows of its data and which of them each step learns from.
function typed({ rows = null, few = rows, order, drawn: lines, draws, settings, ...job }) {
  const [all, kept] = [rows, few].map((given) => given && Float64Array.from(given));
  const drawn = order && { values: Int32Array.from(order.flat()), shape: shape(order) };
  return {
    ...job,
    settings: { ...settings, rows: kept },
    draws: draws && Float64Array.from(draws),
    ...(drawn ? { batches: { rows: all, order: drawn } } : {}),
    ...(lines ? { drawn: stream(all, lines) } : {}),
  };
}

function stream(rows, { replacement, lines }) {
  const drawn = { values: Int32Array.from(lines.flat()), shape: [lines.length, lines[0].length] };
  return { rows, count: rows.length / 2, replacement, drawn };
}

// Where runs from many starts end, and the minima that nobody declared.
async function basins({ basins: given, modules, points }) {
  const job = typed(given);
  const found = {};
  for (const [kind, name] of Object.entries(modules)) found[kind] = await load(name);
  const known = declared(job.critical);
  const settings = tilted(found.surface, job.settings, known[0]);
  const loss = bound(found.surface.surface, found.surface, settings);
  const others = job.convex ? [] : ended(otherMinima(loss, known, job.window));
  const whole = { ...job, spots: destinations(known, others).spots };
  const { end, steps } = ended(basinsOf(found, whole, Float64Array.from(points)));
  return [[others.length], others.flatMap(({ x, y, height }) => [x, y, height]), end, steps];
}

// How runs at many settings end.
async function cells({ cells: job, modules, part }) {
  const found = {};
  for (const [kind, name] of Object.entries(modules)) found[kind] = await load(name);
  const done = ended(cellsOf(found, typed(job), part));
  return ["loss", "gap", "distance", "steps", "away", "diverged"].map((name) => done[name]);
}

// What a lane's runs at settings of a list end in, a column for each of some names.
async function lister({ modules, job, names }) {
  const found = {};
  for (const [kind, name] of Object.entries(modules)) found[kind] = await load(name);
  return (columns) => {
    const axes = columns.map((values, n) => ({ key: names[n], values }));
    return ended(listedOf(found, { ...typed(job), axes }, { first: 0, last: columns[0].length }));
  };
}

// A sensitivity curve: its rates, how they end, and what is said of them.
async function curve({ curve: { rates, view, kept }, ...lane }) {
  const grid = gridOf(rangeOf(rates, view, kept));
  const found = (await lister(lane))([grid]);
  const works = stretchesOf(found.steps);
  const ends = ["loss", "distance", "steps", "away", "diverged"].map((name) => found[name]);
  return [[grid.length], grid, ...ends, [bestRun(found), works.length], works.flat()];
}

// A fair tuning of a lane: all settings that are tried, and how they end.
async function tuned({ tuned: { handles, slot, budget }, ...lane }) {
  const searched = searchedOf(handles, slot);
  const list = await lister(lane);
  const work = searching(searched, budget, () => undefined);
  let step = work.next();
  while (!step.done) step = work.next(list(step.value));
  const { settings, ends, best } = step.value;
  return [...settings, ends.loss, ends.steps, ends.away, ends.diverged, [best]];
}

// What a sweep needs before its first cell.
async function planned({ plan: job, modules }) {
  const found = {};
  for (const [kind, name] of Object.entries(modules)) found[kind] = await load(name);
  const { axes, minima, theory } = ended(
    planOf(found, { ...job, rows: job.rows && Float64Array.from(job.rows) }),
  );
  const numbers = Object.fromEntries(
    Object.entries(theory.arrays).map(([name, { values }]) => [name, values]),
  );
  const text = JSON.stringify({ axes: axes.header, minima: minima.header, theory: theory.header, numbers });
  return [[text.length], Array.from(text, (_, k) => text.charCodeAt(k))];
}

// What can be said of a map's cells as a whole.
function judged({ judged: cells, shape, highest, moved }) {
  const count = shape.reduce((a, b) => a * b, 1);
  const numbersOf = (given) =>
    Object.fromEntries(Object.entries(given).map(([name, list]) => [name, Float64Array.from(list, number)]));
  const map = { cells: numbersOf(cells), count, shape, chaotic: new Int32Array(count), checked: 0 };
  map.ranges = rangesOf(map, highest);
  const at = (n) => ({ values: Array.from({ length: n }, (_, k) => k) });
  const arrays = Object.entries(numbersOf(moved)).map(([name, values]) => [name, { values }]);
  markMoved(map, { arrays: { ...Object.fromEntries(arrays), rows: at(shape[1]), columns: at(shape[2]) } });
  const best = Object.values(bestOf(map)).map((cell) => cell || [-1, -1, -1]);
  return [...Object.values(map.ranges), ...best, map.chaotic];
}

function ended(work) {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

const kinds = { basins, cells, curve, tuned, plan: planned, judged, body: applied, modules: paths };
const cases = JSON.parse(readFileSync(join(folder, "cases.json"), "utf8"));
const answers = [];
for (const one of cases) {
  const kind = Object.keys(kinds).find((key) => key in one);
  answers.push(...(await kinds[kind](one)));
}
const all = answers.map((values) => Buffer.from(Float64Array.from(values).buffer));
writeFileSync(join(folder, "answers"), Buffer.concat(all));
