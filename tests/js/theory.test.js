// Theory's numbers, words and axes, as the lab shows them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { axes } from "../../interface/stage/draw/axes.js";
import { curvatureAxes, riseFor } from "../../interface/stage/draw/scene/curvature-axes.js";
import { shareRange, shareTicks } from "../../interface/stage/labs/theory/chart.js";
import { slope, titles } from "../../interface/stage/labs/theory/table.js";
import { perTen, reading, shares, worst } from "../../interface/stage/labs/theory/reading.js";
import {
  comparison,
  condition,
  curvatures,
  degrees,
  factor,
  headline,
  provisos,
  saidRegime,
  saidShare,
  sharpness,
  sources,
} from "../../interface/stage/labs/theory/words.js";

const array = (values, ...shape) => ({ values: Float32Array.from(values.flat(9)), shape });

// Gradient descent in a ravine of curvatures 1 and 100, two points long, at 0.995 of its limit.
function race(changes = {}) {
  const place = { at: [0, 0], loss: 0, gradient: [0, 0], low: 1, high: 100, angle: Math.PI / 2, kink: false };
  const twice = (pair) => [pair, pair];
  const thrice = (part) => [part, part, part];
  return {
    header: {
      chosen: 0,
      steps: 1,
      lanes: [{ label: "Gradient descent", diverged: -1 }],
      theory: {
        places: [{ ...place, kind: "start", at: [1, 1] }, null, { ...place, kind: "global minimum" }],
        span: 20,
        quadratic: true,
        linear: true,
        scaled: false,
        momentum: false,
        noisy: false,
        penalty: 0,
        theory: "",
        ...changes,
      },
    },
    arrays: {
      x0: array([1, 1, 0.98, -0.99], 2, 2),
      loss0: array([50.5, 49.5], 2),
      gradient0: array([1, 100, 0.98, -99], 2, 2),
      "theory.curvature": array(twice([1, 100, Math.PI / 2]), 2, 3),
      "theory.rate": array([0.0199, 0.0199], 2),
      "theory.limit": array(thrice([0.02, 0.02]), 3, 2),
      "theory.seen": array(thrice(twice([1, 100])), 3, 2, 2),
      "theory.radius": array(thrice(twice([0.9801, 0.99])), 3, 2, 2),
      "theory.regime": array(thrice(twice([0, 3])), 3, 2, 2),
      "theory.measured": array([NaN, 0.985], 2),
    },
  };
}

test("a reading has a column for start, head and minimum", () => {
  const [start, head, rest] = reading(race(), 1);
  assert.deepEqual(
    [start.at, head.at.map((v) => Math.round(v * 100) / 100)],
    [
      [1, 1],
      [0.98, -0.99],
    ],
  );
  assert.ok(Math.abs(head.share - 0.995) < 1e-6);
  assert.deepEqual(rest.regime, ["overdamped", "alternating"]);
  assert.deepEqual([head.low, head.high], [1, 100]);
});

test("a rule without a recursion still shows its curvature", () => {
  const found = race({ linear: false });
  for (const name of Object.keys(found.arrays)) {
    if (/limit|seen|radius|regime/.test(name)) delete found.arrays[name];
  }
  const [, head] = reading(found, 0);
  assert.equal(head.high, 100);
  assert.ok(Number.isNaN(head.share));
  assert.match(headline(found, reading(found, 0), 0), /No stability limit can be named/);
});

test("the headline says the share of the limit in words", () => {
  const found = race();
  assert.equal(
    headline(found, reading(found, 0), 0),
    "Learning rate 0.0199 is 0.995 of the stability limit here (0.02).",
  );
  found.arrays["theory.rate"].values.fill(0.0201);
  assert.match(headline(found, reading(found, 0), 0), /is 1.005 of .* grows/);
  found.arrays["theory.limit"].values.fill(Infinity);
  assert.match(headline(found, reading(found, 0), 0), /Nothing limits/);
  const downward = reading(found, 0).map((place) => place && { ...place, seen: [-3, -1] });
  assert.match(headline(found, downward, 0), /curves downward and is left at any rate/);
  Object.assign(found.header.lanes[0], { diverged: 1, gone: "DIVERGED at 1" });
  assert.match(headline(found, reading(found, 1), 1), /DIVERGED at 1/);
});

