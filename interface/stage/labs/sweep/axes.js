// A sweep map's axes: where values lie on them, what stands at their ticks, and their stops.

import { LANE_LETTERS } from "../../core/known.js";
import { isLook, joined } from "../../core/question.js";
import { logTicks } from "../../draw/ticks.js";
import { BATCHES } from "../../run/planned.js";
import { originOf, place } from "../../run/scale.js";

/** @import { SweepAxis } from "./parts.d.ts" */

const SIZES = 13;

// Where a value lies on an axis; one that is no number, such as all rows, is one of its stops.
/** @param {SweepAxis} axis @param {string} text */
export function placeOf(axis, text) {
  const stop = axis.values.indexOf(text);
  return stop < 0 ? place(axis, Number(text)) : axis.places[stop];
}

// The ticks of an axis between two places: true values, as people say them; of batches all sizes.
/** @param {SweepAxis} axis @param {number} low @param {number} high */
export function ticks(axis, low, high) {
  if (axis.values.length === 1 || axis.key === BATCHES.key) return stops(axis, SIZES);
  const origin = originOf(axis);
  const found = origin === null ? [] : (origin ? towardsOne : logarithmic)(axis, low, high);
  return found.length > 1 ? found : stops(axis);
}

/** @param {SweepAxis} axis @param {number} low @param {number} high */
function logarithmic(axis, low, high) {
  const least = Math.log10(axis.smallest);
  const zero = axis.low === 0 && low < least ? [{ at: place(axis, 0), text: "0" }] : [];
  return [...zero, ...logTicks(Math.max(low, least - 1e-9), high, 6)];
}

/** @param {SweepAxis} axis @param {number} low @param {number} high */
function towardsOne(axis, low, high) {
  const nines = Array.from({ length: 8 }, (_, k) => `0.${"9".repeat(k + 1)}`);
  return ["0", "0.5", ...nines]
    .map((text) => ({ at: place(axis, Number(text)), text }))
    .filter(({ at }) => at >= low - 1e-9 && at <= high + 1e-9);
}

// A few of the axis' own stops.
/** @param {Pick<SweepAxis, "values" | "places">} axis */
function stops({ values, places }, most = 5) {
  const stride = Math.max(1, Math.ceil((values.length - 1) / (most - 1)));
  return values.map((text, k) => ({ at: places[k], text })).filter((_, k) => k % stride === 0);
}

// The text of the lane's present value: in the link, or what the link leaves out.
/** @param {URLSearchParams} params @param {Pick<SweepAxis, "key" | "usual">} axis */
export const present = (params, axis) => params.get(axis.key) ?? axis.usual;

// Whether a value lies on the map.
/** @param {number[]} boundaries @param {SweepAxis} axis @param {string} text */
export function covers(boundaries, axis, text) {
  const at = placeOf(axis, text);
  return at >= boundaries[0] && at <= boundaries[boundaries.length - 1];
}

/** @param {Pick<SweepAxis, "places">} axis @param {number} at */
export function nearestStop({ places }, at) {
  const far = places.map((there) => Math.abs(there - at));
  return far.indexOf(Math.min(...far));
}

// What a map rests on: everything but the swept settings, other lanes, and how lanes look.
/** @param {URLSearchParams} params @param {string} slot @param {string[]} swept */
export function mapKey(params, slot, swept) {
  const aside = new Set([...swept, "view.color"]);
  /** @param {string} key */
  const own = (key) =>
    !LANE_LETTERS.includes(key.split(".")[0]) || key === slot || key.startsWith(`${slot}.`);
  return joined([...params].filter(([key]) => own(key) && !aside.has(key) && !isLook(key)));
}

// What decides which settings are on the axes.
/** @param {URLSearchParams} params @param {string} slot */
export function choiceKey(params, slot) {
  const names = [slot, `${slot}.schedule`, "surface", "view.across", "view.up", "view.third"];
  return [slot, ...names.map((name) => params.get(name) ?? "")].join(" ");
}
