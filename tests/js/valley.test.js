// A floor that is as low all along: one line, where other minima are stars.

import assert from "node:assert/strict";
import { test } from "node:test";

import { axes } from "../../interface/stage/draw/axes.js";
import { floorTraces } from "../../interface/stage/labs/floor.js";
import { groundShapes } from "../../interface/stage/draw/scene/map.js";
import { movedGround } from "../../interface/stage/run/ground.js";

const side = () => ({ range: [0, 10], type: "linear", _offset: 10, _length: 300 });
const AXIS = axes({ _fullLayout: { xaxis: side(), yaxis: side() } });
const LOOK = { colors: { text: "#222", halo: "#eee" }, type: 13, measure: (text) => 8 * text.length };
const ALONG = [
  [3, 1],
  [2, 1],
  [1, 1],
];
const minimum = (x, floor, kind = "global minimum") => ({
  x,
  y: 1,
  kind,
  said: "",
  height: 0,
  value: "0",
  floor,
});

test("a floor of minima is one line through beads, and other minima are stars", () => {
  const critical = [minimum(1, []), minimum(3, ALONG), minimum(9, null)];
  const { points } = groundShapes({ critical, scale: null }, AXIS, LOOK);
  const [line, ...none] = points.filter(({ name }) => name === "valley");
  assert.deepEqual(none, []);
  assert.equal(line.d.replace(/[^ML]/g, ""), "MLL");
  const [one, other, star] = points.filter(({ kind }) => kind === "mark").map(({ d }) => d);
  assert.equal(one, other);
  assert.notEqual(one, star);
});

test("a valley of local minima is a thinner line than one of global minima, on maps and in labs", () => {
  const critical = [minimum(1, ALONG), minimum(3, ALONG, "local minimum")];
  const { points } = groundShapes({ critical, scale: null }, AXIS, LOOK);
  const [local, global] = points.filter(({ name }) => name === "valley").map(({ width }) => width);
  assert.ok(local < global);
  const traces = floorTraces(critical, LOOK.colors, 1, {}).map(({ line }) => line.width);
  assert.deepEqual([traces[1], traces[3]], [local, global]);
});

test("what lies on a floor is not marked where a hand has moved the surface", () => {
  const ground = { scale: "linear", critical: [minimum(1, ALONG), minimum(9, null)] };
  const moved = movedGround({ ground, surface: { minimum: "lowest" } }, { critical: ground.critical });
  assert.deepEqual(
    moved.critical.map(({ x, floor }) => [x, floor]),
    [[9, null]],
  );
});
