// The stops of a setting, the fan's colors and strands, and what is drawn under the hand.

import assert from "node:assert/strict";
import { test } from "node:test";

import { fanRow, fanShapes, opacity, shade, strands } from "../../interface/stage/draw/scene/fan.js";
import { strand } from "../../interface/stage/draw/trail.js";
import { laneOf } from "../../interface/stage/scrub/fan.js";
import { shades } from "../../interface/stage/draw/cells.js";
import { place } from "../../interface/stage/map/preview.js";
import { identity, stopAt, within } from "../../interface/stage/scrub/stops.js";

const kept = {
  header: {
    link: "a=adam&b=momentum&b.lr=0.1",
    rules: { a: "adam", b: "momentum" },
    lanes: [{ label: "Adam" }, { label: "Momentum" }],
  },
};
const fan = {
  header: {
    stops: ["0.05", "0.1", "0.2"],
    values: [0.05, 0.1, 0.2],
    lanes: [{ k: 1, outcomes: [-1, -1, -1].map((diverged) => ({ diverged })) }],
  },
  arrays: { x1: { values: Float32Array.from({ length: 18 }, (_, n) => 100 + n), shape: [3, 3, 2] } },
};

test("stops do not depend on their own setting, on names or on looks", () => {
  const own = identity(kept.header, "b.lr");
  const same = { link: "b.lr=0.9&b.color=sky&a.shown=off&b.name=Z", rules: kept.header.rules };
  assert.equal(identity(same, "b.lr"), own);
  assert.notEqual(identity({ ...same, link: "x=1" }, "b.lr"), own);
  assert.notEqual(identity(kept.header, "a.lr"), own);
});

test("a value is its own stop, or the nearest one", () => {
  assert.equal(stopAt(fan.header, "0.2"), 2);
  assert.equal(stopAt(fan.header, "0.06"), 0);
  assert.equal(stopAt(fan.header, "7"), 2);
  assert.ok(within([0, 1], 1) && !within([0, 1], 1.01));
});

const side = (offset, length, down = false) => ({
  offset,
  length,
  to: (v) => (down ? offset + length - v : offset + v),
});
const AXIS = { x: side(10, 100), y: side(0, 50, true) };

test("a strand ends where it has left the map far behind", () => {
  const values = Float32Array.from([0, 0, 50, 25, 500, 0, 60, 30, 0, 0, 1, 1, NaN, NaN, NaN, NaN]);
  const data = {
    header: { lanes: [{ k: 0, outcomes: [{ diverged: -1 }, { diverged: 2 }] }] },
    arrays: { x0: { values, shape: [2, 4, 2] } },
  };
  const [wild, gone] = strands(data, 0, AXIS);
  assert.deepEqual(wild.points, [
    [10, 50],
    [60, 25],
    [510, 50],
  ]);
  assert.equal(gone.points.length, 2);
  assert.deepEqual([wild.diverges, gone.diverges], [false, true]);
});

test("the fan shows the chosen lane where the setting moves all lanes", () => {
  const all = { header: { lanes: [{ k: 0 }, { k: 1 }] } };
  assert.equal(laneOf(all, 1), 1);
  assert.equal(laneOf({ header: { lanes: [{ k: 2 }] } }, 1), 2);
});

const light = (hex) => [1, 3, 5].reduce((sum, n) => sum + parseInt(hex.slice(n, n + 2), 16), 0);

test("the fan's colors go one way in lightness, away from the page's own", () => {
  for (const [dark, sign] of [
    [false, -1],
    [true, 1],
  ]) {
    const steps = Array.from({ length: 9 }, (_, n) => light(shade(n / 8, dark)));
    assert.ok(
      steps.slice(1).every((v, n) => sign * (v - steps[n]) > 0),
      `${steps}`,
    );
    assert.match(shade(0, dark), /^#[0-9a-f]{6}$/);
  }
});

test("a curve breaks where it has no place", () => {
  const log = { x: side(0, 10), y: { to: (v) => 100 - Math.log10(v) } };
  const curve = (values, first) => strand({ values: Float32Array.from(values), first }, log).text;
  assert.equal(curve([1, 10, 0, NaN, 1]), "M0.0 100.0L1.0 99.0M4.0 100.0");
  assert.equal(curve([1], 1), "M1.0 100.0");
});

test("a coarse ground reaches half a node beyond its window", () => {
  const window = [
    [0, 30],
    [0, 30],
  ];
  assert.deepEqual(place(window, AXIS, 4), [5, 15, 40, 40]);
});

test("a palette begins and ends with its scale's own colors", () => {
  const table = shades([
    [0, "#000000"],
    [0.5, "#80ff00"],
    [1, "#ffffff"],
  ]);
  const { buffer } = table;
  assert.deepEqual([...new Uint8Array(buffer, 0, 4)], [0, 0, 0, 255]);
  assert.deepEqual([...new Uint8Array(buffer, 4 * 255, 4)], [255, 255, 255, 255]);
  assert.equal(table.length, 256);
});

test("a path that wanders is fainter, and none is invisible", () => {
  const straight = [
    [0, 0],
    [100, 0],
  ];
  const wild = Array.from({ length: 400 }, (_, n) => [100 * (n % 2), 0]);
  assert.ok(opacity(straight, 100) > 3 * opacity(wild, 100));
  assert.ok(opacity(wild, 100) > 0.05 && opacity([], 100) <= 1);
});

test("the fan has a strand for each stop, and a row in the key with the end values", () => {
  const look = { colors: { dark: false, text: "#222", halo: "#fff" }, type: 12, measure: () => 50 };
  const box = { x: 10, y: 0, width: 100, height: 50 };
  const fanned = { fan, handle: { label: "learning rate" }, k: 1 };
  assert.equal(fanShapes(fanned, AXIS, box, look).filter(({ opacity: share }) => share < 1).length, 3);
  const { entries } = fanRow(kept.header, fanned, look);
  const told = entries.map(({ text }) => text).filter(Boolean);
  assert.deepEqual(told, ["Momentum, learning rate 0.05", "0.2"]);
  assert.equal(entries.filter(({ shades }) => shades?.length > 8).length, 1);
});
