// A basin map as numbers: filling it part by part, counting, comparing. Pure.
//
// `end` counts the minima of the surface, named ones first, or is one of the words below. A cell's
// kind is the entry of the legend it belongs to: the named minima, then other minima, not arrived,
// diverged, ran away.

import { filled, point } from "../../core/format.js";
import { ENDS } from "../../core/known.js";
import { isLook, joined } from "../../core/question.js";

/** @import { CriticalHeader, Ending, Numbers } from "../../core/packets.d.ts" */
/** @import { Window } from "../../run/recorded.d.ts" */
/** @import { Sent } from "../study.js" */
/**
 * What the legend says: minima by letter, and when a run counts as arrived.
 *
 * @typedef {object} BasinHeading
 * @property {"heading"} part
 * @property {Window} window
 * @property {number} resolution
 * @property {(CriticalHeader & { letter: string })[]} named
 * @property {CriticalHeader[]} marks
 * @property {number} others
 * @property {number} tolerance
 * @property {number} near
 * @property {number} steps
 * @property {Record<string, Ending>} endings
 * @property {string[]} notes
 */
// Some rows of a lane's map, every `stride`-th cell of them; `done` is the share of it all.
/** @typedef {Record<"first" | "rows" | "stride" | "done", number> & { part: "rows", slot: string }} BasinRows */
/** @typedef {Sent<BasinHeading | BasinRows>} Part */
/** @typedef {ReturnType<typeof emptyMap>} BasinMap */
/** @typedef {Pick<BasinHeading, "window" | "resolution">} Extent */

export const NOT_ARRIVED = ENDS.notArrived;
export const DIVERGED = ENDS.diverged;
export const ELSEWHERE = ENDS.elsewhere;
export const RAN_AWAY = ENDS.ranAway;

const SHARED = ["surface", "steps", "noise", "tolerance"];

// What a lane's map depends on: neither the start, nor other lanes, nor how the lane looks.
/** @param {URLSearchParams} params @param {string} slot */
export function mapKey(params, slot) {
  /** @param {string[]} pair */
  const own = ([name]) => name === slot || (name.startsWith(`${slot}.`) && !isLook(name));
  /** @param {string[]} pair */
  const shared = ([name]) =>
    SHARED.includes(name.split(".")[0]) || (name === "seed" && Number(params.get("noise") || 0) > 0);
  const pairs = [...params].filter((pair) => own(pair) || shared(pair));
  return joined(pairs.map(([name, text]) => [own([name]) ? `lane${name.slice(1)}` : name, text]));
}

/** @param {BasinHeading} heading */
export function emptyMap(heading) {
  const cells = heading.resolution ** 2;
  const fresh = () => new Int32Array(cells).fill(-1);
  const known = new Uint8Array(heading.resolution);
  return { heading, end: fresh(), steps: fresh(), coarse: false, known, sketched: 0, rows: 0 };
}

/** @param {BasinMap | undefined} map */
export const complete = (map) => map !== undefined && map.rows === map.heading.resolution;

// Whether there is something of it to see everywhere.
/** @param {BasinMap | undefined} map @returns {map is BasinMap} */
export const sketched = (map) => map !== undefined && map.coarse;

// Put a part into its map: whole rows, or every stride-th cell of them as a block. Parts come in any
// order: what is known cell by cell stays.
/** @param {BasinMap} map @param {Sent<BasinRows>} part */
export function fill(map, { header, arrays }) {
  const { first, rows, stride } = header;
  spread(map, map.end, arrays.end.values, header);
  spread(map, map.steps, arrays.steps.values, header);
  if (stride === 1) {
    map.rows += rows;
    map.known.fill(1, first, first + rows);
  } else map.sketched += rows;
  map.coarse ||= map.sketched >= map.heading.resolution || complete(map);
}

/**
 * @param {BasinMap} map
 * @param {Int32Array} cells
 * @param {Numbers["values"]} values
 * @param {BasinRows} part
 */
function spread({ heading, known }, cells, values, { first, rows, stride }) {
  const wide = heading.resolution;
  if (stride === 1) return cells.set(values, first * wide);
  const across = Math.ceil(wide / stride);
  for (let row = 0; row < rows; row++) {
    if (known[first + row]) continue;
    for (let col = 0; col < wide; col++) {
      const block = Math.floor(row / stride) * across + Math.floor(col / stride);
      cells[(first + row) * wide + col] = values[block];
    }
  }
  return undefined;
}

// Cell edges in data coordinates, as heat.js wants them.
/** @param {Extent} extent */
export function grid({ window, resolution }) {
  /** @param {number[]} ends */
  const side = ([low, high]) =>
    Float64Array.from({ length: resolution + 1 }, (_, k) => low + (k * (high - low)) / resolution);
  return { x: [...side(window[0])], y: [...side(window[1])] };
}

