// The model beside the landscape: link functions, the curve through two points, what is drawn.

import assert from "node:assert/strict";
import { test } from "node:test";

import { axesIn } from "../../interface/stage/draw/axes.js";
import { LINKS, through } from "../../interface/stage/model/links.js";
import { beside, moved, nudged, pointed, read, removed } from "../../interface/stage/model/points.js";
import { curveLine, dataScene, fitScene, grips, ranges } from "../../interface/stage/model/scene.js";

const COLORS = { dark: false, halo: "#eee", text: "#222", grid: "#ddd", font: "serif", background: "#fff" };
const LOOK = { type: 13, colors: COLORS, measure: (text) => 5 * text.length };
const MODEL = {
  link: "identity",
  across: "u",
  up: "v",
  rows: [
    [0, 1],
    [10, 5],
    [20, 9],
  ],
};
const BOX = { x: 0, y: 0, width: 200, height: 100 };
const lane = { slot: "a", label: "Ball", visible: true, light: "#123456", dark: "#abcdef", dash: "solid" };
const race = {
  header: { start: [0.4, 1], lanes: [lane, { ...lane, slot: "b" }, { ...lane, slot: "c", visible: false }] },
  arrays: {
    x0: { values: Float32Array.from([0, 0, 0.4, 1]), shape: [2, 2] },
    x1: { values: Float32Array.from([0, 0, NaN, NaN]), shape: [2, 2] },
    x2: { values: Float32Array.from([0, 0, 0, 0]), shape: [2, 2] },
  },
};

const close = (a, b, by = 1e-9) => assert.ok(Math.abs(a - b) <= by, `${a} is not ${b}`);

test("every link is undone by its inverse", () => {
  for (const [name, { at, back }] of Object.entries(LINKS))
    for (const z of [-3, -0.5, 0, 1, 2.5]) close(back(at(z)), z, 1e-6, name);
});

test("links are what their names say", () => {
  close(LINKS.logistic.at(Math.log(3)), 0.75);
  close(LINKS.exponential.at(2), Math.exp(2));
  close(LINKS.tanh.at(0.3), Math.tanh(0.3));
  assert.equal(LINKS.identity.at(-7), -7);
});

test("what lies beyond a link's values is taken as its edge", () => {
  for (const name of ["logistic", "tanh", "exponential"])
    for (const v of [-9, 9]) assert.ok(Number.isFinite(LINKS[name].back(v)), `${name} of ${v}`);
});

test("the weights through two points are those of their line", () => {
  const { x, y } = through(MODEL, [
    [0, 1],
    [20, 9],
  ]);
  close(x, 0.4);
  close(y, 1);
  const curved = through({ link: "logistic" }, [
    [0, 0.5],
    [1, 0.75],
  ]);
  close(curved.x, Math.log(3));
  close(curved.y, 0);
});

test("the axes hold all rows with a margin", () => {
  const [[left, right], [low, high]] = ranges(MODEL);
  assert.ok(left < 0 && right > 20 && low < 1 && high > 9);
});

test("a fit through the rows is drawn through their dots", () => {
  const axis = axesIn(BOX, ranges(MODEL));
  const dots = dataScene(MODEL, axis, LOOK).filter(({ name }) => name === "row");
  assert.equal(dots.length, 3);
  const [first, last] = [...curveLine(MODEL, { x: 0.4, y: 1 }, axis).matchAll(/([-\d.]+) ([-\d.]+)/g)]
    .map(([, px, py]) => [Number(px), Number(py)])
    .filter((_, k, all) => k === 0 || k === all.length - 1);
  for (const { d } of dots) {
    const [right, y, radius] = d.match(/[-\d.]+/g).map(Number);
    const share = (right - radius - first[0]) / (last[0] - first[0]);
    close(y, first[1] + share * (last[1] - first[1]), 0.2);
  }
});

