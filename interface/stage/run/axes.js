// What a sweep map has on its axes, as labs/sweep/axes.py chooses it. Pure.

import { filled } from "../core/format.js";
import { LANE_LETTERS } from "../core/known.js";
import { CLOSEST, COUNTS, FIRST, NOTES, REACHES } from "./planned.js";
import { allowed, originOf, place, rounded, valueAt, written } from "./scale.js";

/** @import { HandleHeader } from "../core/packets.d.ts" */
/** @import { Point, Window } from "./recorded.d.ts" */
/** @typedef {{ across: string, up: string, third: string, reach_across: Reach, reach_up: Reach }} Wishes */
/** @typedef {[] | [key: string, low: number, high: number]} Reach */
/** @typedef {HandleHeader & { sizes?: number[], all?: string }} Swept */
/** @typedef {{ handle: Swept, values: number[] }} Side */
/** @typedef {{ across: Side, up: Side, third: Side | null, notes: string[] }} Chosen */
/** @typedef {{ handles: Swept[], slot: string, label: string, window: Window, limit: number | null }} Lane */

const [SIDE, SMALL, PANELS] = COUNTS;
const [BELOW, ABOVE, UNDER, OVER] = REACHES;
/** @type {Record<"rule" | "surface", Record<string, number>>} */
const first = FIRST;

// What a value's significant digits are counted of.
/** @param {HandleHeader} handle @param {number} value */
const sizeOf = (handle, value) => Math.abs(originOf(handle) ? 1 - value : value);

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

// What a handle may take that is nearest to a value; a batch has one of a few sizes.
/** @param {Swept} handle @param {number} value @param {number} digits */
function stopAt(handle, value, digits) {
  if (!handle.sizes) return allowed(handle, rounded(handle, value, digits));
  const away = handle.sizes.map((size) => Math.abs(Math.log(size / value)));
  return handle.sizes[away.indexOf(Math.min(...away))];
}

// Values from `low` to `high` on a handle's own scale, its own among them.
/** @param {Swept} handle @param {number} low @param {number} high @param {number} count */
export function spreadOver(handle, low, high, count) {
  const [first, last] = [place(handle, low), place(handle, high)];
  const step = (last - first) / (count - 1);
  const spread = Array.from({ length: count }, (_, k) =>
    valueAt(handle, k === count - 1 ? last : first + k * step),
  );
  const digits = digitsOf(handle, spread);
  const found = rising(spread.map((value) => stopAt(handle, value, digits)));
  const own = Number(handle.value);
  if (!(low <= own && own <= high)) return found;
  const gaps = found.map((value) => Math.abs(place(handle, value) - place(handle, own)));
  return rising(found.with(gaps.indexOf(Math.min(...gaps)), own));
}

// The lowest and the highest value of a handle worth trying.
/** @param {Swept} handle @param {Window} window @returns {Point} */
export function reachOf(handle, window) {
  const { key, smallest, limits } = handle;
  const [low, high] = limits;
  const value = Number(handle.value);
  if (key === "x" || key === "y") {
    const [from, to] = window[key === "y" ? 1 : 0];
    return [Math.min(from, value), Math.max(to, value)];
  }
  if (handle.sizes || originOf(handle) !== 0) return [low, high];
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

/** @param {Swept} handle */
const said = ({ label }) => label.charAt(0).toUpperCase() + label.slice(1).toLowerCase();

/** @param {Lane} lane @param {string} name @param {string} side @param {Swept[]} taken @param {string[]} notes */
function chosen(lane, name, side, taken, notes) {
  const found = find(lane, name);
  if (found && taken.includes(found)) notes.push(filled(NOTES.across, { setting: said(found) }));
  else if (found) return found;
  else if (name) notes.push(filled(NOTES.side, { lane: lane.label, name, side }));
  return usual(lane, taken);
}

/** @param {Lane} lane @param {string} name @param {Swept[]} taken @param {string[]} notes */
function thirdOf(lane, name, taken, notes) {
  const found = find(lane, name);
  if (found && taken.includes(found)) {
    notes.push(filled(NOTES.axis, { setting: said(found) }));
    return null;
  }
  if (name && !found) notes.push(filled(NOTES.third, { lane: lane.label, name }));
  return found;
}

// The most telling handle left: the rate, a memory, the surface, the start.
/** @param {Lane} lane @param {Swept[]} taken */
function usual({ handles }, taken) {
  const left = handles.filter((handle) => !taken.includes(handle));
  return left.reduce((best, one) => (interest(one) < interest(best) ? one : best));
}

/** @param {Swept} handle */
function interest({ key, lane, scale, sizes }) {
  if (key.endsWith(".lr")) return 0;
  if (lane !== null) return first.rule[scale] ?? 4;
  if (!key.startsWith("surface.")) return 3;
  return (!sizes && first.surface[scale]) || 5;
}

/** @param {Lane} lane @param {Swept} handle @param {Reach} wanted @param {number} count @param {string[]} notes @returns {Side} */
function over(lane, handle, wanted, count, notes) {
  let [low, high] = span(lane, handle);
  if (wanted.length && find(lane, wanted[0]) === handle)
    [low, high] = inside(handle, wanted[1], wanted[2], notes);
  const values = spreadOver(handle, low, high, count);
  if (values.length === 1) {
    notes.push(filled(NOTES.only, { setting: said(handle), value: written(values[0]) }));
  }
  return { handle, values };
}

/** @param {Swept} handle @param {number} low @param {number} high @param {string[]} notes */
function inside(handle, low, high, notes) {
  const [least, most] = handle.limits;
  const ends = [low, high].map((value) => Math.min(Math.max(value, least), most));
  if (ends[0] !== low || ends[1] !== high) {
    notes.push(filled(NOTES.inside, { setting: said(handle), low: written(least), high: written(most) }));
  }
  return ends;
}

// The usual range of a handle, its present value inside.
/** @param {Lane} lane @param {Swept} handle @returns {Point} */
function span({ slot, window, limit }, handle) {
  const value = Number(handle.value);
  let [low, high] = reachOf(handle, window);
  if (handle.key === `${slot}.lr`) {
    const usually = Number(handle.usual);
    const ends = limit === null ? [usually / UNDER, usually * OVER] : [limit / BELOW, limit * ABOVE];
    [low, high] = ends.map((end) => Number(end.toExponential(0)));
  } else if (originOf(handle)) high = Math.min(high, CLOSEST);
  return [
    Math.max(Math.min(low, value), handle.limits[0]),
    Math.min(Math.max(high, value), handle.limits[1]),
  ];
}