/** @param {Extent} extent @param {number} x @param {number} y */
export function cellOf({ window, resolution }, x, y) {
  /** @param {number} v @param {number[]} ends */
  const place = (v, [low, high]) => Math.floor(((v - low) / (high - low)) * resolution);
  const [col, row] = [place(x, window[0]), place(y, window[1])];
  /** @param {number} k */
  const inside = (k) => k >= 0 && k < resolution;
  return inside(col) && inside(row) ? row * resolution + col : null;
}

/** @param {number} end @param {number} named */
export function kindOf(end, named) {
  if (end >= 0) return Math.min(end, named);
  return named + WORDED.indexOf(end);
}

// In the order of the legend, after the named minima.
const WORDED = [ELSEWHERE, NOT_ARRIVED, DIVERGED, RAN_AWAY];

// How many starts there are of each kind.
/** @param {Pick<BasinMap, "heading" | "end">} map */
export function counts({ heading, end }) {
  const named = heading.named.length;
  const found = new Array(named + 4).fill(0);
  for (const one of end) found[kindOf(one, named)] += 1;
  return found;
}

// Each count's share in percent.
/** @param {number[]} found */
export function percentages(found) {
  const total = found.reduce((a, b) => a + b, 0);
  return found.map((count) => (total ? (100 * count) / total : 0));
}

// The steps between which the shade changes: all but the quickest and the slowest fiftieth.
/** @param {Pick<BasinMap, "end" | "steps">[]} maps */
export function settling(maps) {
  const found = maps.flatMap(({ end, steps }) => [...steps].filter((s, k) => s >= 0 && shaded(end[k])));
  if (!found.length) return null;
  const sorted = Int32Array.from(found).sort();
  /** @param {number} share */
  const at = (share) => sorted[Math.round(share * (sorted.length - 1))];
  return [at(0.02), at(0.98)];
}

/** @param {number} end */
const shaded = (end) => end >= 0 || end === RAN_AWAY;

// One number a cell: its kind, and behind the point how pale it is, from 0 (settled at once) to
// almost 1 (late, or not yet). Borders between minima that share a color are a kind of their own.
/** @param {BasinMap} map @param {number[] | null} range */
export function shades(map, range) {
  const { heading, end, steps } = map;
  const [named, wide] = [heading.named.length, heading.resolution];
  const [low, high] = range || [0, 1];
  return Float32Array.from(end, (one, k) => {
    const kind = kindOf(one, named);
    if (kind === named && onBorder(end, k, wide)) return named + 4.5;
    if (kind > named && !shaded(one)) return kind + 0.5;
    const pale = steps[k] < 0 ? 1 : Math.min(Math.max((steps[k] - low) / (high - low || 1), 0), 1);
    return kind + 0.02 + 0.96 * pale;
  });
}

/** @param {Int32Array} end @param {number} k @param {number} wide */
function onBorder(end, k, wide) {
  const right = (k + 1) % wide ? end[k + 1] : end[k];
  const above = k + wide < end.length ? end[k + wide] : end[k];
  return end[k] >= 0 && [right, above].some((other) => other >= 0 && other !== end[k]);
}

// Which starts end elsewhere under the other rule; without minima, which leave downhill sooner.
/** @param {BasinMap} one @param {BasinMap} other */
export function difference(one, other) {
  /** @param {Pick<BasinMap, "end" | "steps">} map @param {number} k */
  const left = ({ end, steps }, k) => (end[k] === RAN_AWAY ? steps[k] : Infinity);
  /** @type {(end: number, k: number) => number} */
  const differs = one.heading.named.length
    ? (end, k) => Number(end !== other.end[k])
    : (_, k) => Number(left(other, k) < left(one, k));
  const mask = Uint8Array.from(one.end, differs);
  return { mask, count: mask.reduce((a, b) => a + b, 0) };
}

// What stands in the legend after the named minima.
export const OTHERS = ["other local minima", "not arrived", "diverged", "ran away downhill"];

/** @param {number} kind @param {BasinHeading} heading */
export function nameOf(kind, heading) {
  const { named } = heading;
  if (kind < named.length) {
    const { letter, said, floor, x, y } = named[kind];
    return `${letter}, ${said} ${floor ? "through" : "at"} ${point(x, y)}`;
  }
  return kind === named.length ? "another local minimum" : OTHERS[kind - named.length];
}

// What became of a cell's start, in words.
/** @param {BasinMap} map @param {number} cell */
export function saidCell(map, cell) {
  const { heading } = map;
  const [end, steps] = [map.end[cell], map.steps[cell]];
  if (end === DIVERGED) return filled(heading.endings.diverged.words, { step: steps });
  if (end === RAN_AWAY) return filled(heading.endings["ran away"].words, { step: steps });
  const name = nameOf(kindOf(end, heading.named.length), heading);
  if (end === NOT_ARRIVED) return `${name} after ${heading.steps} steps`;
  return `ends in ${name}${saidSteps(steps, end)}`;
}

/** @param {number} steps @param {number} end */
function saidSteps(steps, end) {
  if (steps >= 0) return `, settled after ${steps} steps`;
  return end === ELSEWHERE ? "" : ", not within the tolerance yet";
}
