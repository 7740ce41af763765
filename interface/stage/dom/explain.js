// Help on a word where it stands: shown while the pointer rests on it or a key has put the focus
// there, and read out with it.

import { GLOSSARY } from "../core/glossary.js";
import { make } from "./dom.js";

/** @typedef {{ element: HTMLElement, bubble: HTMLElement, waiting: ReturnType<typeof setTimeout> | undefined }} State */

/** @type {Record<string, { meaning: string }>} */
const words = GLOSSARY;
const REST = 350;
const GAP = 6;

// Give an element its help by the word's key in lessons/guide.py; `home` holds the bubble where the
// element's own text is written anew.
/**
 * @template {HTMLElement} Kind
 * @param {Kind} element
 * @param {string} key
 * @param {HTMLElement} [home]
 * @returns {Kind}
 */
export function explain(element, key, home = element) {
  const { meaning } = words[key];
  const bubble = make("div", { class: "bubble", popover: "manual", "aria-hidden": "true" }, meaning);
  /** @type {State} */
  const state = { element, bubble, waiting: 0 };
  element.setAttribute("aria-description", meaning);
  element.dataset.word = key;
  home.append(bubble);
  element.addEventListener("pointerenter", ({ pointerType }) => pointerType === "mouse" && soon(state));
  element.addEventListener("pointerleave", () => hide(state));
  element.addEventListener("pointerdown", () => hide(state));
  if (!element.matches("button, select, a, summary, label"))
    element.addEventListener("click", () => show(state));
  element.addEventListener("focus", () => element.matches(":focus-visible") && soon(state));
  element.addEventListener("blur", () => hide(state));
  element.addEventListener("keydown", ({ key: pressed }) => pressed === "Escape" && hide(state));
  return element;
}

/** @param {State} state */
function soon(state) {
  clearTimeout(state.waiting);
  state.waiting = setTimeout(() => show(state), REST);
}

/** @param {State} state */
function show({ element, bubble }) {
  if (!element.isConnected || bubble.matches(":popover-open")) return;
  bubble.showPopover();
  const word = element.getBoundingClientRect();
  const { width, height } = bubble.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const below = word.bottom + GAP + height <= clientHeight;
  bubble.style.left = `${Math.max(GAP, Math.min(word.left, clientWidth - width - GAP))}px`;
  bubble.style.top = `${below ? word.bottom + GAP : Math.max(GAP, word.top - GAP - height)}px`;
}

/** @param {State} state */
function hide(state) {
  clearTimeout(state.waiting);
  if (state.bubble.matches(":popover-open")) state.bubble.hidePopover();
}
