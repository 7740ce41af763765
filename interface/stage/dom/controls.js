// What a hand sets in the page's own controls, told in its place among all else that is done. The
// page hears of it from the control as well, but not what came first, and of a text nothing at all
// where the control takes it for what it had.

import { overhear } from "./dom.js";
import { keeper } from "./newest.js";

/**
 * @typedef {object} State
 * @property {Tell} tell
 * @property {WeakSet<Element>} typed
 * @property {HTMLInputElement | null} held
 * @property {HTMLInputElement | null} menu
 * @property {ReturnType<typeof keeper>} newest
 * @property {boolean} quiet
 */
/** @typedef {(name: string, value: unknown) => number | null | false} Tell */

const SLIDES = /^(Arrow|Page|Home$|End$)/;
const TEXT = ".stTextInput input";
const NUMBER = ".stNumberInput input";
const STEP = "[data-testid^=stNumberInputStep]";
const SLIDER = ".stSlider input[type=range]";
const MENU = ".stSelectbox [role=combobox]";
const OPEN = `${MENU}[aria-expanded=true]`;

// Call `tell` with "set" or "pressed" for what is done to a control, and with its name on the page.
/** @param {Tell} tell */
export function watchControls(tell) {
  const newest = keeper((work) => quietly(state, work));
  /** @type {State} */
  const state = { tell, newest, typed: new WeakSet(), held: null, menu: null, quiet: false };
  /** @type {typeof overhear} */
  const hear = (name, work) => overhear(name, (event) => state.quiet || work(event));
  hear("input", ({ target }) => target.matches(`${TEXT}, ${NUMBER}`) && state.typed.add(target));
  hear("focusout", ({ target }) => committed(state, target));
  hear("keydown", (event) => onKey(state, event));
  hear("pointerdown", ({ target }) => onDown(state, target));
  hear("pointermove", (event) => onMove(state, event));
  hear("pointerup", () => onUp(state));
  hear("pointercancel", () => letGo(state));
  hear("click", ({ target }) => onClick(state, target));
}

// What no hand has done is not told.
/** @param {State} state @param {() => unknown} work */
function quietly(state, work) {
  state.quiet = true;
  work();
  state.quiet = false;
}

// The control's own listeners come after these; what it shows then is what has been set. It is told
// before the page is, for that waits for a timer set later than this one.
/** @param {() => unknown} work */
const later = (work) => setTimeout(work);

/** @param {State} state @param {KeyboardEvent} event */
function onKey(state, { target, key, isComposing }) {
  if (!(target instanceof HTMLInputElement)) return;
  if (target.matches(SLIDER) && SLIDES.test(key)) later(() => slid(state, target));
  if (target.matches(NUMBER) && /^Arrow(Up|Down)$/.test(key)) later(() => counted(state, target));
  if (key !== "Enter" || isComposing) return;
  if (target.matches(OPEN)) later(() => set(state, target, target.value));
  else committed(state, target);
}

/** @param {State} state @param {Element} target */
function onDown(state, target) {
  const slider = target.closest(".stSlider");
  if (slider) {
    state.held = slider.querySelector("input[type=range]");
    later(() => hold(state));
  }
  state.menu = target.closest("[role=option]") && document.querySelector(OPEN);
}

// Where a slider is held is told when it is let go.
/** @param {State} state */
function hold({ held, newest }) {
  const text = held?.getAttribute("aria-valuetext");
  if (held && text) newest.hold(held, text);
}

// A page that is laid out anew tells of a move where the hand has stayed.
/** @param {State} state @param {PointerEvent} event */
function onMove({ held, newest }, { movementX, movementY }) {
  if (held && (movementX || movementY)) newest.moved(held);
}

/** @param {State} state */
function letGo(state) {
  if (state.held) state.newest.forget(state.held);
  state.held = null;
}

/** @param {State} state */
function onUp(state) {
  const { held, menu } = state;
  if (held) later(() => slid(state, held));
  if (menu) later(() => set(state, menu, menu.value));
  Object.assign(state, { held: null, menu: null });
}

/** @param {State} state @param {Element} target */
function onClick(state, target) {
  const toggle = target.closest(".stCheckbox")?.querySelector("input");
  if (toggle) later(() => set(state, toggle, toggle.checked ? "on" : "off"));
  const button = target.closest("button");
  if (!button || button.disabled) return;
  const number = button.matches(STEP) && button.closest(".stNumberInput")?.querySelector("input");
  if (number) later(() => counted(state, number));
  else if (button.closest(".stButton")) state.tell("pressed", named(button));
}

// A text counts once Enter or another place ends it, and only if something was typed.
/** @param {State} state @param {Element} target */
function committed(state, target) {
  if (!(target instanceof HTMLInputElement) || !state.typed.delete(target)) return;
  if (target.matches(TEXT)) set(state, target, target.value);
  else later(() => counted(state, target));
}

/** @param {State} state @param {HTMLInputElement} input */
const slid = (state, input) => set(state, input, input.getAttribute("aria-valuetext"));

// A number that its field refuses is not set.
/** @param {State} state @param {HTMLInputElement} input */
const counted = (state, input) => input.validity.valid && set(state, input, input.value);

/** @param {State} state @param {HTMLInputElement} control @param {string | null} text */
function set(state, control, text) {
  const name = named(control);
  if (!name || text === null) return;
  const n = state.tell("set", { name, text });
  if (typeof n === "number") state.newest.set(control, text, n);
}

/** @param {Element} element */
function named(element) {
  const keyed = element.closest('[class*="st-key-"]');
  return /(?:^| )st-key-(\S+)/.exec(keyed?.className ?? "")?.[1];
}
