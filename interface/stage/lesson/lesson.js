// The open lesson: its panel beside the stage, what is drawn of a prediction, and how the run plays.

import { closeNotices, cut, watchLine } from "../core/connection.js";
import { button, make } from "../dom/dom.js";
import { play, seek, STEPS_A_SECOND } from "../core/clock.js";
import { ahead } from "./ahead.js";
import { finish } from "./done.js";
import { gap } from "./comparison.js";
import { moments } from "./moments.js";
import { phaseContent, TITLES } from "./phases.js";
import { acted, composed, queryOf, sittingOf } from "./sitting.js";
import { presenter, strip } from "./strip.js";
import { tell } from "./tell.js";

/** @import { FeltHeader, Part, Said, Stage } from "../core/stage.d.ts" */
/** @import { Sitting } from "./sitting.js" */
/** @import { Panel, Passing, Told } from "./told.d.ts" */
/**
 * @typedef {object} State
 * @property {Stage} stage
 * @property {HTMLElement} panel
 * @property {Told | null} told
 * @property {Sitting | null} sitting
 * @property {string} shown
 * @property {ReturnType<typeof gap>} gap
 * @property {ReturnType<typeof ahead>} ahead
 * @property {Passing[]} cleanUp
 * @property {HTMLElement} line
 */

const WAITING = "No connection just now: your answer is kept, and its run comes when the line is back.";
const ALONE =
  "No connection just now: this lesson goes on to its end. Your answers are kept, and told when the line is back.";
const AROUND = 3;
const SLOWER = 4;
// A line with the numbers of both weights under it is so high at most, in pixels.
const PLAIN = 88;
const FREE = ["explain", "task"];
const PLAYED = ["watch", "outcome"];

/** @param {Stage} stage */
export function lesson(stage) {
  const panel = make("aside", { class: "lesson", "aria-label": "Lesson" });
  /** @type {State} */
  const state = {
    ...{ stage, panel, told: null, sitting: null, shown: "", cleanUp: [] },
    line: make("p", { class: "lesson-note lesson-line", role: "status" }),
    gap: gap(stage),
    ahead: ahead(stage),
  };
  if (!stage.component.offline) lead(state);
  stage.body.prepend(panel);
  document.addEventListener("keydown", (event) => state.told && presenter(stage, state.told, event));
  return {
    /** @param {FeltHeader} header */
    race: (header) => race(state, header),
    /** @type {Part} */
    parts: {
      pause: () => state.cleanUp.forEach(({ pause }) => pause?.()),
      felt: () => state.cleanUp.forEach(({ felt }) => felt?.()),
      step: (t) => paced(state, t),
      laidOut: () => {
        state.gap.draw();
        state.cleanUp.forEach(({ laidOut }) => laidOut?.());
      },
      theme: () => state.gap.draw(),
      resize: () => state.cleanUp.forEach(({ resize }) => resize?.()),
    },
  };
}

// What the page does of itself while the server does the same; a saved page is led from outside.
/** @param {State} state */
function lead(state) {
  watchLine(() => sayLine(state));
  closeNotices(() => cut() && here(state));
  state.stage.taught = (said) => does(state, said);
  state.stage.keepAhead = (sent) => state.ahead.keep(sent);
  globalThis.addEventListener("popstate", () => back(state));
}

/** @param {State} state @param {FeltHeader} header */
function race(state, { lesson, ahead: sent }) {
  const { stage } = state;
  const before = state.told;
  const told = lesson ? composed(lesson) : null;
  Object.assign(state, { told, sitting: told?.sitting ?? null });
  state.ahead.keep(sent);
  sayLine(state);
  state.panel.hidden = !told;
  const { classList } = stage.body;
  classList.toggle("has-lesson", Boolean(told));
  classList.toggle("held", Boolean(told?.held));
  classList.toggle("watching", PLAYED.includes(told?.phase ?? ""));
  classList.toggle("free", FREE.includes(told?.phase ?? ""));
  classList.toggle("tried", told?.phase === "task");
  classList.toggle("draws", draws(told));
  if (!told) return leave(state, before);
  const shown = JSON.stringify(told);
  const entered = !before || before.key !== told.key || before.phase !== told.phase;
  if (shown !== state.shown) show(state, told, entered);
  else state.cleanUp.forEach(({ race }) => race?.());
  state.shown = shown;
  light(stage, "line" in told ? told.line : 0);
  if (entered) enter(state, told);
  if (!before || before.held !== told.held) stage.resized();
}

/** @param {Told | null} told */
const draws = (told) =>
  Boolean(told && "question" in told && told.question.shape.kind === "curve" && told.held);

