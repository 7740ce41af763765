// What a run gives the curves and the map: arrays by their names in a packet, as packets/race.py sends
// them. Pure.

import { predicted } from "./prediction.js";

/** @import { Ground, Modules, Path, Point } from "./recorded.d.ts" */
/** @import { FeltRace } from "../core/stage.d.ts" */
/** @import { Numbers } from "../core/packets.d.ts" */
/** @typedef {Record<string, Numbers>} Arrays */

/** @param {Path} path @param {Pick<Ground, "lowest">} ground @param {number} k @returns {Arrays} */
export function laneArrays({ x, loss, gradient, rate }, { lowest }, k) {
  const [points, n] = [2, loss.length];
  return {
    [`x${k}`]: { values: x, shape: [n, points] },
    [`loss${k}`]: { values: loss, shape: [n] },
    ...(lowest === null ? {} : { [`gap${k}`]: { values: loss.map((v) => v - lowest), shape: [n] } }),
    [`gradient${k}`]: { values: gradient, shape: [n, points] },
    [`rate${k}`]: { values: rate || measured(x, gradient), shape: [n - 1, points] },
  };
}

// Of a rule that is no linear recursion: the size of its step over that of the gradient.
/** @param {Float64Array} x @param {Float64Array} gradient */
function measured(x, gradient) {
  return Float64Array.from({ length: x.length - 2 }, (_, n) => {
    const rate = Math.abs((x[n + 2] - x[n]) / gradient[n]);
    return Number.isFinite(rate) ? rate : NaN;
  });
}

// On a quadratic the loss of each lane that runs anew, written down beforehand; as packets/theory.py.
/**
 * @param {FeltRace} race
 * @param {Modules[]} lanes
 * @param {(Path | null)[]} runs
 * @param {Ground} ground
 * @param {{ start: Point, steps: number, noise: number }} now
 */
export function foretold({ header, arrays }, lanes, runs, ground, { start, steps, noise }) {
  /** @type {Arrays} */
  const found = {};
  runs.forEach((one, k) => {
    if (!one || !arrays[`predicted${k}`]) return;
    const rule = one.dynamics?.(0, 0);
    const plain = lanes[k].rule.scaling === "even" && header.modules[k]?.schedule === CONSTANT;
    if (noise || !plain || !rule || rule.decay)
      return void (found[`predicted${k}`] = line(new Float64Array(steps + 1).fill(NaN)));
    const { gap, lift } = predicted(ground.loss, rule, one.lr[0], start, steps);
    found[`predicted${k}`] = line(gap.map((v) => v + lift - (ground.lowest ?? 0)));
  });
  return found;
}

const CONSTANT = "schedule/constant";
/** @param {Float64Array} values @returns {Numbers} */
const line = (values) => ({ values, shape: [values.length] });

// For x and for y, the steps whose gradient has flipped its sign since the last one.
/** @param {Numbers["values"]} gradient */
export function flips(gradient) {
  /** @type {number[][]} */
  const found = [[], []];
  for (let n = 2; n < gradient.length; n++) {
    if (Math.sign(gradient[n]) * Math.sign(gradient[n - 2]) < 0) found[n % 2].push(n >> 1);
  }
  return found;
}

// What is shown of the chosen lane alone.
/** @param {FeltRace} race @param {Path} path @returns {Arrays} */
export function inside({ arrays }, { memory, loss, numbers }) {
  const n = loss.length;
  const rows = Object.keys(arrays).filter((name) => name.startsWith("memory."));
  const found = rows.map((name) => {
    const values = memory[name.slice("memory.".length)];
    return [name, { values, shape: values.length > n ? [n, 2] : [n] }];
  });
  const slots = numbers || unknown(arrays.slots.shape[0], n);
  return { ...Object.fromEntries(found), slots: { values: slots.values, shape: slots.shape } };
}

/** @param {number} count @param {number} n */
const unknown = (count, n) => ({ values: new Float32Array(count * n).fill(NaN), shape: [count, n] });
