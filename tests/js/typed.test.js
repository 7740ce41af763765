// Numbers typed on the stage, held to the same table as those typed in the sidebar.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { decimal } from "../../interface/stage/labs/sensitivity/markers.js";
import { typed } from "../../interface/stage/core/typed.js";

const { numbers, refused } = JSON.parse(readFileSync(new URL("../typed_numbers.json", import.meta.url)));

test("a number is read as it is written", () => {
  for (const [text, value] of Object.entries(numbers)) assert.equal(typed(text), value, text);
});

test("what is no number or could be two is none", () => {
  for (const text of refused) assert.ok(Number.isNaN(typed(text)), text);
});

test("assistive technology is told plain decimals", () => {
  assert.equal(decimal("1e-5"), "0.00001");
  assert.equal(decimal(100), "100");
  assert.equal(decimal("0.012"), "0.012");
});
