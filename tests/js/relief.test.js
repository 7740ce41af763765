// From where the landscape is seen in 3-D, what a link says of it, and the numbers along its edges.

import assert from "node:assert/strict";
import { test } from "node:test";

import { cubeOf, hidden } from "../../interface/stage/draw/cube.js";
import { apart } from "../../interface/stage/draw/solid.js";
import { cameraAt, outlookOf, overlook, turned, valleyOf } from "../../interface/stage/draw/outlook.js";
import { reliefShown } from "../../interface/stage/save/subject.js";

const SIDE = 41;
const EXTENT = { width: 500, height: 300 };

// A ravine at an angle in degrees: log heights over a window from -5 to 5.
function ravine(degrees) {
  const line = Float32Array.from({ length: SIDE }, (_, k) => -5 + (10 * k) / (SIDE - 1));
  const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const values = new Float32Array(SIDE * SIDE);
  line.forEach((y, j) =>
    line.forEach((x, k) => {
      const [u, v] = [c * x + s * y, c * y - s * x];
      values[j * SIDE + k] = Math.log10(0.5 * (u * u + 100 * v * v) + 0.05);
    }),
  );
  return cubeOf({
    header: {},
    arrays: { x: { values: line }, y: { values: line }, height: { values, shape: [SIDE, SIDE] } },
  });
}

const roundOf = (camera) => outlookOf(camera)[0];
const between = (a, b) => Math.abs(Math.sin(((a - b) * Math.PI) / 180));

test("a ravine is found to be long, and to lie as it lies", () => {
  for (const degrees of [0, 30, 60, 90]) {
    const { long, round } = valleyOf(ravine(degrees));
    assert.ok(long > 0.5, `${degrees}: ${long}`);
    assert.ok(between((round * 180) / Math.PI, degrees) < 0.1);
  }
});

test("a ravine is not seen along its valley, and its start is in front and not behind a wall", () => {
  for (const degrees of [0, 30, 60, 90]) {
    const solid = ravine(degrees);
    const turn = (degrees * Math.PI) / 180;
    const start = [
      -4.5 * Math.cos(turn) - 1.5 * Math.sin(turn),
      -4.5 * Math.sin(turn) + 1.5 * Math.cos(turn),
    ];
    const found = overlook(solid, EXTENT, start);
    assert.ok(between(roundOf(found), degrees) > 0.35, `${degrees}: from ${roundOf(found)}`);
    const [a, b] = solid.at(...start);
    const { x, y, z } = found.eye;
    assert.ok((a - 0.5) * x + (b - 0.5) * y > 0, `${degrees}: the start is behind`);
    const height = Math.log10(0.5 * (4.5 ** 2 + 100 * 1.5 ** 2) + 0.05);
    const [low, high] = solid.range[2];
    assert.ok(!hidden(solid, [x + 0.5, y + 0.5, z / 0.6 + 0.5], a, b, (height - low) / (high - low) + 0.01));
  }
});

test("a camera goes into a link and comes back", () => {
  for (const words of [
    [-113, 34.4, 1.85],
    [0, 0, 1],
    [170.5, 80, 4],
  ])
    assert.deepEqual(outlookOf(cameraAt(words)), words);
  const moved = turned(cameraAt([-113, 34.4, 1.85]), { turn: Math.PI / 18 });
  assert.deepEqual(outlookOf(moved), [-103, 34.4, 1.85]);
});

test("a camera that was moved aside goes into a link, comes back, and turns about where it looks", () => {
  const words = [-113, 34.4, 1.85, 0.25, -0.5, 0.125];
  assert.deepEqual(outlookOf(cameraAt(words)), words);
  const moved = turned(cameraAt(words), { turn: Math.PI / 18, lift: Math.PI / 18, zoom: 2 });
  assert.deepEqual(outlookOf(moved), [-103, 44.4, 3.7, 0.25, -0.5, 0.125]);
  const straight = cameraAt(words.slice(0, 3));
  for (const side of ["x", "y", "z"]) {
    const aside = (camera) => camera.eye[side] - camera.center[side];
    assert.ok(Math.abs(aside(cameraAt(words)) - aside(straight)) < 1e-12);
  }
});

test("numbers that would lie on each other are left out, as wide as they are", () => {
  const mark = (text, px, py, anchor = "middle") => ({ text, px, py, anchor });
  const found = apart([mark("−2", 100, 100), mark("−2", 116, 104), mark("−4", 140, 100)], 13);
  assert.deepEqual(
    found.map(({ px }) => px),
    [100, 140],
  );
  assert.equal(apart([mark("−1000", 100, 100), mark("−500", 130, 100)], 13).length, 1);
  assert.equal(apart([mark("x", 100, 100, "end"), mark("2", 108, 100)], 13).length, 2);
});

test("a landscape in 3-D that is being drawn anew is not ready for its picture", () => {
  const plot = { _fullLayout: { scene: { _scene: { getCamera: () => ({}) } } } };
  const drawn = { mode: "3d", plot, solid: {}, matrix: new Float64Array(16), extent: {}, land: {} };
  assert.equal(reliefShown({ relief: drawn }).land, drawn.land);
  assert.equal(reliefShown({ relief: { ...drawn, land: null } }), null);
});
