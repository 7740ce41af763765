// Pictures of labs, as they are saved.

import assert from "node:assert/strict";
import { test } from "node:test";

import { savePicture, settingsFoot } from "../../interface/stage/draw/chart.js";
import { keyWords } from "../../interface/stage/labs/sweep/words.js";

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

test("a lab's picture is laid out in fonts that are there where it is drawn", async () => {
  const context = { measureText: (text) => ({ width: 10 * text.length }) };
  globalThis.document = { createElement: () => ({ getContext: () => context }) };
  const stage = {
    race: { header: { caption: "Ravine", lanes: [] } },
    colors: { font: '"Source Sans", sans-serif', text: "#123456" },
  };
  let laid = null;
  const figure = (...look) => {
    laid = look[3];
    throw new Error("seen");
  };
  await assert.rejects(savePicture(figure, "ravine", stage), /seen/);
  delete globalThis.document;
  assert.equal(laid.text, "#123456");
  assert.match(laid.font, /Arial.*DejaVu Sans/);
});

test("the key of a sweep's picture has no sign that such fonts lack", () => {
  const cells = { diverged: [], away: [], steps: [] };
  const map = { header: { steps: 60 }, cells, lines: [], count: 0, found: 0, best: null };
  assert.doesNotMatch(keyWords(map, "loss"), /[\uff00-\uffef]/);
});
