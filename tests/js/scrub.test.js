// The stops of a setting as races, the fan's colors and strands, and what is drawn under the hand.

import assert from "node:assert/strict";
import { test } from "node:test";

import { fanRow, fanShapes, opacity, shade, strands } from "../../interface/stage/draw/scene/fan.js";
import { strand } from "../../interface/stage/draw/trail.js";
import { laneOf } from "../../interface/stage/scrub/fan.js";
import { palette, pixels, place } from "../../interface/stage/map/preview.js";
import { identity, raceAt, stopAt, within } from "../../interface/stage/scrub/swap.js";

const array = (shape, start = 0) => {
  const count = shape.reduce((a, b) => a * b, 1);
  return { values: Float32Array.from({ length: count }, (_, n) => start + n), shape };
};

// Two lanes of two steps; the handle moves lane b and has three stops.
const kept = {
  header: {
    link: "a=adam&b=momentum&b.lr=0.1",
    rules: { a: "adam", b: "momentum" },
    chosen: 1,
    steps: 2,
    start: [0, 0],
    lowest: -1,
    flips: [[1], [2]],
    caption: "kept",
    lanes: [
      { slot: "a", label: "Adam", final: 5, diverged: -1 },
      { slot: "b", label: "Momentum", final: 6, diverged: 2 },
    ],
  },
  arrays: Object.fromEntries([
    ...[0, 1].flatMap((k) => [
      [`x${k}`, array([3, 2])],
      [`loss${k}`, array([3])],
      [`gap${k}`, array([3], 1)],
      [`rate${k}`, array([2, 2])],
      [`gradient${k}`, array([3, 2])],
    ]),
    ["memory.z", array([3, 2])],
    ["slots", array([4, 3])],
  ]),
};
const result = (j) => ({ final: j, distance: null, arrived: j, diverged: -1, evaluations: 2 });
const fan = {
  header: {
    stops: ["0.05", "0.1", "0.2"],
    values: [0.05, 0.1, 0.2],
    lowest: [-1, -1, -1],
    starts: [
      [0, 0],
      [0, 0],
      [3, 4],
    ],
    captions: ["p", "q", "r"],
    lanes: [{ k: 1, captions: ["u", "v", "w"], outcomes: [0, 1, 2].map(result) }],
  },
  arrays: { x1: array([3, 3, 2], 100), gap1: array([3, 3], 10) },
};

test("a stop's race has the stop's paths, losses and outcomes", () => {
  const { header, arrays } = raceAt(kept, fan, 2);
  assert.deepEqual([...arrays.x1.values], [112, 113, 114, 115, 116, 117]);
  assert.deepEqual(arrays.x1.shape, [3, 2]);
  assert.deepEqual([...arrays.gap1.values], [16, 17, 18]);
  assert.deepEqual([...arrays.loss1.values], [15, 16, 17]);
  assert.deepEqual([header.lanes[1].final, header.lanes[1].diverged, header.lanes[1].arrived], [2, -1, 2]);
  assert.deepEqual([header.start, header.caption, header.lanes[1].caption], [[3, 4], "r", "w"]);
  assert.equal(header.lanes[1].label, "Momentum");
});

test("the other lanes stay the very same", () => {
  const { header, arrays } = raceAt(kept, fan, 0);
  assert.equal(header.lanes[0], kept.header.lanes[0]);
  for (const name of ["x0", "loss0", "gap0", "rate0", "gradient0"])
    assert.equal(arrays[name], kept.arrays[name]);
});

test("what a fan does not carry is blank, not stale", () => {
  const { header, arrays } = raceAt(kept, fan, 0);
  for (const name of ["rate1", "gradient1", "memory.z", "slots"]) {
    assert.deepEqual(arrays[name].shape, kept.arrays[name].shape);
    assert.ok(arrays[name].values.every(Number.isNaN), name);
  }
  assert.deepEqual(header.flips, [[], []]);
});

test("a chosen lane that the handle does not move keeps its inside", () => {
  const other = { ...kept, header: { ...kept.header, chosen: 0 } };
  const { header, arrays } = raceAt(other, fan, 0);
  assert.equal(arrays.slots, kept.arrays.slots);
  assert.equal(header.flips, kept.header.flips);
});

test("the kept race is not touched", () => {
  const before = JSON.stringify(kept);
  raceAt(kept, fan, 1);
  assert.equal(JSON.stringify(kept), before);
});

test("a surface without a minimum sends its losses as they are", () => {
  const bare = { ...fan, arrays: { x1: fan.arrays.x1, loss1: array([3, 3], 7) } };
  assert.deepEqual([...raceAt(kept, bare, 1).arrays.loss1.values], [10, 11, 12]);
});

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

test("a coarse ground is read four bytes a number and reaches half a node beyond its window", () => {
  const bytes = Uint8Array.from({ length: 32 }, (_, n) => n);
  const found = pixels({ values: new Int32Array(bytes.buffer), shape: [2, 4, 1] }, 1);
  assert.equal(found.side, 4);
  assert.deepEqual([...found.bytes], [...bytes.slice(16)]);
  const window = [
    [0, 30],
    [0, 30],
  ];
  assert.deepEqual(place(window, AXIS, 4), [5, 15, 40, 40]);
});

test("a palette begins and ends with its scale's own colors", () => {
  const table = palette([
    [0, "#000000"],
    [0.5, "#80ff00"],
    [1, "#ffffff"],
  ]);
  assert.deepEqual(table[0], [0, 0, 0, 255]);
  assert.deepEqual(table[255], [255, 255, 255, 255]);
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
