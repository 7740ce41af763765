// The distance to minima: to the nearest, and to the line of a valley that is as low all along.

import assert from "node:assert/strict";
import { test } from "node:test";

import { farFrom } from "../../interface/stage/run/minima.js";

const loss = { value: (x, y) => (y - 1) ** 2 + 3, gradient: () => [0, 0], hessian: () => [0, 0, 2] };
const alone = (x, y) => ({ x, y, height: 3, floor: null });

test("the nearest of several minima counts", () => {
  assert.equal(farFrom(loss, [alone(0, 1), alone(10, 1)], 7, 5), 5);
  assert.ok(Number.isNaN(farFrom(loss, [], 7, 5)));
});

test("a valley is reached anywhere along its line, and not beyond its ends", () => {
  const line = [
    [0, 1],
    [4, 1],
    [4, 1],
    [10, 1],
  ];
  const minima = [{ ...alone(0, 1), floor: line }, alone(10, 1)];
  assert.equal(farFrom(loss, minima, 7, 5), 4);
  assert.equal(farFrom(loss, minima, 13, 5), 5);
  assert.equal(farFrom(loss, minima, 7, 1 + 1e-6), 0, "as low within rounding");
});
