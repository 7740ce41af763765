// What is felt under the hand: while the start or a slider is dragged, paths follow at once.
// Streamlit's sliders report only when released; this reads them while they move, asks the live
// route for the race they would give, and leaves everything that is kept to the release.

import { resize } from "../core/clock.js";
import { showLosses } from "../map/legend.js";
import { conversation } from "../core/live.js";
import { drawMap } from "../map/map.js";
import { word } from "../core/words.js";

const REST = 140;

export function feel(stage) {
  const state = { stage, holding: null, slider: null, asked: null, question: null };
  const talk = conversation((race) => felt(state, race));
  stage.feel = (changes) => ask(state, talk, changes);
  stage.letGo = () => rest(state);
  watchSliders(state);
  return { race: () => kept(state) };
}

// The page has kept a race: what its sliders still announce after a key was known before.
function kept(state) {
  if (state.holding === "key") state.holding = null;
  rest(state);
}

function ask(state, talk, changes) {
  const question = questioned(state.stage.race.header, changes);
  if (state.asked && question === state.question) return;
  state.question = question;
  state.asked = state.stage.map.panel;
  state.asked.classList.add("moving");
  talk.ask(question);
}

// The link of a race with some settings changed, as a question to the live route.
export function questioned(header, changes) {
  const query = new URLSearchParams(header.link);
  for (const [slot, rule] of Object.entries(header.rules)) if (!query.has(slot)) query.set(slot, rule);
  for (const [name, value] of Object.entries(changes)) query.set(name, value);
  for (const [name, value] of Object.entries(header.view)) query.set(`view.${name}`, word(value));
  return query.toString();
}

// The overlay follows the hand at every answer; the curves when the hand pauses.
function felt(state, race) {
  const { stage } = state;
  if (!state.asked) return;
  present(stage, race, "felt");
  clearTimeout(state.pause);
  state.pause = setTimeout(() => stage.parts.forEach((part) => part.pause?.()), REST);
}

// Show a race that the page has not kept: "felt" while the hand moves, "kept" once it rests.
export function present(stage, race, how) {
  race.header.view = stage.race.header.view;
  race.header.link = stage.race.header.link;
  stage.race = race;
  stage.clock = resize(stage.clock, race.header.steps);
  drawMap(stage.map, race, stage.colors, stage.clock.t, how);
  showLosses(stage.entries, race, stage.clock.t);
  stage.parts.forEach((part) => part.felt?.());
  stage.felt = (stage.felt || 0) + 1;
}

function rest(state) {
  state.asked?.classList.remove("moving");
  state.asked = null;
  clearTimeout(state.pause);
}

// Only the slider under the hand counts: the page's rerun lets the others announce themselves too.
function watchSliders(state) {
  const hold = (how) => (event) => {
    state.slider = event.target.closest?.('[data-testid="stSidebar"] .stSlider') || null;
    state.holding = state.slider && how;
  };
  document.addEventListener("pointerdown", hold("pointer"), true);
  document.addEventListener("pointerup", () => (state.holding = null), true);
  document.addEventListener("keydown", hold("key"), true);
  const felt = ({ target }) => state.holding && state.slider.contains(target) && slide(state, target);
  const seen = (changes) => changes.forEach(felt);
  const options = { subtree: true, attributes: true, attributeFilter: ["aria-valuetext"] };
  const sidebar = document.querySelector('[data-testid="stSidebar"]');
  if (sidebar) new MutationObserver(seen).observe(sidebar, options);
}

function slide(state, input) {
  const name = linkName(input.closest('[class*="st-key-"]')?.classList || []);
  const text = input.getAttribute("aria-valuetext");
  if (name && text && state.stage.race) state.stage.feel({ [name]: text });
}

// A widget's key says which setting it shows: `c.Adam.lr` is `c.lr` in a link.
export function linkName(classes) {
  const key = [...classes].find((name) => name.startsWith("st-key-"));
  if (!key) return null;
  const parts = key.slice("st-key-".length).split("-");
  return parts.length < 3 ? parts.join(".") : [...parts.slice(0, -2), parts.at(-1)].join(".");
}
