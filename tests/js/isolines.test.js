import assert from "node:assert/strict";
import { test } from "node:test";

import { isolines, named, strokes } from "../../interface/stage/draw/isolines.js";

const isoline = (xs, ys, z, level) => isolines(xs, ys, z, [level])[0];
const range = (count) => Array.from({ length: count }, (_, k) => k);
const grid = (xs, ys, f) => Float64Array.from(ys.flatMap((y) => xs.map((x) => f(x, y))));

test("a line of equal value of a plane is straight and whole", () => {
  const [xs, ys] = [range(6), range(5)];
  const segments = isoline(
    xs,
    ys,
    grid(xs, ys, (x) => x),
    2.5,
  );
  assert.equal(segments.length, 4);
  for (const [x] of segments.flat()) assert.equal(x, 2.5);
});

test("points of a circle lie on it, and every one belongs to two segments", () => {
  const [xs, ys] = [range(41), range(41)];
  const far = (x, y) => Math.hypot(x - 20, y - 20);
  const ends = isoline(xs, ys, grid(xs, ys, far), 11.3).flat();
  for (const [x, y] of ends) assert.ok(Math.abs(far(x, y) - 11.3) < 0.05);
  const count = new Map();
  for (const [x, y] of ends) count.set(`${x},${y}`, (count.get(`${x},${y}`) || 0) + 1);
  assert.ok([...count.values()].every((times) => times === 2));
});

test("no line runs through a cell where a value is missing", () => {
  const [xs, ys] = [range(6), range(5)];
  const z = grid(xs, ys, (x) => x);
  z[2 * 6 + 2] = NaN;
  assert.equal(isoline(xs, ys, z, 2.5).length, 2);
  assert.equal(isoline(xs, ys, z.fill(NaN), 2.5).length, 0);
});

test("no lines lie on a cliff over which they would all run", () => {
  const [xs, ys] = [range(6), range(5)];
  const cliff = grid(xs, ys, (x, y) => (x < 3 ? 0 : 40) + y);
  assert.deepEqual(isolines(xs, ys, cliff, [15, 25, 35]), [[], [], []]);
  for (const line of isolines(xs, ys, cliff, [15, 25])) assert.equal(line.length, 4);
});

test("a saddle is joined by the side of its middle", () => {
  const crossing = isoline([0, 1], [0, 1], [1, 0, 0, 1], 0.4);
  assert.equal(crossing.length, 2);
  const sides = crossing.map(([[x0, y0], [x1, y1]]) => [(x0 + x1) / 2 - 0.5, (y0 + y1) / 2 - 0.5]);
  for (const [dx, dy] of sides) assert.ok(dx * dy < 0, "each cuts off one of the two low corners");
});

test("strokes have a gap after each segment, and a short line has no name", () => {
  const segments = [
    [
      [0, 1],
      [2, 3],
    ],
  ];
  assert.deepEqual(strokes(segments), { x: [0, 2, null], y: [1, 3, null] });
  const frame = { x: [0, 2], y: [0, 4] };
  assert.equal(named(segments, frame), null);
  assert.deepEqual(named(Array(12).fill(segments[0]), frame), [1, 2]);
});

test("a line's name is not cut off by a side, and stands on no other name", () => {
  const line = Array.from({ length: 40 }, (_, k) => [
    [0.5, 1 - k / 40],
    [0.5, 1 - (k + 1) / 40],
  ]);
  const beyond = line.map((segment) => segment.map(([x, y]) => [x, y / 50]));
  const frame = { x: [0, 1], y: [0, 1] };
  const first = named(line, frame);
  const second = named(line, frame, [first]);
  assert.ok(Math.abs(first[1] - second[1]) > 0.07, `${first} ${second}`);
  assert.equal(named(beyond, frame), null, "all of it lies on a side");
});
