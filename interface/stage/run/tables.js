// The numbers that lanes abreast are moved by, step for step: one row for lanes that share all settings,
// else a row for each, in which every number is computed once for all lanes that it is the same for.

import { bound, rates } from "./path.js";

const noiseAt = (draws, sigma, t, side) => (sigma && draws ? sigma * draws[2 * t + side] : -0);

// `module` is a `shared` one, `schedule` one that watches no loss; `run` is { steps, sigma, draws }.
export function sharedTables(module, schedule, settings, { steps, sigma, draws }) {
  const work = bound(module.batch, module, settings);
  const plan = rates(schedule, settings, steps);
  const values = new Float64Array(module.width);
  const tables = (t) => {
    work.fill(t + 1, plan(t), noiseAt(draws, sigma, t, 0), noiseAt(draws, sigma, t, 1), values, 0);
    return { values, stride: 0 };
  };
  return { work, tables };
}

// `module` is a `varied` one. `axes` are the settings that differ: { key, values, of }, where `of` gives
// each lane's place among the values. All others stand in `settings`, `noise` among them.
export function variedTables(module, schedule, settings, { steps, draws, axes, count }) {
  const { width } = module;
  const values = new Float64Array(width * count);
  const lanes = { schedule, settings, steps, draws, axes, count };
  const groups = grouped(module, schedule, axes).map((group) => gathered(module, group, lanes));
  const tables = (t, losses) => {
    for (const group of groups) if (!t || group.moves) put(group, t, losses, values, width);
    return { values, stride: width };
  };
  return { work: bound(module.batch, module, settings), tables };
}

const TIMED = ["t", "lr", "noise"];

// Numbers of a row that depend on the same of the settings that differ.
function grouped({ needs, given, width }, schedule, axes) {
  const groups = new Map();
  for (let slot = 0; slot < width; slot++) {
    const names = needs[slot];
    const paced = names.includes("lr");
    const on = axes.filter(({ key }) => names.includes(key) || (paced && ofRate(key)));
    const own = paced && schedule.watches;
    const moves = names.some((name) => TIMED.includes(name));
    const name = [own, moves, ...on.map(({ key }) => key)].join(" ");
    if (!groups.has(name)) groups.set(name, { on, own, moves, slots: [] });
    groups.get(name).slots.push({ slot, given: given[slot] });
  }
  return [...groups.values()];
}

const ofRate = (key) => key === "optimizer.lr" || key.startsWith("schedule.");

// A group with one lane for each combination of its settings, and which of these each lane goes by.
function gathered(module, group, { schedule, settings, steps, draws, axes, count }) {
  const { on, own } = group;
  const [found, which] = [new Map(), new Int32Array(count)];
  /** @type {any[]} */
  const members = [];
  for (let k = 0; k < count; k++) {
    const name = own ? k : on.reduce((sum, { of, values }) => sum * values.length + of[k], 0);
    if (!found.has(name)) {
      found.set(name, members.length);
      const other = (own ? axes : on).map(({ key, of, values }) => [key, values[of[k]]]);
      members.push(member(module, schedule, { ...settings, ...Object.fromEntries(other) }, steps));
    }
    which[k] = found.get(name);
  }
  const slots = group.slots.map((one) => ({ ...one, found: new Float64Array(members.length) }));
  const computed = slots.some(({ given }) => !given);
  return { ...group, slots, members, which, computed, draws, row: new Float64Array(module.width) };
}

function member(module, schedule, settings, steps) {
  const { fresh, factor, observe } = bound(schedule.schedule, schedule, settings, steps);
  const memory = [...fresh];
  const rate = (t, loss) => {
    if (t && schedule.watches) observe(loss, memory);
    return settings["optimizer.lr"] * factor(t, memory);
  };
  return { settings, rate, work: bound(module.batch, module, settings) };
}

function put({ members, which, slots, computed, draws, own, row }, t, losses, values, width) {
  for (let m = 0; m < members.length; m++) {
    const { settings, rate, work } = members[m];
    const lr = rate(t, own ? losses[m] : NaN);
    const [x, y] = [noiseAt(draws, settings.noise, t, 0), noiseAt(draws, settings.noise, t, 1)];
    if (computed) work.fill(t + 1, lr, x, y, row, 0);
    for (const { slot, given, found } of slots) {
      if (!given) found[m] = row[slot];
      else if (given === "lr") found[m] = lr;
      else if (given === "noise_x") found[m] = x;
      else found[m] = given === "noise_y" ? y : given === "t" ? t + 1 : settings[given];
    }
  }
  for (const { slot, found } of slots) {
    for (let k = 0, at = slot; k < which.length; k++, at += width) values[at] = found[which[k]];
  }
}
