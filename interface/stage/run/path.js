// One path of a recorded rule, everything kept: what the engine's `trajectory` gives, in float64.
// Rules, losses and schedules are modules that Python made (engine/compile/javascript_modules.py); nothing here
// knows one from another. Pure.

import { copysign, floorDivide, power, remainder, rint, truth } from "./arithmetic.js";

/** @import { Functions, Loss, Memory, Modules, NumbersModule, Path, Point } from "./recorded.d.ts" */
/** @import { Rule, RuleModule, ScheduleModule, Settings } from "./recorded.d.ts" */
/**
 * @typedef {object} Run
 * @property {Modules} modules
 * @property {Settings} settings
 * @property {number} steps
 * @property {Loss} loss
 * @property {Rule} rule
 * @property {Noise} noise
 * @property {Float64Array[] | null} batches
 * @property {number} width
 */
/** @typedef {(t: number, side: number) => number} Noise */
/**
 * @typedef {object} Wanted
 * @property {number[]} start
 * @property {number} steps
 * @property {number} [sigma]
 * @property {ArrayLike<number> | null} [draws]
 * @property {Float64Array[] | null} [batches]
 */
/** @typedef {{ x: Float64Array, loss: Float64Array, gradient: Float64Array }} Seen */
/** @typedef {Seen & Pick<Path, "lr" | "rate" | "diverged"> & { rows: Float64Array }} Walk */

export const FUNCTIONS = { copysign, floorDivide, power, remainder, rint, truth };
export const LIMIT = 1e12;

// A module's function with its numbers put in; `settings` holds them by name, `optimizer.lr`.
/**
 * @template Made
 * @template {unknown[]} More
 * @param {(numbers: unknown[], ...more: [...More, Functions]) => Made} work
 * @param {{ names: string[] }} module
 * @param {Settings} settings
 * @param {More} more
 * @returns {Made}
 */
export const bound = (work, { names }, settings, ...more) =>
  work(
    names.map((name) => settings[/** @type {keyof Settings} */ (name)]),
    ...more,
    FUNCTIONS,
  );

// `modules` are { rule, surface, schedule }; `draws` has two numbers a step, of deviation 1, and
// `batches` the rows a step that a loss of data is learned from (run/rows.js), or null for all.
// Arrays have a row a step: x, loss, gradient as the rule saw it, memory by name, asked (values,
// gradients, Hessians so far), and lr. From `diverged` on (-1: never) a path is NaN.
// `walked` is what `walk` gives, if it is here already.
/** @param {Modules} modules @param {Settings} settings @param {Wanted} wanted @param {Walk} [walked] @returns {Path} */
export function path(modules, settings, wanted, walked = walk(modules, settings, wanted)) {
  const run = runOf(modules, settings, wanted);
  const { rule, steps, loss, batches } = run;
  const { rows, lr, rate, diverged, ...found } = walked;
  const alive = diverged < 0 ? steps + 1 : diverged;
  const printed = wanted.sigma || batches || loss.seen ? modules.noisy : modules.numbers;
  return {
    diverged,
    lr,
    rate,
    numbers: printed ? numbersOf(run, printed, { rows, lr, diverged, off: off(run, found) }) : null,
    ...found,
    ...remembered(run, rows, alive),
    asked: asked(run, rows),
    dynamics: rule.dynamics ? dynamicsOf(run, rows, lr, alive) : null,
  };
}

// What of a path takes time, in arrays alone, so that a worker may hand it over.
/** @param {Modules} modules @param {Settings} settings @param {Wanted} wanted @returns {Walk} */
export function walk(modules, settings, wanted) {
  const run = runOf(modules, settings, wanted);
  const { end, told, ...taken } = moved(run, wanted.start);
  const diverged = firstOutside(taken.rows, run.width, end);
  const alive = diverged < 0 ? run.steps + 1 : diverged;
  return { ...taken, diverged, ...seen(run, taken.rows, alive, told) };
}

/** @param {Modules} modules @param {Settings} settings @param {Wanted} wanted @returns {Run} */
function runOf(modules, settings, { steps, sigma = 0, draws = null, batches = null }) {
  const loss = bound(modules.surface.surface, modules.surface, settings);
  const rule = bound(modules.rule.rule, modules.rule, settings);
  /** @type {Noise} */
  const noise = sigma && draws ? (t, side) => sigma * draws[2 * t + side] : () => -0;
  return { modules, settings, steps, loss, rule, noise, batches, width: width(modules.rule) };
}

