import assert from "node:assert/strict";
import { test } from "node:test";
import { lowPoints } from "../../interface/stage/run/redrawn.js";

const WINDOW = [
  [-2, 2],
  [-2, 2],
];

// (x² - 1)² / 4 + y²: two valleys of equal depth; the right one deeper by `tilt` (1 - x).
const valleys = (tilt) => ({
  value: (x, y) => (x * x - 1) ** 2 / 4 + y * y + tilt * (1 - x),
  gradient: (x, y) => [x * (x * x - 1) - tilt, 2 * y],
  hessian: (x) => [3 * x * x - 1, 0, 2],
});

test("valleys of equal depth are both the lowest, of unequal ones the deeper alone", () => {
  const kinds = (tilt) => lowPoints(valleys(tilt), WINDOW, 24).map(({ kind }) => kind);
  assert.deepEqual(kinds(0), ["global minimum", "global minimum"]);
  assert.deepEqual(kinds(0.01), ["global minimum", "local minimum"]);
});

test("a plain has no low points, however its last digits fall", () => {
  const plain = {
    value: (x, y) => 0.5 + 1e-16 * Math.sin(1e3 * x + y),
    gradient: () => [1e-17, 1e-17],
    hessian: () => [1e-15, 0, 1e-15],
  };
  assert.deepEqual(lowPoints(plain, WINDOW, 24), []);
});

const lossOf = (value) => ({ value, gradient: () => [0, 0], hessian: () => [0, 0, 0] });

test("a valley whose ground is even is a minimum in its middle, and a plain with a hill is none", () => {
  const well = (x, y) => Math.max(0, Math.hypot(x - 0.8, y + 0.5) - 0.6);
  const [plateau, ...more] = lowPoints(lossOf(well), WINDOW, 24);
  assert.deepEqual(more, []);
  assert.equal(plateau.kind, "global minimum");
  assert.ok(Math.hypot(plateau.x - 0.8, plateau.y + 0.5) < 0.1);
  const hill = (x, y) => Math.max(0, 1.5 - Math.hypot(x, y));
  assert.deepEqual(lowPoints(lossOf(hill), WINDOW, 24), []);
});
