// What a sweep map needs before its first cell: what is on its axes and theory's lines, as
// labs/sweep/packets.py sends them, and the minima of every surface on it. Pure.

import { axesOf, sweepable } from "./axes.js";
import { boundaries, minimumCurvature, placesOf, quadratic } from "./boundaries.js";
import { groundOf } from "./ground.js";
import { bound, width } from "./path.js";
import { BATCHES, NOTES, WORSE } from "./planned.js";
import { place, written } from "./scale.js";
import { numbersOf } from "./values.js";

/** @import { HandleHeader } from "../core/packets.d.ts" */
/** @import { FeltHeader } from "../core/stage.d.ts" */
/** @import { Chosen, Side, Swept, Wishes } from "./axes.js" */
/** @import { There } from "./boundaries.js" */
/** @import { Changes } from "./turning.js" */
/** @import { Minimum } from "./minima.js" */
/** @import { Critical, Point, Recursion, RuleModule, ScheduleModule, Settings, SurfaceModule } from "./recorded.d.ts" */
/** @typedef {{ rule: RuleModule, surface: SurfaceModule, schedule: ScheduleModule }} Runners */
/** @typedef {{ header: FeltHeader, wishes: Wishes, rows: Float64Array | null, found?: Bottom[] }} PlanJob */
/** @typedef {{ name: Name, side: Side }} Turning */
/** @typedef {{ lowest: number | null, floor: number | null, minima: Minimum[] }} Bottom */
/** @typedef {"third" | "up" | "across"} Name */
/** @typedef {{ part: "minima", over: Name[], surfaces: Bottom[], highest: Record<string, number> }} Minima */

// `job` is { header, wishes, rows, found }: a race's header, what is wished for on the axes, the rows of a loss
// of data, and the minima of all surfaces on the map, if they have been searched for. Returns { axes, minima,
// theory }, each { header, arrays }. Minima that only a search finds cannot be followed from one value of a
// setting to another: before they are found there are none, and no theory.
/** @param {Runners} modules @param {PlanJob} job */
export function* planOf(modules, job) {
  const { header, wishes } = job;
  const lane = header.lanes[header.chosen];
  const handles = [...sweepable(header.handles, lane.slot), ...sizesOf(header)];
  const { window } = header.surface;
  const here = thereOf(modules, job, {});
  const stable = here.rule && here.bends && here.bends.high > 0 ? 2 / here.bends.high : null;
  yield;
  const chosen = axesOf({ handles, slot: lane.slot, label: lane.label, window, limit: stable }, wishes);
  const axes = opening(header, handles, chosen);
  const over = turningOf(chosen);
  const searched = !header.surface.proven && over.length > 0;
  const surfaces = searched ? (job.found ?? []) : yield* bottomsOf(modules, job, over);
  /** @type {Minima} */
  const minima = {
    part: "minima",
    over: over.map(({ name }) => name),
    surfaces,
    highest: highest(modules.surface, job),
  };
  const theory = searched && !job.found ? null : yield* theoryOf(modules, job, chosen);
  return { axes, minima: { header: minima, arrays: {} }, theory };
}

/** @param {FeltHeader} header @param {HandleHeader[]} handles @param {Chosen} chosen */
function opening(header, handles, { across, up, third, notes }) {
  const { lanes, chosen, lowest, steps, tolerance, endings, model } = header;
  const { slot, label } = lanes[chosen];
  return {
    header: {
      part: "axes",
      lane: { slot, label },
      axes: { across: axis(across), up: axis(up), third: third && axis(third) },
      menu: handles.map(entry),
      notes: [...notes, ...(model?.stand_ins ?? []), ...unruled([across, up])],
      minimum: lowest !== null,
      ...{ steps, tolerance, endings },
    },
    arrays: {},
  };
}

// Why theory draws no line over batch sizes.
/** @param {Side[]} sides */
const unruled = (sides) => (sides.some(({ handle }) => handle.sizes) ? [NOTES.batches] : []);

/** @param {HandleHeader} handle */
function entry({ key, label, symbol, group }) {
  const said = label.split(/\s+/).includes(symbol) ? label : `${label} ${symbol}`;
  return { key, label: said, symbol, group };
}

