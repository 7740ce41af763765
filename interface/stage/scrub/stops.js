// The stops of a setting, computed here: what the scrubber slides through, and the fan of some of them.

import { isLook, joined, question } from "../core/question.js";
import { between, written } from "../run/scale.js";

/** @import { FeltRace } from "../core/stage.d.ts" */
/** @import { HandleHeader, RaceHeader } from "../core/packets.d.ts" */
/** @typedef {{ key: string, stops: string[], values: number[], range: number[] }} Stops */
/** @typedef {ReturnType<typeof strandsOf>} Strands */

const STOPS = 400;
const STRANDS = 41;
const MOST_POINTS = 200_000;

// What a setting belongs to, by its key, and what it is called there.
/** @param {HandleHeader} handle */
export const group = ({ key, owner }) => (owner ? key.split(".")[0] : "");
/** @param {HandleHeader} handle */
export const labelOf = ({ key, label }) => (key.includes(".schedule.") ? `${label} (schedule)` : label);

// The values from one end of a range to the other in rising order, the handle's own among them.
/** @param {HandleHeader} handle @param {number[] | null} ends @returns {Stops} */
export function stopsOf(handle, ends) {
  const [low, high] = (ends || handle.reach)
    .map((end) => Math.min(Math.max(end, handle.limits[0]), handle.limits[1]))
    .sort((a, b) => a - b);
  const spread = Array.from({ length: STOPS + 1 }, (_, k) => between(handle, [low, high], k / STOPS));
  const values = [...new Set([...spread, low, high])].filter((v) => v >= low && v <= high);
  const own = Number(handle.value);
  const found = own >= low && own <= high ? [...new Set([...values, own])] : values;
  found.sort((a, b) => a - b);
  const stops = found.map((value) => (value === own ? handle.value : written(value)));
  return { key: handle.key, stops, values: found, range: [low, high] };
}

// Some of the stops with the paths of one lane: what the fan shows. `raceAt` gives a stop's race.
/**
 * @param {{ header: Pick<Stops, "stops" | "values"> }} fan
 * @param {number} k
 * @param {number} steps
 * @param {(j: number) => FeltRace} raceAt
 */
export function strandsOf({ header }, k, steps, raceAt) {
  const most = Math.min(STRANDS, Math.max(Math.floor(MOST_POINTS / (steps + 1)), 2));
  const last = header.stops.length - 1;
  const chosen = [...new Set(Array.from({ length: most }, (_, n) => Math.round((n * last) / (most - 1))))];
  const races = chosen.map(raceAt);
  const paths = races.map(({ arrays }) => arrays[`x${k}`].values);
  const x = new Float32Array(paths.length * 2 * (steps + 1));
  paths.forEach((path, n) => x.set(path, n * path.length));
  return {
    header: {
      stops: chosen.map((j) => header.stops[j]),
      values: chosen.map((j) => header.values[j]),
      lanes: [{ k, outcomes: races.map((race) => ({ diverged: race.header.lanes[k].diverged })) }],
    },
    arrays: { [`x${k}`]: { values: x, shape: [paths.length, steps + 1, 2] } },
  };
}

// What the stops of a handle depend on: the whole link but for its own value, and for names and looks.
/** @param {Pick<RaceHeader, "link" | "rules">} header @param {string} key */
export const identity = (header, key) =>
  joined([...question(header)].filter(([name]) => name !== key && !isLook(name)));

// The stop that a setting is, as it stands in a link, or the nearest one to it.
/** @param {Pick<Stops, "stops" | "values">} header @param {string} text */
export function stopAt({ stops, values }, text) {
  const own = stops.indexOf(text);
  if (own >= 0) return own;
  const far = values.map((v) => Math.abs(v - Number(text)));
  return Math.max(far.indexOf(Math.min(...far)), 0);
}

/** @param {number[]} numbers @param {number} value */
export const within = ([low, high], value) => value >= low && value <= high;
