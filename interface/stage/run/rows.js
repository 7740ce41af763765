// The rows of a loss of data, as its modules take them: pairs of numbers, one after the other; a few that
// stand for many have a weight as well. Pure.

import { bound } from "./path.js";

/** @import { Numbers } from "../core/packets.d.ts" */
/** @import { Critical, Settings, SurfaceModule } from "./recorded.d.ts" */
/** @typedef {{ replacement: boolean, drawn: Numbers }} Drawn */

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

// Which rows batches of a size learn from, step by step, as surfaces/data/batches.py cuts them from what is
// drawn for every size: a line of `drawn` is an epoch's deck, or a step's draws with `replacement`.
/** @param {Drawn} drawn @param {number} steps @param {number} size @returns {Numbers} */
export function ordered({ replacement, drawn: { values, shape } }, steps, size) {
  const width = shape[1];
  const each = replacement ? 1 : Math.ceil(width / size);
  const order = new Int32Array(steps * size).fill(-1);
  for (let t = 0; t < steps; t++) {
    const [line, first] = [Math.floor(t / each) * width, (t % each) * size];
    order.set(values.subarray(line + first, line + Math.min(first + size, width)), t * size);
  }
  return { values: order, shape: [steps, size] };
}

// The numbers of a loss over a few rows that stand for many: it is tilted and lifted so that it is as flat
// and as low as the loss itself at its minimum, as surfaces/data/swept.py says it. Of any other loss, its own.
/** @param {SurfaceModule} module @param {Settings} settings @param {Omit<Critical, "kind"> | undefined} minimum */
export function tilted(module, settings, minimum) {
  if (!module.names.includes("tilt.level")) return settings;
  const even = { ...settings, "tilt.level": 0, "tilt.along": 0, "tilt.up": 0 };
  if (!minimum) return even;
  const { x, y, height } = minimum;
  const sketch = bound(module.surface, module, even);
  const [along, up] = sketch.gradient(x, y);
  const level = height - sketch.value(x, y) + along * x + up * y;
  return { ...settings, "tilt.level": level, "tilt.along": -along, "tilt.up": -up };
}
