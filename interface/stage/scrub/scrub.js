// The scrubber: one setting slides through its range, and paths, curves and numbers follow the hand.
// Every stop's race is computed here when the hand comes to it, and nothing is asked of the server.
// Release puts the value into the experiment.

import { make } from "../dom/dom.js";
import { fanView } from "./fan.js";
import { clearGround, present, ready, refineGround, showGround } from "./feel.js";
import { significant } from "../core/format.js";
import { build } from "./row.js";
import { drawn, raceOf } from "./source.js";
import { identity, stopAt, stopsOf, within } from "./stops.js";
import { typed } from "../core/typed.js";
import { color } from "../core/theme.js";
import { showEvents } from "../dom/transport.js";
import { word } from "../core/words.js";

const REST = 250;
const KEYS_REST = 600;
const GROUND_REST = 600;
const PATIENCE = 4000;
const GONE = "is not among these settings any more; choose another.";
const UNKNOWN = "is no setting of this experiment; choose one.";

export function scrub(stage) {
  const state = { stage, key: "", fan: null, ends: null, j: 0, sliding: false };
  state.view = fanView(stage);
  build(state, {
    choose: (key) => choose(state, key),
    limit: () => limit(state),
    slide: (j) => slide(state, j),
    letGo: () => letGo(state),
    commit: () => commit(state),
  });
  return {
    race: () => follow(state),
    laidOut: () => {
      layFan(state);
      clearGround(stage);
    },
  };
}

function choose(state, key) {
  const { stage } = state;
  stage.race.header.view.scrub = key;
  stage.tell("viewed", { name: "scrub", text: word(key) });
  follow(state);
}

// New data, or the same looked at another way: keep what is scrubbed if it still exists.
function follow(state) {
  const { header } = state.stage.kept;
  const key = header.view.scrub || "";
  const handle = header.handles.find((one) => one.key === key);
  offer(state, header.handles, handle ? key : "");
  const bare = header.view.controls === "hidden";
  state.row.hidden = bare && !handle;
  state.row.classList.toggle("bare", bare);
  if (key !== state.key) Object.assign(state, { key, fan: null, ends: null, handle: null, sliding: false });
  if (!handle) return shut(state, key ? `${state.label || key} ${state.label ? GONE : UNKNOWN}` : "");
  if (!sameKind(handle, state.handle)) state.ends = null;
  Object.assign(state, { handle, label: named(handle) });
  state.note.textContent = "";
  state.name.textContent = state.label;
  state.open.hidden = false;
  state.toggle.setAttribute("aria-pressed", Boolean(header.view.fan));
  return needed(state) ? find(state) : settle(state);
}

const sameKind = (a, b) => b && a.label === b.label && String(a.limits) === String(b.limits);

function shut(state, why) {
  Object.assign(state, { fan: null, handle: null, sliding: false });
  if (!why) state.label = null;
  stand(state);
  state.open.hidden = true;
  state.note.textContent = why;
  layFan(state);
}

function offer(state, handles, key) {
  const told = JSON.stringify(handles.map((one) => [one.key, one.owner, one.label]));
  if (told !== state.offered) {
    state.offered = told;
    const groups = [...new Set(handles.map(group))].map((name) => {
      const own = handles.filter((one) => group(one) === name);
      const label = own[0].owner || "Start and noise";
      return make("optgroup", { label }, ...own.map((one) => make("option", { value: one.key }, named(one))));
    });
    state.menu.replaceChildren(make("option", { value: "" }, "Scrub a setting…"), ...groups);
  }
  state.menu.value = key;
}

const group = ({ key, owner }) => (owner ? key.split(".")[0] : "");
const named = ({ key, owner, label }) =>
  `${owner ? `${owner}: ` : ""}${label}${key.includes(".schedule.") ? " (schedule)" : ""}`;

// Whether the stops at hand do not belong to this experiment, or lack the present value.
function needed(state) {
  const { fan, handle, key, stage } = state;
  const now = identity(stage.kept.header, key);
  const value = Number(handle.value);
  if (!fan || fan.identity !== now || fan.asked !== String(state.ends)) {
    if (fan && !state.ends && within(fan.header.range, value)) state.ends = fan.header.range;
    return true;
  }
  if (fan.header.values.includes(value) || state.committed) return false;
  if (state.ends) return false;
  return true;
}

function find(state) {
  const { stage, key, handle, ends } = state;
  const own = identity(stage.kept.header, key);
  state.fan = { header: stopsOf(handle, ends), identity: own, asked: String(ends) };
  lay(state);
  stage.library.fetch(stage.kept.header.modules).then(() => layFan(state));
}

