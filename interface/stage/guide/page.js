// The page of help: what this is, examples, a key of the marks, keys, and every word.

import { GLOSSARY } from "../core/glossary.js";
import { GUIDE } from "../core/guide.js";
import { dialog } from "../dom/dialog.js";
import { button, make } from "../dom/dom.js";
import { links } from "./examples.js";
import { picture } from "./pictures.js";

/** @import { Stage } from "../core/stage.d.ts" */
/** @typedef {{ dialog: HTMLDialogElement | null, again: (() => void) | null }} Help */
/** @typedef {Record<string, { term: string, meaning: string }>} Terms */

/** @param {Stage} stage */
export function helpPage(stage) {
  /** @type {Help} */
  const state = { dialog: null, again: null };
  const open = () => {
    state.dialog ||= stage.body.appendChild(build(stage, state));
    if (!state.dialog.open) state.dialog.showModal();
    state.dialog.scrollTop = 0;
  };
  return {
    open,
    /** @param {() => void} again */ onReturn: (again) => (state.again = again),
  };
}

/** @param {Stage} stage @param {Help} state */
function build(stage, state) {
  const close = () => page.close();
  const page = dialog(
    { id: "guide-title", kind: "guide", title: "Help" },
    make("p", {}, GUIDE.sentence),
    make("p", { class: "caveat" }, GUIDE.caveat),
    ...(stage.component.offline ? [] : examples(stage, state, close)),
    ...section(
      "Marks",
      "marks",
      listed(GUIDE.marks, (name) => [picture(name)]),
    ),
    ...section("Keys and gestures", "keys", listed(GUIDE.keys)),
    ...section("Words", "words", listed(GLOSSARY)),
  );
  return page;
}

/** @param {string} title @param {string} name @param {Node[]} list */
function section(title, name, list) {
  return [make("h3", {}, title), make("dl", { class: name }, ...list)];
}

/** @param {Stage} stage @param {Help} state @param {() => void} close */
function examples(stage, state, close) {
  const shown = links(stage, close).map((link, k) =>
    make("li", {}, link, make("span", {}, GUIDE.examples[k].shows)),
  );
  const again = () => {
    close();
    state.again?.();
  };
  return [
    make("h3", {}, "Examples"),
    make("ul", { class: "shown-examples" }, ...shown),
    button("push", again, {}, "Show the introduction"),
  ];
}

/** @param {Terms} words @param {(name: string) => Node[]} [signs] what stands before a term */
const listed = (words, signs = () => []) =>
  Object.entries(words).flatMap(([name, { term, meaning }]) => [
    make("dt", {}, ...signs(name), term),
    make("dd", {}, meaning),
  ]);
