// What the lecturer's page tells its class: the phase of a lesson, or an experiment, and where the clock
// stands. A clock that plays tells only that it does.

import { standing } from "../core/hover.js";
import { queried } from "../save/link.js";
import { AGAIN, say } from "./connection.js";

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
  const known = before && samePlace(before, now) && (stands(before, now) || runs(state, before, now));
  state.stepped = now.step;
  if (known) return;
  state.shown = JSON.stringify({ ...now, turn: (before?.turn ?? 0) + 1 });
  clearTimeout(state.timer);
  state.timer = setTimeout(() => tell(state), PAUSE);
}

/** @typedef {Omit<RoomShown, "turn">} Now */
/** @param {RoomShown} before @param {Now} now */
const samePlace = (before, now) =>
  before.lesson === now.lesson && before.phase === now.phase && before.address === now.address;

/** @param {RoomShown} before @param {Now} now */
const stands = (before, now) =>
  !before.playing && !now.playing && before.step === now.step && before.speed === now.speed;

// A run that plays on, or has come to its end, is no news; a lesson sets its speed on every page.
/** @param {Class} state @param {RoomShown} before @param {Now} now */
function runs({ stage, stepped }, before, now) {
  const on = now.step - stepped;
  if (!before.playing || on < 0 || on > LEAP) return false;
  return now.playing ? Boolean(now.lesson) || now.speed === before.speed : now.step === stage.clock.steps;
}

// One after the other, so that none overtakes a newer one. Where the line is cut,
// the newest is told once it holds again.
/** @param {Class} state */
export async function tell(state) {
  const { member, shown: telling } = state;
  if (!member?.key || state.telling || !telling || state.told === telling) return;
  state.telling = true;
  const problem = await say(member, "shown", JSON.parse(telling)).then(
    () => null,
    (error) => error,
  );
  state.telling = false;
  state.dialog.say(problem ? problem.message : "");
  if (problem instanceof TypeError) state.timer = setTimeout(() => tell(state), AGAIN);
  if (problem) return;
  state.told = telling;
  await tell(state);
}

/** @param {Stage} stage @returns {Now} */
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
