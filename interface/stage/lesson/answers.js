// Answers that stand in the panel: one of a few words, a number, an order of lanes.

import { general } from "../core/format.js";
import { typed } from "../core/typed.js";
import { button, decimalField, make } from "../dom/dom.js";
import { drags } from "../dom/drag.js";

/** @import { Field, Panel } from "./told.d.ts" */
/** @import { AmountAsked, RankingAsked, WordsAsked } from "../core/packets.d.ts" */

const ANSWER = "Your answer";
const LARGEST = 1e12;

// Of the choices in a form each has a title of its own.
/** @param {Pick<WordsAsked, "options"> & { title?: string }} asked @param {() => void} ready @returns {Field} */
export function words({ options, title = ANSWER }, ready) {
  const radios = options.map((option, k) => {
    const input = make("input", { type: "radio", name: title, value: k, onchange: ready });
    return make("label", {}, input, make("span", {}, option));
  });
  const element = make(
    "fieldset",
    { class: "lesson-words" },
    make("legend", { class: title === ANSWER ? "spoken" : "" }, title),
    ...radios,
  );
  /** @returns {HTMLInputElement | null} */
  const chosen = () => element.querySelector("input:checked");
  return { element, read: () => chosen()?.value ?? "" };
}

/** @param {AmountAsked} asked @param {() => void} ready @returns {Field} */
export function amount({ unit }, ready) {
  const input = decimalField({ class: "lesson-number", autocomplete: "off", oninput: ready });
  const [before, after] = [ANSWER, unit].map((said) => make("span", {}, said));
  const element = make("label", { class: "lesson-amount" }, before, input, after);
  const several = make("p", { class: "lesson-note" }, "A number, or an interval: 3 to 5.");
  const whole = make("div", {}, element, several);
  return { element: whole, read: () => read(input.value) };
}

// One number or two, as a link keeps them; nothing for what is neither.
/** @param {string} text */
function read(text) {
  const parts = text.toLowerCase().split(" to ").map(typed);
  const known = parts.length < 3 && parts.every((part) => Math.abs(part) <= LARGEST);
  const ordered = parts.sort((a, b) => a - b).map((part) => general(part));
  return known ? ordered.join(" to ") : "";
}

// The first place is on top. Lanes are dragged, or moved with the buttons; both by keyboard too.
/** @param {Panel} state @param {RankingAsked} asked @param {() => void} ready @returns {Field} */
export function ranking(state, { lanes }, ready) {
  const list = make("ol", { class: "lesson-ranking", "aria-label": "Your order, the first on top" });
  const order = { touched: false, slots: lanes.map(([slot]) => slot) };
  /** @param {string} slot @param {number} by */
  const moved = (slot, by) => {
    const at = order.slots.indexOf(slot);
    const to = at + by;
    if (to < 0 || to >= order.slots.length) return;
    order.slots.splice(to, 0, ...order.slots.splice(at, 1));
    order.touched = true;
    order.slots.forEach((each) => list.append(items.get(each) ?? ""));
    ready();
  };
  const items = new Map(lanes.map(([slot, label]) => [slot, row(state, slot, label, moved)]));
  list.append(...items.values());
  const agree = () => {
    order.touched = true;
    ready();
  };
  const keep = button("tool wide agree", agree, {}, "This order, as it stands");
  return {
    element: make("div", {}, list, keep),
    read: () => (order.touched ? order.slots.join(",") : ""),
  };
}

/** @param {Panel} state @param {string} slot @param {string} label @param {(slot: string, by: number) => void} moved */
function row(state, slot, label, moved) {
  /** @param {number} by @param {string} sign @param {string} said */
  const step = (by, sign, said) => {
    const move = () => {
      moved(slot, by);
      mover.focus();
    };
    /** @type {HTMLButtonElement} */
    const mover = button("tool small", move, { "aria-label": `${label} ${said}` }, sign);
    return mover;
  };
  const item = make(
    "li",
    { "data-slot": slot },
    make("span", { class: "name" }, label),
    step(-1, "▲", "up"),
    step(1, "▼", "down"),
  );
  const paint = state.stage.race.header.lanes.find((lane) => lane.slot === slot);
  if (paint) item.style.setProperty("--paint", paint[state.stage.colors.dark ? "dark" : "light"]);
  dragged(item, (by) => moved(slot, by));
  return item;
}

// A row follows the pointer: it changes places with a neighbor whose middle has been passed.
/** @param {HTMLElement} item @param {(by: number) => void} move */
function dragged(item, move) {
  let by = 0;
  /** @param {number} places */
  const pass = (places) => {
    by += places;
    move(places);
  };
  const release = () => item.classList.remove("moving");
  const back = () => {
    release();
    if (by) move(-by);
  };
  /** @param {PointerEvent} event */
  const follow = ({ clientY }) => {
    const above = /** @type {HTMLElement | null} */ (item.previousElementSibling);
    const below = /** @type {HTMLElement | null} */ (item.nextElementSibling);
    /** @param {HTMLElement} each */
    const middle = (each) => each.getBoundingClientRect().top + each.offsetHeight / 2;
    if (above && clientY < middle(above)) pass(-1);
    else if (below && clientY > middle(below)) pass(1);
  };
  drags(item, ({ target }) => {
    if (/** @type {Element} */ (target).closest("button")) return null;
    by = 0;
    item.classList.add("moving");
    return { move: follow, drop: release, back };
  });
}