test("a share reads as 1 only where it is 1", () => {
  assert.deepEqual([0.93, 0.9996, 1.00004, 1, 12.3456].map(saidShare), [
    "0.93",
    "0.9996",
    "1.00004",
    "1",
    "12.3",
  ]);
});

test("a factor keeps the digits that tell it from 1", () => {
  assert.deepEqual([0.9, 0.99, 0.9995, 1, 1.0005, 2.5].map(factor), [
    "0.9",
    "0.99",
    "0.9995",
    "1",
    "1.0005",
    "2.5",
  ]);
  assert.deepEqual([1 - 2 ** -24, 1 + 2 ** -22, 1 - 2 ** -53].map(factor), [
    "1 − 5.96×10⁻⁸",
    "1 + 2.38×10⁻⁷",
    "1",
  ]);
});

test("regimes are said with their factor, negative curvature as leaving", () => {
  assert.equal(saidRegime("underdamped", 0.9487), "underdamped: swings, × 0.9487");
  assert.equal(saidRegime("leaving", 1.05), "negative curvature: leaves, growing, × 1.05");
  assert.equal(saidRegime("overdamped", 1 - 2 ** -24), "overdamped: creeps in, ×\u00a0(1 − 5.96×10⁻⁸)");
  assert.equal(saidRegime("flat", 1), "flat: nothing moves it");
  assert.equal(saidRegime(undefined, NaN), "—");
});

test("curvatures come with their directions, the larger first", () => {
  assert.deepEqual(curvatures({ low: 1, high: 100, angle: Math.PI / 2 }), ["100 at 90°", "1 at 0°"]);
  assert.deepEqual(curvatures({ low: -2, high: 3, angle: 0 }), ["3 at 0°", "−2 at 90°"]);
  assert.deepEqual(curvatures({ low: null }), ["—", "—"]);
  assert.equal(degrees(-Math.PI / 2), "90°");
  assert.deepEqual([condition({ low: 1, high: 100 }), condition({ low: -1, high: 2 })], ["100", "—"]);
});

test("what is foretold stands beside what is measured", () => {
  const found = race();
  assert.match(
    comparison(found, reading(found, 1), 1),
    /leaves 0.99 of the distance .* 230 steps .* 20 steps: 0.985/,
  );
  assert.match(comparison(found, reading(found, 0), 0), /from step 20 on/);
  found.arrays["theory.radius"].values.fill(1.2);
  assert.match(comparison(found, reading(found, 1), 1), /does not settle, ×\s1.2/);
  found.header.theory.places[2].kink = true;
  assert.match(comparison(found, reading(found, 1), 1), /kink/);
  found.header.theory.places[2] = null;
  assert.equal(comparison(found, reading(found, 1), 1), "");
});

test("of steps that noise or batches draw no rate is said to be measured", () => {
  for (const drawn of [{ noisy: true }, { parts: true }]) {
    const found = race(drawn);
    const said = comparison(found, reading(found, 1), 1);
    assert.match(said, /leaves 0.99 of the distance .* Steps are drawn at random: no rate can be measured/);
    assert.doesNotMatch(said, /0.985/);
  }
});

test("a distance too small to measure is said to be", () => {
  const found = race({ span: 1 });
  found.arrays["theory.measured"].values.fill(NaN);
  assert.match(comparison(found, reading(found, 1), 1), /too small to measure/);
});

test("rows fit the rule: no limit without a recursion, no scaling without one", () => {
  assert.equal(titles({ linear: false }).length, 6);
  assert.ok(titles({ linear: true, scaled: true }).includes("After scaling"));
  assert.ok(!titles({ linear: true, scaled: false }).includes("After scaling"));
});

test("a scaled rule is told its sharpness against its own limit", () => {
  const found = race({ scaled: true });
  found.arrays["theory.rate"].values.fill(0.19);
  found.arrays["theory.limit"].values.fill(0.38);
  assert.match(sharpness(found, reading(found, 0), 0), /is 100 .* that is 19; from 38 on it diverges/);
  assert.equal(sharpness(race(), reading(race(), 0), 0), "");
});