/** @param {Side} side */
function axis({ handle, values }) {
  const { scale, limits, smallest, usual } = handle;
  const [low, high] = limits;
  const places = values.map((value) => place(handle, value));
  const texts = values.map((value) => saidOf(handle, value));
  return { ...entry(handle), scale, low, high, smallest, usual, values: texts, places };
}

// A value as it stands in a link: all rows have a name.
/** @param {Swept} handle @param {number} value */
const saidOf = ({ all, limits }, value) => (all && value === limits[1] ? all : written(value));

// How many rows a step may learn from, as a setting of a loss of data: a size of the menu, or all of them,
// which a size that is no smaller means as well.
/** @param {FeltHeader} header @returns {Swept[]} */
function sizesOf({ model, surface }) {
  if (!model) return [];
  const { key, label, symbol, scale, usual, sizes } = BATCHES;
  const [{ count }, { title }] = [model, surface];
  const given = new URLSearchParams(surface.key).get(key) ?? usual;
  const [value, all] = Number(given) < count ? [given, usual] : [String(count), given];
  const limits = /** @type {Point} */ ([1, count]);
  const told = { lane: null, owner: title, group: title, label, symbol, scale, usual, value, help: "" };
  const own = { limits, reach: limits, smallest: 1, whole: true, searched: false };
  return [{ key, ...told, ...own, all, sizes: [...sizes.filter((size) => size < count), count] }];
}

/** @param {Chosen} chosen @returns {Turning[]} */
const sidesOf = ({ third, up, across }) => [
  ...(third ? [{ name: /** @type {const} */ ("third"), side: third }] : []),
  { name: "up", side: up },
  { name: "across", side: across },
];

// The sides on which surfaces differ.
/** @param {Chosen} chosen */
const turningOf = (chosen) =>
  sidesOf(chosen).filter(({ side: { handle } }) => handle.key.startsWith("surface.") && !handle.sizes);

// How low each surface on the map lies, by the axes that tell them apart, of which the last runs quickest.
/** @param {Runners} modules @param {PlanJob} job @param {Turning[]} over */
function* bottomsOf({ surface }, job, over) {
  const count = over.reduce((product, { side }) => product * side.values.length, 1);
  const turning = over.map(({ side }) => side);
  /** @type {Bottom[]} */
  const surfaces = [];
  for (let k = 0; k < count; k++) {
    const { critical, lowest, floor } = groundOf(job, surface, changesAt(turning, k));
    const minima = critical.filter(({ kind }) => kind === "global minimum");
    surfaces.push({
      lowest,
      floor,
      minima: minima.map(({ x, y, height, floor = null }) => ({ x, y, height, floor })),
    });
    yield;
  }
  return surfaces;
}

// The settings at a place among those of some sides, of which the last runs quickest.
/** @param {Side[]} sides @param {number} k @returns {Changes} */
function changesAt(sides, k) {
  /** @type {Changes} */
  const changes = {};
  let rest = k;
  for (const { handle, values } of [...sides].reverse()) {
    changes[handle.key] = written(values[rest % values.length]);
    rest = Math.floor(rest / values.length);
  }
  return changes;
}

// The level above which all has the last color, by color.
/** @param {SurfaceModule} surface @param {PlanJob} job */
function highest(surface, job) {
  const { header } = job;
  if (header.lowest === null) return {};
  const { loss, far } = groundOf(job, surface, {});
  const [x, y] = header.start;
  const sizes = { loss: loss.value(x, y) - header.lowest, distance: far(x, y) };
  const levels = Object.entries(sizes).map(([color, size]) => [color, Math.log10(WORSE * size)]);
  return Object.fromEntries(levels.filter(([, level]) => Number.isFinite(level)));
}

