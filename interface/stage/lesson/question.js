// A question as a form: its text, the answer in the shape it wants, reasons, and the commit.

import { button, make } from "../dom/dom.js";
import { amount, ranking, words } from "./answers.js";
import { pad } from "./pad.js";
import { place } from "./place.js";
import { said } from "./answer-words.js";
import { tell } from "./tell.js";

/** @import { Asked, Panel, Question } from "./told.d.ts" */

/** @param {Panel} state @param {Question["shape"]} shape @param {() => void} ready */
function fieldOf(state, shape, ready) {
  switch (shape.kind) {
    case "words":
      return words(shape, ready);
    case "number":
      return amount(shape, ready);
    case "ranking":
      return ranking(state, shape, ready);
    case "point":
      return place(state, shape, ready);
    case "curve":
      return pad(state, shape, ready);
  }
}

/** @param {Panel} state @param {Asked} told @param {string} label */
export function question(state, told, label) {
  const { question: asked } = told;
  if (asked.answer) return locked(state, asked, told);
  const commit = make("button", { type: "submit", class: "push commit", disabled: true }, label);
  const ready = () => {
    commit.disabled = field.read() === "" || because?.read() === "";
  };
  const field = fieldOf(state, asked.shape, ready);
  const because = asked.reasons?.length ? words({ options: asked.reasons, title: "Because" }, ready) : null;
  state.cleanUp.push(field);
  const form = make(
    "form",
    { class: "lesson-question" },
    make("p", { class: "lesson-asked" }, asked.text),
    field.element,
    ...(because ? [because.element] : []),
    commit,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (commit.disabled) return;
    commit.disabled = true;
    tell(state.stage, { act: "answer", answer: field.read(), reason: because ? because.read() : "" });
  });
  ready();
  return form;
}

// What was answered stands: one may look at it and go on.
/** @param {Panel} state @param {Question} asked @param {Asked} told */
function locked(state, asked, told) {
  const next = told.open[told.open.indexOf(told.phase) + 1];
  const on = () => tell(state.stage, { act: "go", phase: next });
  return make(
    "div",
    { class: "lesson-question" },
    make("p", { class: "lesson-asked" }, asked.text),
    make("p", { class: "lesson-text" }, `Your answer stands: ${said(asked)}`),
    button("push", on, {}, "Go on"),
  );
}
