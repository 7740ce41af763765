// The scrubber's row: a menu of settings, the slider between its ends, what it says, and the fan.

import { button, decimalField, make, signButton } from "../dom/dom.js";
import { explain } from "../dom/explain.js";

/** @import { Stage } from "../core/stage.d.ts" */
/**
 * @typedef {object} Told
 * @property {(key: string) => void} choose
 * @property {() => void} limit
 * @property {(j: number) => void} slide
 * @property {() => void} letGo
 * @property {() => void} left
 * @property {(keyed: boolean) => void} byKey
 */

// Adds the row below the clock and returns its parts; `told` says what is done with it.
/** @param {Stage} stage @param {Told} told */
export function build(stage, told) {
  const menu = make("select", { class: "handles", "aria-label": "Scrub a setting" });
  menu.addEventListener("change", () => told.choose(menu.value));
  const range = make("input", { type: "range", class: "stops", min: 0, max: 0, step: 1 });
  const [from, to] = ["from", "to"].map((name) => end(told, name));
  const said = make("output", { class: "scrub-said" });
  const turn = () => stage.look("fan", !stage.race.header.view.fan);
  const fan = button("tool wide fan-toggle", turn, { "aria-pressed": false }, "Fan");
  const close = signButton("tool small", "hide", "Close the scrubber", () => told.choose(""));
  const note = make("span", { class: "scrub-note", role: "status" });
  const name = make("span", { class: "scrub-label", "aria-hidden": "true" });
  const open = make("span", { class: "scrub-open" }, name, from, range, to, said, fan, close);
  const row = make("div", { class: "scrub", role: "group", "aria-label": "Scrubber" }, menu, note, open);
  stage.body.querySelector(".clock")?.after(row);
  explain(menu, "scrub", row);
  explain(fan, "fan");
  listen(row, range, told);
  return { menu, range, from, to, said, toggle: fan, name, note, open, row };
}

/** @param {Told} told @param {string} name */
function end(told, name) {
  const title = `Scrub ${name}`;
  const input = decimalField({ class: "end", "aria-label": title, title });
  input.addEventListener("input", () => (input.dataset.typing = "yes"));
  input.addEventListener("change", () => {
    delete input.dataset.typing;
    told.limit();
  });
  return input;
}

// The arrow keys belong to the slider here, not to the clock.
/** @param {HTMLElement} row @param {HTMLInputElement} range @param {Told} told */
function listen(row, range, told) {
  row.addEventListener("keydown", (event) => event.stopPropagation());
  range.addEventListener("pointerdown", () => told.byKey(false));
  range.addEventListener("keydown", () => told.byKey(true));
  range.addEventListener("input", () => told.slide(Number(range.value)));
  range.addEventListener("change", () => told.letGo());
  range.addEventListener("blur", () => told.left());
}
