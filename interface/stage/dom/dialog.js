// A dialog with its title and a cross: closed by that, by Esc and by a click beside it. Keys
// pressed in it stay in it.

import { button, make } from "./dom.js";

// `head` stands beside the title, `content` below.
/**
 * @param {{ id: string, kind: string, title: string, head?: Node[] }} said
 * @param {Node[]} content
 */
export function dialog({ id, kind, title, head = [] }, ...content) {
  /** @returns {void} */
  const close = () => element.close();
  const named = make("h2", { id }, title);
  /** @type {HTMLDialogElement} */
  const element = make(
    "dialog",
    { class: kind, "aria-labelledby": id },
    make("div", { class: "take-head" }, named, ...head, cross("Close", "Close (Esc)", close)),
    ...content,
  );
  element.addEventListener("keydown", (event) => event.stopPropagation());
  element.addEventListener("click", (event) => event.target === element && close());
  return element;
}

/** @param {string} label @param {string} title @param {() => unknown} work */
export const cross = (label, title, work, kind = "tool") =>
  button(kind, work, { "aria-label": label, title }, "✕");
