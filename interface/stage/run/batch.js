// Many lanes of one rule abreast, of which only the end is kept, as engine/run/batch.py runs them. The
// loop over the lanes is a module that Python wrote (engine/compile/javascript_batch.py); here stand the
// steps, and what is watched between two of them.

import { LIMIT } from "./path.js";

/** @import { Lanes } from "./recorded.d.ts" */
/** @typedef {(t: number, losses: Float64Array) => void} Watch */
/** @typedef {(k: number, x: number, y: number) => number} Whole */

// Move lanes from `points` (x, y, x, y, ...) for so many steps; yields after each, so that whoever runs
// this may stop. `lanes` move them (run/tables.js); `watch(t, losses)` sees the losses at step t. Where
// steps see a part of the loss alone, `whole(k, x, y)` is all of it. Returns { rows, losses, diverged }.
/** @param {{ lanes: Lanes, points: Float64Array, steps: number, watch: Watch, whole: Whole | null }} wanted */
export function* marched({ lanes, points, steps, watch, whole }) {
  const { lane } = lanes;
  const count = points.length / 2;
  const rows = new Float64Array(count * lane);
  const losses = new Float64Array(count);
  const seen = whole ? new Float64Array(count) : losses;
  const look = () => {
    if (whole) for (let k = 0, i = 0; k < count; k++, i += lane) losses[k] = whole(k, rows[i], rows[i + 1]);
  };
  const diverged = new Int32Array(count).fill(-1);
  for (let k = 0; k < count; k++) {
    rows[k * lane] = points[2 * k];
    rows[k * lane + 1] = points[2 * k + 1];
  }
  lose(rows, lane, diverged, 0);
  lanes.turn(0, losses);
  lanes.begin(rows);
  for (let t = 0; t < steps; t++) {
    if (t) lanes.turn(t, losses);
    look();
    const lost = lanes.move(rows, seen);
    watch(t, losses);
    if (lost) lose(rows, lane, diverged, t + 1);
    yield t;
  }
  look();
  if (!whole) lanes.move(rows.slice(), losses);
  watch(steps, losses);
  return { rows, losses, diverged };
}

// A lane that has left the limit is lost: it is NaN from then on.
/** @param {Float64Array} rows @param {number} lane @param {Int32Array} diverged @param {number} t */
function lose(rows, lane, diverged, t) {
  for (let k = 0, i = 0; k < diverged.length; k++, i += lane) {
    if (Math.abs(rows[i]) <= LIMIT && Math.abs(rows[i + 1]) <= LIMIT) continue;
    if (diverged[k] < 0) diverged[k] = t;
    rows[i] = rows[i + 1] = NaN;
  }
}

// Since when each lane's loss has been from its `low` to its `high` without a break, -1 for not now, as
// engine/run/watch.py's `Stay`; a lane whose loss is NaN is not looked at.
/** @param {Float64Array} low @param {Float64Array} high */
export function between(low, high) {
  const since = new Int32Array(low.length).fill(-1);
  /** @type {Watch} */
  const look = (t, losses) => {
    for (let k = 0; k < since.length; k++) {
      const loss = losses[k];
      if (since[k] < 0) {
        if (loss >= low[k] && loss <= high[k]) since[k] = t;
      } else if (loss < low[k] || loss > high[k]) since[k] = -1;
    }
  };
  return { since, look };
}

// The same for losses below a floor.
/** @param {Float64Array} floor */
export function below(floor) {
  const since = new Int32Array(floor.length).fill(-1);
  /** @type {Watch} */
  const look = (t, losses) => {
    for (let k = 0; k < since.length; k++) {
      const loss = losses[k];
      if (since[k] < 0) {
        if (loss < floor[k]) since[k] = t;
      } else if (loss >= floor[k]) since[k] = -1;
    }
  };
  return { since, look };
}
