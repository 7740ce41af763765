// What is done on the stage, told to the page in order and kept until the page has taken it in.
// All that waits is one value of the component, so every message of the page carries all of it:
// none is lost when another comes right after it, and none is done twice, for each has a number.

import { cut } from "./connection.js";

const AGAIN = 3000;
const TRIES = 10;
const LAST_COUNTS = ["placed", "viewed", "set"];

/** @typedef {{ taken: number, token?: string }} Header */
/** @import { Point } from "./stage.d.ts" */
/** @typedef {{ n: number, name: string, value: unknown }} Act */
/**
 * @typedef {object} Acts
 * @property {(said: { of: string, done: Act[] }) => void} send
 * @property {() => void} givenUp
 * @property {Act[]} waiting
 * @property {number} count
 * @property {string | null} token
 * @property {number} tries
 * @property {ReturnType<typeof setTimeout> | undefined} timer
 */

// `send` hands over what waits; `givenUp` is called when the page has not answered for long.
/** @param {Acts["send"]} send @param {() => void} givenUp */
export function acts(send, givenUp) {
  /** @type {Acts} */
  const state = { send, givenUp, waiting: [], count: 0, token: null, tries: TRIES, timer: undefined };
  return {
    /** @type {(name: string, value: unknown) => number} */
    add: (name, value) => add(state, name, value),
    send: () => tell(state),
    /** @type {(header: Header) => boolean} */
    answered: (header) => answered(state, header),
    // Where the start was last asked to be, while that waits.
    placed: () => /** @type {Point | undefined} */ (state.waiting.findLast(isPlace)?.value),
  };
}

/** @param {Act} act */
const isPlace = ({ name }) => name === "placed";

// Whether an act takes the place of the one before: what it sets was only on its way.
/** @param {Act | undefined} before @param {Omit<Act, "n">} act */
const replaces = (before, { name, value }) =>
  before?.name === name && LAST_COUNTS.includes(name) && setting(before.value) === setting(value);

// Which setting a value is of, where it says so.
/** @param {unknown} value */
const setting = (value) => (typeof value === "object" && value && "name" in value ? value.name : undefined);

// Returns the act's number.
/** @param {Acts} state @param {string} name @param {unknown} value */
function add(state, name, value) {
  if (replaces(state.waiting.at(-1), { name, value })) state.waiting.pop();
  state.waiting.push({ n: (state.count += 1), name, value });
  state.tries = TRIES;
  return state.count;
}

/** @param {Acts} state */
function tell(state) {
  clearTimeout(state.timer);
  if (!state.waiting.length) return;
  state.timer = setTimeout(() => again(state), AGAIN);
  if (state.token) state.send({ of: state.token, done: state.waiting });
}

// The connection may have been down; a page that still computes is left to it, and while the line is
// down nothing is given up.
/** @param {Acts} state */
function again(state) {
  const busy = document.querySelector("[data-testid=stApp][data-test-script-state=running]") || cut();
  if (!busy) state.tries -= 1;
  if (busy) state.timer = setTimeout(() => again(state), AGAIN);
  else if (state.tries > 0) tell(state);
  else {
    state.waiting = [];
    state.givenUp();
  }
}

// A packet says which acts it knows of; returns whether it knows of all. A page that was started
// anew has taken in none: it is told again what still waits.
/** @param {Acts} state @param {Header} header */
function answered(state, { taken, token }) {
  if (token === undefined) return true;
  const anew = state.token !== token;
  state.count = Math.max(state.count, taken);
  if (!anew) state.waiting = state.waiting.filter(({ n }) => n > taken);
  if (anew) {
    state.token = token;
    state.waiting = state.waiting.map((act) => ({ ...act, n: (state.count += 1) }));
    tell(state);
  }
  if (!state.waiting.length) clearTimeout(state.timer);
  return !state.waiting.length;
}
