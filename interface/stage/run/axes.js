// What a sweep map has on its axes, as labs/sweep/axes.py chooses it. Pure.

import { LANE_LETTERS, SCALES, SWEEPS } from "../core/known.js";
import { place, written } from "./scale.js";

/** @import { HandleHeader } from "../core/packets.d.ts" */
/** @import { Point, Window } from "./recorded.d.ts" */
/** @typedef {{ across: string, up: string, third: string, reach_across: Reach, reach_up: Reach }} Wishes */
/** @typedef {[] | [key: string, low: number, high: number]} Reach */
/** @typedef {{ handle: HandleHeader, values: number[] }} Side */
/** @typedef {{ across: Side, up: Side, third: Side | null, notes: string[] }} Chosen */
/** @typedef {{ handles: HandleHeader[], slot: string, label: string, window: Window, limit: number | null }} Lane */

/** @type {Record<string, { origin: number | null }>} */
const scales = SCALES;
const [SIDE, SMALL, PANELS] = SWEEPS.counts;
const [BELOW, ABOVE, UNDER, OVER] = SWEEPS.reaches;

// A number in so many significant digits.
/** @param {number} value */
const short = (value, digits = 12) => Number(value.toPrecision(digits));

/** @param {HandleHeader} handle */
const decimals = ({ limits, whole }) => ({ limits, whole });

// The value at a place of a scale, before it is rounded.
/** @param {HandleHeader} handle @param {number} at */
function valueAt({ scale, smallest, limits }, at) {
  const { origin } = scales[scale];
  if (origin === null) return at;
  if (origin) return 1 - 10 ** -at;
  return at < Math.log10(smallest) - 1e-9 ? limits[0] : 10 ** at;
}

// What a value's significant digits are counted of.
/** @param {HandleHeader} handle @param {number} value */
const sizeOf = ({ scale }, value) => Math.abs(scales[scale].origin ? 1 - value : value);

/** @param {HandleHeader} handle @param {number} value @param {number} digits */
const rounded = ({ scale }, value, digits) =>
  scales[scale].origin ? short(1 - short(1 - value, digits)) : short(value, digits);

// How many significant digits tell values apart: three, unless they lie close.
/** @param {HandleHeader} handle @param {number[]} values */
function digitsOf(handle, values) {
  let close = Infinity;
  for (let k = 1; k < values.length; k++) {
    const most = Math.max(sizeOf(handle, values[k]), sizeOf(handle, values[k - 1]), 1e-300);
    const apart = Math.abs(values[k] - values[k - 1]) / most;
    if (apart > 0) close = Math.min(close, apart);
  }
  return close === Infinity ? 12 : Math.min(Math.max(3, 1 - Math.floor(Math.log10(close))), 12);
}

/** @param {Iterable<number>} values */
const rising = (values) => [...new Set(values)].sort((one, other) => one - other);

// Values from `low` to `high` on a handle's own scale, its own among them.
/** @param {HandleHeader} handle @param {number} low @param {number} high @param {number} count */
export function spreadOver(handle, low, high, count) {
  const { limits, whole } = decimals(handle);
  const [first, last] = [place(handle, low), place(handle, high)];
  const step = (last - first) / (count - 1);
  const spread = Array.from({ length: count }, (_, k) =>
    valueAt(handle, k === count - 1 ? last : first + k * step),
  );
  const digits = digitsOf(handle, spread);
  const kept = spread.map((value) => rounded(handle, value, digits));
  const found = rising(
    kept.map((value) => Math.min(Math.max(whole ? Math.round(value) : value, limits[0]), limits[1])),
  );
  const own = Number(handle.value);
  if (!(low <= own && own <= high)) return found;
  const gaps = found.map((value) => Math.abs(place(handle, value) - place(handle, own)));
  return rising(found.with(gaps.indexOf(Math.min(...gaps)), own));
}

// The lowest and the highest value of a handle worth trying.
/** @param {HandleHeader} handle @param {Window} window @returns {Point} */
export function reachOf({ key, scale, smallest, limits: [low, high], value: text }, window) {
  const value = Number(text);
  if (key === "x" || key === "y") {
    const [from, to] = window[key === "y" ? 1 : 0];
    return [Math.min(from, value), Math.max(to, value)];
  }
  if (scales[scale].origin !== 0) return [low, high];
  if (value < smallest) return [low, Math.min(high, Math.max(1, smallest * 1e3))];
  return [Math.max(smallest, value / 10), Math.min(high, value * 10)];
}

// What may be swept of a lane: its own handles, the surface's, the start and the noise.
/** @param {HandleHeader[]} handles @param {string} slot */
export const sweepable = (handles, slot) =>
  handles.filter(({ key, lane }) => lane === null || key.startsWith(`${slot}.`));

