// What a hand has set last in one of the page's own controls stays there until the page has taken it in: an
// older value that was under way already is put back before it is painted.

import { overhear } from "./dom.js";

/** @typedef {{ n: number, of: string, text: string, value: string }} Told */
/** @typedef {Told & { since: string, moved: number }} Held */
/** @typedef {{ told: WeakMap<Element, Told | Held>, observer: MutationObserver, quietly: (work: () => unknown) => void }} State */

const CONTROL = ".stSlider, .stTextInput, .stNumberInput, .stSelectbox, .stCheckbox";
const [SLIDER, MENU, SWITCH] = ["[type=range]", "[role=combobox]", "[type=checkbox]"];
const [BEGUN, COMPLETE] = [".st-key-clock-begun input", ".st-key-clock-complete input"];
const TO_WRITE = 30; // frames
const TO_FOLLOW = 100; // ms
const SHOWN = ["aria-valuetext", "value", "data-selected"];

// `quietly` does what no hand has done.
/** @param {State["quietly"]} quietly */
export function keeper(quietly) {
  /** @type {State} */
  const state = {
    told: new WeakMap(),
    observer: new MutationObserver((changes) => {
      for (const target of new Set(changes.map(({ target }) => /** @type {Element} */ (target))))
        void keep(state, target);
    }),
    quietly,
  };
  for (const name of /** @type {const} */ (["keydown", "input", "pointerdown"]))
    overhear(name, ({ target }) => touched(state, target));
  return {
    // A control was set to what it shows, of which the page is told under number `n`.
    /** @param {HTMLInputElement} input @param {string} text @param {number} n */
    set: (input, text, n) => watch(state, input, { n, of: taken(BEGUN).of, text, value: input.value }),
    // A hand holds a slider: where it stands is newer than all that is written until it is let go.
    /** @param {HTMLInputElement} input @param {string} text */
    hold: (input, text) => watch(state, input, held(input, text)),
    // The hand that holds it moves.
    /** @param {HTMLInputElement} input */
    moved(input) {
      const control = input.closest(CONTROL);
      const asked = control && state.told.get(control);
      if (asked && "since" in asked) asked.moved = performance.now();
    },
    // It is let go.
    /** @param {Element} input */
    forget: (input) => touched(state, input),
  };
}

/** @param {State} state @param {HTMLInputElement} input @param {Told} asked */
function watch({ told, observer }, input, asked) {
  const control = input.closest(CONTROL);
  if (!control) return;
  told.set(control, asked);
  observer.observe(control, { attributeFilter: SHOWN });
  observer.observe(input, { attributeFilter: SHOWN });
}

/** @param {HTMLInputElement} input @param {string} text @returns {Held} */
function held(input, text) {
  return { n: Infinity, of: taken(BEGUN).of, text, value: input.value, since: running(), moved: 0 };
}

// Which run of the page's script has written last.
function running() {
  const clock = /** @type {HTMLInputElement | null} */ (document.querySelector(BEGUN));
  return `${clock?.ariaLabel} ${clock?.value}`;
}

// Whether a held slider shows something else because its hand has moved, and not because a run has written it.
/** @param {Told | Held} asked */
const isByHand = (asked) =>
  "since" in asked && (asked.since === running() || performance.now() - asked.moved < TO_FOLLOW);

// What a hand does next is newer; it is told once it has been done.
/** @param {State} state @param {Element} target */
function touched({ told }, target) {
  const control = target.closest(CONTROL);
  if (control) told.delete(control);
}

// How much of what it was told the page had taken in, as far as it has written what is shown now.
/** @param {string} clock */
function taken(clock) {
  const [of, n] = (document.querySelector(clock)?.getAttribute("aria-label") ?? "").split(" ");
  return { of, n: Number(n) };
}

/** @param {string} clock @param {Told} asked */
function isTaken(clock, asked) {
  const now = taken(clock);
  return now.of !== asked.of || now.n >= asked.n;
}

/** @param {State} state @param {Element} changed */
async function keep({ told, quietly }, changed) {
  const control = changed.closest(CONTROL);
  const input = control?.querySelector("input");
  const asked = control && told.get(control);
  if (!input || !asked || shows(input, asked)) return;
  if (isByHand(asked)) return void told.set(control, held(input, shown(input)));
  told.delete(control);
  if (isTaken(BEGUN, asked)) return;
  if (input.matches(SLIDER)) await slide(input, asked);
  else if (!input.matches(MENU)) quietly(() => (input.matches(SWITCH) ? input.click() : write(input, asked)));
  told.set(control, "since" in asked ? held(input, asked.text) : asked);
  if (input.matches(MENU)) veil(input, asked, () => told.get(control) === asked);
}

/** @param {HTMLInputElement} input @param {Told} asked */
function shows(input, { text }) {
  if (input.matches(SWITCH)) return input.checked === (text === "on");
  return shown(input) === text;
}

/** @param {HTMLInputElement} input */
const shown = (input) => input.getAttribute("aria-valuetext") ?? input.value;

// A slider names only the stop where it stands, and a value between its stops moves those above by one.
/** @param {HTMLInputElement} input @param {Told} asked */
async function slide(input, asked) {
  for (const moved of [0, 1, -1]) {
    enter(input, String(Number(asked.value) + moved));
    await null; // it is drawn by then
    if (shows(input, asked)) return;
  }
}

/** @param {HTMLInputElement} field @param {Told} asked */
function write(field, { text }) {
  enter(field, text);
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
}

// The page's own way of writing into an input would keep the control from hearing of it.
/** @param {HTMLInputElement} input @param {string} value */
function enter(input, value) {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(input, value);
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

// A menu is set by a hand alone. So it shows another text than its own, frame after frame, until the page has
// written the same, or has had the time to write what it makes of it.
/** @param {HTMLInputElement} menu @param {Told} asked @param {() => boolean} isNewest @param {number} frames */
function veil(menu, asked, isNewest, frames = 0) {
  const own = menu.getAttribute("value") ?? "";
  if (!isNewest() || own === asked.text) return;
  menu.value = frames < TO_WRITE ? asked.text : own;
  if (frames < TO_WRITE)
    requestAnimationFrame(() => veil(menu, asked, isNewest, frames + Number(isTaken(COMPLETE, asked))));
}
