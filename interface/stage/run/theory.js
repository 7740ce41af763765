// What theory says along a felt run, as packets/theory.py sends it of one that is kept. Pure.

import { curvature, limit, radius, regime, roots, seen } from "./stability.js";

/** @import { Ground, Hessian, Path, Point, Recursion, Window } from "./recorded.d.ts" */
/** @import { Numbers, TheoryHeader, TheoryPlace } from "../core/packets.d.ts" */
/** @import { Roots } from "./stability.js" */
/** @typedef {Pick<TheoryPlace, "kind"> & { at: Point }} Place */
/** @typedef {(place: number, t: number) => Hessian} Bends */

const [WINDOW, LONGEST, NEWTON_STEPS] = [20, 400, 40];
const MINIMA = ["global minimum", "local minimum"];
/** @type {Hessian} */
const NOWHERE = [NaN, NaN, NaN];

// `run` is a path (run/path.js), `ground` its surface; the answer joins a race's header and arrays.
/** @param {TheoryHeader} theory @param {Path} run @param {Ground} ground @param {number | undefined} noise */
export function theoryOf(theory, run, ground, noise) {
  const { x, lr, dynamics } = run;
  const steps = lr.length;
  const rules = dynamics ? Array.from({ length: steps + 1 }, (_, t) => dynamics(t)) : null;
  const penalty = rules ? rules[0].penalty : 0;
  const rest = restingPlace(ground, x, penalty);
  const rate = Float64Array.from({ length: steps + 1 }, (_, t) => lr[Math.min(t, steps - 1)]);
  const bends = bendsOf(ground, x, rest);
  const measure = rules ? windowOf(rules[0], lr[0], bends(2, 0), steps) : { span: WINDOW, half: 0 };
  const numbers = rules ? judged(rules, rate, bends) : {};
  /** @type {Place} */
  const start = { kind: "start", at: [x[0], x[1]] };
  return {
    header: {
      ...theory,
      places: [said(ground, start), null, said(ground, rest)],
      span: measure.span,
      penalty,
      momentum: Boolean(rules && rules[0].beta),
      noisy: Boolean(noise),
    },
    arrays: {
      "theory.curvature": headCurvature(bends, steps),
      "theory.rate": { values: rate, shape: [steps + 1] },
      "theory.measured": { values: measured(x, rest, measure), shape: [steps + 1] },
      ...numbers,
    },
  };
}

// The Hessian at start, head and rest (0, 1, 2) at step t.
/** @param {Ground} ground @param {Float64Array} x @param {Place | null} rest @returns {Bends} */
function bendsOf({ loss, window }, x, rest) {
  const start = loss.hessian(x[0], x[1]);
  const last = rest && smooth(loss, window, rest.at) ? loss.hessian(...rest.at) : NOWHERE;
  return (place, t) => [start, null, last][place] ?? loss.hessian(x[2 * t], x[2 * t + 1]);
}

/** @param {Bends} bends @param {number} steps */
function headCurvature(bends, steps) {
  const values = new Float64Array(3 * (steps + 1));
  for (let t = 0; t <= steps; t++) {
    const { low, high, angle } = curvature(bends(1, t));
    values.set([low, high, angle], 3 * t);
  }
  return { values, shape: [steps + 1, 3] };
}

/** @param {Recursion[]} rules @param {Float64Array} rate @param {Bends} bends */
function judged(rules, rate, bends) {
  const n = rate.length;
  const [felt, factor, ways] = [0, 1, 2].map(() => new Float64Array(6 * n));
  const limits = new Float64Array(3 * n);
  for (let place = 0; place < 3; place++) {
    for (let t = 0; t < n; t++) {
      const { low, high } = seen(rules[t], bends(place, t));
      const at = place * n + t;
      limits[at] = limit(rules[t], high);
      [low, high].forEach((h, k) => {
        felt[2 * at + k] = h;
        factor[2 * at + k] = radius(roots(rules[t], rate[t], h));
        ways[2 * at + k] = regime(rules[t], rate[t], h);
      });
    }
  }
  /** @param {Float64Array} values @returns {Numbers} */
  const both = (values) => ({ values, shape: [3, n, 2] });
  return {
    "theory.seen": both(felt),
    "theory.limit": { values: limits, shape: [3, n] },
    "theory.radius": both(factor),
    "theory.regime": both(ways),
  };
}

// The minimum nearest to where a run ends, or else the nearest saddle or maximum.
/** @param {Ground} ground @param {Float64Array} x @param {number} penalty @returns {Place | null} */
function restingPlace({ loss, critical }, x, penalty) {
  const minima = critical.filter(({ kind }) => MINIMA.includes(kind));
  const known = minima.length ? minima : critical;
  if (!known.length) return null;
  let last = x.length / 2 - 1;
  while (last > 0 && !Number.isFinite(x[2 * last])) last--;
  const gaps = known.map((place) => Math.hypot(place.x - x[2 * last], place.y - x[2 * last + 1]));
  const nearest = known[gaps.indexOf(Math.min(...gaps))];
  /** @type {Place} */
  const place = { kind: nearest.kind, at: [nearest.x, nearest.y] };
  return penalty ? pulled(loss, place, penalty) : place;
}

