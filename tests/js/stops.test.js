// The scrubber's own stops: within the range, on the declared scale, the present value among them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { between, place, shareOf, written } from "../../interface/stage/run/scale.js";
import { stopsOf, strandsOf } from "../../interface/stage/scrub/stops.js";

const LINEAR = { key: "x", value: "-1.2345", scale: "linear", limits: [-1e6, 1e6], reach: [-2, 2] };
const LOG = {
  key: "a.lr",
  value: "0.0123",
  scale: "log",
  limits: [0, 10],
  smallest: 1e-6,
  reach: [1e-3, 0.1],
};
const TOWARDS = {
  key: "a.beta",
  value: "0.9",
  scale: "towards one",
  limits: [0, 0.9999],
  smallest: 1e-4,
  reach: [0, 0.9999],
};
const WHOLE = { ...LINEAR, key: "n", value: "7", limits: [0, 200], reach: [0, 200], whole: true };

for (const handle of [LINEAR, LOG, TOWARDS, WHOLE]) {
  test(`the stops of ${handle.key} rise, stay within their range and hold the present value`, () => {
    const { stops, values, range } = stopsOf(handle, null);
    assert.deepEqual(range, handle.reach);
    assert.ok(values.every((v, k) => k === 0 || v > values[k - 1]));
    assert.ok(values[0] >= range[0] && values.at(-1) <= range[1]);
    assert.equal(values[0], range[0]);
    assert.equal(values.at(-1), range[1]);
    assert.equal(stops[values.indexOf(Number(handle.value))], handle.value);
    assert.ok(values.length > (handle.whole ? 190 : 300));
    assert.ok(stops.every((text, k) => Number(text) === values[k]));
  });
}

test("a log scale that starts at 0 has 0 and then its smallest", () => {
  assert.equal(between(LOG, [0, 10], 0), 0);
  assert.ok(between(LOG, [0, 10], 0.1) >= 1e-6);
  assert.equal(shareOf(LOG, [0, 10], 0), 0);
  assert.equal(shareOf(LOG, [0, 10], 10), 1);
});

test("a value at a share lies at that share", () => {
  for (const handle of [LOG, TOWARDS]) {
    const ends = handle.reach;
    for (const share of [0.1, 0.35, 0.8]) {
      const at = shareOf(handle, ends, between(handle, ends, share));
      assert.ok(Math.abs(at - share) < 0.01, `${handle.key} ${share} ${at}`);
    }
  }
  assert.equal(place(TOWARDS, 0.99), -Math.log10(1 - 0.99));
});

test("typed ends are brought within what is allowed and into order", () => {
  assert.deepEqual(stopsOf(TOWARDS, [2, 0.5]).range, [0.5, 0.9999]);
  assert.deepEqual(stopsOf(LINEAR, [1, 1]).stops, ["1"]);
});

test("small numbers are written as links have them", () => {
  assert.deepEqual([1e-5, 1.5e-7, 0.001, 0, 12, -2.5].map(written), [
    "1e-5",
    "1.5e-7",
    "0.001",
    "0",
    "12",
    "-2.5",
  ]);
});

test("a fan holds some of the stops, the first and the last among them", () => {
  const fan = { header: stopsOf(LOG, null) };
  const asked = [];
  const raceAt = (j) => {
    asked.push(j);
    const path = Float64Array.from({ length: 6 }, (_, n) => 10 * j + n);
    return { header: { lanes: [{ diverged: j % 2 ? 1 : -1 }] }, arrays: { x0: { values: path } } };
  };
  const found = strandsOf(fan, 0, 2, raceAt);
  assert.equal(asked[0], 0);
  assert.equal(asked.at(-1), fan.header.stops.length - 1);
  assert.deepEqual(found.arrays.x0.shape, [asked.length, 3, 2]);
  assert.equal(found.arrays.x0.values.at(-1), 10 * asked.at(-1) + 5);
  assert.deepEqual(
    found.header.lanes[0].outcomes.map(({ diverged }) => diverged),
    asked.map((j) => (j % 2 ? 1 : -1)),
  );
});
