// A text that is checked is taken in as it is typed: after a pause, as if Enter had been pressed. The
// page sends a field's text on Enter alone, and leaves its focus and what is typed meanwhile as they
// are. What one stretch of typing changes is one entry of the history.
//
// The server hears of the text at the key, so that during the pause it reads the formula, searches it and
// computes its landscape, and the page has fetched the modules: a page that rests finds all of it done.

import { addressesOf, foreseen } from "../core/live.js";
import { linkName } from "./link-name.js";

// On a quick line a text is taken after the shortest pause. On a slow one each change holds up those behind
// it, so a pause is awaited that is longer than the time from key to key.
const [SHORTEST, LONGEST] = [30, 250];
const OF_A_TRIP = 0.75;
const FIELD = "[class*='-typed'] input[type=text]";

/** @import { Stage } from "../core/stage.d.ts" */
/** @typedef {{ key: string, link: string }} Foreseen */
/** @typedef {{ enter: (field: HTMLInputElement) => void, heard: (asked: number) => void, pause: () => number }} Trip */
/**
 * @typedef {object} Stretch
 * @property {Element | null} field
 * @property {boolean} noted
 * @property {ReturnType<typeof setTimeout> | undefined} timer
 * @property {Trip} trip
 * @property {(field: HTMLInputElement) => void} foresee
 * @property {() => boolean} isUnderWay
 */

/** @param {Stage} stage */
export function typing(stage) {
  if (stage.component.offline) return {};
  const line = trip(stage);
  /** @type {Stretch} */
  const stretch = {
    field: null,
    noted: false,
    timer: undefined,
    trip: line,
    foresee: foreseeing(stage, line),
    isUnderWay: () => "waits" in stage.body.dataset,
  };
  document.addEventListener("input", (event) =>
    /** @type {InputEvent} */ (event).isComposing ? null : wait(stretch, event.target),
  );
  document.addEventListener("compositionend", (event) => wait(stretch, event.target));
  document.addEventListener("focusin", ({ target }) => isField(target) && line.enter(target));
  document.addEventListener("focusout", () => end(stretch));
  document.addEventListener("keydown", ({ key, isTrusted }) => key === "Enter" && isTrusted && end(stretch));
  globalThis.addEventListener("popstate", () => end(stretch));
  noteOnce(stretch);
  return {};
}

/** @param {EventTarget | null} target @returns {target is HTMLInputElement} */
const isField = (target) => target instanceof HTMLInputElement && target.matches(FIELD);

/** @param {Stretch} stretch @param {EventTarget | null} target */
function wait(stretch, target) {
  if (!isField(target)) return;
  clearTimeout(stretch.timer);
  stretch.timer = setTimeout(() => take(stretch, target), stretch.trip.pause());
  stretch.foresee(target);
}

// How long a question takes to the server and back at the least, since a field was entered: asked then of
// what stands there, and heard of every question since, for one answer may be late on a quick line.
/** @param {Stage} stage @returns {Trip} */
function trip(stage) {
  let [begun, took] = [0, 0];
  /** @param {number} asked */
  const heard = (asked) => {
    if (asked >= begun) took = Math.min(took, performance.now() - asked);
  };
  return {
    heard,
    enter: (field) => {
      const asked = foreseeable(stage, field);
      const now = performance.now();
      [begun, took] = [now, asked ? Infinity : 0];
      if (asked) addressesOf(asked.link).then(() => heard(now));
    },
    pause: () => {
      const known = Math.min(took, performance.now() - begun);
      return Math.min(Math.max(SHORTEST, OF_A_TRIP * known), LONGEST);
    },
  };
}

// One text at a time, the newest next: a quick hand leaves out those between.
/** @param {Stage} stage @param {Trip} line @returns {Stretch["foresee"]} */
function foreseeing(stage, line) {
  /** @type {Foreseen | null} */
  let next = null;
  let under = false;
  const work = async () => {
    for (under = true; next;) {
      const { key, link } = next;
      next = null;
      const asked = performance.now();
      const brought = addressesOf(link).then((found) => {
        line.heard(asked);
        return stage.library.fetch(found);
      });
      await Promise.all([foreseen(key), brought]);
    }
    under = false;
  };
  return (field) => {
    next = foreseeable(stage, field);
    if (next && !under) work();
  };
}

// The surface's key and the link with what is typed in a field in its place, or null for a field of
// something else.
/** @param {Stage} stage @param {HTMLInputElement} field @returns {Foreseen | null} */
function foreseeable({ race }, field) {
  const name = linkName(field);
  if (!race || !name?.startsWith("surface.")) return null;
  const { surface, link, chosen } = race.header;
  const typed = { [name]: field.value };
  return { key: withPairs(surface.key, typed), link: withPairs(link, { ...typed, "view.chosen": chosen }) };
}

/** @param {string} query @param {Record<string, unknown>} pairs */
function withPairs(query, pairs) {
  const found = new URLSearchParams(query);
  for (const [name, value] of Object.entries(pairs)) found.set(name, String(value));
  return String(found);
}

// One change is under way at a time, the newest next: over a slow line each brings a race of its own.
/** @param {Stretch} stretch @param {Element} field */
function take(stretch, field) {
  if (document.activeElement !== field) return;
  if (stretch.isUnderWay()) {
    stretch.timer = setTimeout(() => take(stretch, field), SHORTEST);
    return;
  }
  stretch.field = field;
  const code = { code: "Enter", keyCode: 13 };
  field.dispatchEvent(new globalThis.KeyboardEvent("keydown", { key: "Enter", bubbles: true, ...code }));
}

/** @param {Stretch} stretch */
function end(stretch) {
  clearTimeout(stretch.timer);
  Object.assign(stretch, { field: null, noted: false });
}

// The first change of a stretch is a new entry, and the others take its place.
/** @param {Stretch} stretch */
function noteOnce(stretch) {
  const push = history.pushState.bind(history);
  history.pushState = (...entry) => {
    const again = stretch.field && stretch.noted;
    stretch.noted = Boolean(stretch.field);
    return again ? history.replaceState(...entry) : push(...entry);
  };
}
