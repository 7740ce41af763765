// The chosen lane's rule, and under each line the same line with this step's numbers put in.

import { make, reword } from "./dom/dom.js";
import { significant } from "./core/format.js";
import { PARENTHESES } from "./core/known.js";

export function rule(stage) {
  const root = stage.rule;
  const open = make("details", { class: "numbers-open", open: globalThis.innerWidth > 800 });
  const title = make("summary", {});
  const lines = make("div", { class: "lines" });
  open.append(title, lines);
  root.append(open);
  const state = { slots: [], cases: [], values: null, steps: 0 };
  const race = () => lay(state, stage.race, title, lines);
  const follow = () => {
    race();
    write(state, stage.clock.t);
  };
  return { race, felt: follow, numbers: (t) => write(state, t) };
}

function lay(state, { header, arrays }, title, lines) {
  reword(title, `The rule of ${header.lanes[header.chosen].label}, with this step's numbers`);
  const key = header.rule === state.rule ? state.key : JSON.stringify(header.rule);
  state.rule = header.rule;
  if (key !== state.key) {
    state.key = key;
    lines.replaceChildren(...header.rule.map(line));
    state.slots = [...lines.querySelectorAll("[data-slot]")];
    state.cases = [...lines.querySelectorAll("[data-chosen]")];
  }
  state.values = arrays.slots.values;
  state.width = header.steps + 1;
}

function line([formula, numbers]) {
  const [printed, put] = [make("div", { class: "printed" }), make("div", { class: "put-in" })];
  [printed.innerHTML, put.innerHTML] = [formula, numbers];
  return make("div", { class: "line" }, printed, put);
}

function write(state, t) {
  if (!state.values) return;
  const at = (slot) => state.values[Number(slot) * state.width + t];
  for (const element of state.slots) {
    reword(element, wrapped(at(element.dataset.slot), element.dataset.wrap));
  }
  for (const element of state.cases) element.classList.toggle("applies", at(element.dataset.chosen) === 1);
}

export function wrapped(value, wrap) {
  const text = significant(value);
  return wrap && new RegExp(PARENTHESES[wrap]).test(text) ? `(${text})` : text;
}
