// The rows of a loss of data, as its modules take them: pairs of numbers, one after the other. Pure.

/** @import { Numbers } from "../core/packets.d.ts" */

// Those that each step learns from; `order` has a line a step of the rows' places, -1 for none.
/** @param {Numbers["values"] | null | undefined} rows @param {Numbers | undefined} order */
export function batchesOf(rows, order) {
  if (!rows || !order) return null;
  const [steps, size] = order.shape;
  return Array.from({ length: steps }, (_, t) => {
    const places = order.values.subarray(t * size, (t + 1) * size).filter((place) => place >= 0);
    const batch = new Float64Array(2 * places.length);
    places.forEach((place, n) => batch.set(rows.subarray(2 * place, 2 * place + 2), 2 * n));
    return batch;
  });
}
