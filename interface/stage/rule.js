// The chosen lane's rule, and under each line the same line with this step's numbers put in.

import { make, reword } from "./dom/dom.js";
import { significant } from "./core/format.js";
import { PARENTHESES } from "./core/known.js";

/** @import { FeltRace, Stage } from "./core/stage.d.ts" */
/**
 * @typedef {object} State
 * @property {HTMLElement} title
 * @property {HTMLElement} lines
 * @property {MathMLElement[]} slots
 * @property {MathMLElement[]} cases
 * @property {string[][] | null} rule
 * @property {string} key
 */

/** @type {Record<string, string>} */
const NEEDED = PARENTHESES;

/** @param {Stage} stage */
export function rule(stage) {
  const root = stage.rule;
  const open = make("details", { class: "numbers-open", open: globalThis.innerWidth > 800 });
  const title = make("summary", {});
  const lines = make("div", { class: "lines" });
  open.append(title, lines);
  root.append(open);
  /** @type {State} */
  const state = { title, lines, slots: [], cases: [], rule: null, key: "" };
  const race = () => lay(state, stage.race);
  const follow = () => {
    race();
    write(state, stage.race, stage.clock.t);
  };
  return { race, felt: follow, numbers: (/** @type {number} */ t) => write(state, stage.race, t) };
}

/** @param {State} state @param {FeltRace} race */
function lay(state, { header }) {
  const { title, lines } = state;
  reword(title, `The rule of ${header.lanes[header.chosen].label}, with this step's numbers`);
  const key = header.rule === state.rule ? state.key : JSON.stringify(header.rule);
  state.rule = header.rule;
  if (key !== state.key) {
    state.key = key;
    lines.replaceChildren(...header.rule.map(line));
    state.slots = within(lines, "[data-slot]");
    state.cases = within(lines, "[data-chosen]");
  }
}

/** @param {HTMLElement} lines @param {string} which */
function within(lines, which) {
  /** @type {NodeListOf<MathMLElement>} */
  const found = lines.querySelectorAll(which);
  return [...found];
}

/** @param {string[]} parts */
function line([formula, numbers]) {
  const [printed, put] = [make("div", { class: "printed" }), make("div", { class: "put-in" })];
  [printed.innerHTML, put.innerHTML] = [formula, numbers];
  return make("div", { class: "line" }, printed, put);
}

/** @param {State} state @param {FeltRace} race @param {number} t */
function write(state, { header, arrays, printed }, t) {
  printed?.(t);
  /** @param {string | undefined} slot */
  const at = (slot) => arrays.slots.values[Number(slot) * (header.steps + 1) + t];
  for (const element of state.slots) {
    reword(element, wrapped(at(element.dataset.slot), element.dataset.wrap));
  }
  for (const element of state.cases) element.classList.toggle("applies", at(element.dataset.chosen) === 1);
}

/** @param {number} value @param {string} [wrap] */
function wrapped(value, wrap) {
  const text = significant(value);
  return wrap && new RegExp(NEEDED[wrap]).test(text) ? `(${text})` : text;
}
