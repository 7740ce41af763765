// The view menu: which panels and marks are shown, how the loss is scaled, how large type is.

import { MARKS, PANELS, SEEDS } from "../core/known.js";
import { make, overhear } from "./dom.js";
import { explain } from "./explain.js";
import { canSwitch, themeSwitch } from "./theme-switch.js";

/** @import { Stage } from "../core/stage.d.ts" */
/** @typedef {{ group: string, name: keyof ViewHeader, word: string | boolean, label: string, other?: string | boolean }} Choice */
/** @import { ViewHeader } from "../core/packets.d.ts" */

// Each entry switches one word of the view on and off.
/** @type {Choice[]} */
const ENTRIES = [
  ...entries("Panels", "panels", PANELS),
  ...entries("Marks", "marks", MARKS),
  { group: "Reading", name: "loss", word: "log", other: "linear", label: "Logarithmic loss" },
  { group: "Reading", name: "band", word: true, other: false, label: `Spread over ${SEEDS} seeds` },
  { group: "Reading", name: "units", word: "equal", other: "auto", label: "Equal units of x and y" },
  { group: "Reading", name: "size", word: "projector", other: "normal", label: "Projector size" },
];

/** @param {string} group @param {keyof ViewHeader} name @param {Record<string, string>} titles @returns {Choice[]} */
function entries(group, name, titles) {
  return Object.entries(titles).map(([word, label]) => ({ group, name, word, label }));
}

// Words whose help stands under another key.
/** @type {Record<string, string>} */
const WORDS = { true: "band" };

/** @param {Stage} stage */
export function menu(stage) {
  const boxes = ENTRIES.map((entry) => box(stage, entry));
  const groups = [...new Set(ENTRIES.map(({ group }) => group))];
  const list = groups.map((group) => {
    const labels = boxes.filter(({ entry }) => entry.group === group).map(({ label }) => label);
    return make("fieldset", {}, make("legend", {}, group), ...labels);
  });
  if (!stage.component.offline && canSwitch()) list.push(themeSwitch(stage));
  const summary = explain(make("summary", { class: "tool wide" }, "View"), "view");
  const element = make(
    "details",
    { class: "choices" },
    summary,
    make("div", { class: "menu", tabindex: -1 }, ...list),
  );
  // The words of an entry take no focus: it stays in the menu, which would be shut under the press.
  element.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !element.contains(/** @type {Node} */ (relatedTarget))) element.open = false;
  });
  element.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !element.open) return;
    element.open = false;
    summary.focus();
  });
  overhear("pointerdown", ({ target }) => {
    if (!element.contains(target)) element.open = false;
  });
  stage.tools.append(element);
  return {
    race: () => boxes.forEach(({ input, entry }) => (input.checked = isOn(stage.race.header.view, entry))),
  };
}

/** @param {Stage} stage @param {Choice} entry */
function box(stage, entry) {
  const input = make("input", { type: "checkbox" });
  input.addEventListener("change", () =>
    stage.look(entry.name, switched(stage.race.header.view, entry, input.checked)),
  );
  const label = make("label", {}, input, ` ${entry.label}`);
  return { entry, input, label: explain(label, WORDS[String(entry.word)] || String(entry.word)) };
}

/** @param {ViewHeader} view @param {Omit<Choice, "group" | "label">} choice @returns {boolean} */
export function isOn(view, { name, word, other }) {
  return other === undefined ? [view[name]].flat().includes(word) : view[name] === word;
}

// The view's value with one word on or off, words in the menu's order.
/** @param {ViewHeader} view @param {Omit<Choice, "group" | "label">} choice @param {boolean} on */
export function switched(view, { name, word, other }, on) {
  if (other !== undefined) return on ? word : other;
  const words = ENTRIES.filter((entry) => entry.name === name).map((entry) => entry.word);
  return words.filter((w) => (w === word ? on : [view[name]].flat().includes(w)));
}
