// A text that is checked is taken in as it is typed: after a pause, as if Enter had been pressed. The
// page sends a field's text on Enter alone, and leaves its focus and what is typed meanwhile as they
// are. What one stretch of typing changes is one entry of the history.
//
// The server hears of the text at the key, so that during the pause it reads the formula, searches it and
// computes its landscape, and the page has fetched the modules: a page that rests finds all of it done.

import { addressesOf, foreseen } from "../core/live.js";
import { linkName } from "./link-name.js";

const PAUSE = 60;
const FIELD = "[class*='-typed'] input[type=text]";

/** @import { Stage } from "../core/stage.d.ts" */
/** @typedef {{ key: string, link: string }} Foreseen */
/**
 * @typedef {object} Stretch
 * @property {Element | null} field
 * @property {boolean} noted
 * @property {ReturnType<typeof setTimeout> | undefined} timer
 * @property {(field: HTMLInputElement) => void} foresee
 * @property {() => boolean} isUnderWay
 */

/** @param {Stage} stage */
export function typing(stage) {
  if (stage.component.offline) return {};
  /** @type {Stretch} */
  const stretch = {
    field: null,
    noted: false,
    timer: undefined,
    foresee: foreseeing(stage),
    isUnderWay: () => "waits" in stage.body.dataset,
  };
  document.addEventListener("input", (event) => typed(stretch, /** @type {InputEvent} */ (event)));
  document.addEventListener("compositionend", (event) => wait(stretch, event.target));
  document.addEventListener("focusout", () => end(stretch));
  document.addEventListener("keydown", ({ key, isTrusted }) => key === "Enter" && isTrusted && end(stretch));
  globalThis.addEventListener("popstate", () => end(stretch));
  noteOnce(stretch);
  return {};
}

/** @param {Stretch} stretch @param {InputEvent} event */
function typed(stretch, { target, isComposing }) {
  if (!isComposing) wait(stretch, target);
}

/** @param {Stretch} stretch @param {any} target */
function wait(stretch, target) {
  if (!target.matches?.(FIELD)) return;
  clearTimeout(stretch.timer);
  stretch.timer = setTimeout(() => take(stretch, target), PAUSE);
  stretch.foresee(target);
}

// One text at a time, the newest next: a quick hand leaves out those between.
/** @param {Stage} stage @returns {Stretch["foresee"]} */
function foreseeing(stage) {
  /** @type {Foreseen | null} */
  let next = null;
  let under = false;
  const work = async () => {
    for (under = true; next;) {
      const { key, link } = next;
      next = null;
      const brought = addressesOf(link).then(stage.library.fetch);
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
    stretch.timer = setTimeout(() => take(stretch, field), PAUSE);
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
