// Every number of the experiment as a slider, made from the handles that come with the race: what a
// saved page has in the place of the app's own controls.

import { significant } from "../core/format.js";
import { make } from "../dom/dom.js";
import { between, shareOf, written } from "../run/scale.js";

const PLACES = 1000;

export function settings(stage) {
  const groups = make("div", { class: "settings-groups" });
  const panel = make("details", { class: "settings" }, make("summary", {}, "Settings"), groups);
  stage.body.querySelector(".clock").after(panel);
  const state = { stage, panel, groups, rows: [], made: "" };
  panel.addEventListener("keydown", (event) => event.stopPropagation());
  return { race: () => lay(state) };
}

function lay(state) {
  const { stage, panel, groups } = state;
  const { handles, modules } = stage.race.header;
  panel.hidden = !stage.library.ready(modules);
  const made = JSON.stringify(handles.map(({ key, owner }) => [key, owner]));
  if (made !== state.made) {
    state.made = made;
    const held = document.activeElement?.getAttribute("data-rule-of");
    state.rows = handles.map((handle) => row(state, handle.key));
    const names = [...new Set(handles.map(group))];
    groups.replaceChildren(
      ...names.map((name) => {
        const own = handles.flatMap((handle, k) => (group(handle) === name ? [k] : []));
        const legend = make("legend", {}, handles[own[0]].owner || "Start and noise");
        const lane = handles[own[0]].lane;
        return make("fieldset", {}, legend, ...picker(stage, lane), ...own.map((k) => state.rows[k].element));
      }),
    );
    if (held) groups.querySelector(`[data-rule-of="${held}"]`)?.focus();
  }
  handles.forEach((handle, k) => show(state.rows[k], handle));
}

const group = ({ key, owner }) => (owner ? key.split(".")[0] : "");

// The rules that a lane may have instead of its own; none where the page cannot run them.
function picker(stage, k) {
  const { offered } = stage.component;
  const { rules, lanes } = stage.race.header;
  if (k === null || !offered.length) return [];
  const { slot, label } = lanes[k];
  const options = offered.map(({ name, label: said }) => make("option", { value: name }, said));
  const said = { "aria-label": `Optimizer of ${label}`, "data-rule-of": slot };
  const select = make("select", { class: "rule-choice", ...said }, ...options);
  select.value = rules[slot];
  select.addEventListener("change", () => {
    select.setCustomValidity("");
    stage.tell("ruled", { lane: k, rule: select.value });
  });
  return [select];
}

// The start slides over the map, everything else over all that is allowed.
const ends = ({ key, reach, limits }) => (key === "x" || key === "y" ? reach : limits);

function row({ stage }, key) {
  const range = make("input", { type: "range", min: 0, max: PLACES, step: 1 });
  const [name, said] = [make("span", { class: "setting-name" }), make("output", {})];
  const found = { key, range, name, said, element: make("label", { class: "setting" }, name, range, said) };
  const value = () => between(found.handle, ends(found.handle), Number(range.value) / PLACES);
  range.addEventListener("input", () => {
    tell(found, value());
    stage.feel({ [key]: written(value()) });
  });
  range.addEventListener("change", () => stage.commit({ [key]: written(value()) }));
  return found;
}

function show(found, handle) {
  found.handle = handle;
  found.name.textContent = handle.key.includes(".schedule.") ? `${handle.label} (schedule)` : handle.label;
  found.element.title = handle.help;
  found.range.value = Math.round(PLACES * shareOf(handle, ends(handle), Number(handle.value)));
  tell(found, Number(handle.value));
}

function tell({ said, range }, value) {
  said.textContent = significant(value, 4);
  range.setAttribute("aria-valuetext", said.textContent);
}
