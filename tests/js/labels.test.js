// Names beside the heads of paths.

import assert from "node:assert/strict";
import { test } from "node:test";

import { overlap, sampled } from "../../interface/stage/draw/placing.js";
import { headLabels } from "../../interface/stage/draw/scene/labels.js";
import { signBoxes } from "../../interface/stage/draw/scene/signs.js";

const box = { x: 0, y: 0, width: 500, height: 300 };
const colors = { text: "#000", halo: "#fff" };
const lane = { slot: "a", label: "Gradient descent", diverged: 16, gone: "DIVERGED at 16" };

test("what is said of a lane that diverged is whole, and clear of the buttons on the map", () => {
  const buttons = [{ x: 380, y: 0, width: 120, height: 28 }];
  const measure = (text, type) => 0.55 * type * text.length;
  for (let px = 300; px <= 520; px += 10) {
    const points = [
      [200, 150],
      [px, -40],
    ];
    const drawn = [{ lane, paint: "#00f", trail: { points } }];
    const [name] = headLabels(drawn, 16, box, { colors, type: 13, measure, taken: buttons }, new Map());
    assert.equal(name.text, "Gradient descent DIVERGED at 16");
    const [left, right] = [name.x, name.x + measure(name.text, 13)];
    const top = name.y - 0.8 * 13;
    assert.ok(left >= 0 && right <= box.width && top >= 0, `inside at ${px}`);
    assert.ok(right <= 380 || top >= 28, `clear of the button at ${px}`);
  }
});

const measure = (text, type) => 0.55 * type * text.length;
const named = (label, points, beyond) => ({
  lane: { slot: label, label, diverged: -1 },
  paint: "#00f",
  trail: { points },
  beyond: beyond && (() => beyond),
});

test("a name lies across no path where there is room, however few its points", () => {
  for (const type of [13, 21]) {
    const across = [
      [20, 150],
      [480, 150],
    ];
    const up = [
      [250, 290],
      [250, 10],
    ];
    const swings = [0, 1, 2, 3, 4].map((k) => [60 + 40 * k, k % 2 ? 240 : 60]);
    const drawn = [named("Momentum (lecture)", across), named("Adam", up), named("RMSProp", swings)];
    const found = headLabels(drawn, 99, box, { colors, type, measure }, new Map());
    const boxes = found.map(({ text, x, y }) => ({
      x,
      y: y - 0.8 * type,
      width: measure(text, type),
      height: type,
    }));
    boxes.forEach((at, k) => {
      for (const other of boxes.slice(0, k)) assert.equal(overlap(at, other), 0);
      for (const { trail } of drawn)
        for (const [x, y] of sampled(trail.points, box, 2))
          assert.ok(overlap(at, { x, y, width: 0.1, height: 0.1 }) === 0, `${found[k].text}, ${type}`);
    });
  }
});

test("where a lane is that left the picture is said where that leaves the picture room", () => {
  const gone = named("Momentum (lecture)", [[250, -900]], "(−0.01, 891.7)");
  const said = (width) =>
    headLabels([gone], 0, { ...box, width }, { colors, type: 21, measure }, new Map())[0].text;
  assert.equal(said(900), "Momentum (lecture) at (−0.01, 891.7)");
  assert.equal(said(300), "Momentum (lecture)");
});

test("of a line only what is seen is sampled, evenly, and its holes are none of it", () => {
  const far = [[-1e9, 150], [1e9, 150], null, [250, 1e300], [250, 200]];
  const found = sampled(far, box, 10);
  assert.ok(found.length < 150 && found.length > 90);
  assert.ok(found.every(([x, y]) => x >= 0 && x <= 500 && y >= 0 && y <= 300));
  assert.deepEqual(sampled(far, box, 10, 0), []);
});

test("a name covers neither a star beside its head nor a basin map's letter", () => {
  const side = { low: 0, high: 100, length: 300 };
  const axis = {
    x: { ...side, offset: 0, to: (v) => 3 * v },
    y: { ...side, offset: 0, to: (v) => 300 - 3 * v },
  };
  const look = { colors, type: 13, measure };
  const star = { x: 60, y: 51, kind: "global minimum", floor: null };
  const signs = {
    critical: [star, { ...star, x: 20, floor: [] }],
    letters: [{ x: 20, y: 51 }],
  };
  const marked = signBoxes(signs, axis, look);
  assert.equal(marked.length, 2);
  const drawn = [named("Momentum", [[150, 150]]), named("Adam (lecture)", [[60 - 85, 140]])];
  for (const { text, x, y } of headLabels(drawn, 0, box, { ...look, marked }, new Map())) {
    const at = { x, y: y - 0.8 * 13, width: measure(text, 13), height: 13 };
    assert.deepEqual(
      marked.filter((sign) => overlap(at, sign) > 0),
      [],
      text,
    );
  }
});
