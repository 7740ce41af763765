// Where a surface is equally low over an area, one place in its middle stands for all of it, as
// surfaces/plateaus.py says it. Pure.

import { DRAWN } from "../core/known.js";

// The middle node of each plateau among the nodes of a grid that are lowest, `count` in a row. A plateau at the
// edge goes on beyond it, and has no middle.
/** @param {Uint8Array} low @param {number} count */
export function middles(low, count) {
  const left = Uint8Array.from(low);
  /** @type {number[]} */
  const found = [];
  if (low.reduce((sum, one) => sum + one, 0) > DRAWN.plain * low.length) return found;
  for (let n = 0; n < low.length - count; n++) {
    const square = (n + 1) % count && low[n] && low[n + 1] && low[n + count] && low[n + count + 1];
    if (!square || !left[n]) continue;
    const nodes = taken(left, n, count);
    if (nodes.every((one) => inside(one, count))) found.push(middle(nodes, count));
  }
  return found;
}

/** @param {number} n @param {number} count */
const inside = (n, count) => [Math.floor(n / count), n % count].every((k) => k > 0 && k < count - 1);

// The nodes that hang together with one of them, taken out of those that are left.
/** @param {Uint8Array} left @param {number} first @param {number} count */
function taken(left, first, count) {
  const found = [first];
  left[first] = 0;
  for (const n of found) {
    const column = n % count;
    const beside = [n + count, n - count, ...(column + 1 < count ? [n + 1] : []), ...(column ? [n - 1] : [])];
    for (const other of beside.filter((one) => left[one])) {
      left[other] = 0;
      found.push(other);
    }
  }
  return found.sort((a, b) => a - b);
}

/** @param {number[]} nodes @param {number} count */
function middle(nodes, count) {
  const places = nodes.map((n) => [Math.floor(n / count), n % count]);
  const mean = [0, 1].map((k) => places.reduce((sum, place) => sum + place[k], 0) / places.length);
  const far = places.map(([row, column]) => (row - mean[0]) ** 2 + (column - mean[1]) ** 2);
  return nodes[far.indexOf(Math.min(...far))];
}
