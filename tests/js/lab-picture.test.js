// Pictures of labs, as they are saved.

import assert from "node:assert/strict";
import { test } from "node:test";

import { settingsFoot } from "../../interface/stage/draw/chart.js";

test("under a lab's picture stands all that was run, whole, however long", () => {
  const lanes = [
    { label: "Adam", caption: "lr = 0.1, ".repeat(30), visible: true },
    { label: "hidden", caption: "lr = 7", visible: false },
    { label: "Newton", caption: "", visible: true },
  ];
  const header = { caption: "Ravine (kappa = 20); start (1, 2), 60 steps, tolerance 0.01", lanes };
  const { height, items } = settingsFoot(
    header,
    { font: "sans-serif" },
    (text, size) => 0.5 * size * text.length,
  );
  const found = items(900);
  const said = found.map(({ text }) => text).join(" ");
  assert.ok(said.startsWith(header.caption) && said.includes("Newton") && !said.includes("hidden"));
  assert.equal(said.split("lr = 0.1").length - 1, 30);
  for (const { x, y, size, text } of found) {
    assert.ok(x + 0.5 * size * text.length <= 1920);
    assert.ok(y > 900 && y + 0.25 * size < 900 + height);
  }
});