test("lanes that are hidden or gone have no curve, and the start's has two grips", () => {
  const axis = axesIn(BOX, ranges(MODEL));
  const names = fitScene(MODEL, race, 1, axis, LOOK).map(({ key }) => key);
  assert.deepEqual(names, ["start", "fit a", "grip 0", "grip 1"]);
  for (const [u, v] of grips(MODEL, { x: 0.4, y: 1 }, axis)) close(v, 0.4 * u + 1);
});

test("both grips of a steep line are in sight, and while one is held they stay over their u", () => {
  const axis = axesIn(BOX, ranges(MODEL));
  const steep = { x: -8, y: 20 };
  for (const [u, v] of grips(MODEL, steep, axis)) {
    assert.ok(u >= axis.x.low && u <= axis.x.high);
    assert.ok(v >= axis.y.low && v <= axis.y.high);
  }
  const held = grips(MODEL, { x: 0.4, y: 1 }, axis, [2, 3]);
  assert.deepEqual(
    held.map(([u]) => u),
    [2, 3],
  );
  const gone = grips(MODEL, { x: 0, y: 1e6 }, axis);
  assert.ok(gone[0][0] < gone[1][0]);
});

const OWN = {
  kind: "measured",
  points: [
    [0, 1],
    [10, 5],
    [20, 9],
  ],
  scales: [
    [0, 1],
    [0, 1],
  ],
};

test("a click puts a point under the pointer, in the numbers of the table", () => {
  const axis = axesIn(BOX, ranges(MODEL));
  const [px, py] = [axis.x.to(5), axis.y.to(8)];
  assert.equal(pointed(OWN, MODEL.rows, axis, px, py), "0 1, 10 5, 20 9, 5 8");
  const scaled = {
    ...OWN,
    scales: [
      [100, 2],
      [0, 10],
    ],
  };
  assert.equal(pointed(scaled, MODEL.rows, axis, px, py), "0 1, 10 5, 20 9, 110 80");
});

test("a click on a point takes it away, unless nothing would be left to learn", () => {
  const axis = axesIn(BOX, ranges(MODEL));
  const on = (n) => [axis.x.to(MODEL.rows[n][0]), axis.y.to(MODEL.rows[n][1])];
  assert.equal(pointed(OWN, MODEL.rows, axis, ...on(1)), "0 1, 20 9");
  const two = MODEL.rows.slice(0, 2);
  assert.equal(pointed({ ...OWN, points: two }, two, axis, ...on(0)), null);
  const classes = [
    [0, 0],
    [10, 1],
    [20, 0],
  ];
  const own = { ...OWN, kind: "classes", points: classes };
  const there = axesIn(BOX, ranges({ rows: classes }));
  assert.equal(pointed(own, classes, there, there.x.to(10), there.y.to(1)), null);
});

test("a class is 0 or 1 and a count a whole number", () => {
  const axis = axesIn(BOX, ranges(MODEL));
  const at = [axis.x.to(5), axis.y.to(3.4)];
  assert.match(pointed({ ...OWN, kind: "counted" }, MODEL.rows, axis, ...at), /5 3$/);
  assert.match(pointed({ ...OWN, kind: "classes" }, MODEL.rows, axis, ...at), /5 1$/);
});

test("a point is moved, nudged, doubled and removed, and what does not move stays", () => {
  const axis = axesIn(BOX, ranges(MODEL));
  const px = [axis.x.to(MODEL.rows[1][0]), axis.y.to(MODEL.rows[2][1])];
  assert.equal(read(moved(OWN, 1, axis, px[0], px[1]))[1][1], OWN.points[2][1]);
  const [u, v] = read(nudged(OWN, 1, axis, [0, 0.1]))[1];
  assert.equal(u, OWN.points[1][0]);
  assert.ok(v > OWN.points[1][1]);
  assert.equal(read(beside(OWN, 1, axis)).length, OWN.points.length + 1);
  assert.equal(read(removed(OWN, 0)).length, OWN.points.length - 1);
});
