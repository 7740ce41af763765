// A text that is checked is taken in as it is typed: after a pause, as if Enter had been pressed. The
// page sends a field's text on Enter alone, and leaves its focus and what is typed meanwhile as they
// are. What one stretch of typing changes is one entry of the history.
//
// The server hears of the text at the key, so that during the pause it reads the formula, searches it and
// computes its landscape: a page that rests finds all of it done.

import { foreseen } from "../core/live.js";
import { linkName } from "./link-name.js";

const PAUSE = 100;
const FIELD = "[class*='-typed'] input[type=text]";

/** @import { Stage } from "../core/stage.d.ts" */
/**
 * @typedef {object} Stretch
 * @property {Element | null} field
 * @property {boolean} noted
 * @property {ReturnType<typeof setTimeout> | undefined} timer
 * @property {(field: HTMLInputElement) => void} foresee
 */

/** @param {Stage} stage */
export function typing(stage) {
  if (stage.component.offline) return {};
  /** @type {Stretch} */
  const stretch = { field: null, noted: false, timer: undefined, foresee: foreseeing(stage) };
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
  /** @type {string | null} */
  let next = null;
  let under = false;
  const work = async () => {
    for (under = true; next;) {
      const key = next;
      next = null;
      await foreseen(key);
    }
    under = false;
  };
  return (field) => {
    next = keyWith(stage.race?.header.surface.key, field);
    if (next && !under) work();
  };
}

// The surface's key with what is typed in a field in its place, or null for a field of something else.
/** @param {string | undefined} key @param {HTMLInputElement} field */
function keyWith(key, field) {
  const name = linkName(field);
  if (!key || !name?.startsWith("surface.")) return null;
  const pairs = new URLSearchParams(key);
  pairs.set(name, field.value);
  return String(pairs);
}

/** @param {Stretch} stretch @param {Element} field */
function take(stretch, field) {
  if (document.activeElement !== field) return;
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
