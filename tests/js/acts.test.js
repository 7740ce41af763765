import assert from "node:assert/strict";
import test, { afterEach, beforeEach, mock } from "node:test";

import { acts } from "../../interface/stage/core/acts.js";

const OPENED = { taken: 0, token: "first" };

// What a page would get, and how often it was given up.
function told() {
  const found = { sent: [], given: 0 };
  const queue = acts(
    (value) => found.sent.push(structuredClone(value)),
    () => (found.given += 1),
  );
  return { queue, found };
}

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  globalThis.document = { querySelector: () => null };
});

afterEach(() => mock.timers.reset());

const numbers = ({ done }) => done.map(({ n }) => n);

function does(queue, name, value) {
  queue.add(name, value);
  queue.send();
}

test("what is not taken in yet is told again with what comes after it, in order", () => {
  const { queue, found } = told();
  queue.answered(OPENED);
  does(queue, "pressed", "add");
  does(queue, "pressed", "add");
  assert.deepEqual(found.sent.map(numbers), [[1], [1, 2]]);
  assert.equal(queue.answered({ ...OPENED, taken: 1 }), false);
  does(queue, "toggled", 3);
  assert.deepEqual(numbers(found.sent.at(-1)), [2, 3]);
  assert.equal(queue.answered({ ...OPENED, taken: 3 }), true);
});

test("of two places asked for in a row only the last is told", () => {
  const { queue, found } = told();
  queue.answered(OPENED);
  does(queue, "placed", { x: 1, y: 1 });
  does(queue, "placed", { x: 2, y: 1 });
  assert.deepEqual(found.sent.at(-1).done, [{ n: 2, name: "placed", value: { x: 2, y: 1 } }]);
  assert.deepEqual(queue.placed(), { x: 2, y: 1 });
});

test("two ways of looking are both told, the same one only as it is last", () => {
  const { queue, found } = told();
  queue.answered(OPENED);
  does(queue, "viewed", { name: "lab", text: "theory" });
  does(queue, "viewed", { name: "lab", text: "sweep" });
  does(queue, "viewed", { name: "fan", text: "on" });
  assert.deepEqual(
    found.sent.at(-1).done.map(({ value }) => value.text),
    ["sweep", "on"],
  );
});

test("a packet older than what was asked is told apart, whatever it knows of before", () => {
  const { queue } = told();
  queue.answered(OPENED);
  does(queue, "toggled", 1);
  assert.equal(queue.answered(OPENED), false);
  assert.equal(queue.answered({ ...OPENED, taken: 1 }), true);
});

test("what is done before the first packet is told once the page is known", () => {
  const { queue, found } = told();
  does(queue, "unread", 1500);
  assert.equal(found.sent.length, 0);
  queue.answered(OPENED);
  assert.equal(found.sent[0].of, "first");
});

test("a page that was started anew is told what waits, under numbers it has not seen", () => {
  const { queue, found } = told();
  queue.answered({ taken: 4, token: "first" });
  does(queue, "toggled", 1);
  queue.answered({ taken: 7, token: "second" });
  assert.equal(found.sent.at(-1).of, "second");
  assert.ok(numbers(found.sent.at(-1))[0] > 7);
});

test("a lost connection is tried again, and given up after a while", () => {
  const { queue, found } = told();
  queue.answered(OPENED);
  does(queue, "toggled", 1);
  mock.timers.tick(3000);
  assert.equal(found.sent.length, 2);
  for (let k = 0; k < 20; k++) mock.timers.tick(3000);
  assert.equal(found.given, 1);
  assert.equal(queue.answered(OPENED), true);
});

test("while the line is known to be down nothing is given up, and is told when it is back", () => {
  const { queue, found } = told();
  let state = "PINGING_SERVER";
  const app = { getAttribute: () => state };
  globalThis.document = { querySelector: (css) => (css.includes("running") ? null : app) };
  queue.answered(OPENED);
  does(queue, "toggled", 1);
  for (let k = 0; k < 30; k++) mock.timers.tick(3000);
  assert.deepEqual([found.sent.length, found.given], [1, 0]);
  state = "CONNECTED";
  mock.timers.tick(3000);
  assert.equal(found.sent.length, 2);
});

test("a page that still computes is left to it", () => {
  const { queue, found } = told();
  globalThis.document = { querySelector: () => ({}) };
  queue.answered(OPENED);
  does(queue, "toggled", 1);
  for (let k = 0; k < 30; k++) mock.timers.tick(3000);
  assert.equal(found.sent.length, 1);
  assert.equal(found.given, 0);
});
