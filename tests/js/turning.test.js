// A start that the surface takes along, said to whoever asks: the server, the page, the saved page.

import assert from "node:assert/strict";
import { test } from "node:test";

import { committed } from "../../interface/stage/run/race.js";
import { carried, originOf } from "../../interface/stage/run/turning.js";

const turning = { key: "surface.theta", origin: [-4.5, 1.5], bearing: 0 };
const header = {
  link: "surface=ravine&surface.turn=on&surface.theta=20",
  caption: "",
  rules: {},
  view: {},
  start: [-4.74164931, -0.12955205],
  surface: { key: "surface=ravine&surface.turn=on&surface.theta=20", turning },
  handles: [
    { key: "surface.theta", value: "20" },
    { key: "x", value: "-4.74164931" },
    { key: "y", value: "-0.12955205" },
  ],
};

test("an angle takes the start along", () => {
  assert.deepEqual(carried(header, { "surface.theta": "90" }), {
    "surface.theta": "90",
    x: "-1.5",
    y: "-4.5",
  });
  assert.deepEqual(carried(header, { "surface.theta": "0" }), { "surface.theta": "0", x: "-4.5", y: "1.5" });
});

test("what does not turn, or is given, stays", () => {
  for (const changes of [{ "a.lr": "1" }, { x: "1" }, { "surface.theta": "20" }])
    assert.deepEqual(carried(header, changes), changes);
  const given = carried(header, { "surface.theta": "90", x: "3" });
  assert.deepEqual(given, { "surface.theta": "90", x: "3", y: "-4.5" });
  const still = { ...header, surface: { ...header.surface, turning: null } };
  assert.deepEqual(carried(still, { "surface.theta": "90" }), { "surface.theta": "90" });
});

test("a start that was placed is turned from there on", () => {
  const race = committed({ header: { ...header, start: [2, 1] }, arrays: {} }, { x: "2", y: "1" });
  assert.deepEqual(originOf(race.header, {}), { ...turning, origin: [2, 1], bearing: 20 });
  const found = carried(race.header, { "surface.theta": "50" });
  assert.ok(Math.abs(Math.hypot(found.x, found.y) - Math.sqrt(5)) < 1e-7);
});
