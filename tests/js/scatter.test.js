// The ellipse of batch gradients at the head, and where epochs begin on the timeline.

import assert from "node:assert/strict";
import { test } from "node:test";

import { epochs } from "../../interface/stage/dom/transport.js";
import { axesIn } from "../../interface/stage/draw/axes.js";
import { scatterOf } from "../../interface/stage/draw/scene/scatter.js";

const RANGES = [
  [-10, 10],
  [-10, 10],
];
const AXIS = axesIn({ x: 0, y: 0, width: 200, height: 200 }, RANGES);

// One step at (1, 2), whose gradient of all rows is (3, 0).
function race(covariance, at = [1, 2]) {
  const values = Float32Array.from([1, 2, 3, 0, ...covariance]);
  const path = { values: Float32Array.from(at), shape: [1, 2] };
  return { header: { chosen: 0 }, arrays: { x0: path, scatter: { values, shape: [1, 7] } } };
}

const corners = (d) => [...d.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [x, y].map(Number));

test("the ellipse reaches one standard deviation around the tip of the −gradient of all rows", () => {
  const found = corners(scatterOf(race([4, 0, 1]), AXIS, 0.5).at(0));
  const [x, y] = [0, 1].map((side) => found.map((corner) => corner[side]));
  const near = (a, b) => assert.ok(Math.abs(a - b) < 0.2, `${a} is not ${b}`);
  near((Math.max(...x) + Math.min(...x)) / 2, AXIS.x.to(1 - 0.5 * 3));
  near((Math.max(...y) + Math.min(...y)) / 2, AXIS.y.to(2));
  near(Math.max(...x) - Math.min(...x), 2 * 0.5 * 2 * 10);
  near(Math.max(...y) - Math.min(...y), 2 * 0.5 * 1 * 10);
});

test("a covariance leans the ellipse", () => {
  const found = corners(scatterOf(race([1, 0.9, 1]), AXIS, 1).at(0));
  const [cx, cy] = [AXIS.x.to(-2), AXIS.y.to(2)];
  const leaning = found.reduce((sum, [x, y]) => sum + (x - cx) * (cy - y), 0) / found.length;
  assert.ok(Math.abs(leaning / 100 - 0.45) < 0.02);
});

test("nothing is drawn where nothing scatters, nothing is known, or the path has moved on", () => {
  assert.equal(scatterOf(race([0, 0, 0]), AXIS, 1).at(0), "");
  assert.equal(scatterOf(race([NaN, 0, 1]), AXIS, 1).at(0), "");
  assert.equal(scatterOf(race([1, 0, 1], [1, 2.5]), AXIS, 1).at(0), "");
  assert.equal(scatterOf({ header: { chosen: 0 }, arrays: {} }, AXIS, 1), null);
});

test("epochs begin after every row has been seen, and only some are marked where they are many", () => {
  assert.deepEqual(epochs({ model: { epoch: null }, steps: 90 }), []);
  assert.deepEqual(epochs({ model: null, steps: 90 }), []);
  assert.deepEqual(epochs({ model: { epoch: 25 }, steps: 60 }), [
    { t: 25, words: "epoch 2 begins" },
    { t: 50, words: "epoch 3 begins" },
  ]);
  const many = epochs({ model: { epoch: 2 }, steps: 2000 });
  assert.ok(many.length <= 12);
  assert.deepEqual(many[0], { t: 200, words: "epoch 101 begins" });
});
