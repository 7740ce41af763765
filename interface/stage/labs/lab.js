// Below the landscape or beside it: the rule and the results, and what shows a whole range of
// settings at once, one at a time.

import { LABS } from "../core/known.js";
import { arrival, handedOn } from "../dom/arrival.js";
import { button, make, roving, signButton } from "../dom/dom.js";
import { explain } from "../dom/explain.js";
import { LATER } from "./later.js";
import { results } from "./results.js";

/** @import { Part, Stage } from "../core/stage.d.ts" */
/** @typedef {Part & { shown?(): unknown, hidden?(): unknown }} Opened */
/** @typedef {(stage: Stage, page: HTMLElement) => Opened} Make */
/** @typedef {{ name: string, title: string, beside: boolean, make: () => Promise<Make> }} Entry */
/** @typedef {{ entry: Entry, tab: HTMLElement, page: HTMLElement, parts: Opened | null, coming: Promise<Make> | null }} Page */
/**
 * @typedef {object} Labs
 * @property {Stage} stage
 * @property {Page | null} open
 * @property {Map<string, Page>} pages
 * @property {HTMLElement} tabs
 * @property {HTMLElement} page
 * @property {HTMLElement} place
 */

// How each lab is made: a function of stage and page, called once when it is first opened. What it
// returns may hold what a part of the stage returns (see stage.js), called while the lab is open, and
// `shown()` and `hidden()` for when it opens and closes; `race()` follows `shown()`. Its modules
// are fetched only then.
/** @type {Record<string, () => Promise<Make>>} */
export const MAKES = { results: async () => results, ...LATER };

/** @param {Stage} stage */
export function lab(stage) {
  const tabs = make("div", { class: "lab-tabs", role: "tablist", "aria-label": "Below the stage" });
  const page = make("div", { class: "lab-pages" });
  /** @type {Labs} */
  const state = { stage, open: null, pages: new Map(), tabs, page, place: placer(stage) };
  const labs = Object.entries(LABS).map(([name, said]) => ({ name, ...said, make: MAKES[name] }));
  labs.forEach((entry) => add(state, entry));
  const head = make("div", { class: "lab-head" }, tabs, state.place);
  stage.body.append(make("div", { class: "lab" }, head, page));
  roving(tabs, { ArrowLeft: -1, ArrowRight: 1 });
  return {
    ...handedOn(["step", "numbers", "theme", "felt", "pause", "laidOut"], () => state.open?.parts),
    race: () => race(state),
    resize: () => {
      place(state, stage.race.header.view.beside);
      state.open?.parts?.resize?.();
    },
  };
}

/** @param {Stage} stage */
function placer(stage) {
  const turn = () => stage.look("beside", !stage.race.header.view.beside);
  return signButton("tool placer", "beside", "Beside the landscape", turn);
}

/** @param {Labs} state @param {Entry} entry */
function add(state, entry) {
  const id = `lab-${entry.name}`;
  const said = { role: "tab", id: `${id}-tab`, "aria-controls": id };
  const tab = button("", () => state.stage.look("lab", entry.name), said, entry.title);
  const page = make("div", {
    class: `lab-page ${entry.name}`,
    id,
    role: "tabpanel",
    "aria-labelledby": `${id}-tab`,
    hidden: true,
  });
  state.tabs.append(explain(tab, entry.name));
  state.page.append(page);
  state.pages.set(entry.name, { entry, tab, page, parts: null, coming: null });
}

/** @param {Labs} state */
function race(state) {
  const { view } = state.stage.race.header;
  const wanted = state.pages.get(view.lab) || state.pages.values().next().value;
  if (wanted && wanted !== state.open) turnTo(state, wanted);
  place(state, view.beside);
  state.open?.parts?.race?.();
}

/** @param {Labs} state @param {boolean} beside */
function place({ stage, place, open }, beside) {
  const { classList } = stage.body;
  const now = Boolean(open?.entry.beside && beside);
  stage.body.style.setProperty("--lab-top", `${stage.panels.offsetTop}px`);
  place.hidden = !open?.entry.beside;
  place.setAttribute("aria-pressed", String(now));
  if (classList.contains("beside") === now) return;
  classList.toggle("beside", now);
  stage.resized();
}

/** @param {Labs} state @param {Page} wanted */
function turnTo(state, wanted) {
  state.open?.parts?.hidden?.();
  for (const { tab, page, entry } of state.pages.values()) {
    const on = entry === wanted.entry;
    tab.setAttribute("aria-selected", String(on));
    tab.tabIndex = on ? 0 : -1;
    page.hidden = !on;
  }
  state.open = wanted;
  if (wanted.parts) wanted.parts.shown?.();
  else begin(state, wanted);
}

/** @param {Labs} state @param {Page} wanted */
async function begin(state, wanted) {
  wanted.coming ||= arrival(wanted.entry.make, wanted.page);
  const make = await wanted.coming;
  wanted.parts ||= make(state.stage, wanted.page);
  if (state.open !== wanted) return;
  wanted.parts.shown?.();
  wanted.parts.race?.();
}
