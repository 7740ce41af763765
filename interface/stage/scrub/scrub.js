// The scrubber: one setting slides through its range, and paths, curves and numbers follow the hand.
// This is which setting and between which ends; what the hand does with it is in sliding.js.

import { make } from "../dom/dom.js";
import { fanView } from "./fan.js";
import { clearGround, ready } from "./feel.js";
import { significant } from "../core/format.js";
import { build } from "./row.js";
import { commit, conclude, isOpen, letGo, say, slide, stand, swap } from "./sliding.js";
import { drawn } from "./source.js";
import { group, identity, labelOf, stopAt, stopsOf, within } from "./stops.js";
import { typed } from "../core/typed.js";
import { word } from "../core/words.js";

/** @import { Stage } from "../core/stage.d.ts" */
/** @import { HandleHeader } from "../core/packets.d.ts" */
/** @import { State } from "./sliding.js" */

const GONE = "is not among these settings any more; choose another.";
const UNKNOWN = "is no setting of this experiment; choose one.";

/** @param {Stage} stage */
export function scrub(stage) {
  const parts = build(stage, {
    choose: (key) => choose(state, key),
    limit: () => limit(state),
    slide: (j) => slide(state, j),
    letGo: () => letGo(state),
    left: () => state.sliding && commit(state),
    byKey: (keyed) => (state.keyed = keyed),
  });
  /** @type {State} */
  const state = {
    ...{ stage, key: "", handle: null, label: "", fan: null, ends: null, j: 0, offered: "" },
    ...{ sliding: false, keyed: false, committed: null, frame: null, view: fanView(stage) },
    ...parts,
  };
  return {
    race: () => follow(state),
    laidOut: () => {
      layFan(state);
      clearGround(stage);
    },
  };
}

/** @param {State} state @param {string} key */
function choose(state, key) {
  const { stage } = state;
  stage.race.header.view.scrub = key;
  stage.tell("viewed", { name: "scrub", text: word(key) });
  follow(state);
}

// New data, or the same looked at another way: keep what is scrubbed if it still exists.
/** @param {State} state */
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
  state.toggle.setAttribute("aria-pressed", String(Boolean(header.view.fan)));
  return needed(state, handle) ? find(state, handle) : settle(state);
}

/** @param {HandleHeader} a @param {HandleHeader | null} b */
const sameKind = (a, b) => b !== null && a.label === b.label && String(a.limits) === String(b.limits);

/** @param {State} state @param {string} why */
function shut(state, why) {
  Object.assign(state, { fan: null, handle: null, sliding: false });
  if (!why) state.label = "";
  stand(state);
  state.open.hidden = true;
  state.note.textContent = why;
  layFan(state);
}

/** @param {State} state @param {HandleHeader[]} handles @param {string} key */
function offer(state, handles, key) {
  const told = JSON.stringify(handles.map((one) => [one.key, one.owner, one.label]));
  if (told !== state.offered) {
    state.offered = told;
    const groups = [...Map.groupBy(handles, group).values()].map((own) => {
      const label = own[0].owner || "Start and noise";
      return make("optgroup", { label }, ...own.map((one) => make("option", { value: one.key }, named(one))));
    });
    state.menu.replaceChildren(make("option", { value: "" }, "Scrub a setting…"), ...groups);
  }
  state.menu.value = key;
}

/** @param {HandleHeader} handle */
const named = (handle) => (handle.owner ? `${handle.owner}: ${labelOf(handle)}` : labelOf(handle));

// Whether the stops at hand do not belong to this experiment, or lack the present value.
/** @param {State} state @param {HandleHeader} handle */
function needed(state, handle) {
  const { fan, key, stage } = state;
  const now = identity(stage.kept.header, key);
  const value = Number(handle.value);
  if (!fan || fan.identity !== now || fan.asked !== String(state.ends)) {
    if (fan && !state.ends && within(fan.header.range, value)) state.ends = fan.header.range;
    return true;
  }
  return !(fan.header.values.includes(value) || state.committed || state.ends);
}

/** @param {State} state @param {HandleHeader} handle */
function find(state, handle) {
  const { stage, key, ends } = state;
  const own = identity(stage.kept.header, key);
  state.fan = { header: stopsOf(handle, ends), identity: own, asked: String(ends) };
  lay(state);
  stage.library.fetch(stage.kept.header.modules).then(() => layFan(state));
}

// New stops: the slider, its ends, and where the present value lies.
/** @param {State} state */
function lay(state) {
  if (!isOpen(state)) return;
  const { fan, range } = state;
  const { header } = fan;
  range.max = String(header.stops.length - 1);
  [state.from, state.to].forEach((input, k) => writeEnd(input, header.range[k]));
  range.disabled = header.stops.length < 2;
  range.setAttribute("aria-label", state.label);
  settle(state);
}

// Stand at the experiment's own value, unless a hand is on the slider or its value is on its way: another
// race comes only with all that was done.
/** @param {State} state */
function settle(state) {
  if (!isOpen(state)) return;
  const { fan, handle } = state;
  if (state.committed?.of !== state.stage.kept) state.committed = null;
  if (state.sliding || state.committed) return void swap(state);
  state.j = stopAt(fan.header, handle.value);
  stand(state);
  say(state, handle.value);
  conclude(state, handle.value);
  layFan(state);
}

// An end that is being typed is left alone.
/** @param {HTMLInputElement} input @param {number} value */
function writeEnd(input, value) {
  if (!input.dataset.typing) input.value = String(Number(value.toPrecision(6)));
}

// The ends as typed; what is no number is put back, what is not allowed is said.
/** @param {State} state */
function limit(state) {
  const { handle } = state;
  if (!handle) return;
  const ends = [state.from.value, state.to.value].map(typed);
  const [low, high] = handle.limits;
  const known = ends.every(Number.isFinite);
  const allowed = known && ends.every((v) => v >= low && v <= high);
  state.note.textContent = allowed ? "" : `Allowed: ${significant(low)} to ${significant(high)}.`;
  if (known) {
    state.ends = ends;
    find(state, handle);
  } else lay(state);
}

/** @param {State} state */
function layFan(state) {
  const { stage } = state;
  const wanted = isOpen(state) && stage.race.header.view.fan && ready(stage);
  state.view.lay(wanted ? { fan: drawn(state), handle: state.handle } : null);
}
