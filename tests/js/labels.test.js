// Names beside the heads of paths.

import assert from "node:assert/strict";
import { test } from "node:test";

import { headLabels } from "../../interface/stage/draw/scene/labels.js";

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
