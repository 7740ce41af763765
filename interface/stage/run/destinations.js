// Where runs may end: minima, of which a whole valley of them is one, as labs/basins/destinations.py has
// them. Pure.

/** @import { CriticalHeader } from "../core/packets.d.ts" */
/** @import { Critical, Spot } from "./recorded.d.ts" */

// `known` are the declared minima, `others` those that were searched for: the answer is { named, spots },
// one of `known` for each that has a name, and all places that count for one.
/** @param {CriticalHeader[]} known @param {Critical[]} others */
export function destinations(known, others) {
  const standing = known.map((one) => middle(one, known));
  const named = [...new Set(standing)];
  /** @param {CriticalHeader} one @param {number} k @returns {Spot[]} */
  const spots = ({ x, y, floor }, k) => {
    const { height, kind } = standing[k];
    const own = { height, kind, owner: named.indexOf(standing[k]) };
    return [[x, y], ...(floor ?? [])].map(([along, up]) => ({ ...own, x: along, y: up }));
  };
  const more = others.map((one, k) => ({ ...one, owner: named.length + k }));
  return { named, spots: [...known.flatMap(spots), ...more] };
}

// The one in the middle from left to right of those in its valley, in which the valley's name stands.
/** @param {CriticalHeader} one @param {CriticalHeader[]} known */
function middle(one, known) {
  if (one.valley === null) return one;
  const valley = known.filter(({ valley }) => valley === one.valley);
  return valley.sort((a, b) => a.x - b.x || a.y - b.y)[valley.length >> 1];
}
