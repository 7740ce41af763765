// Many lanes of one rule abreast, of which only the end is kept, as engine/run/batch.py runs them. The
// loop over the lanes is a module that Python wrote (engine/compile/javascript_batch.py); here stand the
// steps, and what is watched between two of them.

import { LIMIT } from "./path.js";

// Move lanes from `points` (x, y, x, y, ...) for so many steps; yields after each, so that whoever runs
// this may stop. `tables(t, losses)` gives { values, stride } for step t + 1, where `losses` are those
// before step t; `watch(t, losses)` sees the losses at step t. Returns { rows, losses, diverged }.
export function* marched({ work, lane, points, steps, tables, watch }) {
  const count = points.length / 2;
  const rows = new Float64Array(count * lane);
  const losses = new Float64Array(count);
  const diverged = new Int32Array(count).fill(-1);
  for (let k = 0; k < count; k++) {
    rows[k * lane] = points[2 * k];
    rows[k * lane + 1] = points[2 * k + 1];
  }
  lose(rows, lane, diverged, 0);
  let table = tables(0, losses);
  work.begin(rows, count, table.values, table.stride);
  for (let t = 0; t < steps; t++) {
    if (t) table = tables(t, losses);
    const lost = work.move(rows, count, table.values, table.stride, losses);
    watch(t, losses);
    if (lost) lose(rows, lane, diverged, t + 1);
    yield t;
  }
  work.move(rows.slice(), count, table.values, table.stride, losses);
  watch(steps, losses);
  return { rows, losses, diverged };
}

// A lane that has left the limit is lost: it is NaN from then on.
function lose(rows, lane, diverged, t) {
  for (let k = 0, i = 0; k < diverged.length; k++, i += lane) {
    if (Math.abs(rows[i]) <= LIMIT && Math.abs(rows[i + 1]) <= LIMIT) continue;
    if (diverged[k] < 0) diverged[k] = t;
    rows[i] = rows[i + 1] = NaN;
  }
}

// Since when each lane has been somewhere without a break, -1 for not now, as engine/run/watch.py's
// `Stay`: `there(loss, lane)` says whether it is; a lane whose loss is NaN is not looked at.
export function stay(count, there) {
  const since = new Int32Array(count).fill(-1);
  const look = (t, losses) => {
    for (let k = 0; k < count; k++) {
      const now = there(losses[k], k);
      if (now !== since[k] >= 0 && losses[k] === losses[k]) since[k] = now ? t : -1;
    }
  };
  return { since, look };
}
