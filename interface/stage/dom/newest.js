// What a hand has set last in one of the page's own controls stays there until the page has taken it in: an
// older value that was under way already is put back before it is painted.

import { overhear } from "./dom.js";

/** @typedef {{ n: number, of: string, text: string, value: string }} Told */
/** @typedef {{ told: WeakMap<HTMLInputElement, Told>, observer: MutationObserver, wrote: (control: HTMLInputElement) => void }} State */

const CONTROL = ".stSlider, .stTextInput, .stNumberInput";
const SLIDER = "input[type=range]";
const TAKEN = ".st-key-clock-begun input";

// `wrote` is called where a field is written that no hand has typed into.
/** @param {State["wrote"]} wrote */
export function newest(wrote) {
  /** @type {State} */
  const state = {
    told: new WeakMap(),
    observer: new MutationObserver((changes) => {
      for (const target of new Set(changes.map(({ target }) => target)))
        if (target instanceof HTMLInputElement) void keep(state, target);
    }),
    wrote,
  };
  for (const name of /** @type {const} */ (["keydown", "input", "pointerdown"]))
    overhear(name, ({ target }) => touched(state, target));
  // A control was set to what it shows, of which the page is told under number `n`.
  return (/** @type {HTMLInputElement} */ control, /** @type {string} */ text, /** @type {number} */ n) => {
    state.told.set(control, { n, of: taken().of, text, value: control.value });
    state.observer.observe(control, { attributeFilter: ["aria-valuetext", "value"] });
  };
}

// What a hand does next is newer; it is told once it has been done.
/** @param {State} state @param {Element} target */
function touched({ told }, target) {
  const control = target.closest(CONTROL)?.querySelector("input");
  if (control) told.delete(control);
}

// How much of what it was told the page had taken in when it wrote what is shown now.
function taken() {
  const [of, n] = (document.querySelector(TAKEN)?.getAttribute("aria-label") ?? "").split(" ");
  return { of, n: Number(n) };
}

/** @param {State} state @param {HTMLInputElement} control */
async function keep({ told, wrote }, control) {
  const [asked, now] = [told.get(control), taken()];
  if (!asked || shows(control, asked)) return;
  told.delete(control);
  if (now.of !== asked.of || now.n >= asked.n) return;
  if (control.matches(SLIDER)) await slide(control, asked);
  else write(control, asked, wrote);
  told.set(control, asked);
}

/** @param {HTMLInputElement} control @param {Told} asked */
const shows = (control, { text }) => (control.getAttribute("aria-valuetext") ?? control.value) === text;

// A slider names only the stop where it stands, and a value between its stops moves those above by one.
/** @param {HTMLInputElement} control @param {Told} asked */
async function slide(control, asked) {
  for (const moved of [0, 1, -1]) {
    enter(control, String(Number(asked.value) + moved));
    await null; // it is drawn by then
    if (shows(control, asked)) return;
  }
}

/** @param {HTMLInputElement} control @param {Told} asked @param {State["wrote"]} wrote */
function write(control, { text }, wrote) {
  enter(control, text);
  wrote(control);
  control.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
}

// The page's own way of writing into an input would keep the control from hearing of it.
/** @param {HTMLInputElement} control @param {string} value */
function enter(control, value) {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(control, value);
  control.dispatchEvent(new Event("input", { bubbles: true }));
}
