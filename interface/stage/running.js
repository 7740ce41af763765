// The clock under way: every frame of a run that plays, and what shows the present step.

import { advance } from "./core/clock.js";
import { standing } from "./core/hover.js";
import { release } from "./core/moment.js";
import { sayClock, showClock } from "./dom/transport.js";
import { showLosses } from "./map/legend.js";
import { describe, showStep } from "./map/overlay.js";

/** @import { Clock } from "./core/clock.js" */
/** @import { Stage } from "./core/stage.d.ts" */

/** @param {Stage} stage @param {(now: Clock) => Clock} change */
export function turn(stage, change) {
  stage.clock = change(standing(stage));
  stage.rested = null;
  tick(stage);
  release(stage);
  if (!stage.clock.playing || stage.running) return;
  stage.running = true;
  requestAnimationFrame((now) => frame(stage, now, now));
}

// Everything that shows the present step; called at every frame of a run that plays.
/** @param {Stage} stage */
export function tick(stage) {
  const { t, playing } = stage.clock;
  showClock(stage.bar, stage.clock);
  showStep(stage.map.over, t, playing);
  stage.parts.forEach((part) => part.step?.(t));
  if (!playing || readable(stage)) showNumbers(stage, t);
  if (!playing && !stage.rested) speak(stage, t);
}

/** @param {Stage} stage @param {number} t */
function showNumbers(stage, t) {
  sayClock(stage.bar, stage.clock);
  showLosses(stage.entries, stage.race, t);
  stage.parts.forEach((part) => part.numbers?.(t));
}

// Numbers that change more often than this cannot be read, and each new one is laid out.
const READABLE = 60;

/** @param {Stage} stage */
function readable(stage) {
  const now = performance.now();
  if (now - stage.read < READABLE) return false;
  stage.read = now;
  return true;
}

/** @param {Stage} stage @param {number} t */
function speak(stage, t) {
  clearTimeout(stage.speaking);
  stage.speaking = setTimeout(() => {
    stage.spoken.textContent = `Step ${t} of ${stage.clock.steps}. ${describe(stage.race, t)}.`;
  }, 400);
}

// Frames are asked for only while the clock runs.
/** @param {Stage} stage @param {number} now @param {number} before */
function frame(stage, now, before) {
  stage.running = stage.clock.playing;
  if (!stage.running) return;
  turn(stage, (present) => advance(present, (now - before) / 1000));
  requestAnimationFrame((next) => frame(stage, next, now));
}
