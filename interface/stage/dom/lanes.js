// The lanes in the sidebar, to choose from: a press is an act of the stage, told in its place among
// all else that a hand does, and of a lane by its identity, whatever its name has become meanwhile.

import { explain } from "./explain.js";
import { draw, make, roving } from "./dom.js";

/** @import { Component } from "../core/stage.d.ts" */
/** @typedef {{ id: number, title: string, light: string, dark: string }} LaneLook */
/** @typedef {{ lanes: LaneLook[], chosen: number, token: string, taken: number }} Lanes */
/** @typedef {HTMLElement & { again?: ReturnType<typeof setTimeout> }} Group */

const CHOSEN = "stage:lane";
const AGAIN = 200;

// Called with new data; what stands in the element already is kept, and with it the focus.
/** @param {Component<Lanes>} component */
export function showLanes({ parentElement: root, data }) {
  /** @type {Group} */
  const group = root.querySelector("[role=radiogroup]") || begin(root);
  const there = new Map(radiosOf(group).map((radio) => [Number(radio.dataset.lane), radio]));
  data.lanes.forEach((lane, k) => {
    const radio = there.get(lane.id) || radioOf(group, lane.id);
    there.delete(lane.id);
    if (group.children[k] !== radio) group.insertBefore(radio, group.children[k] || null);
    dress(radio, lane);
  });
  there.forEach((radio) => radio.remove());
  if (heard(group, data)) light(group, data.chosen);
}

// Call `tell` with the lane that is chosen here; it returns the act's number, or null.
/** @param {(id: number) => number | null} tell */
export function hearLanes(tell) {
  document.addEventListener(CHOSEN, (event) => {
    const { detail } = /** @type {CustomEvent<{ id: number, n: number | null }>} */ (event);
    detail.n = tell(detail.id);
    if (detail.n !== null) event.preventDefault();
  });
}

/** @param {HTMLElement} root */
function begin(root) {
  const label = make("span", { class: "lanes-label", id: "lanes-label" }, "Lanes");
  const help = make("button", { type: "button", "aria-label": "Help for Lanes" }, question());
  const group = make("div", { role: "radiogroup", "aria-labelledby": "lanes-label" });
  root.append(make("div", { class: "lanes-head" }, label, explain(help, "lanes", root)), group);
  help.addEventListener("click", () => help.focus());
  roving(group, { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 });
  return group;
}

function question() {
  const round = draw("circle", { cx: 12, cy: 12, r: 10 });
  const mark = draw("path", { d: "M9.100 9a3 3 0 0 1 5.800 1c0 2-3 3-3 3M12 17h.010" });
  return draw("svg", { viewBox: "0 0 24 24", class: "question", "aria-hidden": "true" }, round, mark);
}

/** @param {Group} group @param {number} id */
function radioOf(group, id) {
  const attributes = { type: "button", role: "radio", "aria-checked": false, tabindex: -1, "data-lane": id };
  return make("button", { ...attributes, onclick: () => choose(group, id) });
}

/** @param {Group} group */
const radiosOf = (group) => /** @type {HTMLElement[]} */ ([...group.children]);

/** @param {HTMLElement} radio @param {LaneLook} look */
function dress(radio, { title, light: pale, dark }) {
  if (radio.textContent !== title) radio.textContent = title;
  radio.style.setProperty("--lane", `light-dark(${pale}, ${dark})`);
}

// Whether the page has taken in what was last asked here.
/** @param {Group} group @param {Lanes} lanes */
function heard({ dataset }, { token, taken }) {
  const anew = dataset.token !== token;
  dataset.token = token;
  if (!anew && dataset.asked && taken < Number(dataset.asked)) return false;
  delete dataset.asked;
  return true;
}

/** @param {Group} group @param {number} id */
function light(group, id) {
  for (const radio of radiosOf(group)) {
    const on = Number(radio.dataset.lane) === id;
    radio.setAttribute("aria-checked", String(on));
    radio.tabIndex = on ? 0 : -1;
  }
}

// While the stage is not there yet nobody hears it: then it is said again, unless another was asked.
/** @param {Group} group @param {number} id */
function choose(group, id) {
  light(group, id);
  const said = new CustomEvent(CHOSEN, { detail: { id, n: 0 }, cancelable: true });
  const unheard = document.dispatchEvent(said);
  group.dataset.asked = String(unheard ? Infinity : said.detail.n);
  clearTimeout(group.again);
  if (unheard) group.again = setTimeout(() => group.isConnected && choose(group, id), AGAIN);
}
