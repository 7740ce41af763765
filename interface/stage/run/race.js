// The race that other numbers give, computed here from the one that the page keeps: paths, losses,
// gradients, rates, memory and outcomes, as packets/race.py sends them. Pure.

import { LANE_LETTERS } from "../core/known.js";
import { bound, path } from "./path.js";
import { distance, followed } from "./minima.js";
import { floorOf, told } from "./outcome.js";
import { predicted } from "./prediction.js";
import { HEIGHTS, levels, lowPoints, sideOf } from "./redrawn.js";
import { batchesOf } from "./rows.js";
import { theoryOf } from "./theory.js";
import { carried, originOf } from "./turning.js";

// `changes` are settings as they stand in a link, by their names there; `lanes` each lane's modules,
// `land` the surface's landscape, with its marked points and its rows. Null where this cannot be
// computed here, or where a minimum comes or goes under a brush.
export function raced(kept, lanes, land, changes) {
  const now = settled(kept, land, carried(kept.header, changes));
  if (!now || lanes.some((lane) => !lane) || !affordable(kept, now)) return null;
  const ground = grounded(kept, lanes[0].surface, land.header.critical, now);
  if ((ground.lowest === null) !== (kept.header.lowest === null)) return null;
  const runs = lanes.map((lane, k) => (now.touches(k) ? run(kept, lane, now, k) : null));
  const parts = runs.map((one, k) => (one ? laneArrays(one, ground, k) : {}));
  const chosen = runs[kept.header.chosen];
  const { theory } = kept.header;
  const foretelling = theory && chosen ? theoryOf(theory, chosen, ground, now.noise) : null;
  return {
    ...(now.moved ? { loss: ground.loss } : {}),
    header: {
      ...kept.header,
      start: now.start,
      steps: now.steps,
      tolerance: now.tolerance,
      lowest: ground.lowest,
      floor: ground.floor,
      ...(now.moved ? { critical: ground.critical, moved: true } : {}),
      lanes: kept.header.lanes.map((lane, k) =>
        runs[k] ? outcome(lane, runs[k], ground, now, kept.header.endings) : lane,
      ),
      flips: chosen ? flips(chosen.gradient) : kept.header.flips,
      ...(chosen?.numbers ? { rule: chosen.numbers.lines } : {}),
      changes,
      ...(foretelling ? { theory: foretelling.header } : {}),
    },
    arrays: {
      ...kept.arrays,
      ...Object.assign({}, ...parts),
      ...(chosen ? inside(kept, chosen) : {}),
      ...foretelling?.arrays,
      ...foretold(kept, lanes, runs, ground, now),
    },
  };
}

// The most rows of data that are gone through under a hand, all steps of all lanes taken together.
const MOST_ROWS = 8_000_000;
const GROUND_NODES = 2 * 64 ** 2;

// Whether a hand need not wait for this: a fifth of a second, or what is not made of data.
function affordable({ header }, { rows, steps, moved, touches }) {
  if (!header.model) return true;
  const moving = header.lanes.filter((_, k) => touches(k)).length;
  const evaluations = 2 * steps * moving + (moved ? GROUND_NODES : 0);
  return Boolean(rows) && (rows.length / 2) * evaluations <= MOST_ROWS;
}

// A felt race as one that is kept: its link, its handles and its surface tell the changes.
export function committed(race, changes) {
  const { header } = race;
  const link = new URLSearchParams(header.link);
  const key = new URLSearchParams(header.surface.key);
  for (const [name, text] of Object.entries(changes)) {
    link.set(name, text);
    if (name.startsWith("surface.")) key.set(name, text);
  }
  const handles = header.handles.map((one) => ({ ...one, value: String(changes[one.key] ?? one.value) }));
  const surface = { ...header.surface, key: String(key), turning: originOf(header, changes) };
  const drawing = header.drawing && { ...header.drawing, heights: heightsOf(header, changes) };
  const turned = Object.entries(changes).map(([name, text]) => `${name} = ${text}`);
  const caption = `${header.caption}; changed: ${turned.join(", ")}`;
  return {
    ...race,
    header: { ...header, link: String(link), handles, surface, drawing, caption, changes: null },
  };
}

