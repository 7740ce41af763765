// A text that is checked is taken in as it is typed: after a pause, as if Enter had been pressed. The
// page sends a field's text on Enter alone, and leaves its focus and what is typed meanwhile as they
// are. What one stretch of typing changes is one entry of the history.

const PAUSE = 150;
const FIELD = "[class*='-typed'] input[type=text]";

/** @typedef {{ field: Element | null, noted: boolean, timer: ReturnType<typeof setTimeout> | undefined }} Stretch */

/** @param {{ component: { offline?: boolean } }} stage */
export function typing(stage) {
  if (stage.component.offline) return {};
  /** @type {Stretch} */
  const stretch = { field: null, noted: false, timer: undefined };
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
