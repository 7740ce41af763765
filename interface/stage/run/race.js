// The race that other numbers give, computed here from the one that the page keeps: paths, losses,
// gradients, rates, memory and outcomes, as packets/race.py sends them. Pure.

import { HEIGHTS, LANE_LETTERS } from "../core/known.js";
import { flips, foretold, inside, laneArrays } from "./arrays.js";
import { grounded, movedGround } from "./ground.js";
import { bound, path } from "./path.js";
import { told } from "./outcome.js";
import { batchesOf } from "./rows.js";
import { theoryOf } from "./theory.js";
import { carried, originOf } from "./turning.js";
import { heightsOf, settings, valuesOf } from "./values.js";

/** @import { Ground, Modules, Path, Point, Settings, SurfaceModule } from "./recorded.d.ts" */
/** @import { FeltRace, FeltHeader } from "../core/stage.d.ts" */
/** @import { Ending, Landscape, LaneHeader } from "../core/packets.d.ts" */
/** @import { Changes } from "./turning.js" */
/** @import { Walk, Wanted } from "./path.js" */
/** @typedef {NonNullable<ReturnType<typeof settled>>} Settled */
/** @typedef {{ k: number, settings: Settings, wanted: Wanted }} Lane */
/** @typedef {Pick<Landscape, "arrays"> | null | undefined} WithRows */

// `changes` are settings as they stand in a link, by their names there; `lanes` each lane's modules,
// `land` the surface's landscape, if it has rows of data, and `walks` what has been walked already, by
// lane. Null where this cannot be computed here, or where a minimum comes or goes that nobody has drawn.
/**
 * @param {FeltRace} kept
 * @param {(Modules | null)[]} lanes
 * @param {WithRows} land
 * @param {Changes} changes
 * @param {Walk[]} [walks]
 * @returns {FeltRace | null}
 */