// The functions of a race's own surface; `land` as above.
export function surfaceOf({ header }, module, land) {
  const values = valuesOf(header, header.changes || {});
  return bound(module.surface, module, settings({ values, rows: rowsOf(land) }, ""));
}

const rowsOf = ({ arrays }) => arrays.rows?.values ?? null;

const heightsOf = ({ drawing }, changes) => changes[HEIGHTS] ?? drawing.heights;

// The numbers of all handles with the changes put in, and the heights of what is drawn.
function valuesOf(header, changes) {
  const values = new Map(header.handles.map(({ key, value }) => [key, Number(changes[key] ?? value)]));
  if (header.drawing) values.set(HEIGHTS, levels(heightsOf(header, changes), header.drawing.letters));
  return values;
}

// Whether something that a drawing cannot take is to become of it: its modules are of one size.
const resized = ({ drawing }, { [HEIGHTS]: text }) =>
  text !== undefined && text.length !== drawing?.heights.length;

// All numbers of the experiment with the changes put in, or null for a change that is no number.
function settled({ header, arrays }, land, changes) {
  if (resized(header, changes)) return null;
  const values = valuesOf(header, changes);
  values.set("steps", header.steps).set("tolerance", header.tolerance).set("seed", header.seed);
  for (const [key, text] of Object.entries(changes)) {
    if (key === HEIGHTS) continue;
    const value = Number(text);
    if (!values.has(key) || text === "" || !Number.isFinite(value)) return null;
    values.set(key, value);
  }
  const noise = values.get("noise");
  const drawn = arrays.draws?.values.length / 2 - 1;
  const steps = values.get("steps");
  if (noise && (values.get("seed") !== header.seed || !(steps <= drawn))) return null;
  const rows = rowsOf(land);
  const batches = batchesOf(rows, arrays.batches);
  if (batches && !(steps < batches.length)) return null;
  const keys = Object.keys(changes);
  const own = (slot) =>
    keys.every((key) => LANE_LETTERS.includes(key.split(".")[0])) &&
    !keys.some((key) => key.startsWith(`${slot}.`));
  return {
    values,
    steps,
    noise,
    rows,
    batches,
    tolerance: values.get("tolerance"),
    start: [values.get("x"), values.get("y")],
    moved: keys.some((key) => key.startsWith("surface.")),
    redrawn: HEIGHTS in changes,
    touches: (k) => !own(header.lanes[k].slot),
  };
}

// One lane's numbers, with some changes put in, under the names that its modules know them by.
export function numbersOf({ header }, k, changes = {}) {
  const values = valuesOf(header, changes);
  return { ...settings({ values, rows: null }, header.lanes[k].slot), noise: values.get("noise") };
}

// One lane's numbers under the names that its modules know them by.
function settings({ values, rows }, slot) {
  const found = { rows };
  for (const [key, value] of values) {
    const [owner, ...rest] = key.split(".");
    if (owner === "surface") found[key] = value;
    else if (owner === slot)
      found[rest.length > 1 ? key.slice(slot.length + 1) : `optimizer.${rest[0]}`] = value;
  }
  return found;
}

function run(kept, modules, now, k) {
  const { start, steps, noise, batches } = now;
  const numbers = settings(now, kept.header.lanes[k].slot);
  const draws = kept.arrays.draws?.values;
  return path(modules, numbers, { start, steps, sigma: noise, draws, batches });
}

// The surface under the present numbers: its lowest value, its marked points and its distances.
function grounded({ header }, module, critical, now) {
  const loss = bound(module.surface, module, settings(now, ""));
  const points = now.moved ? marked(header, critical, now, loss) : critical;
  const minima = points.filter(({ kind }) => kind === "global minimum");
  const heights = minima.map(({ height }) => height);
  const least = heights.length ? Math.min(...heights) : null;
  const lowest = now.redrawn || (now.moved && header.lowest !== null) ? least : header.lowest;
  const { window } = header.surface;
  return {
    loss,
    critical: points,
    lowest,
    window,
    floor: now.moved && header.floor !== null ? floorOf(loss, window, lowest) : header.floor,
    far: (x, y) => (loss.distance ? loss.distance(x, y) : distance(minima, x, y)),
  };
}

