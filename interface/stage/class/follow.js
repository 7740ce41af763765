// A student's page follows its class: into the phase of a lesson, with the answers that were given before,
// or to an experiment; and sets its clock as the lecturer's.

import { play, seek } from "../core/clock.js";
import { PASSAGES } from "../core/passages.js";
import { SKIPPED } from "../lesson/answer-words.js";
import { act } from "../lesson/tell.js";
import { AGAIN, aheadOf, say } from "./connection.js";
import { remember } from "./member.js";

/** @import { Said, Stage } from "../core/stage.d.ts" */
/** @import { LessonRace, RoomShown } from "../core/packets.d.ts" */
/** @import { Class } from "./class.js" */
/** @typedef {NonNullable<LessonRace["lesson"]>} Lesson */

const PHASES = Object.keys(PASSAGES);
const TRIES = 3;
const KEPT = "Your answer is kept, and handed in when it can be.";

/** @param {string} lesson @param {string} phase */
export const placeOf = (lesson, phase) => `${lesson}/${phase}`;

// What has to be done in a lesson to be where the class is: open it, answer what was asked before (as it
// was answered, or not at all), go there.
/**
 * @param {Pick<Lesson, "key" | "phase" | "sitting"> | undefined} here
 * @param {Pick<RoomShown, "lesson" | "phase">} shown
 * @param {Map<string, Said>} given
 */
export function actsTo(here, { lesson, phase }, given) {
  /** @type {Said[]} */
  const acts = [];
  const opens = here?.key !== lesson;
  if (opens) acts.push({ act: "open", key: lesson });
  const sitting = opens ? {} : { .../** @type {Lesson} */ (here).sitting };
  let at = opens ? PHASES[0] : /** @type {Lesson} */ (here).phase;
  for (const asked of PHASES.slice(0, PHASES.indexOf(phase))) {
    const { shows, leads } = PASSAGES[asked];
    if (!leads || sitting[shows] || !PASSAGES[phase].needs.includes(shows)) continue;
    if (at !== asked) acts.push({ act: "go", phase: asked });
    acts.push(given.get(placeOf(lesson, asked)) ?? { act: "answer", answer: SKIPPED });
    [sitting[shows], at] = [SKIPPED, leads];
  }
  if (at !== phase) acts.push({ act: "go", phase });
  return acts;
}

/** @param {Class} state */
export function follow(state) {
  const { stage, news, alone } = state;
  const shown = news?.shown;
  if (!shown || alone) return;
  const text = [shown.lesson, shown.phase, shown.address].join("\n");
  if (text !== state.shown) {
    Object.assign(state, { shown: text, clocked: "", said: "", tries: TRIES });
    go(state, shown);
  }
  if (there(stage, shown)) setClock(state, shown);
}

// A page that was led on before it had come where it was led first may be elsewhere, and is led again.
/** @param {Class} state */
export function arrive(state) {
  const { stage, news, alone, tries, shown: followed } = state;
  const shown = news?.shown;
  follow(state);
  if (alone || !shown?.lesson || state.shown !== followed || !tries) return;
  state.tries = there(stage, shown) ? 0 : tries - 1;
  if (state.tries) go(state, shown);
}

// Where the run is started for all, its phases are fetched: many pages have them sooner so than each from
// its own session.
/** @param {Class} state @param {RoomShown} shown */
async function go(state, shown) {
  const { stage, given, shown: asked } = state;
  const { lesson } = stage.race.header;
  if (lesson?.key === shown.lesson && !lesson.sitting.answer && PASSAGES[shown.phase].needs.length) {
    const sent = await aheadOf(lesson.key);
    if (sent) stage.keepAhead?.(sent);
    if (asked !== state.shown) return;
  }
  if (lesson?.key !== shown.lesson && shown.phase === PHASES[0]) forget(given, shown.lesson);
  if (shown.lesson) return actsTo(stage.race.header.lesson, shown, given).forEach((said) => act(stage, said));
  if (lesson) act(stage, { act: "leave" });
  stage.tell("opened", `?${shown.address}`);
}

// A lesson that is opened anew is asked anew.
/** @param {Map<string, Said>} given @param {string} lesson */
const forget = (given, lesson) => PHASES.forEach((phase) => given.delete(placeOf(lesson, phase)));

// Whether the page shows it already.
/** @param {Stage} stage @param {RoomShown} shown */
function there({ race, body }, { lesson, phase }) {
  const own = race.header.lesson;
  return lesson ? own?.key === lesson && own.phase === phase : !own && body.dataset.waits === undefined;
}

/** @param {Class} state @param {RoomShown} shown */
function setClock(state, { step, playing, speed, turn }) {
  const clocked = JSON.stringify([state.shown, step, playing, speed, turn]);
  if (clocked === state.clocked) return;
  state.clocked = clocked;
  state.stage.turn((now) => ({
    ...(playing ? play(seek(now, step)) : { ...seek(now, step), playing }),
    speed,
  }));
}

// An answer to what the class is asked is handed in, and done here when the class goes on; whether it is.
// A key that skips a question for oneself does nothing before that.
/** @param {Class} state @param {Said} said */
export function keepBack(state, said) {
  const { member, news, stage, alone } = state;
  const { lesson } = stage.race.header;
  const shown = news?.shown;
  if (said.act !== "answer" || !member || member.key || alone || !lesson || !shown) return false;
  const over = PHASES.indexOf(shown.phase) > PHASES.indexOf(lesson.phase);
  if (shown.lesson !== lesson.key || over) return false;
  if (said.answer === SKIPPED) return true;
  state.given.set(placeOf(lesson.key, lesson.phase), said);
  remember({ ...member, given: [...state.given] });
  handIn(state, lesson, said);
  return true;
}

/** @param {Class} state @param {Pick<Lesson, "key" | "phase">} lesson @param {Said} said */
async function handIn(state, { key, phase }, said) {
  const { member, given, panel } = state;
  if (!member || given.get(placeOf(key, phase)) !== said) return;
  const { answer, reason = "" } = said;
  state.said = "";
  try {
    await say(member, "answers", { who: member.who, lesson: key, phase, answer, reason });
  } catch (problem) {
    const { message } = /** @type {Error} */ (problem);
    const cut = problem instanceof TypeError;
    state.said = cut ? `${message} ${KEPT}` : message;
    if (cut) setTimeout(() => handIn(state, { key, phase }, said), AGAIN);
  }
  panel.tell();
}
