// The open lesson: its panel beside the stage, what is drawn of a prediction, and how the run plays.

import { make } from "../dom/dom.js";
import { play, seek, STEPS_A_SECOND } from "../core/clock.js";
import { finish } from "./done.js";
import { gap } from "./gap.js";
import { moments } from "./moments.js";
import { phaseContent, TITLES } from "./phases.js";
import { presenter, strip } from "./strip.js";
import { tell } from "./tell.js";

/** @import { State } from "../core/stage.d.ts" */

const WAITING =
  "No connection just now: the run plays on, and only the next step waits for the line, with your answer kept until then.";
const AROUND = 3;
const SLOWER = 4;
const FREE = ["explain", "task"];
const PLAYED = ["watch", "outcome"];

export function lesson(stage) {
  const panel = make("aside", { class: "lesson", "aria-label": "Lesson" });
  /** @type {State} */
  const state = { stage, panel, told: null, shown: "", gap: gap(stage), cleanUp: [], line: line() };
  stage.body.prepend(panel);
  document.addEventListener("keydown", (event) => state.told && presenter(state, event));
  return {
    race: (told) => race(state, told),
    step: (t) => paced(state, t),
    laidOut: () => state.gap.draw(),
    theme: () => state.gap.draw(),
    resize: () => state.cleanUp.forEach(({ resize }) => resize?.()),
  };
}

function race(state, told) {
  const { stage } = state;
  const before = state.told;
  state.told = told || null;
  state.panel.hidden = !told;
  const { classList } = stage.body;
  classList.toggle("has-lesson", Boolean(told));
  classList.toggle("held", Boolean(told?.held));
  classList.toggle("watching", PLAYED.includes(told?.phase));
  classList.toggle("tried", told?.phase === "task");
  classList.toggle("draws", told?.question?.shape.kind === "curve" && told.held);
  if (!told) return leave(state, before);
  const shown = JSON.stringify(told);
  const entered = !before || before.key !== told.key || before.phase !== told.phase;
  if (shown !== state.shown) show(state, told, entered);
  state.shown = shown;
  light(stage, told.line);
  if (entered) enter(state, told);
  if (!before || before.held !== told.held) stage.resized();
}

function leave(state, before) {
  if (!before) return;
  clear(state);
  Object.assign(state, { shown: "" });
  state.stage.asking = null;
  light(state.stage, 0);
  state.stage.turn((now) => ({ ...now, speed: 1 }));
  state.stage.resized();
}

function clear(state) {
  state.cleanUp.forEach(({ remove }) => remove?.());
  state.cleanUp = [];
  state.panel.replaceChildren();
  state.gap.set(null);
}

function show(state, told, entered) {
  const { stage, panel } = state;
  clear(state);
  stage.asking = FREE.includes(told.phase) ? null : () => undefined;
  const content = phaseContent(state, told);
  const title = make("h2", { class: "lesson-title", tabindex: -1 }, told.title);
  const body = make(
    "div",
    { class: "lesson-body", role: "group", "aria-label": TITLES[told.phase] },
    ...content,
  );
  panel.replaceChildren(
    moments(state, told),
    title,
    progress(state, told),
    state.line,
    body,
    strip(state, told),
  );
  state.gap.set(told);
  if (entered) title.focus({ preventScroll: globalThis.innerWidth > 800 });
}

// Without a network what has been sent plays on; a step of the lesson waits.
function line() {
  const said = make("p", { class: "lesson-note lesson-line", role: "status" });
  const tell = () => (said.textContent = navigator.onLine ? "" : WAITING);
  globalThis.addEventListener("online", tell);
  globalThis.addEventListener("offline", tell);
  tell();
  return said;
}

// The phases in order; those that are open lead back and forth.
function progress(state, told) {
  const items = told.phases.map((phase) => {
    const here = phase === told.phase;
    const open = told.open.includes(phase) && !here;
    const go = () => tell(state.stage, { act: "go", phase });
    const inside = open
      ? make("button", { type: "button", class: "plain", onclick: go }, TITLES[phase])
      : TITLES[phase];
    return make("li", { "aria-current": here ? "step" : "false" }, inside);
  });
  return make("ol", { class: "lesson-phases", "aria-label": "Steps of this lesson" }, ...items);
}

// A phase begins: a run that is to be watched plays from its start, an explanation shows its step.
function enter(state, told) {
  const { stage } = state;
  if (PLAYED.includes(told.phase)) {
    stage.turn((now) => play({ ...seek(now, 0), speed: told.pace / STEPS_A_SECOND }));
  } else if (told.phase === "explain" && told.step !== null) {
    stage.turn((now) => ({ ...seek(now, told.step), playing: false, speed: 1 }));
  } else {
    stage.turn((now) => ({ ...seek(now, told.held ? 0 : now.steps), playing: false, speed: 1 }));
  }
  if (["outcome", "task"].includes(told.phase)) finish(told.key);
}

// Around the decisive step the run slows down.
/** @param {State} state */
function paced(state, t) {
  const { told, stage } = state;
  if (told?.phase !== "watch" || !stage.clock.playing || told.decisive === null) return;
  const near = Math.abs(t - told.decisive) <= AROUND;
  const speed = told.pace / STEPS_A_SECOND / (near ? SLOWER : 1);
  if (stage.clock.speed !== speed) stage.clock = { ...stage.clock, speed };
}

// The line of the rule that decides.
function light(stage, line) {
  stage.rule
    .querySelectorAll(".line")
    .forEach((element, k) => element.classList.toggle("lit", k + 1 === line));
}