// Where weight decay in the gradient pulls it.
/** @param {Ground["loss"]} loss @param {Place} place @param {number} penalty @returns {Place} */
function pulled(loss, place, penalty) {
  let [x, y] = place.at;
  const slope = () => loss.gradient(x, y).map((side, k) => side + penalty * [x, y][k]);
  for (let round = 0; round < NEWTON_STEPS; round++) {
    const [xx, xy, yy] = loss.hessian(x, y).map((part, k) => (k === 1 ? part : part + penalty));
    const determinant = xx * yy - xy * xy;
    if (!(Math.abs(determinant) >= 1e-12)) return place;
    const [gx, gy] = slope();
    [x, y] = [x - (yy * gx - xy * gy) / determinant, y - (xx * gy - xy * gx) / determinant];
  }
  return slope().every((side) => Math.abs(side) < 1e-9) ? { kind: "rest", at: [x, y] } : place;
}

// Whether the Hessian at a point explains the gradients right beside it.
/** @param {Ground["loss"]} loss @param {Window} window @param {Point} point */
export function smooth(loss, window, [x, y]) {
  const size = 1e-5 * Math.max(...window.map(([low, high]) => high - low));
  const [[xx, xy, yy], slope] = [loss.hessian(x, y), loss.gradient(x, y)];
  const around = Array.from({ length: 8 }, (_, k) => (k * Math.PI) / 4 + 0.3).map((angle) => {
    const [dx, dy] = [size * Math.cos(angle), size * Math.sin(angle)];
    const found = loss.gradient(x + dx, y + dy);
    return [xx * dx + xy * dy, xy * dx + yy * dy].map((made, k) => ({
      made,
      off: found[k] - slope[k] - made,
    }));
  });
  const sides = around.flat();
  const most = Math.max(...sides.map(({ made }) => Math.abs(made)));
  return sides.every(({ off }) => Math.abs(off) <= 0.1 * most);
}

// Over how many steps to measure, and how long the longer half swing takes.
/** @param {Recursion} rule @param {number} lr @param {Hessian} hessian @param {number} steps */
function windowOf(rule, lr, hessian, steps) {
  const { low, high } = seen(rule, hessian);
  const found = [low, high].map((h) => roots(rule, lr, h));
  /** @param {Roots} one */
  const factor = (one) => radius(one) || 0;
  const slower = factor(found[1]) > factor(found[0]) ? found[1] : found[0];
  const [slow, ...halves] = [slower, ...found].map(halfSwing);
  const span = slow ? Math.min(Math.ceil(WINDOW / slow) * slow, LONGEST) : WINDOW;
  const longest = Math.max(0, ...halves.map((half) => half ?? 0));
  return { span: Math.min(even(span), steps), half: Math.min(Math.ceil(longest), LONGEST) };
}

// Python's rounding, of halves to even numbers.
/** @param {number} v */
const even = (v) => (Math.abs(v % 1) === 0.5 ? 2 * Math.round(v / 2) : Math.round(v));

/** @param {Roots} roots */
const halfSwing = ({ sum, discriminant }) =>
  discriminant < 0 ? Math.PI / Math.atan2(Math.sqrt(-discriminant), sum) : null;

// The factor per step of the distance to a place over the last steps.
/** @param {Float64Array} x @param {Place | null} rest @param {{ span: number, half: number }} measure */
function measured(x, rest, { span, half }) {
  const n = x.length / 2;
  const factor = new Float64Array(n).fill(NaN);
  if (!rest || !(span > 0 && span < n)) return factor;
  const swing = Math.min(half, n - 1 - span);
  const [px, py] = rest.at;
  const least = 1e-12 * (1 + Math.max(Math.abs(px), Math.abs(py)));
  const distance = Array.from({ length: n }, (_, t) => {
    const found = Math.hypot(x[2 * t] - px, x[2 * t + 1] - py);
    return found < least ? NaN : found;
  });
  /** @param {number} t */
  const reach = (t) => Math.max(...distance.slice(t, t + swing + 1));
  for (let t = span + swing; t < n; t++)
    factor[t] = (reach(t - swing) / reach(t - swing - span)) ** (1 / span);
  return factor;
}

/** @param {Ground} ground @param {Place | null} place @returns {TheoryPlace | null} */
function said({ loss, window }, place) {
  if (!place) return null;
  const { at } = place;
  const known = (/** @type {number} */ value) => (Number.isFinite(value) ? value : null);
  const kink = place.kind !== "start" && !smooth(loss, window, at);
  const { low, high, angle } = curvature(kink ? NOWHERE : loss.hessian(...at));
  return {
    ...place,
    kink,
    gradient: loss.gradient(...at).map(known),
    loss: known(loss.value(...at)),
    ...{ low: known(low), high: known(high), angle: known(angle) },
  };
}
