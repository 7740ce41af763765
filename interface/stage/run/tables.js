// The numbers that lanes abreast are moved by, step for step. Lanes that follow one another and differ in
// `along`'s inputs alone share a row of one table; what those inputs decide stands in another, where each
// lane has a row, or each place along does, if it is the same for all that stand there.

import { bound } from "./path.js";

/** @import { Axis, Batch, BatchModule, Lanes, Schedule, ScheduleModule, Settings, Slot } from "./recorded.d.ts" */
/**
 * @typedef {object} Abreast
 * @property {BatchModule} module
 * @property {ScheduleModule} schedule
 * @property {Settings} settings
 * @property {number} steps
 * @property {ArrayLike<number> | null} draws
 * @property {Axis[]} axes
 */
/** @typedef {Float64Array[] | null} Batches */
/** @typedef {Slot & { at: number }} Placed */
/** @typedef {Placed & { input: number, found: Float64Array, moved: boolean }} Written */
/** @typedef {{ on: Axis[], own: boolean, timed: boolean, paced: boolean, slots: Placed[] }} Group */
/** @typedef {{ memory: number[], k: number, now: number } & Pick<Schedule, "factor" | "observe">} Plan */
/** @typedef {{ settings: Settings, plan: Plan, work: Batch }} Member */
/** @typedef {ReturnType<typeof gathered>} Gathered */
/** @typedef {{ width: number, values: Float64Array, groups: Gathered[] }} Table */

const INPUTS = ["t", "lr", "noise_x", "noise_y"];

/** @param {string} key */
const ofPlan = (key) => key.startsWith("schedule.");
/** @param {string} key */
const ofRate = (key) => key === "optimizer.lr" || ofPlan(key);

// The inputs that differ from lane to lane where `across` does: a module's address names them.
/** @param {string} across @param {Pick<ScheduleModule, "watches">} schedule */
export function along(across, { watches }) {
  const own = ofRate(across) ? ["lr"] : across.includes(".") || across === "noise" ? [across] : [];
  return [...new Set(watches ? ["lr", ...own] : own)].sort();
}

// `module` is a `batch` one. `axes` are the settings that differ: { key, values, of }, where `of` gives
// each lane's place among the values; along `length` lanes, only what the module knows of does. All other
// settings stand in `settings`, `noise` among them; `batches` are each step's rows of data. Returns what moves lanes: `turn(t, losses)` before
// step t + 1, where `losses` are those before step t; `begin(rows)`; and `move(rows, losses)`.
/**
 * @param {BatchModule} module
 * @param {ScheduleModule} schedule
 * @param {Settings} settings
 * @param {Pick<Abreast, "steps" | "draws" | "axes"> & { count: number, length: number, batches: Batches }} sizes
 * @returns {Lanes}
 */
export function abreast(module, schedule, settings, { steps, draws, axes, count, length, batches }) {
  const work = bound(module.batch, module, settings);
  const lanes = { module, schedule, settings, steps, draws, axes };
  /** @param {number} by @param {number} size */
  const every = (by, size) => Array.from({ length: size }, (_, k) => k * by);
  const shared = tableOf(module.shared, lanes, every(length, count / length));
  /** @param {Slot} slot */
  const each = ({ needs }) => needs.includes("lr") && schedule.watches;
  const apart = module.own.some((slot) => each(slot) || !uniform(slot, axes, length));
  const own = tableOf(module.own, lanes, every(1, apart ? count : length));
  const blocks = count / length;
  const [ahead, stride] = [shared.width, apart ? length * own.width : 0];
  let now = 0;
  return {
    lane: module.lane,
    turn: (t, losses) => {
      now = t;
      [shared, own].forEach((table) => fill(table, t, losses));
    },
    begin: (rows) => {
      for (let b = 0; b < blocks; b++)
        work.begin(rows, b * length, (b + 1) * length, shared.values, b * ahead, own.values, b * stride);
    },
    move: (rows, losses) => {
      const data = batches?.[now];
      let lost = 0;
      for (let b = 0; b < blocks; b++) {
        const [from, at, j] = [b * length, b * ahead, b * stride];
        lost += work.move(rows, from, from + length, shared.values, at, own.values, j, losses, data);
      }
      return lost;
    },
  };
}

// Whether a number is the same wherever lanes stand at the same place along.
/** @param {Slot} slot @param {Axis[]} axes @param {number} length */
function uniform(slot, axes, length) {
  return axesOf(slot, axes).every(({ of }) => {
    for (let k = length; k < of.length; k++) if (of[k] !== of[k % length]) return false;
    return true;
  });
}

/** @param {Slot} slot @param {Axis[]} axes */
const axesOf = ({ needs }, axes) =>
  axes.filter(({ key }) => needs.includes(key) || (needs.includes("lr") && ofRate(key)));