// Theory's lines on every panel, as places on both axes.
/** @param {Runners} modules @param {PlanJob} job @param {Chosen} chosen */
function* theoryOf(modules, job, chosen) {
  const { header } = job;
  const { third, up, across } = chosen;
  const rate = `${header.lanes[header.chosen].slot}.lr`;
  /** @type {object[]} */
  const lines = [];
  /** @type {Record<string, { values: number[] }>} */
  const arrays = {};
  const told = { header: { part: "theory", lines }, arrays };
  const { loss: seen } = groundOf(job, modules.surface, {});
  if (seen.seen || !constant(modules.schedule)) return told;
  if (![across, up].some(({ handle }) => handle.key === rate)) return told;
  const side = across.handle.key === rate ? up : across;
  const other = side.handle;
  const panels = third ? third.values.map((value) => changed(third, value)) : [{}];
  for (let panel = 0; panel < panels.length; panel++) {
    if (other.sizes || inParts(header, third, panel)) continue;
    const own = handleAt(other, panels[panel]);
    const { loss } = groundOf(job, modules.surface, panels[panel]);
    const local = !quadratic(loss, header.surface.window);
    const at = (/** @type {number} */ value) => {
      const changes = { ...panels[panel], [other.key]: written(value) };
      return thereOf(modules, job, changes, foundAt(job, chosen, changes));
    };
    const known = job.found && other.key.startsWith("surface.");
    const places = known ? side.values : placesOf(own, header.surface.window);
    const found = yield* boundaries(places, local, at);
    for (const { name, label, rates, values, local: near, kind } of found) {
      const [x, y] = across.handle.key === rate ? [rates, values] : [values, rates];
      arrays[`across${lines.length}`] = { values: x.map((value) => place(across.handle, value)) };
      arrays[`up${lines.length}`] = { values: y.map((value) => place(up.handle, value)) };
      const point = kind === "point" ? [x[0], y[0]] : null;
      lines.push({ panel, name, label, local: near, kind, point });
    }
  }
  return told;
}

// The minima that were searched for under some changes, if any were.
/** @param {PlanJob} job @param {Chosen} chosen @param {Changes} changes */
function foundAt({ found }, chosen, changes) {
  const place = turningOf(chosen).reduce((sum, { side: { handle, values } }) => {
    const here = values.findIndex((value) => written(value) === changes[handle.key]);
    return sum * values.length + here;
  }, 0);
  return found?.[place]?.minima;
}

// What a value of a side changes of the surface and of what runs on it; the size of a batch, nothing.
/** @param {Side} side @param {number} value @returns {Changes} */
const changed = ({ handle }, value) => (handle.sizes ? {} : { [handle.key]: written(value) });

// Whether steps see parts of the rows on a panel.
/** @param {FeltHeader} header @param {Side | null} third @param {number} panel */
const inParts = ({ model }, third, panel) =>
  Boolean(model && (third?.handle.sizes ? third.values[panel] < model.count : model.epoch));

// Whether a schedule leaves the rate as it is: it has nothing to set and nothing to watch.
/** @param {ScheduleModule} schedule */
const constant = ({ names, watches }) => !names.length && !watches;

/** @param {HandleHeader} handle @param {Changes} changes @returns {HandleHeader} */
const handleAt = (handle, changes) => ({ ...handle, value: changes[handle.key] ?? handle.value });

// What rules the chosen lane's steps under some changes: how its rule moves small errors, if it has no
// scaling and no decay of its own, and the curvature at the minimum, one of the `known` where they are.
/** @param {Runners} modules @param {PlanJob} job @param {Changes} changes @param {Minimum[]} [known] @returns {There} */
function thereOf({ rule, surface }, job, changes, known) {
  const { header } = job;
  const { loss, critical, start } = groundOf(job, surface, changes);
  const minima = known ?? critical.filter(({ kind }) => kind === "global minimum");
  const settings = { ...numbersOf({ header }, header.chosen, changes), rows: job.rows };
  return {
    rule: recursion(rule, settings),
    bends: minimumCurvature(loss, header.surface.window, minima, start),
  };
}

/** @param {RuleModule} module @param {Settings} settings @returns {Recursion | null} */
function recursion(module, settings) {
  const rule = bound(module.rule, module, settings);
  if (!rule.dynamics || module.scaling !== "even") return null;
  const rows = new Float64Array(width(module));
  rule.begin(rows, 0);
  rule.step(1, settings["optimizer.lr"], 0, 0);
  const [gain, beta, ahead, penalty, decay, first, x, y] = rule.dynamics(rows, 0);
  return decay === 0 ? { gain, beta, ahead, penalty, decay, first, scale: [x, y] } : null;
}
