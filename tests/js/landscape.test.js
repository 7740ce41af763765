import assert from "node:assert/strict";
import test from "node:test";

import { drawnLandscape } from "../../interface/stage/run/landscape.js";

const ground = { critical: [], lowest: null };

// What is shown of four losses.
function shownOf(scale, losses) {
  const arrays = { loss: { values: Float64Array.from(losses), shape: [2, 2] } };
  return [...drawnLandscape({ header: { ...ground, scale }, arrays }).arrays.shown.values];
}

test("a plain is drawn in one color, however it is rounded", () => {
  assert.ok(shownOf("linear", [3, 3 + 1e-15, 3, 3 - 1e-15]).every((v) => v < 1e-9));
});

test("what is no finite number lies at the end of the colors, and moves none of the others", () => {
  assert.deepEqual(shownOf("linear", [0, 1, 2, Infinity]), [0, 0.5, 1, 1]);
  assert.deepEqual(shownOf("linear", [0, -Infinity, 2, 1]), [0, 0, 1, 0.5]);
});
