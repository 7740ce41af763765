// The scrubber's row: a menu of settings, the slider between its ends, what it says, and the fan.

import { icon, make } from "../dom/dom.js";
import { explain } from "../dom/explain.js";

// Adds the row below the clock and puts its parts into the state; `told` says what is done with it.
export function build(state, told) {
  const menu = make("select", { class: "handles", "aria-label": "Scrub a setting" });
  menu.addEventListener("change", () => told.choose(menu.value));
  const range = make("input", { type: "range", class: "stops", min: 0, max: 0, step: 1 });
  const [from, to] = ["from", "to"].map((name) => end(told, name));
  const said = make("output", { class: "scrub-said" });
  const fan = make(
    "button",
    {
      type: "button",
      class: "tool wide fan-toggle",
      "aria-pressed": false,
      onclick: () => state.stage.look("fan", !state.stage.race.header.view.fan),
    },
    "Fan",
  );
  const label = "Close the scrubber";
  const close = make(
    "button",
    {
      type: "button",
      class: "tool small",
      "aria-label": label,
      title: label,
      onclick: () => told.choose(""),
    },
    icon("hide"),
  );
  const note = make("span", { class: "scrub-note", role: "status" });
  const name = make("span", { class: "scrub-label", "aria-hidden": "true" });
  const open = make("span", { class: "scrub-open" }, name, from, range, to, said, fan, close);
  const row = make("div", { class: "scrub", role: "group", "aria-label": "Scrubber" }, menu, note, open);
  state.stage.body.querySelector(".clock").after(row);
  Object.assign(state, { menu, range, from, to, said, toggle: fan, name, note, open, row });
  explain(menu, "scrub", row);
  explain(fan, "fan");
  listen(state, told);
}

function end(told, name) {
  const title = `Scrub ${name}`;
  const input = make("input", {
    type: "text",
    inputmode: "decimal",
    class: "end",
    "aria-label": title,
    title,
  });
  input.addEventListener("input", () => (input.dataset.typing = "yes"));
  input.addEventListener("change", () => {
    delete input.dataset.typing;
    told.limit();
  });
  return input;
}

// The arrow keys belong to the slider here, not to the clock.
function listen(state, told) {
  const { row, range } = state;
  row.addEventListener("keydown", (event) => event.stopPropagation());
  range.addEventListener("pointerdown", () => (state.keyed = false));
  range.addEventListener("keydown", () => (state.keyed = true));
  range.addEventListener("input", () => told.slide(Number(range.value)));
  range.addEventListener("change", () => told.letGo());
  range.addEventListener("blur", () => state.sliding && told.commit());
}