// A table with a row for each of some lanes.
/** @param {Slot[]} slots @param {Abreast} lanes @param {number[]} places @returns {Table} */
function tableOf(slots, lanes, places) {
  /** @type {Map<string, Group>} */
  const groups = new Map();
  slots.forEach((slot, at) => {
    const on = axesOf(slot, lanes.axes);
    const paced = slot.needs.includes("lr");
    const own = paced && lanes.schedule.watches;
    const timed = own || slot.needs.includes("t") || slot.needs.includes("noise");
    const name = [own, timed, paced, ...on.map(({ key }) => key)].join(" ");
    const group = groups.get(name) ?? { on, own, timed, paced, slots: [] };
    group.slots.push({ ...slot, at });
    groups.set(name, group);
  });
  const width = slots.length;
  const values = new Float64Array(width * places.length);
  return { width, values, groups: [...groups.values()].map((group) => gathered(group, lanes, places)) };
}

// A group with one member for each combination of its settings, and which of these each row goes by.
/** @param {Group} group @param {Abreast} abreast @param {number[]} places */
function gathered(group, { module, schedule, settings, steps, draws, axes }, places) {
  const { on, own } = group;
  const [found, which, plans] = [new Map(), new Int32Array(places.length), new Map()];
  /** @type {Member[]} */
  const members = [];
  places.forEach((k, row) => {
    const name = own ? k : placeAmong(on, k);
    if (!found.has(name)) {
      found.set(name, members.length);
      const other = (own ? axes : on).map(({ key, of, values }) => [key, values[of[k]]]);
      const all = { ...settings, ...Object.fromEntries(other) };
      const plan = own
        ? k
        : placeAmong(
            on.filter(({ key }) => ofPlan(key)),
            k,
          );
      if (!plans.has(plan)) plans.set(plan, planOf(schedule, all, steps, k));
      members.push({ settings: all, plan: plans.get(plan), work: bound(module.batch, module, all) });
    }
    which[row] = found.get(name);
  });
  const slots = group.slots.map((one) => ({
    ...one,
    input: INPUTS.indexOf(String(one.given)),
    found: new Float64Array(members.length),
    moved: true,
  }));
  const methods = [...new Set(slots.flatMap(({ by }) => by ?? []))];
  const row = new Float64Array(Math.max(...slots.map(({ at }) => at)) + 1);
  const inputs = new Float64Array(INPUTS.length);
  return { ...group, plans: [...plans.values()], slots, members, which, methods, draws, row, inputs };
}

/** @param {Axis[]} axes @param {number} k */
const placeAmong = (axes, k) => axes.reduce((sum, { of, values }) => sum * values.length + of[k], 0);

// Lanes whose schedules are the same share a plan; where it watches losses, those of lane `k`.
/**
 * @param {ScheduleModule} schedule
 * @param {Settings} settings
 * @param {number} steps
 * @param {number} k
 * @returns {Plan}
 */
function planOf(schedule, settings, steps, k) {
  const { fresh, factor, observe } = bound(schedule.schedule, schedule, settings, steps);
  return { memory: [...fresh], factor, observe, k, now: NaN };
}

/** @param {Table} table @param {number} t @param {Float64Array} losses */
function fill({ groups, values, width }, t, losses) {
  for (const group of groups) if (!t || stirred(group, t)) put(group, t, losses, values, width);
}

// Whether a group's numbers may be others than a step before.
/** @param {Gathered} gathered @param {number} t */
function stirred({ timed, paced, plans }, t) {
  return timed || (paced && plans.some(({ factor, memory, now }) => factor(t, memory) !== now));
}

// Compute a group's numbers of a step, and write to the rows those that are others than a step before.
/**
 * @param {Gathered} gathered
 * @param {number} t
 * @param {Float64Array} losses
 * @param {Float64Array} values
 * @param {number} width
 */
function put({ plans, members, which, slots, methods, draws, own, row, inputs }, t, losses, values, width) {
  for (const slot of slots) slot.moved = !t;
  for (const plan of plans) {
    if (t && own) plan.observe(losses[plan.k], plan.memory);
    plan.now = plan.factor(t, plan.memory);
  }
  for (let m = 0; m < members.length; m++) {
    const { settings, work, plan } = members[m];
    inputs[0] = t + 1;
    inputs[1] = settings["optimizer.lr"] * plan.now;
    inputs[2] = noiseAt(draws, settings.noise, t, 0);
    inputs[3] = noiseAt(draws, settings.noise, t, 1);
    for (const method of methods) work[method](inputs[0], inputs[1], inputs[2], inputs[3], row);
    for (const slot of slots) keep(slot, m, numberOf(slot, inputs, settings, row));
  }
  for (const { at, found, moved } of slots) {
    if (moved) for (let k = 0, n = at; k < which.length; k++, n += width) values[n] = found[which[k]];
  }
}

/** @param {Abreast["draws"]} draws @param {number | undefined} sigma @param {number} t @param {number} side */
const noiseAt = (draws, sigma, t, side) => (sigma && draws ? sigma * draws[2 * t + side] : -0);

/**
 * @param {Written} written
 * @param {Float64Array} inputs
 * @param {Settings} settings
 * @param {Float64Array} row
 * @returns {number}
 */
function numberOf({ input, given, at }, inputs, settings, row) {
  if (input >= 0) return inputs[input];
  return given ? Number(settings[given]) : row[at];
}

/** @param {Written} slot @param {number} m @param {number} now */
function keep(slot, m, now) {
  if (Object.is(slot.found[m], now)) return;
  slot.found[m] = now;
  slot.moved = true;
}