// The axes that are wished for; what is no setting of the lane takes its usual place, and a sentence
// says so. `limit` is the largest stable learning rate, null where the rule has none.
/** @param {Lane} lane @param {Wishes} wishes @returns {Chosen} */
export function axesOf(lane, wishes) {
  /** @type {string[]} */
  const notes = [];
  const across = chosen(lane, wishes.across, "across", [], notes);
  const up = chosen(lane, wishes.up, "up", [across], notes);
  const third = thirdOf(lane, wishes.third, [across, up], notes);
  const count = third ? SMALL : SIDE;
  return {
    across: over(lane, across, wishes.reach_across, count, notes),
    up: over(lane, up, wishes.reach_up, count, notes),
    third: third && { handle: third, values: spreadOver(third, ...span(lane, third), PANELS) },
    notes,
  };
}

// The handle of a name, with this lane in place of any other.
/** @param {Lane} lane @param {string} name */
function find({ handles, slot }, name) {
  const [owner, ...rest] = name.split(".");
  const own = rest.length && LANE_LETTERS.includes(owner) ? [slot, ...rest].join(".") : name;
  return handles.find(({ key }) => key === own) ?? null;
}

/** @param {HandleHeader} handle */
const said = ({ label }) => label.charAt(0).toUpperCase() + label.slice(1).toLowerCase();

/** @param {Lane} lane @param {string} name @param {string} side @param {HandleHeader[]} taken @param {string[]} notes */
function chosen(lane, name, side, taken, notes) {
  const found = find(lane, name);
  if (found && taken.includes(found)) notes.push(`${said(found)} is across already.`);
  else if (found) return found;
  else if (name) notes.push(`${lane.label} has no setting '${name}' to map ${side}.`);
  return usual(lane, taken);
}

/** @param {Lane} lane @param {string} name @param {HandleHeader[]} taken @param {string[]} notes */
function thirdOf(lane, name, taken, notes) {
  const found = find(lane, name);
  if (found && taken.includes(found)) {
    notes.push(`${said(found)} is on an axis already.`);
    return null;
  }
  if (name && !found) notes.push(`${lane.label} has no setting '${name}' to make several maps of.`);
  return found;
}

// The most telling handle left: the rate, a memory, the surface, the start.
/** @param {Lane} lane @param {HandleHeader[]} taken */
function usual({ handles }, taken) {
  const left = handles.filter((handle) => !taken.includes(handle));
  return left.reduce((best, one) => (interest(one) < interest(best) ? one : best));
}

/** @param {HandleHeader} handle */
function interest({ key, lane, scale }) {
  if (key.endsWith(".lr")) return 0;
  if (lane !== null) return scale === "towards one" ? 1 : 4;
  if (!key.startsWith("surface.")) return 3;
  return scale === "log" ? 2 : 5;
}

/** @param {Lane} lane @param {HandleHeader} handle @param {Reach} wanted @param {number} count @param {string[]} notes @returns {Side} */
function over(lane, handle, wanted, count, notes) {
  let [low, high] = span(lane, handle);
  if (wanted.length && find(lane, wanted[0]) === handle)
    [low, high] = inside(handle, wanted[1], wanted[2], notes);
  const values = spreadOver(handle, low, high, count);
  if (values.length === 1) {
    const only = `${said(handle)} takes only the value ${written(values[0])}`;
    notes.push(`${only} in this range: the map is one cell wide.`);
  }
  return { handle, values };
}

/** @param {HandleHeader} handle @param {number} low @param {number} high @param {string[]} notes */
function inside(handle, low, high, notes) {
  const [least, most] = handle.limits;
  const ends = [low, high].map((value) => Math.min(Math.max(value, least), most));
  if (ends[0] !== low || ends[1] !== high) {
    const range = `${written(least)} to ${written(most)}`;
    notes.push(`${said(handle)} may be ${range}: the map stays inside.`);
  }
  return ends;
}

// The usual range of a handle, its present value inside.
/** @param {Lane} lane @param {HandleHeader} handle @returns {Point} */
function span({ slot, window, limit }, handle) {
  const value = Number(handle.value);
  let [low, high] = reachOf(handle, window);
  if (handle.key === `${slot}.lr`) {
    const usually = Number(handle.usual);
    const ends = limit === null ? [usually / UNDER, usually * OVER] : [limit / BELOW, limit * ABOVE];
    [low, high] = ends.map((end) => Number(end.toExponential(0)));
  } else if (scales[handle.scale].origin) high = Math.min(high, SWEEPS.closest);
  return [
    Math.max(Math.min(low, value), handle.limits[0]),
    Math.min(Math.max(high, value), handle.limits[1]),
  ];
}
