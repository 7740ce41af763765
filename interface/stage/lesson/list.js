// All lessons, in teaching order: a picture of each, what is done on this device, a search.

import { dialog } from "../dom/dialog.js";
import { button, make } from "../dom/dom.js";
import { fileField } from "../dom/form.js";
import { LONGEST_LESSON } from "../core/known.js";
import { address } from "../core/live.js";
import { done, forget, renamed } from "./done.js";
import { tell } from "./tell.js";

/** @import { Stage } from "../core/stage.d.ts" */
/** @import { LessonCard, LessonMenu } from "../core/packets.d.ts" */
/**
 * @typedef {object} State
 * @property {Stage} stage
 * @property {LessonMenu | null} menu
 * @property {{ lesson: LessonCard, card: HTMLElement }[]} cards
 * @property {HTMLInputElement} search
 * @property {HTMLElement} groups
 * @property {HTMLElement} said
 * @property {HTMLDialogElement} dialog
 */

/** @param {Stage} stage */
export function lessons(stage) {
  const search = searchField(() => filter(state));
  const groups = make("div", { class: "lesson-groups" });
  const said = make("p", { class: "lesson-text", role: "status" });
  const told = { close: () => state.dialog.close(), forgotten: () => state.menu && lay(state, state.menu) };
  /** @type {State} */
  const state = {
    ...{ stage, menu: null, cards: [], search, groups, said },
    dialog: dialog(
      { id: "lessons-title", kind: "take lesson-list", title: "Lessons", head: [search] },
      said,
      groups,
      foot({ stage, said }, told),
    ),
  };
  stage.body.append(state.dialog);
  return { open: () => open(state) };
}

/** @param {() => void} changed */
function searchField(changed) {
  const said = { placeholder: "Search", "aria-label": "Search lessons" };
  return make("input", { type: "search", class: "lesson-search", oninput: changed, ...said });
}

/** @param {State} state */
async function open(state) {
  state.dialog.showModal();
  state.search.focus();
  if (!state.menu) state.said.textContent = "The lessons are on their way.";
  try {
    state.menu ||= await fetched();
  } catch {
    state.said.textContent = "The list of lessons cannot be reached just now.";
    return;
  }
  lay(state, state.menu);
}

/** @returns {Promise<LessonMenu>} */
async function fetched() {
  const answer = await fetch(address("lessons/menu.json"));
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

/** @param {State} state @param {LessonMenu} menu */
function lay(state, { groups, lessons: all, problems, former }) {
  renamed(former);
  const finished = done();
  state.said.textContent = problems.join(" ");
  state.cards = all.map((lesson) => ({ lesson, card: card(state, lesson, finished.has(lesson.key)) }));
  const sections = groups.map(({ key, title, about }) => {
    const cards = state.cards.filter(({ lesson }) => lesson.group === key).map((each) => each.card);
    const list = make("ul", { class: "lesson-cards" }, ...cards);
    return make("section", {}, make("h3", {}, title), make("p", { class: "lesson-text" }, about), list);
  });
  state.groups.replaceChildren(...sections);
  filter(state);
}

// A real link, so that it can be opened in another tab; a plain click stays on this page.
/** @param {State} state @param {LessonCard} lesson @param {boolean} finished */
function card(state, { key, title, picture, rules }, finished) {
  const link = make("a", { href: `?lesson=${key}`, class: "lesson-card" });
  const drawn = make("span", { class: "lesson-picture", "aria-hidden": "true" });
  drawn.innerHTML = picture;
  const mark = finished ? make("span", { class: "lesson-done", title: "Done on this device" }, "✓ done") : "";
  link.append(
    drawn,
    make("span", { class: "lesson-name" }, title),
    make("span", { class: "lesson-rules" }, rules),
    mark,
  );
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    state.dialog.close();
    tell(state.stage, { act: "open", key });
  });
  return make("li", {}, link);
}

/** @param {State} state */
function filter(state) {
  const wanted = state.search.value.trim().toLowerCase();
  state.cards.forEach(({ lesson, card: each }) => {
    each.hidden = !`${lesson.title} ${lesson.rules} ${lesson.words}`.toLowerCase().includes(wanted);
  });
  state.groups.querySelectorAll("section").forEach((section) => {
    section.hidden = !section.querySelector("li:not([hidden])");
  });
}

/** @param {Pick<State, "stage" | "said">} state @param {{ close: () => void, forgotten: () => void }} told */
function foot({ stage, said }, { close, forgotten }) {
  const input = fileField({ id: "lesson-file", accept: ".toml" }, async (file) => {
    // No character takes more than four bytes.
    if (file.size > 4 * LONGEST_LESSON) {
      said.textContent = `${file.name} is no lesson: at most ${LONGEST_LESSON} characters are read.`;
      return;
    }
    close();
    tell(stage, { act: "read", text: await file.text() });
  });
  const clear = () => {
    forget();
    forgotten();
  };
  const label = make("label", { for: "lesson-file" }, "A lesson of your own, from a file: ");
  const where = { href: address("lessons/handout.html"), target: "_blank", class: "push" };
  const print = make("a", where, "Print all as a handout");
  const forgets = button("tool wide", clear, {}, "Forget what is done");
  const together = () => {
    close();
    stage.openClass?.();
  };
  const joins = button("push", together, { "aria-haspopup": "dialog" }, "A class takes part");
  return make("div", { class: "lesson-foot" }, label, input, joins, print, forgets);
}
