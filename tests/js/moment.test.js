// What a link says of the step and the zoom: told, taken once, and let go.

import assert from "node:assert/strict";
import { test } from "node:test";

import { clock, play, seek } from "../../interface/stage/core/clock.js";
import { atMoment, momentWords, outdated, wantedWindow } from "../../interface/stage/core/moment.js";

test("a link says nothing of a whole map and of a run's end", () => {
  assert.deepEqual(momentWords({ t: 300, steps: 300 }, null), {});
});

test("a link says the zoom to a millionth of its sides, and the step", () => {
  const zoom = [-1 / 3, 2 / 3, 0.00012345678912, 0.00022345678912];
  const words = momentWords({ t: 0, steps: 300 }, zoom);
  assert.equal(words["view.step"], "0");
  const read = words["view.window"].split(",").map(Number);
  read.forEach((v, k) => assert.ok(Math.abs(v - zoom[k]) <= 1e-6 * (k < 2 ? 1 : 1e-4)));
  assert.ok(words["view.window"].length < 60);
});

test("the clock rests at the link's step once, also while it plays", () => {
  const there = atMoment(play(clock(300)), { step: 41 }, undefined);
  assert.deepEqual([there.t, there.playing], [41, false]);
  const later = seek(there, 90);
  assert.equal(atMoment(later, { step: 41 }, 41), later);
  assert.equal(atMoment(later, { step: 300 }, 41), later);
});

test("the link's window is taken once, and again when another one is opened", () => {
  const window = [0, 1, 2, 3];
  assert.deepEqual(wantedWindow({ window }, undefined), [
    [0, 1],
    [2, 3],
  ]);
  assert.equal(wantedWindow({ window }, "0,1,2,3"), null);
  assert.equal(wantedWindow({ window: [] }, "0,1,2,3"), null);
  assert.notEqual(wantedWindow({ window }, "0,1,2,4"), null);
});

test("the address lets go of what the hand has changed, and of nothing else", () => {
  const view = { step: 41, window: [0, 1, 2, 3] };
  const same = { t: 41, steps: 300, window: [0, 1, 2, 3] };
  assert.deepEqual(outdated(view, same), {});
  assert.deepEqual(outdated(view, { ...same, t: 42 }), { step: 2000 });
  assert.deepEqual(outdated(view, { ...same, window: [0, 1, 2, 3.1] }), { window: [] });
  assert.deepEqual(outdated(view, { ...same, window: undefined }), {});
  assert.deepEqual(outdated({ step: 2000, window: [] }, { ...same, t: 7 }), {});
});
