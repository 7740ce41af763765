// Every number of the experiment as a slider, made from the handles that come with the race: what a
// saved page has in the place of the app's own controls.

import { significant } from "../core/format.js";
import { make, reword } from "../dom/dom.js";
import { between, shareOf, written } from "../run/scale.js";
import { group, labelOf } from "./stops.js";

/** @import { Stage } from "../core/stage.d.ts" */
/** @import { HandleHeader } from "../core/packets.d.ts" */
/** @typedef {ReturnType<typeof row>} Row */
/** @typedef {{ stage: Stage, panel: HTMLElement, groups: HTMLElement, rows: Row[], made: string }} Panel */

const PLACES = 1000;

/** @param {Stage} stage */
export function settings(stage) {
  const groups = make("div", { class: "settings-groups" });
  const panel = make("details", { class: "settings" }, make("summary", {}, "Settings"), groups);
  stage.body.querySelector(".clock")?.after(panel);
  /** @type {Panel} */
  const state = { stage, panel, groups, rows: [], made: "" };
  panel.addEventListener("keydown", (event) => event.stopPropagation());
  return { race: () => lay(state) };
}

/** @param {Panel} state */
function lay(state) {
  const { stage, panel, groups } = state;
  const { handles, modules } = stage.race.header;
  panel.hidden = !stage.library.ready(modules);
  const made = JSON.stringify([handles.map(({ key }) => key), modules]);
  if (made !== state.made) {
    state.made = made;
    const held = document.activeElement?.getAttribute("data-rule-of");
    state.rows = handles.map((handle) => row(stage, handle));
    const fields = [...Map.groupBy(state.rows, ({ handle }) => group(handle))].map(([name, own]) => {
      const parts = [...picker(stage, own[0].handle.lane), ...own.map(({ element }) => element)];
      return make("fieldset", { "data-of": name }, make("legend"), ...parts);
    });
    groups.replaceChildren(...fields);
    if (held) choiceOf(groups, held)?.focus();
  }
  for (const handle of handles) entitle(groups, handle);
  handles.forEach((handle, k) => show(state.rows[k], handle));
}

// What a group of settings belongs to, by its name now.
/** @param {Element} groups @param {HandleHeader} handle */
function entitle(groups, handle) {
  const [legend, select] = ["legend", "select"].map((part) =>
    groups.querySelector(`fieldset[data-of="${group(handle)}"] > ${part}`),
  );
  if (legend) reword(legend, handle.owner || "Start and noise");
  select?.setAttribute("aria-label", `Optimizer of ${handle.owner}`);
}

/** @param {Element} groups @param {string} slot @returns {HTMLElement | null} */
const choiceOf = (groups, slot) => groups.querySelector(`[data-rule-of="${slot}"]`);

// The rules that a lane may have instead of its own; none where the page cannot run them.
/** @param {Stage} stage @param {number | null} k */
function picker(stage, k) {
  const { offered = [] } = stage.component;
  const { modules, lanes } = stage.race.header;
  const here = offered.filter((rule) => k !== null && rule.modules.surface === modules[k]?.surface);
  if (k === null || !here.length) return [];
  const { slot } = lanes[k];
  const options = here.map(({ modules: { rule }, option }) => make("option", { value: rule }, option));
  const select = make("select", { class: "rule-choice", "data-rule-of": slot }, ...options);
  select.value = modules[k]?.rule ?? "";
  select.addEventListener("change", () => {
    select.setCustomValidity("");
    stage.tell("ruled", { lane: k, rule: select.value });
  });
  return [select];
}

// The start slides over the map, everything else over all that is allowed.
/** @param {HandleHeader} handle */
const ends = ({ key, reach, limits }) => (key === "x" || key === "y" ? reach : limits);

/** @param {Stage} stage @param {HandleHeader} handle */
function row(stage, handle) {
  const { key } = handle;
  const range = make("input", { type: "range", min: 0, max: PLACES, step: 1 });
  const [name, said] = [make("span", { class: "setting-name" }), make("output", {})];
  const found = {
    handle,
    range,
    name,
    said,
    element: make("label", { class: "setting" }, name, range, said),
  };
  const value = () => between(found.handle, ends(found.handle), Number(range.value) / PLACES);
  range.addEventListener("input", () => {
    tell(found, value());
    stage.feel({ [key]: written(value()) });
  });
  range.addEventListener("change", () => stage.commit({ [key]: written(value()) }));
  return found;
}

/** @param {Row} found @param {HandleHeader} handle */
function show(found, handle) {
  found.handle = handle;
  found.name.textContent = labelOf(handle);
  found.element.title = handle.help;
  found.range.value = String(Math.round(PLACES * shareOf(handle, ends(handle), Number(handle.value))));
  tell(found, Number(handle.value));
}

/** @param {Pick<Row, "said" | "range">} row @param {number} value */
function tell({ said, range }, value) {
  said.textContent = significant(value, 4);
  range.setAttribute("aria-valuetext", said.textContent);
}
