// A lesson that a saved page carries: where somebody stands in it, from what is done and from Back, and the
// races of that phase, one as it is seen from each lane.

import { textOf } from "../run/carried.js";
import { nameOf, phaseOf } from "./ahead.js";
import { acted } from "./sitting.js";

/** @import { FeltRace, Said } from "../core/stage.d.ts" */
/** @import { Phases } from "./ahead.js" */
/** @import { Sitting } from "./sitting.js" */
/** @typedef {{ sitting: Sitting, left: boolean, here: boolean }} Place `here`: before settings of one's own */
/** @typedef {{ first: Place, place: Place, phases: Phases, names: string[] }} Alone */
/** @typedef {{ races: FeltRace[], chosen: number }} Seen */

// What is run after a question that has not been answered.
/** @type {Record<string, string>} */
const RUN = { predict: "watch", transfer: "outcome" };
const NO_OTHERS = { next: null, previous: null, beside: [] };

// The name of what somebody had set in the first place (lessons/ahead.py).
const HERE = "here";

// Null in a page that carries none. Every function returns what is to be seen then; `heard` null for what
// leads nowhere.
export function alone() {
  const text = textOf("lesson");
  if (!text) return null;
  /** @type {{ sitting: Sitting, phases: Phases }} */
  const { sitting, phases } = JSON.parse(text);
  const first = { sitting, left: false, here: HERE in phases };
  /** @type {Alone} */
  const state = { first, place: history.state?.lesson ?? first, phases, names: [] };
  return {
    begin: () => seen(state),
    /** @param {Said} said */
    heard: (said) => heard(state, said),
    back: () => back(state),
  };
}

/** @param {Alone} state @param {Said} said */
async function heard(state, said) {
  const next = after(state, said);
  if (!next) return null;
  state.place = next;
  history.pushState({ lesson: next }, "");
  return seen(state);
}

// One may leave the lesson for its experiment, and come back to where one was.
/** @param {Alone} state @param {Said} said @returns {Place | null} */
function after({ place, names }, said) {
  if (said.act === "leave") return { ...place, left: true };
  if (said.act === "open") return { ...place, left: false };
  const sitting = acted(place.sitting, names, said);
  return sitting && { sitting, left: false, here: false };
}

// Back and Forward open phases; what has been answered stays.
/** @param {Alone} state */
function back(state) {
  const opened = history.state?.lesson ?? state.first;
  const { phase, variation } = opened.sitting;
  state.place = { ...opened, sitting: { ...state.place.sitting, phase, variation } };
  return seen(state);
}

/** @param {Alone} state @returns {Promise<Seen>} */
async function seen(state) {
  const { place, phases } = state;
  const { sitting, left, here } = place;
  const run = RUN[sitting.phase];
  const name = here ? HERE : nameOf(left && run ? { phase: run } : sitting);
  const own = await phaseOf(phases, name);
  const ahead = run && !left ? await phaseOf(phases, run) : undefined;
  state.names = own.header.lesson.phases;
  const { chosen } = own.header;
  const lanes = own.header.lanes.map((_, k) => (k === chosen ? own : phaseOf(phases, `${name}/${k}`)));
  const lesson = left ? undefined : { ...own.header.lesson, ...NO_OTHERS, sitting };
  const found = await Promise.all(lanes);
  return { races: found.map((race) => ({ ...race, ahead, header: { ...race.header, lesson } })), chosen };
}
