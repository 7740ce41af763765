// The teacher's strip: lessons before and after, the answer without asking, large type, full screen.

import { button, icon, make, PAGES } from "../dom/dom.js";
import { address } from "../core/live.js";
import { SKIPPED } from "./answer-words.js";
import { tell } from "./tell.js";

/** @import { Said, Stage } from "../core/stage.d.ts" */
/** @import { Panel, Told } from "./told.d.ts" */

/** @param {Panel} state @param {Told} told */
export function strip(state, told) {
  const { stage } = state;
  const large = stage.race.header.view.size === "projector";
  const size = () => stage.look("size", large ? "normal" : "projector");
  /** @param {string | Node} sign @param {string} label @param {() => unknown} work */
  const tool = (sign, label, work, more = {}) =>
    button("tool wide", work, { title: label, "aria-label": label, ...more }, sign);
  /** @param {string | null} key */
  const open = (key) => () => tell(stage, { act: "open", key });
  const others = [
    tool("‹ Back", "‹ Back to the lesson before (Shift+Page Up)", open(told.previous), {
      disabled: !told.previous,
    }),
    tool("Next ›", "Next › lesson (Shift+Page Down)", open(told.next), { disabled: !told.next }),
  ];
  const here = [
    tool("Answer", "Show the answer without asking", () => tell(stage, { act: "reveal" }), {
      disabled: ["explain", "outcome", "task"].includes(told.phase),
    }),
    tool("A", "Large type for the last row", size, { "aria-pressed": large }),
    tool(icon("enlarge"), "Full screen", fullScreen),
  ];
  const print = make(
    "a",
    { class: "tool wide", href: handout(told), target: "_blank", title: "A handout to print" },
    "Print",
  );
  const leave = () => tell(stage, { act: "leave" });
  const out = tool("Leave", "Leave the lesson and go on with this experiment", leave);
  const together = tool("Class", "Let a class take part", () => stage.openClass?.());
  const parts = stage.component.offline ? [...here, out] : [...others, ...here, together, print, out];
  return make("div", { class: "lesson-strip", role: "toolbar", "aria-label": "For the teacher" }, ...parts);
}

/** @param {Told} told */
const handout = ({ key }) => address(`lessons/handout.html?lesson=${key}`);

function fullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.();
}

// A presenter's remote sends Page Down and Page Up: on to the next phase, back to the one before; with
// Shift to the next lesson and the one before. A question that nobody has answered here is skipped:
// first its run plays, then it is explained.
/** @param {Stage} stage @param {Told} told @param {KeyboardEvent} event */
export function presenter(stage, told, event) {
  const by = PAGES[event.key];
  if (!by || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  const act = event.shiftKey ? opening(told, by) : by > 0 ? onward(told) : back(told);
  if (act) tell(stage, act);
}

/** @param {Told} told @param {number} by @returns {Said | null} */
function opening(told, by) {
  const key = by > 0 ? told.next : told.previous;
  return key ? { act: "open", key } : null;
}

/** @param {Told} told @returns {Said | null} */
function onward(told) {
  const phase = told.phases[told.phases.indexOf(told.phase) + 1];
  if (!phase) return opening(told, 1);
  if (told.phase === "watch" && told.question.answer === SKIPPED) return { act: "reveal" };
  if (told.open.includes(phase)) return { act: "go", phase };
  return told.held ? { act: "answer", answer: SKIPPED } : { act: "reveal" };
}

/** @param {Told} told @returns {Said | null} */
function back(told) {
  const before = told.phases.slice(0, told.phases.indexOf(told.phase)).reverse();
  const phase = before.find((each) => told.open.includes(each));
  return phase ? { act: "go", phase } : opening(told, -1);
}
