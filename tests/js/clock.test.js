// One clock: seeking, playing, looping, and runs that change their length.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  advance,
  clock,
  pause,
  play,
  resize,
  seek,
  SPEEDS,
  toggle,
} from "../../interface/stage/core/clock.js";

const played = (from, seconds, frames) => {
  let now = from;
  for (let k = 0; k < frames; k++) now = advance(now, seconds / frames);
  return now;
};

test("a new clock stands at the end and rests", () => {
  const now = clock(300);
  assert.deepEqual([now.t, now.steps, now.playing, now.loop, now.speed], [300, 300, false, false, 1]);
});

test("seeking goes to a whole step inside the run", () => {
  assert.equal(seek(clock(300), 134.4).t, 134);
  assert.equal(seek(clock(300), -5).t, 0);
  assert.equal(seek(clock(300), 1e9).t, 300);
});

test("a seek leaves the clock it was given as it was", () => {
  const before = clock(10);
  seek(before, 3);
  assert.equal(before.t, 10);
});

test("play from the end begins at the start, play from the middle goes on", () => {
  assert.deepEqual([play(clock(300)).t, play(clock(300)).playing], [0, true]);
  assert.equal(play(seek(clock(300), 20)).t, 20);
});

test("a double click on play leaves the clock resting", () => {
  assert.equal(toggle(toggle(clock(300))).playing, false);
});

test("a clock that rests does not advance", () => {
  assert.equal(advance(seek(clock(300), 5), 1).t, 5);
});

for (const speed of SPEEDS) {
  test(`30 steps a second at ${speed} times the speed`, () => {
    const now = played({ ...play(clock(100000)), speed }, 10, 600);
    assert.ok(Math.abs(now.exact - 300 * speed) < 1e-6, `${now.exact}`);
    assert.equal(now.t, Math.floor(now.exact));
  });
}

test("how many frames a second does not change the pace", () => {
  const [slow, fast] = [20, 200].map((frames) => played(play(clock(300)), 1, frames).exact);
  assert.ok(Math.abs(slow - fast) < 1e-9);
});

test("playing stops at the last step", () => {
  const now = played(play(clock(30)), 5, 300);
  assert.deepEqual([now.t, now.exact, now.playing], [30, 30, false]);
});

test("a loop begins again and plays on", () => {
  const now = played({ ...play(clock(30)), loop: true }, 1.5, 90);
  assert.ok(now.playing);
  assert.ok(now.t > 0 && now.t < 30, `${now.t}`);
});

test("a minute in a background tab is one frame, not a leap", () => {
  assert.ok(advance(play(clock(2000)), 60).t <= 3);
});

test("pause keeps the step", () => {
  const now = pause(advance(play(clock(300)), 0.1));
  assert.deepEqual([now.t, now.playing], [3, false]);
});

test("a run of another length: a clock at the end stays at the end, others keep their step", () => {
  assert.equal(resize(clock(300), 500).t, 500);
  assert.equal(resize(clock(300), 100).t, 100);
  assert.equal(resize(seek(clock(300), 40), 500).t, 40);
  assert.equal(resize(seek(clock(300), 40), 20).t, 20);
});

test("a run that changes its length while it plays goes on playing", () => {
  const now = resize(seek(play(clock(300)), 40), 500);
  assert.deepEqual([now.t, now.playing], [40, true]);
});

test("a run without steps cannot be played", () => {
  assert.equal(play(clock(0)).playing, false);
});