// New stops: the slider, its ends, and where the present value lies.
function lay(state) {
  const { fan, range } = state;
  const { header } = fan;
  range.max = header.stops.length - 1;
  [state.from, state.to].forEach((input, k) => writeEnd(input, header.range[k]));
  range.disabled = header.stops.length < 2;
  range.setAttribute("aria-label", state.label);
  settle(state);
}

// Stand at the experiment's own value, unless a hand is on the slider or its value is on its way.
function settle(state) {
  const { fan, handle } = state;
  if (!fan) return;
  if (Number(state.committed?.text) === Number(handle.value) || Date.now() > state.committed?.until)
    state.committed = null;
  if (state.sliding || state.committed) return swap(state);
  state.j = stopAt(fan.header, handle.value);
  stand(state);
  say(state, handle.value);
  conclude(state, handle.value);
  layFan(state);
}

// What was felt is over: the race on the stage is the page's own again.
function stand(state) {
  clearTimeout(state.resting);
  state.stage.body.classList.remove("scrubbing");
  setTimeout(() => clearGround(state.stage), GROUND_REST);
}

function say(state, value) {
  const { fan, range, said, handle } = state;
  const single = fan.header.stops.length < 2;
  range.value = state.j;
  said.textContent = significant(Number(value), 4) + (single ? ", one stop" : "");
  said.title = single ? "A range of one stop: there is nothing to slide." : `${handle.label} ${value}`;
  range.setAttribute("aria-valuetext", `${significant(Number(value), 4)}`);
}

// What came of the lane that the setting belongs to, or of the chosen one: said when all is at rest.
function conclude({ stage, handle, range }, value) {
  const { lanes, chosen } = stage.race.header;
  const lane = lanes[handle.lane ?? chosen];
  const end = `${lane.label} ${lane.words}, final loss ${significant(lane.final ?? NaN, 4)}`;
  range.setAttribute("aria-valuetext", `${significant(Number(value), 4)}: ${end}`);
  return end;
}

function slide(state, j) {
  if (!state.fan) return;
  state.j = j;
  state.sliding = true;
  say(state, state.fan.header.stops[j]);
  if (!state.frame) state.frame = requestAnimationFrame(() => frame(state));
}

function frame(state) {
  state.frame = null;
  if (state.fan && state.sliding) swap(state);
}

function swap(state) {
  const { stage, fan, j } = state;
  stage.letGo();
  stage.body.classList.add("scrubbing");
  const felt = raceOf(state, j);
  felt.header.surface = { ...felt.header.surface, key: stage.map.key };
  showGround(stage, felt);
  show(state, felt);
  say(state, fan.header.stops[j]);
  clearTimeout(state.resting);
  state.resting = setTimeout(() => rest(state), REST);
}

function show({ stage }, felt) {
  present(stage, felt);
  showEvents(stage.bar, felt, (lane) => color(lane, stage.colors));
}

function rest(state) {
  const { stage, fan, handle, j } = state;
  const value = fan.header.stops[j];
  if (value === handle.value) show(state, stage.kept);
  stage.body.classList.remove("scrubbing");
  refineGround(stage);
  stage.parts.forEach((part) => part.pause?.());
  speak(state, value);
}

function speak(state, value) {
  const { stage, label } = state;
  clearTimeout(stage.speaking);
  const end = conclude(state, value);
  stage.spoken.textContent = `${label} ${significant(Number(value), 4)}: ${end}.`;
}

// Let go by the hand: at once; by a key: after a short rest, for more may follow.
function letGo(state) {
  clearTimeout(state.committing);
  if (!state.keyed) return commit(state);
  state.committing = setTimeout(() => commit(state), KEYS_REST);
  return undefined;
}

function commit(state) {
  clearTimeout(state.committing);
  const { fan, stage, handle, key, j } = state;
  state.sliding = false;
  if (!fan || !handle) return;
  const value = fan.header.stops[j];
  if (value === (state.committed?.text ?? handle.value)) return;
  state.committed = { text: value, until: Date.now() + PATIENCE };
  stage.commit({ [key]: value });
}

// An end that is being typed is left alone.
function writeEnd(input, value) {
  if (!input.dataset.typing) input.value = String(Number(value.toPrecision(6)));
}

// The ends as typed; what is no number is put back, what is not allowed is said.
function limit(state) {
  const ends = [state.from.value, state.to.value].map(typed);
  const [low, high] = state.handle.limits;
  const known = ends.every(Number.isFinite);
  const allowed = known && ends.every((v) => v >= low && v <= high);
  state.note.textContent = allowed ? "" : `Allowed: ${significant(low)} to ${significant(high)}.`;
  if (known) {
    state.ends = ends;
    find(state);
  } else if (state.fan) lay(state);
}

function layFan(state) {
  const { stage, fan, handle } = state;
  const wanted = fan && stage.race?.header.view.fan && ready(stage);
  state.view.lay(wanted ? { fan: drawn(state), handle } : null);
}
