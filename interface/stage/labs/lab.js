// Below the landscape or beside it: the rule and the results, and what shows a whole range of
// settings at once, one at a time.

import { LABS } from "../core/known.js";
import { handedOn, later } from "../dom/lazy.js";
import { make, roving, signButton } from "../dom/dom.js";
import { explain } from "../dom/explain.js";
import { tabbed } from "../dom/tab.js";
import { LATER } from "./later.js";
import { results } from "./results.js";

/** @import { Part, Stage } from "../core/stage.d.ts" */
/** @typedef {Part & { shown?(): unknown, hidden?(): unknown }} Opened */
/** @typedef {(stage: Stage, page: HTMLElement) => Opened} Make */
/** @typedef {{ name: string, title: string, beside: boolean, make: () => Promise<Make> }} Entry */
/** @typedef {{ entry: Entry, select: (chosen: boolean) => void, parts: ReturnType<typeof later<Make, Opened>> }} Page */
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
    ...handedOn(["step", "numbers", "theme", "felt", "pause", "laidOut"], () => state.open?.parts.now()),
    race: () => race(state),
    resize: () => {
      place(state, stage.race.header.view.beside);
      state.open?.parts.now()?.resize?.();
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
  const said = { id: `lab-${entry.name}`, title: entry.title, kind: `lab-page ${entry.name}` };
  const { tab, page, select } = tabbed(said, () => state.stage.look("lab", entry.name));
  state.tabs.append(explain(tab, entry.name));
  state.page.append(page);
  const parts = later(entry.make, page, (make) => make(state.stage, page));
  state.pages.set(entry.name, { entry, select, parts });
}

/** @param {Labs} state */
function race(state) {
  const { view } = state.stage.race.header;
  const wanted = state.pages.get(view.lab) || state.pages.values().next().value;
  if (wanted && wanted !== state.open) turnTo(state, wanted);
  place(state, view.beside);
  state.open?.parts.now()?.race?.();
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
  state.open?.parts.now()?.hidden?.();
  for (const each of state.pages.values()) each.select(each === wanted);
  state.open = wanted;
  const parts = wanted.parts.now();
  if (parts) parts.shown?.();
  else begin(state, wanted);
}

/** @param {Labs} state @param {Page} wanted */
async function begin(state, wanted) {
  const parts = await wanted.parts.get();
  if (state.open !== wanted) return;
  parts.shown?.();
  parts.race?.();
}
