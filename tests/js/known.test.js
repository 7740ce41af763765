// What Python tells the stage is used for every word it tells.

import assert from "node:assert/strict";
import test from "node:test";
import { CRITICAL, LABS, PANELS } from "../../interface/stage/core/known.js";
import { PANELS as DRAWN } from "../../interface/stage/curves/kinds.js";
import { SYMBOLS } from "../../interface/stage/draw/figures.js";
import { MAKES } from "../../interface/stage/labs/lab.js";
import { saidPlace } from "../../interface/stage/labs/theory/words.js";

test("every panel is drawn, every lab made, every marked point has its symbol and its name", () => {
  assert.deepEqual(Object.keys(DRAWN), Object.keys(PANELS));
  assert.deepEqual(Object.keys(MAKES).sort(), Object.keys(LABS).sort());
  assert.deepEqual(Object.keys(SYMBOLS), Object.keys(CRITICAL));
  for (const kind of Object.keys(CRITICAL)) assert.equal(saidPlace({ kind }), CRITICAL[kind]);
});