// A function of a step and a row of memory, its own unless told: the rule as a linear recursion.
/**
 * @param {Run} run
 * @param {Float64Array} rows
 * @param {Float64Array} lr
 * @param {number} alive
 * @returns {NonNullable<Path["dynamics"]>}
 */
function dynamicsOf({ rule, steps, width: wide }, rows, lr, alive) {
  const gone = new Float64Array(wide).fill(NaN);
  const bends = /** @type {NonNullable<Rule["dynamics"]>} */ (rule.dynamics);
  return (t, row = Math.min(t + 1, steps)) => {
    const after = Math.min(t + 1, steps);
    rule.step(after, lr[after - 1], 0, 0);
    const found = row < alive ? bends(rows, row * wide) : bends(gone, 0);
    const [gain, beta, ahead, penalty, decay, first, ...scale] = found;
    return { gain, beta, ahead, penalty, decay, first, scale };
  };
}

/** @param {Record<string, number>} memory */
const count = (memory) => Object.values(memory).reduce((a, b) => a + b, 0);
/** @param {RuleModule} ruleModule */
export const width = ({ memory, looks }) => 2 + count(memory) + looks.length;

// All rows up to the first that has left the limit, and every step's rate.
/** @param {Run} run @param {number[]} start */
function moved(run, [x, y]) {
  const { modules, settings, steps, loss, noise, batches, width: wide } = run;
  const { begin, step, move, rate: rated, seen: look } = run.rule;
  const plan = rates(modules.schedule, settings, steps);
  const rows = new Float64Array((steps + 1) * wide);
  const lr = new Float64Array(steps);
  const rate = new Float64Array(2 * steps).fill(NaN);
  const told = look ? new Float64Array(3 * steps + 3) : null;
  rows.set([x, y]);
  begin(rows, 0);
  let end = steps;
  for (let t = 0; t < steps; t++) {
    const at = t * wide;
    lr[t] = plan(t, () => loss.value(rows[at], rows[at + 1]));
    if (t >= end) continue;
    step(t + 1, lr[t], noise(t, 0), noise(t, 1), batches?.[t]);
    move(rows, at, rows, at + wide);
    told?.set(look?.() ?? [], 3 * t);
    if (!inside(rows, at + wide)) {
      if (!modules.schedule.watches) end = t + 1;
      continue;
    }
    const [across, up] = rated(rows, at + wide);
    rate[2 * t] = known(across);
    rate[2 * t + 1] = known(up);
  }
  if (told) lastTold(run, rows, told);
  return { rows, lr, end, rate: modules.rule.rated === "measured" ? null : rate, told };
}

// The loss and the gradient at the last point, as one more step would see them.
/** @param {Run} run @param {Float64Array} rows @param {Float64Array} told */
function lastTold({ rule, steps, batches, width: wide }, rows, told) {
  rule.step(steps + 1, 1, 0, 0, batches?.[steps]);
  rule.move(rows, steps * wide, new Float64Array(wide), 0);
  told.set(rule.seen?.() ?? [], 3 * steps);
}

// The rate in force at each step; a schedule that watches the loss sees it before the step.
/**
 * @param {ScheduleModule} module
 * @param {Settings} settings
 * @param {number} steps
 * @returns {(t: number, loss: () => number) => number}
 */
export function rates(module, settings, steps) {
  const { fresh, factor, observe } = bound(module.schedule, module, settings, steps);
  const memory = [...fresh];
  return (t, loss) => {
    const rate = settings["optimizer.lr"] * factor(t, memory);
    if (module.watches) observe(loss(), memory);
    return rate;
  };
}

/** @param {number} value */
const known = (value) => (Number.isFinite(value) ? value : NaN);
/** @param {Float64Array} rows @param {number} at */
const inside = (rows, at) => Math.abs(rows[at]) <= LIMIT && Math.abs(rows[at + 1]) <= LIMIT;