test("provisos and sources fit the rule", () => {
  assert.match(provisos(race())[0], /same everywhere/);
  const local = provisos(race({ quadratic: false, scaled: true, penalty: 0.5, noisy: true }));
  assert.equal(local.length, 4);
  assert.deepEqual(provisos(race({ linear: false, theory: "Only signs count." })), ["Only signs count."]);
  assert.match(local.join(" "), /Weight decay adds 0.5/);
  assert.ok(sources(race().header.theory).every(({ url }) => url.startsWith("https://")));
  assert.deepEqual(sources({ linear: false }), []);
});

test("shares are known where there is a limit", () => {
  const found = race();
  found.arrays["theory.limit"].values.set([Infinity, 0.02], 2);
  const [none, one] = shares(found, 1);
  assert.ok(Number.isNaN(none));
  assert.ok(Math.abs(one - 0.995) < 1e-6);
});

test("the chart always shows the limit, with round ticks", () => {
  const [low, high] = shareRange([-2, -1.5, null]);
  assert.ok(low < -2 && high > 0);
  assert.ok(shareRange([null]).every(Number.isFinite));
  assert.deepEqual(
    shareTicks(-0.05, 0.05).map(({ text }) => text),
    ["0.9", "0.95", "1", "1.05", "1.1"],
  );
});

test("steps for a factor of ten", () => {
  assert.ok(Math.abs(perTen(0.1) - 1) < 1e-12);
  assert.ok(Math.abs(0.81 ** perTen(0.81) - 0.1) < 1e-12);
  for (const growing of [1, 1.02]) assert.equal(perTen(growing), Infinity);
  assert.equal(worst([0.2, 0.7]), 0.7);
});

const side = (range, offset, length) => ({ range, type: "linear", _offset: offset, _length: length });
const AXIS = axes({ _fullLayout: { xaxis: side([-5, 5], 0, 500), yaxis: side([-5, 5], 0, 500) } });

test("axes reach to where the curvature alone changes the loss by the stated amount", () => {
  const found = race();
  found.arrays.x0.values.set([-3, 2], 2);
  const { said, at } = curvatureAxes(found, AXIS);
  const rise = Number(/by ([\d.]+)/.exec(said)[1]);
  const head = at(1)[1];
  const [left, right] = [...head.rises.matchAll(/[ML]([\d.]+) /g)]
    .map(([, x]) => Number(x))
    .sort((a, b) => a - b)
    .filter((_, k, all) => k === 0 || k === all.length - 1);
  assert.ok(Math.abs((right - left) / 100 - Math.sqrt(2 * rise)) < 0.02, `${left} ${right} ${rise}`);
  assert.deepEqual(
    head.names.map(({ text }) => text),
    ["100", "1"],
  );
  assert.equal(head.falls, "");
});

test("a direction that falls is drawn apart from one that rises", () => {
  const found = race();
  found.arrays["theory.curvature"].values.set([-1, 100, Math.PI / 2], 3);
  const head = curvatureAxes(found, AXIS).at(1)[1];
  assert.ok(head.falls && head.rises);
  assert.deepEqual(
    head.names.map(({ text }) => text),
    ["100", "−1"],
  );
});

test("the start's axes give way to the head's while they share a place", () => {
  const { at } = curvatureAxes(race(), AXIS);
  assert.equal(at(0)[0].rises, "");
  assert.ok(at(0)[1].rises && at(0)[2].rises);
});

test("no axes without a curvature", () => {
  const found = race();
  found.arrays["theory.curvature"].values.fill(NaN);
  assert.equal(curvatureAxes(found, AXIS).at(1)[1].rises, "");
  assert.equal(riseFor([]), 1);
});

test("a slope that is no number is not said to be 0", () => {
  assert.deepEqual(slope({ gradient: [null, null] }), ["—", "(—, —)"]);
  assert.deepEqual(slope({ gradient: [3, 4] }), ["5", "(3, 4)"]);
});