// Where the marked points have gone; a brush makes others.
function marked({ surface, drawing }, critical, { redrawn }, loss) {
  return redrawn
    ? lowPoints(loss, surface.window, sideOf(drawing.heights))
    : critical.map((point) => followed(point, loss));
}

function laneArrays({ x, loss, gradient, rate }, { lowest }, k) {
  const [points, n] = [2, loss.length];
  return {
    [`x${k}`]: { values: x, shape: [n, points] },
    [`loss${k}`]: { values: loss, shape: [n] },
    ...(lowest === null ? {} : { [`gap${k}`]: { values: loss.map((v) => v - lowest), shape: [n] } }),
    [`gradient${k}`]: { values: gradient, shape: [n, points] },
    [`rate${k}`]: { values: rate || measured(x, gradient), shape: [n - 1, points] },
  };
}

// On a quadratic the loss of each lane that runs anew, written down beforehand; as packets/theory.py.
function foretold({ header, arrays }, lanes, runs, ground, { start, steps, noise }) {
  const found = {};
  runs.forEach((one, k) => {
    if (!one || !arrays[`predicted${k}`]) return;
    const rule = one.dynamics?.(0, 0);
    const plain = lanes[k].rule.scaling === "even" && !rule.decay && header.modules[k].schedule === CONSTANT;
    if (noise || !plain) return void (found[`predicted${k}`] = line(new Float64Array(steps + 1).fill(NaN)));
    const { gap, lift } = predicted(ground.loss, rule, one.lr[0], start, steps);
    found[`predicted${k}`] = line(gap.map((v) => v + lift - (ground.lowest ?? 0)));
  });
  return found;
}

const CONSTANT = "schedule/constant";
const line = (values) => ({ values, shape: [values.length] });

// Of a rule that is no linear recursion: the size of its step over that of the gradient.
function measured(x, gradient) {
  return Float64Array.from({ length: x.length - 2 }, (_, n) => {
    const rate = Math.abs((x[n + 2] - x[n]) / gradient[n]);
    return Number.isFinite(rate) ? rate : NaN;
  });
}

function outcome(lane, run, ground, { steps, tolerance }, endings) {
  const { diverged, loss, x, asked } = run;
  const last = diverged < 0 ? steps : Math.max(diverged - 1, 0);
  const known = (value) => (Number.isFinite(value) ? value : null);
  return {
    ...lane,
    diverged,
    ...told(run, ground, tolerance, endings),
    final: known(loss[last]),
    distance: known(ground.far(x[2 * last], x[2 * last + 1])),
    evaluations: asked[3 * last + 1],
  };
}

// For x and for y, the steps whose gradient has flipped its sign since the last one.
function flips(gradient) {
  /** @type {number[][]} */
  const found = [[], []];
  for (let n = 2; n < gradient.length; n++) {
    if (Math.sign(gradient[n]) * Math.sign(gradient[n - 2]) < 0) found[n % 2].push(n >> 1);
  }
  return found;
}

// What is shown of the chosen lane alone.
function inside({ arrays }, { memory, loss, numbers }) {
  const n = loss.length;
  const rows = Object.keys(arrays).filter((name) => name.startsWith("memory."));
  const found = rows.map((name) => {
    const values = memory[name.slice("memory.".length)];
    return [name, { values, shape: values.length > n ? [n, 2] : [n] }];
  });
  const slots = numbers || unknown(arrays.slots.shape[0], n);
  return { ...Object.fromEntries(found), slots: { values: slots.values, shape: slots.shape } };
}

const unknown = (count, n) => ({ values: new Float32Array(count * n).fill(NaN), shape: [count, n] });