/** @param {Float64Array} rows @param {number} wide @param {number} end */
function firstOutside(rows, wide, end) {
  for (let t = 0; t <= end; t++) if (!inside(rows, t * wide)) return t;
  return -1;
}

// Points, losses and gradients, each as the step sees it that leaves there.
/** @param {Run} run @param {Float64Array} rows @param {number} alive @param {Float64Array | null} told */
function seen({ steps, loss, noise, batches, width: wide }, rows, alive, told) {
  /** @type {(t: number, x: number, y: number) => Point} */
  const gradientAt = loss.seen || ((_, x, y) => loss.gradient(x, y));
  const [x, gradient] = [0, 1].map(() => new Float64Array(2 * (steps + 1)).fill(NaN));
  const losses = new Float64Array(steps + 1).fill(NaN);
  for (let t = 0; t < alive; t++) {
    const px = rows[t * wide];
    const py = rows[t * wide + 1];
    const felt = told ? told.subarray(3 * t + 1, 3 * t + 3) : gradientAt(t + 1, px, py);
    x[2 * t] = px;
    x[2 * t + 1] = py;
    gradient[2 * t] = felt[0] + noise(t, 0);
    gradient[2 * t + 1] = felt[1] + noise(t, 1);
    losses[t] = told && !batches ? told[3 * t] : loss.value(px, py);
  }
  return { x, loss: losses, gradient };
}

// By how much each gradient is off: by noise, or because a step sees only a part of the loss.
/** @param {Run} run @param {Seen} seen @returns {Noise} */
function off({ loss, noise, batches }, { x, gradient }) {
  if (!batches && !loss.seen) return noise;
  return (t, side) => gradient[2 * t + side] - loss.gradient(x[2 * t], x[2 * t + 1])[side];
}

/** @param {Run} run @param {Float64Array} rows @param {number} alive */
function remembered({ modules, steps, width: wide }, rows, alive) {
  /** @type {Memory} */
  const memory = {};
  let from = 2;
  for (const [name, size] of Object.entries(modules.rule.memory)) {
    const values = new Float64Array(size * (steps + 1)).fill(NaN);
    for (let t = 0; t < alive; t++) {
      for (let n = 0; n < size; n++) values[size * t + n] = rows[t * wide + from + n];
    }
    memory[name] = values;
    from += size;
  }
  return { memory };
}

// The numbers of the printed rule: a row for each, a column for the step that leads to a point. `put` fills in
// the column of a step, for one is read at a time, and each asks the loss once more.
/**
 * @param {Run} run
 * @param {NumbersModule} numbers
 * @param {{ rows: Float64Array, lr: Float64Array, diverged: number, off: Noise }} walk
 * @returns {NonNullable<Path["numbers"]>}
 */
function numbersOf({ settings, steps, width: wide }, numbers, { rows, lr, diverged, off }) {
  const n = steps + 1;
  const { fill } = bound(numbers.numbers, numbers, settings);
  const values = new Float64Array(numbers.count * n).fill(NaN);
  const last = diverged < 0 ? steps : diverged;
  const gone = new Float64Array(wide).fill(NaN);
  /** @param {number} t */
  const put = (t) => {
    if (t < 1 || t > steps) return;
    /** @type {[Float64Array, number]} */
    const before = t <= last ? [rows, (t - 1) * wide] : [gone, 0];
    fill(t, lr[t - 1], off(t - 1, 0), off(t - 1, 1), ...before, values, t, n);
  };
  return { lines: numbers.lines, values, shape: [numbers.count, n], put };
}

// How many values, gradients and Hessians have been asked for up to each step.
/** @param {Run} run @param {Float64Array} rows */
function asked({ modules: { rule, schedule }, steps, width: wide }, rows) {
  const each = rule.asks.map((n, k) => n + (schedule.watches && k === 0 ? 1 : 0));
  const found = new Float64Array(3 * (steps + 1));
  const from = wide - rule.looks.length;
  for (let t = 1; t <= steps; t++) {
    for (let k = 0; k < 3; k++) {
      let more = each[k];
      for (let n = 0; n < rule.looks.length; n++) more += rule.looks[n][k] * rows[t * wide + from + n];
      found[3 * t + k] = found[3 * (t - 1) + k] + more;
    }
  }
  return found;
}
