// The hand on the scrubber's slider: every stop's race is computed here when the hand comes to it, and
// shown; release puts the value into the experiment.

import { significant } from "../core/format.js";
import { color } from "../core/theme.js";
import { showEvents } from "../dom/transport.js";
import { clearGround, present, refineGround, showGround } from "./feel.js";
import { raceOf } from "./source.js";

/** @import { FeltRace, Stage } from "../core/stage.d.ts" */
/** @import { HandleHeader } from "../core/packets.d.ts" */
/** @import { fanView } from "./fan.js" */
/** @import { build } from "./row.js" */
/** @import { Fan } from "./source.js" */
/**
 * @typedef {object} Scrubbing
 * @property {Stage} stage
 * @property {string} key
 * @property {HandleHeader | null} handle
 * @property {string} label
 * @property {Fan | null} fan
 * @property {number[] | null} ends
 * @property {number} j
 * @property {boolean} sliding
 * @property {boolean} keyed
 * @property {string} offered
 * @property {{ text: string, of: FeltRace } | null} committed a value on its way, and the race it changes
 * @property {number | null} frame
 * @property {ReturnType<typeof setTimeout>} [resting]
 * @property {ReturnType<typeof setTimeout>} [committing]
 * @property {ReturnType<typeof fanView>} view
 */
/** @typedef {Scrubbing & ReturnType<typeof build>} State */
/** @typedef {State & { fan: Fan, handle: HandleHeader }} Open */

const REST = 250;
const KEYS_REST = 600;
const GROUND_REST = 600;

// Whether a setting is being scrubbed, and its stops are known.
/** @param {State} state @returns {state is Open} */
export const isOpen = (state) => state.fan !== null && state.handle !== null;

// What was felt is over: the race on the stage is the page's own again.
/** @param {State} state */
export function stand(state) {
  clearTimeout(state.resting);
  state.stage.body.classList.remove("scrubbing");
  setTimeout(() => clearGround(state.stage), GROUND_REST);
}

/** @param {Open} state @param {string} value */
export function say(state, value) {
  const { fan, range, said, handle } = state;
  const single = fan.header.stops.length < 2;
  range.value = String(state.j);
  said.textContent = significant(Number(value), 4) + (single ? ", one stop" : "");
  said.title = single ? "A range of one stop: there is nothing to slide." : `${handle.label} ${value}`;
  range.setAttribute("aria-valuetext", `${significant(Number(value), 4)}`);
}

// What came of the lane that the setting belongs to, or of the chosen one: said when all is at rest.
/** @param {Open} state @param {string} value */
export function conclude({ stage, handle, range }, value) {
  const { lanes, chosen } = stage.race.header;
  const lane = lanes[handle.lane ?? chosen];
  const end = `${lane.label} ${lane.words}, final loss ${significant(lane.final ?? NaN, 4)}`;
  range.setAttribute("aria-valuetext", `${significant(Number(value), 4)}: ${end}`);
  return end;
}

/** @param {State} state @param {number} j */
export function slide(state, j) {
  if (!isOpen(state)) return;
  state.j = j;
  state.sliding = true;
  say(state, state.fan.header.stops[j]);
  if (!state.frame) state.frame = requestAnimationFrame(() => frame(state));
}

/** @param {State} state */
function frame(state) {
  state.frame = null;
  if (isOpen(state) && state.sliding) swap(state);
}

/** @param {Open} state */
export function swap(state) {
  const { stage, fan, j } = state;
  stage.letGo();
  stage.body.classList.add("scrubbing");
  const felt = raceOf(state, j);
  const { surface } = felt.header;
  felt.header.surface = { ...surface, key: stage.map.key ?? surface.key };
  showGround(stage, felt);
  show(state, felt);
  say(state, fan.header.stops[j]);
  clearTimeout(state.resting);
  state.resting = setTimeout(() => isOpen(state) && rest(state), REST);
}

/** @param {Pick<State, "stage">} state @param {FeltRace} felt */
function show({ stage }, felt) {
  present(stage, felt);
  showEvents(stage.bar, felt, (lane) => color(lane, stage.colors));
}

/** @param {Open} state */
function rest(state) {
  const { stage, fan, handle, j } = state;
  const value = fan.header.stops[j];
  if (value === handle.value) show(state, stage.kept);
  stage.body.classList.remove("scrubbing");
  refineGround(stage);
  stage.parts.forEach((part) => part.pause?.());
  speak(state, value);
}

/** @param {Open} state @param {string} value */
function speak(state, value) {
  const { stage, label } = state;
  clearTimeout(stage.speaking);
  const end = conclude(state, value);
  stage.spoken.textContent = `${label} ${significant(Number(value), 4)}: ${end}.`;
}

// Let go by the hand: at once; by a key: after a short rest, for more may follow.
/** @param {State} state */
export function letGo(state) {
  clearTimeout(state.committing);
  if (!state.keyed) return commit(state);
  state.committing = setTimeout(() => commit(state), KEYS_REST);
  return undefined;
}

/** @param {State} state */
export function commit(state) {
  clearTimeout(state.committing);
  state.sliding = false;
  if (!isOpen(state)) return;
  const { fan, stage, handle, key, j } = state;
  const value = fan.header.stops[j];
  if (value === (state.committed?.text ?? handle.value)) return;
  state.committed = { text: value, of: stage.kept };
  stage.commit({ [key]: value });
}
