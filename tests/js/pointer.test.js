// What the box beside the pointer says on the map.

import assert from "node:assert/strict";
import { test } from "node:test";

import { axesIn } from "../../interface/stage/draw/axes.js";
import { under } from "../../interface/stage/map/hand.js";

test("what is marked is named under the pointer, beside a path's step as well", () => {
  const box = { x: 0, y: 0, width: 200, height: 100 };
  const window = [
    [-2, 2],
    [-1, 1],
  ];
  const star = { kind: "global minimum", said: "lowest in this window", x: 1, y: 0, height: 0.25 };
  const cross = { kind: "saddle", said: "saddle", x: -1, y: 0, height: 3 };
  const arrays = Object.fromEntries(
    Object.entries({ x: [-1, 1], y: [0, 0], loss: [3, 1, 3, 1], gradient: [0, 0, 0, 0, 0, 0, 0, 0] }).map(
      ([name, values]) => [name, { values }],
    ),
  );
  const land = { header: {}, arrays };
  const path = { x0: { values: [0, 0, 1, 0] }, loss0: { values: [2, 0.25] } };
  const map = {
    race: { header: { ground: { critical: [star, cross] } }, arrays: path },
    land,
    over: { axis: axesIn(box, window) },
  };
  const at = (px, py) => ({ px, py, x: px / 50 - 2, y: 1 - py / 50, width: 0.02 });
  assert.deepEqual(under(map, at(153, 46), null), ["lowest in this window", "at (1, 0)", "loss 0.25"]);
  assert.equal(under(map, at(50, 50), null)[0], "saddle");
  assert.match(under(map, at(100, 20), null)[0], /^at /);
  const on = { lane: { label: "Adam" }, k: 0, t: 1 };
  assert.deepEqual(under(map, at(150, 50), on), [
    "Adam, step 1",
    "at (1, 0)",
    "loss 0.25",
    "lowest in this window",
  ]);
});