/** @param {State} state @param {Told | null} before */
function leave(state, before) {
  if (!before) return;
  clear(state);
  Object.assign(state, { shown: "" });
  state.stage.asking = null;
  light(state.stage, 0);
  state.stage.turn((now) => ({ ...now, speed: 1 }));
  state.stage.resized();
}

/** @param {State} state */
function clear(state) {
  state.cleanUp.forEach(({ remove }) => remove?.());
  state.cleanUp = [];
  state.panel.replaceChildren();
  state.gap.set(null);
}

/** @param {State} state @param {Told} told @param {boolean} entered */
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
    stage.inClass?.above ?? "",
    body,
    stage.inClass?.below ?? "",
    strip(state, told),
  );
  state.gap.set(told);
  if (entered) title.focus({ preventScroll: globalThis.innerWidth > 800 });
}

/** @param {State} state @param {Said} said */
function does(state, said) {
  const { told, sitting } = state;
  if (told && sitting) goOn(state, acted(sitting, told.phases, said), true);
}

// After the commit the lesson goes on with what was sent ahead, whether the line holds or not: the
// page shows a step at once, and the server agrees when it hears of it. `written` puts it into the
// address.
/** @param {State} state @param {Sitting | null} sitting @param {boolean} written */
async function goOn(state, sitting, written) {
  const { stage, told } = state;
  if (!told || !sitting || !state.ahead.has(told.key, sitting)) return;
  state.sitting = sitting;
  const race = await state.ahead.open(sitting);
  if (state.sitting !== sitting) return;
  const large = race.header.view.size === "projector";
  const address = queryOf(told.key, sitting, { link: race.header.link, large });
  race.header.address = address;
  const query = `?${address}`;
  if (written && query !== location.search) history.pushState({}, "", query);
  stage.take(race);
}

// Back and Forward within the lesson.
/** @param {State} state */
function back(state) {
  const { told, sitting } = state;
  if (!told || !sitting) return;
  const opened = sittingOf(location.search, told.key, sitting, told.phases);
  if (opened) goOn(state, opened, false);
}

// Without a network what has been sent plays on; only what was not sent waits.
/** @param {State} state */
function sayLine(state) {
  const words = cut() && !state.stage.component.offline ? (here(state) ? ALONE : WAITING) : "";
  if (state.line.textContent !== words) state.line.textContent = words;
}

/** @param {State} state */
const here = ({ told, ahead: sent }) => Boolean(told?.sitting.answer && sent.has(told.key, told.sitting));

// The phases in order; those that are open lead back and forth.
/** @param {Panel} state @param {Told} told */
function progress(state, told) {
  const items = told.phases.map((phase) => {
    const here = phase === told.phase;
    const leads = told.open.includes(phase) && !here;
    const go = () => tell(state.stage, { act: "go", phase });
    const inside = leads ? button("plain", go, {}, TITLES[phase]) : TITLES[phase];
    return make("li", { "aria-current": here ? "step" : "false" }, inside);
  });
  return make("ol", { class: "lesson-phases", "aria-label": "Steps of this lesson" }, ...items);
}

// A phase begins: a run that is to be watched plays from its start, an explanation shows its step.
/** @param {Panel} state @param {Told} told */
function enter(state, told) {
  const { stage } = state;
  if (told.phase === "watch" || told.phase === "outcome") {
    stage.turn((now) => play({ ...seek(now, 0), speed: told.pace / STEPS_A_SECOND }));
  } else if (told.phase === "explain" && told.step !== null) {
    const { step } = told;
    stage.turn((now) => ({ ...seek(now, step), playing: false, speed: 1 }));
  } else {
    stage.turn((now) => ({ ...seek(now, told.held ? 0 : now.steps), playing: false, speed: 1 }));
  }
  if (["outcome", "task"].includes(told.phase)) finish(told.key);
}

// Around the decisive step the run slows down.
/** @param {State} state @param {number} t */
function paced(state, t) {
  const { told, stage } = state;
  if (told?.phase !== "watch" || !stage.clock.playing || told.decisive === null) return;
  const near = Math.abs(t - told.decisive) <= AROUND;
  const speed = told.pace / STEPS_A_SECOND / (near ? SLOWER : 1);
  if (stage.clock.speed !== speed) stage.clock = { ...stage.clock, speed };
}

// The line of the rule that decides. What it takes more than a plain one, the panels leave to it.
/** @param {Stage} stage @param {number} line */
function light({ rule, body }, line) {
  const lines = /** @type {HTMLElement[]} */ ([...rule.querySelectorAll(".line")]);
  lines.forEach((element, k) => element.classList.toggle("lit", k + 1 === line));
  const more = Math.max(0, (lines[line - 1]?.offsetHeight ?? 0) - PLAIN);
  body.style.setProperty("--lit", `${more}px`);
}
