// A fan (all stops of one handle, see packets/fan.py) as races: what one stop gives is put into the
// race that is kept. Pure.

import { OF_NO_RUN } from "../core/known.js";

const looks = (name) => OF_NO_RUN.includes(name.split(".")[1]) && !name.startsWith("surface.");

// What a fan depends on: the whole link but for its own handle, and for names and looks.
export function identity({ link, rules }, key) {
  const query = new URLSearchParams(link);
  for (const [slot, rule] of Object.entries(rules)) if (!query.has(slot)) query.set(slot, rule);
  const pairs = [...query].filter(([name]) => name !== key && !looks(name));
  return pairs
    .map((pair) => pair.join("="))
    .sort()
    .join("&");
}

// The stop that a setting is, as it stands in a link, or the nearest one to it.
export function stopAt({ stops, values }, text) {
  const own = stops.indexOf(text);
  if (own >= 0) return own;
  const far = values.map((v) => Math.abs(v - Number(text)));
  return Math.max(far.indexOf(Math.min(...far)), 0);
}

export const within = ([low, high], value) => value >= low && value <= high;

// The race at stop j: paths, losses and outcomes are those of the stop; what a fan does not carry
// (gradients, rates, memory, the rule's numbers) is NaN for the lanes that the handle moves.
export function raceAt(kept, { header, arrays }, j) {
  const moved = new Map(header.lanes.map((lane) => [lane.k, lane]));
  const inside = moved.has(kept.header.chosen);
  return {
    header: {
      ...kept.header,
      lanes: kept.header.lanes.map((lane, k) => laneAt(lane, moved.get(k), j)),
      start: header.starts[j],
      lowest: header.lowest[j],
      caption: header.captions[j],
      flips: inside ? [[], []] : kept.header.flips,
      ...(header.critical ? { critical: header.critical[j] } : {}),
    },
    arrays: {
      ...kept.arrays,
      ...Object.assign({}, ...[...moved.keys()].map((k) => arraysAt(kept, arrays, header, k, j))),
      ...(inside ? blanks(kept.arrays, /^(memory\.|slots$)/) : {}),
    },
  };
}

function laneAt(lane, moved, j) {
  if (!moved) return lane;
  return { ...lane, ...moved.outcomes[j], caption: moved.captions[j] };
}

function arraysAt(kept, arrays, { lowest }, k, j) {
  const gap = part(arrays[`gap${k}`], j);
  const loss = gap ? raised(gap, lowest[j]) : part(arrays[`loss${k}`], j);
  return {
    [`x${k}`]: part(arrays[`x${k}`], j),
    [`loss${k}`]: loss,
    ...(gap ? { [`gap${k}`]: gap } : {}),
    ...blanks(kept.arrays, new RegExp(`^(rate|gradient)${k}$`)),
  };
}

// One stop's part of an array whose first axis are the stops; the numbers are not copied.
function part(array, j) {
  if (!array) return null;
  const shape = array.shape.slice(1);
  const count = shape.reduce((a, b) => a * b, 1);
  return { values: array.values.subarray(j * count, (j + 1) * count), shape };
}

function raised(gap, lowest) {
  return lowest === 0 ? gap : { values: gap.values.map((v) => v + lowest), shape: gap.shape };
}

function blanks(arrays, which) {
  const names = Object.keys(arrays).filter((name) => which.test(name));
  return Object.fromEntries(names.map((name) => [name, blank(arrays[name])]));
}

const blank = ({ values, shape }) => ({ values: new Float32Array(values.length).fill(NaN), shape });
