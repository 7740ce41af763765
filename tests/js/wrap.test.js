// Words where there is little room for them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { heading } from "../../interface/stage/draw/scene/curves.js";
import { wrap } from "../../interface/stage/draw/wrap.js";

test("words are broken between words, and only where they must be", () => {
  assert.deepEqual(
    wrap("lr = 0.1, beta = 0.9", 60, (t) => 5 * t.length),
    ["lr = 0.1,", "beta = 0.9"],
  );
  assert.deepEqual(
    wrap("lr = 0.1", 60, (t) => 5 * t.length),
    ["lr = 0.1"],
  );
  assert.deepEqual(
    wrap("unbreakable", 5, (t) => 5 * t.length),
    ["unbreakable"],
  );
});

test("a setting keeps its value beside it", () => {
  const lines = wrap("beta = 0.9, weight_decay = 0", 26 * 5, (t) => 5 * t.length);
  assert.deepEqual(lines, ["beta = 0.9,", "weight_decay = 0"]);
});

test("a panel's title in a picture is never wider than its panel, as it is set: in bold", () => {
  const bold = (text, size, weight = 400) => text.length * size * (weight >= 600 ? 0.72 : 0.6);
  const look = { colors: { text: "#000", halo: "#fff" }, type: 25, measure: bold };
  const names = ["Effective rate of each weight", "Data and model: <b>Gewicht</b> [kg], standardized"];
  for (const [name, width] of names.flatMap((one) => [300, 450, 460, 800].map((wide) => [one, wide]))) {
    const [title] = heading([], [name], { x: 0, y: 0, width: width - 0.8 * 25, height: 200 }, look);
    assert.ok(bold(title.text, title.size, title.weight) <= width + 1e-9, `${title.text} in ${width}`);
    assert.equal(title.text === name, bold(name, 0.85 * 25, 600) <= width);
  }
});
