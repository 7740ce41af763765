// Heights as a brush changes them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { CHANGES, dabbed, fine, opened, pictured, spelled } from "../../interface/stage/map/heights.js";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
const FLAT = { heights: "f".repeat(81), letters };

test("letters are heights and heights are letters", () => {
  const text = letters.repeat(2).slice(0, 64);
  assert.equal(spelled(opened({ heights: text, letters }), letters), text);
  assert.equal(opened(FLAT).side, 9);
  assert.equal(spelled({ values: [-3, 2] }, letters), "A_");
});

test("a dab lowers most where it lands, and nothing far away", () => {
  const { values } = dabbed(opened(FLAT), [4, 4], 2, CHANGES.lower);
  assert.equal(Math.min(...values), values[4 * 9 + 4]);
  assert.ok(values[4 * 9 + 5] < 0.5 && values[4 * 9 + 5] > values[4 * 9 + 4]);
  assert.ok(Math.abs(values[0] - 0.5) < 1e-6);
  const raised = dabbed(opened(FLAT), [4, 4], 2, CHANGES.raise).values;
  assert.ok(Math.abs(raised[40] + values[40] - 1) < 1e-12);
});

test("heights never leave 0 to 1, and a dab at the edge stays on the grid", () => {
  let now = opened(FLAT);
  for (let k = 0; k < 30; k++) now = dabbed(now, [0, 8], 3, CHANGES.lower);
  assert.equal(Math.min(...now.values), 0);
  assert.equal(now.values.length, 81);
});

test("smoothing brings a peak down and its neighbours up", () => {
  const peak = opened(FLAT);
  peak.values[40] = 1;
  const { values } = dabbed(peak, [4, 4], 3, CHANGES.smooth);
  assert.ok(values[40] < 1 && values[41] > 0.5);
});

test("the fine picture is the spline: flat stays flat, and a ramp stays straight inside", () => {
  assert.ok(fine(opened(FLAT), 33).every((v) => Math.abs(v - 0.5) < 1e-12));
  const ramp = { side: 9, values: Float64Array.from({ length: 81 }, (_, n) => (n % 9) / 8) };
  const row = fine(ramp, 33).subarray(33 * 16, 33 * 17);
  for (let k = 4; k <= 28; k++) assert.ok(Math.abs(row[k] - k / 32) < 1e-12);
});

test("a picture is heights, dark for low, its lowest row first", () => {
  const [black, white, grey] = [0, 255, 127].map((v) => [v, v, v, 255]);
  const { side, values } = pictured([...white, ...grey, ...black, ...white], 2);
  assert.equal(side, 2);
  assert.deepEqual([values[0], values[1], values[2]], [0, 1, 1]);
  assert.ok(Math.abs(values[3] - 127 / 255) < 1e-12);
  assert.deepEqual([...pictured([...grey, ...grey, ...grey, ...grey], 2).values], [0.5, 0.5, 0.5, 0.5]);
});
