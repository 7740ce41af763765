// What panels of curves show of a race: on which range, in which style, and on paper.

import assert from "node:assert/strict";
import { test } from "node:test";

import { panelCurves, rangeOf } from "../../interface/stage/curves/kinds.js";
import { HELD_DASH, ghostLine } from "../../interface/stage/draw/scene/key.js";
import { dashes } from "../../interface/stage/draw/scene/shapes.js";
import { fitPaper } from "../../interface/stage/dom/print.js";

const LANES = [
  { slot: "a", label: "Gradient descent", visible: true, dash: "solid" },
  { slot: "b", label: "Momentum", visible: true, dash: "6px,3px" },
];

function race(losses, { heights, lowest }) {
  const arrays = Object.fromEntries(
    losses.flatMap((values, k) => [
      [`loss${k}`, { values }],
      [`gap${k}`, { values: values.map((v) => v - (lowest ?? 0)) }],
      [`rate${k}`, { values: [0.1, 0.2, 0.1, 0.3], shape: [2, 2] }],
    ]),
  );
  return { header: { lanes: LANES, chosen: 0, memory: {}, lowest, surface: { heights } }, arrays };
}

function shown(name, found, logarithmic) {
  return rangeOf(name, found, panelCurves(name, found, logarithmic, {}), logarithmic);
}

test("one lane that runs away downhill leaves the others their height", () => {
  const escaped = race(
    [
      [2, 0.5, -1, -4],
      [2, -3, -1e10, -1.5e22],
    ],
    { heights: [-4, 4], lowest: null },
  );
  const [low, high] = shown("loss", escaped, false);
  assert.ok(low >= -5 && low < -4 && high > 2 && high < 5);
});

test("one lane that grows without bound leaves the others their height", () => {
  const grown = race(
    [
      [100, 10, 1, 0.1],
      [100, 1e5, 1e9, 5.8e14],
    ],
    { heights: [0, 1000], lowest: 0 },
  );
  const [low, high] = shown("loss", grown, true);
  assert.ok(low < -1 && high > 2, "the lane that stays is whole");
  assert.ok(3 / (high - low) > 0.45, "and has nearly half of the height");
});

test("in every panel a line's style is its lane's, and its coordinates differ by width alone", () => {
  const curves = panelCurves("rate", race([[1], [1]], { heights: null, lowest: 0 }), true, {});
  assert.deepEqual(
    curves.map(({ lane, side }) => [lane.dash, side]),
    LANES.flatMap(({ dash }) => [
      [dash, "x"],
      [dash, "y"],
    ]),
  );
  const [x, y] = curves;
  assert.ok(x.width > y.width && curves[2].width > curves[3].width);
});

test("what is held is seen: no hair-thin dots, and as strong in the loss as on the map", () => {
  const colors = { text: "#000", background: "#fff", halo: "#fff" };
  const { width, dash } = ghostLine(colors, 13);
  assert.ok(width >= 2 && dash[0] / (dash[0] + dash[1]) >= 0.5);
  const held = { lanes: [{ ...LANES[0], dash: HELD_DASH, loss: [3, 2] }] };
  const [kept] = panelCurves("loss", race([[1], [1]], { heights: null, lowest: null }), false, { held });
  assert.equal(kept.label, "Gradient descent, held");
  assert.ok(kept.width >= 1.6 && kept.opacity >= 0.8);
  assert.deepEqual(dashes(kept.lane.dash), dash);
});

test("a stage that is wider than a sheet is printed smaller until it fits, and another as it is", () => {
  const told = [];
  globalThis.addEventListener = (name, hear) => told.push([name, hear]);
  const printed = (offsetWidth) => {
    const set = {};
    const style = { setProperty: (name, value) => (set[name] = value) };
    fitPaper({ offsetWidth, style, querySelectorAll: () => [] });
    const [name, hear] = told.splice(0)[0];
    assert.equal(name, "beforeprint");
    hear();
    return set;
  };
  const wide = printed(1600);
  assert.equal(wide["--wide"], "1600px");
  assert.ok(1600 * Number(wide["--on-paper"]) <= 1041);
  assert.equal(Number(printed(800)["--on-paper"]), 1);
  delete globalThis.addEventListener;
});
