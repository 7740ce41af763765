// What stands beside the bar that says what the landscape's colors mean.

import assert from "node:assert/strict";
import { test } from "node:test";

import { lossScale } from "../../interface/stage/draw/scene/loss-scale.js";

const colors = {
  scale: [
    [0, "#000000"],
    [1, "#ffffff"],
  ],
  grid: "#888888",
  text: "#000000",
};
const look = { colors, type: 12, measure: (text, size) => 0.5 * size * text.length };
const scale = { title: "loss − lowest, logarithmic", ticks: [] };

test("on a narrow map the kind of scale is said in two lines, clear of the bar", () => {
  const items = lossScale(scale, { x: 80, y: 0, width: 259, height: 259 }, look);
  const lines = items.filter(({ name }) => name === "loss-scale");
  assert.deepEqual(
    lines.map(({ text }) => text),
    ["loss − lowest,", "logarithmic"],
  );
  assert.ok(lines.every(({ x }) => x <= 80 + 259 / 2));
  const [high, low] = [0.63, 0.17].map((share) => share * look.type); // a letter above and below its line
  assert.ok(lines.every(({ y }) => y - high >= 259 + 1.2 * look.type && y + low <= 259 + 2.95 * look.type));
});

test("a map too narrow for a line of it has no bar", () => {
  assert.deepEqual(lossScale(scale, { x: 80, y: 0, width: 90, height: 90 }, look), []);
});
