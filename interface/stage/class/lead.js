// What the lecturer's page tells its class: the phase of a lesson, or an experiment, and where the clock
// stands. A clock that plays tells only that it does.

import { standing } from "../core/hover.js";
import { queried } from "../save/link.js";
import { say } from "./connection.js";

/** @import { RoomShown } from "../core/packets.d.ts" */
/** @import { Stage } from "../core/stage.d.ts" */
/** @import { Class } from "./class.js" */

const PAUSE = 120;
// No frame of a run that plays shows so many steps more than the one before.
const LEAP = 60;
// What an address says of the lecturer's own screen, or is told as the clock.
const OWN = ["view.step", "view.size", "view.controls"];

// Soon, so that of a hand that steps quickly only the last step is told.
/** @param {Class} state */
export function show(state) {
  const before = state.shown && JSON.parse(state.shown);
  const now = shown(state.stage);
  const goesOn = before && samePlace(before, now) && runs(state, before, now);
  state.stepped = now.step;
  if (goesOn) return;
  const text = JSON.stringify(now);
  if (text === state.shown) return;
  state.shown = text;
  clearTimeout(state.timer);
  state.timer = setTimeout(() => tell(state, now), PAUSE);
}

/** @param {RoomShown} before @param {RoomShown} now */
const samePlace = (before, now) =>
  before.lesson === now.lesson && before.phase === now.phase && before.address === now.address;

// A run that plays on, or has come to its end, is no news; a lesson sets its speed on every page.
/** @param {Class} state @param {RoomShown} before @param {RoomShown} now */
function runs({ stage, stepped }, before, now) {
  const on = now.step - stepped;
  if (!before.playing || on < 0 || on > LEAP) return false;
  return now.playing ? Boolean(now.lesson) || now.speed === before.speed : now.step === stage.clock.steps;
}

/** @param {Class} state @param {RoomShown} now */
async function tell(state, now) {
  if (!state.member?.key) return;
  try {
    await say(state.member, "shown", now);
    state.dialog.say("");
  } catch (problem) {
    state.dialog.say(/** @type {Error} */ (problem).message);
  }
}

/** @param {Stage} stage @returns {RoomShown} */
function shown(stage) {
  const { lesson } = stage.race.header;
  const { t, playing, speed } = standing(stage);
  const clock = { step: t, playing, speed };
  if (lesson) return { lesson: lesson.key, phase: lesson.phase, address: "", ...clock };
  return { lesson: "", phase: "", address: addressOf(stage), ...clock };
}

/** @param {Stage} stage */
function addressOf(stage) {
  const query = new URLSearchParams(queried(stage));
  OWN.forEach((name) => query.delete(name));
  return query.toString();
}