export function raced(kept, lanes, land, changes, walks = []) {
  const now = settled(kept, land, carried(kept.header, changes));
  if (!now || !whole(lanes) || !affordable(kept, now)) return null;
  const ground = grounded(kept, lanes[0].surface, kept.header.ground.critical, now);
  if (!now.redrawn && (ground.lowest === null) !== (kept.header.lowest === null)) return null;
  const runs = lanes.map((lane, k) => (now.touches(k) ? run(lane, laneOf(kept, now, k), walks[k]) : null));
  const parts = runs.map((one, k) => (one ? laneArrays(one, ground, k) : {}));
  const chosen = runs[kept.header.chosen];
  const { theory } = kept.header;
  const foretelling = theory && chosen ? theoryOf(theory, chosen, ground, now.noise) : null;
  return {
    ...(now.moved ? { loss: ground.loss } : {}),
    printed: chosen ? chosen.numbers?.put : kept.printed,
    header: {
      ...kept.header,
      start: now.start,
      steps: now.steps,
      tolerance: now.tolerance,
      lowest: ground.lowest,
      floor: ground.floor,
      ...(now.moved ? { ground: movedGround(kept.header, ground), moved: true } : {}),
      lanes: kept.header.lanes.map((lane, k) => outcome(lane, runs[k], ground, now, kept.header.endings)),
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

/** @param {(Modules | null)[]} lanes @returns {lanes is Modules[]} */
const whole = (lanes) => lanes.every((lane) => lane);

// The most rows of data that are gone through under a hand, all steps of all lanes taken together.
const MOST_ROWS = 8_000_000;
// From how many on they are gone through beside the page.
const MANY_ROWS = 200_000;
const GROUND_NODES = 2 * 64 ** 2;

// Whether a hand need not wait for this: a fifth of a second, or what is not made of data.
/** @param {FeltRace} race @param {Settled} now */
function affordable({ header }, { rows, steps, moved, touches }) {
  if (!header.model) return true;
  const moving = header.lanes.filter((_, k) => touches(k)).length;
  const evaluations = 2 * steps * moving + (moved ? GROUND_NODES : 0);
  return rows !== null && (rows.length / 2) * evaluations <= MOST_ROWS;
}

// What workers walk meanwhile of a race that goes through many rows; null for any other.
/**
 * @param {FeltRace} kept
 * @param {(Modules | null)[]} lanes
 * @param {WithRows} land
 * @param {Changes} changes
 * @returns {Lane[] | null}
 */
export function long(kept, lanes, land, changes) {
  const now = settled(kept, land, carried(kept.header, changes));
  if (!now?.rows || !whole(lanes) || !affordable(kept, now)) return null;
  const all = [...lanes.keys()].filter(now.touches);
  if ((now.rows.length / 2) * now.steps * all.length < MANY_ROWS) return null;
  return all.map((k) => laneOf(kept, now, k));
}

// A felt race as one that is kept: its link, its handles and its surface tell the changes.
/** @param {FeltRace} race @param {Changes} changes @returns {FeltRace} */
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
/** @param {FeltRace} race @param {SurfaceModule} module @param {WithRows} land */
export function surfaceOf({ header }, module, land) {
  const values = valuesOf(header, header.changes || {});
  return bound(module.surface, module, settings({ values, rows: rowsOf(land) }, ""));
}

/** @param {WithRows} land @returns {Float64Array | null} */
const rowsOf = (land) => /** @type {Float64Array | undefined} */ (land?.arrays.rows?.values) ?? null;

// Whether something that a drawing cannot take is to become of it: its modules are of one size.
/** @param {FeltHeader} header @param {Changes} changes */
const resized = ({ drawing }, { [HEIGHTS]: text }) =>
  text !== undefined && text.length !== drawing?.heights.length;

// All numbers of the experiment with the changes put in, or null for a change that is no number.
/** @param {FeltRace} race @param {WithRows} land @param {Changes} changes */
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
  /** @param {string} key */
  const number = (key) => Number(values.get(key) ?? NaN);
  const [noise, steps] = [number("noise"), number("steps")];
  const drawn = arrays.draws ? arrays.draws.values.length / 2 - 1 : -1;
  if (noise && (values.get("seed") !== header.seed || !(steps <= drawn))) return null;
  const rows = rowsOf(land);
  const batches = batchesOf(rows, arrays.batches);
  if (batches && !(steps < batches.length)) return null;
  const keys = Object.keys(changes);
  /** @param {string} slot */
  const own = (slot) =>
    keys.every((key) => LANE_LETTERS.includes(key.split(".")[0])) &&
    !keys.some((key) => key.startsWith(`${slot}.`));
  return {
    values,
    steps,
    noise,
    rows,
    batches,
    tolerance: number("tolerance"),
    start: /** @type {Point} */ ([number("x"), number("y")]),
    moved: keys.some((key) => key.startsWith("surface.")),
    redrawn: HEIGHTS in changes,
    /** @param {number} k */
    touches: (k) => !own(header.lanes[k].slot),
  };
}

/** @param {FeltRace} kept @param {Settled} now @param {number} k @returns {Lane} */
function laneOf(kept, now, k) {
  const { start, steps, noise: sigma, batches } = now;
  const wanted = { start, steps, sigma, draws: kept.arrays.draws?.values, batches };
  return { k, settings: settings(now, kept.header.lanes[k].slot), wanted };
}

/** @param {Modules} modules @param {Lane} lane @param {Walk} [walked] */
const run = (modules, { settings, wanted }, walked) => path(modules, settings, wanted, walked);

/**
 * @param {LaneHeader} lane
 * @param {Path | null} run
 * @param {Ground} ground
 * @param {Settled} now
 * @param {Record<string, Ending>} endings
 * @returns {LaneHeader}
 */
function outcome(lane, run, ground, { steps, tolerance }, endings) {
  if (!run) return lane;
  const { diverged, loss, x, asked } = run;
  const last = diverged < 0 ? steps : Math.max(diverged - 1, 0);
  /** @param {number} value */
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
