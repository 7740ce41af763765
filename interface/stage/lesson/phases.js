// What stands in the panel in each phase.

import { cut } from "../core/connection.js";
import { button, make, reword } from "../dom/dom.js";
import { judged } from "./judge.js";
import { question } from "./question.js";
import { lessonReferences } from "./references.js";
import { retold } from "./explanation.js";
import { said, SKIPPED } from "./answer-words.js";
import { tell } from "./tell.js";
import { raceOf, trial } from "./task.js";

/** @import { Explain, Outcome, Panel, Task, Told, Watch } from "./told.d.ts" */
/** @import { Said } from "../core/stage.d.ts" */

/** @type {Record<string, string>} */
export const TITLES = {
  predict: "Predict",
  watch: "Watch",
  check: "Check",
  explain: "Explain",
  transfer: "Transfer",
  outcome: "Result",
  task: "Try",
};

const KEYED = "Watch the run. Space pauses it, the arrow keys step.";
const UNHELPED = "One setting has changed. No help this time.";
const TOUCHED = "Watch the run. The buttons under the picture pause it and step.";

/** @param {Panel} state @param {Told} told @returns {(Node | string)[]} */
export function phaseContent(state, told) {
  switch (told.phase) {
    case "predict":
      return [question(state, told, "Commit and watch")];
    case "watch":
      return watch(state, told);
    case "check":
      return [question(state, told, "Check and explain")];
    case "explain":
      return explain(state, told);
    case "transfer":
      return [text(UNHELPED), question(state, told, "Commit and watch")];
    case "outcome":
      return outcome(state, told);
    case "task":
      return [text(told.text, "lesson-asked"), trial(state, told), onward(state, told)];
  }
}

/** @param {string} said */
const text = (said, name = "lesson-text") => make("p", { class: name }, said);

/** @param {Panel} state @param {string} label @param {Said} said */
function push(state, label, said, name = "push") {
  return button(name, () => tell(state.stage, said), {}, label);
}

/** @param {Panel} state @param {Watch} told */
function watch(state, told) {
  return [
    text(told.question.text, "lesson-asked"),
    told.question.answer === SKIPPED ? "" : text(`Your answer: ${said(told.question)}`),
    text(matchMedia("(pointer: coarse)").matches ? TOUCHED : KEYED),
    push(state, "What did you see?", { act: "go", phase: "check" }),
  ];
}

/** @param {Panel} state @param {Explain} told */
function explain(state, told) {
  return [
    compared(told, "Your prediction was right", "You predicted otherwise"),
    because(told),
    witnessed(told.seen),
    ...reasoned(state, told),
    variations(state, told),
    push(state, "Now predict again", { act: "go", phase: "transfer" }),
    told.caveat ? text(told.caveat, "lesson-note") : "",
    sources(told),
    lessonReferences(state.stage),
  ];
}

const OWN = "The numbers are those of your own settings.";
const BEFORE = "The numbers are those before your change: this page cannot measure this run by itself.";
const SOON = "The numbers are those before your change. They take many runs, and follow when you let go.";

// Why the numbers are older than the run: the server will tell them, or nobody can here.
/** @param {Panel} state */
const late = ({ stage }) => (stage.component.offline || cut() ? BEFORE : SOON);

// The explanation, and whose settings it speaks of: it follows the hand as far as the page can measure.
/** @param {Panel} state @param {Explain} told */
function reasoned(state, told) {
  const { says, truth, variation, changed } = told;
  const line = make("p", { class: "lesson-told", "aria-live": "polite" });
  const note = make("p", { role: "status" });
  /** @param {string} text @param {string} otherwise @param {string} settings */
  const say = (text, otherwise, settings) => {
    reword(line, text);
    reword(note, otherwise || settings);
    note.className = otherwise ? "lesson-otherwise" : "lesson-note";
    note.hidden = !note.textContent;
  };
  const follow = () => {
    const { race } = state.stage;
    const sent = race.header.link === says.link && !race.header.changes;
    if (sent) return say(told.text, told.otherwise, changed && variation === "" ? OWN : "");
    const found = retold(says, truth.words, raceOf(state.stage));
    return say(found?.text || told.text, found?.otherwise ?? "", found ? OWN : late(state));
  };
  follow();
  state.cleanUp.push({ felt: follow, race: follow });
  return [line, note];
}

/** @param {Panel} state @param {Outcome} told */
function outcome(state, told) {
  const next = told.phases.includes("task")
    ? push(state, "Now try it", { act: "go", phase: "task" })
    : onward(state, told);
  return [
    compared(told, "Right", "It went otherwise"),
    make("p", { class: "lesson-told", "aria-live": "polite" }, told.text),
    next,
    sources(told),
  ];
}

/** @param {Panel} state @param {Outcome | Task} told */
function onward(state, told) {
  if (!told.next) return push(state, "Leave the lesson", { act: "leave" });
  return push(state, "Next lesson", { act: "open", key: told.next });
}

// What was predicted beside what the run shows.
/** @param {Explain | Outcome} told @param {string} right @param {string} wrong */
function compared({ question: asked, truth }, right, wrong) {
  const verdict = judged(asked, truth);
  const mark = verdict.skipped ? "" : verdict.right ? "right" : "wrong";
  const title = verdict.skipped ? "The run's answer" : verdict.right ? right : wrong;
  const lines = [make("strong", {}, title)];
  if (!verdict.skipped && !verdict.right) lines.push(make("span", {}, `You: ${said(asked)}`));
  lines.push(make("span", {}, `${verdict.right || verdict.skipped ? "" : "The run: "}${verdict.words}`));
  return make("p", { class: `lesson-verdict ${mark}` }, ...lines);
}

// What was seen, and whether it was seen rightly.
/** @param {Explain["seen"]} asked */
function witnessed(asked) {
  const { right, skipped, words } = judged(asked, asked.truth);
  const mark = skipped ? "" : right ? " You saw it." : " You saw it otherwise.";
  return make("p", { class: "lesson-seen" }, `${asked.text} `, make("strong", {}, `${words}.`), mark);
}

/** @param {Explain} told */
function because({ question: asked, truth }) {
  if (truth.reason === null) return "";
  const reason = asked.reasons[truth.reason];
  const chosen = asked.reason === "" ? null : Number(asked.reason);
  const agreed = judged(asked, truth).right ? "And for the right reason: " : "Your reason was right: ";
  const given = chosen === truth.reason ? agreed : "The reason is another one: ";
  return text(`${chosen === null ? "Because: " : given}${reason}.`);
}

/** @param {Panel} state @param {Explain} told */
function variations(state, told) {
  if (!told.variations.length) return "";
  /** @param {string} title @param {number} k */
  const one = (title, k) => {
    const pressed = told.variation === String(k);
    const vary = () => tell(state.stage, { act: "vary", k: pressed ? -1 : k });
    return button("tool wide", vary, { "aria-pressed": pressed }, title);
  };
  return make(
    "p",
    { class: "lesson-variations" },
    make("span", {}, "See also: "),
    ...told.variations.map(one),
  );
}

/** @param {Explain | Outcome} told */
function sources({ sources: found }) {
  if (!found.length) return "";
  return make("p", { class: "lesson-sources" }, `Sources: ${found.join("; ")}`);
}
