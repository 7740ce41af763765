// The loss along a step: where the line lies, what is foretold of it, and how it is said.

import assert from "node:assert/strict";
import { test } from "node:test";

import { caption, cutFigure, heights } from "../../interface/stage/labs/cut/figure.js";
import { cutOf, stepAt } from "../../interface/stage/labs/cut/reading.js";
import { headline, proviso, rows, trust, why } from "../../interface/stage/labs/cut/words.js";

// f = (x² + 10 y²) / 2, and the same with a fourth power.
const BOWL = {
  value: (x, y) => (x * x + 10 * y * y) / 2,
  gradient: (x, y) => [x, 10 * y],
  hessian: () => [1, 0, 10],
};
const STEEP = {
  value: (x, y) => BOWL.value(x, y) + y ** 4,
  gradient: (x, y) => [x, 10 * y + 4 * y ** 3],
  hessian: (x, y) => [1, 0, 10 + 12 * y * y],
};

// Gradient descent from (0, 1): y shrinks by 1 - 10 lr at each step.
const descent = (lr, steps) => {
  const y = Array.from({ length: steps + 1 }, (_, t) => (1 - 10 * lr) ** t);
  return Float64Array.from(y.flatMap((v) => [0, v]));
};
const cutAt = (lr, loss = BOWL) => cutOf(loss, stepAt(descent(lr, 5), 0, 5));

test("the step looked along is the one to come, at the end the last one", () => {
  const x = descent(0.05, 3);
  assert.deepEqual(stepAt(x, 0, 3), { number: 1, from: [0, 1], way: [0, -0.5] });
  assert.equal(stepAt(x, 2, 3).number, 3);
  assert.deepEqual(stepAt(x, 3, 3), stepAt(x, 2, 3));
});

test("there is none in a run of no steps, at rest and after the numbers end", () => {
  assert.equal(stepAt(descent(0.05, 0), 0, 0), null);
  assert.equal(stepAt(Float64Array.of(1, 1, 1, 1), 0, 1), null);
  assert.equal(stepAt(Float64Array.of(1, 1, NaN, NaN), 0, 1), null);
  assert.match(why(Float64Array.of(1, 1, NaN, NaN), 0, 1), /diverged/);
  assert.match(why(Float64Array.of(1, 1, 1, 1), 0, -1), /rest/);
});

test("on a quadratic the model is the loss, and lowest at 1 / (lr curvature) steps", () => {
  for (const lr of [0.02, 0.1, 0.15, 0.25]) {
    const cut = cutAt(lr);
    cut.loss.forEach((v, k) => assert.ok(Math.abs(v - cut.model[k]) < 1e-12));
    assert.ok(Math.abs(cut.lowest - 1 / (10 * lr)) < 1e-12);
    assert.ok(Math.abs(cut.foretold.model - cut.happened) < 1e-12);
    assert.ok(Math.abs(cut.foretold.slope + 100 * lr) < 1e-12);
  }
});

test("the headline says how far the step goes beyond the lowest point of the model", () => {
  assert.match(headline(cutAt(0.02)), /Step 1 goes 0.2 times as far .*could be longer/);
  assert.match(headline(cutAt(0.1)), /goes to the lowest point/);
  assert.match(headline(cutAt(0.15)), /1.5 times as far .*still down/);
  assert.match(headline(cutAt(0.25)), /2.5 times as far .*up the other side/);
  assert.match(headline({ ...cutAt(0.1), bend: -1 }), /bends down/);
  assert.match(headline({ ...cutAt(0.1), slope: 1 }), /uphill/);
});

test("a loss that is no quadratic is told by the share of the foretold change", () => {
  const cut = cutAt(0.1, STEEP);
  assert.equal(trust(cutAt(0.1)), "As far as this step reaches, the loss is nearly its quadratic model.");
  assert.deepEqual([cut.happened, cut.foretold.model], [-6, -3]);
  assert.match(trust(cut), /2 times the foretold one/);
  assert.deepEqual(
    rows(cutAt(0.1)).map(([, value]) => value),
    ["−10", "−5", "−5"],
  );
});

test("what the rule saw besides is said", () => {
  assert.equal(proviso(0, false), "");
  assert.match(proviso(0.5, false), /noise/);
  assert.match(proviso(0, true), /a part of it/);
});

test("the figure holds the loss and both ends, and cuts a model that is far off", () => {
  const cut = cutAt(0.15, STEEP);
  const [low, high] = heights({ ...cut, model: cut.model.map(() => 1e9) });
  assert.ok(low < Math.min(...cut.loss) && high > Math.max(...cut.loss) && high < 1e6);
  const lane = { label: "Plain", light: "#000", dark: "#fff" };
  const colors = { dark: false, text: "#222", grid: "#ddd", background: "#fff", font: "sans" };
  const { data, layout } = cutFigure(cut, lane, 13, { width: 400, height: 200 }, 1, colors);
  assert.deepEqual(
    data.map(({ name }) => name),
    ["slope alone", "slope and curvature", "loss", undefined],
  );
  assert.equal(layout.shapes.length, 1);
  assert.match(
    caption(lane, { title: "Bowl" }, cut),
    /Plain on Bowl: loss along step 1, the model lowest at/,
  );
});
