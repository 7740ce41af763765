// The life of what a lab asks: begun when something that it rests on is another, heard part by part,
// called off by the hand or by moving on, and kept when it is whole.

/** @template Part @typedef {{ part(part: Part): void, done(): void, failed(words: string): void }} Told */
/** @template Part @typedef {(told: Told<Part>) => () => void} Begin */
/** @template About @typedef {{ key: string, about: About | null, stop: () => void }} Job */
/** @template Part, About @typedef {{ part(part: Part): void, done?(): void, about?: About | null }} Heard */
/**
 * @template About
 * @typedef {object} State
 * @property {Job<About> | null} job
 * @property {string | null} halted
 * @property {string} words
 */
/** @import { Numbers } from "../core/packets.d.ts" */
/** @typedef {Record<string, Pick<Numbers, "values">>} Arrays */
/** @template Header @typedef {{ header: Header, arrays: Arrays }} Sent */

// `changed()` is called after each turn: whoever draws, draws.
/** @template [Part=unknown], [About=null] @param {() => void} changed */
export function study(changed) {
  /** @type {State<About>} */
  const state = { job: null, halted: null, words: "" };
  return {
    job: () => state.job,
    busy: () => state.job !== null,
    halted: () => state.halted !== null,
    words: () => state.words,
    // Whether what has this key is under way already, or was called off by hand.
    /** @param {string} key */
    stands: (key) => state.job?.key === key || state.halted === key,
    /** @type {(key: string, begin: Begin<Part>, heard: Heard<Part, About>) => void} */
    ask: (key, begin, heard) => ask(state, changed, key, begin, heard),
    callOff: () => callOff(state),
    halt: () => halt(state, changed),
    resume: () => (state.halted = null),
  };
}

// `begin(told)` starts the work and returns what stops it; told are part(part), done(), failed(words).
// Nothing is heard of one that was stopped.
/**
 * @template Part, About
 * @param {State<About>} state
 * @param {() => void} changed
 * @param {string} key
 * @param {Begin<Part>} begin
 * @param {Heard<Part, About>} heard
 */
function ask(state, changed, key, begin, { part, done, about = null }) {
  callOff(state);
  /** @type {Job<About>} */
  const job = { key, about, stop: () => undefined };
  Object.assign(state, { job, halted: null, words: "" });
  /** @param {Partial<State<About>>} more */
  const end = (more) => {
    Object.assign(state, { job: null, ...more });
    if (!more.halted) done?.();
    changed();
  };
  const told = {
    part,
    done: () => end({}),
    failed: (/** @type {string} */ words) => end({ halted: key, words }),
  };
  job.stop = begin(told);
  changed();
}

/** @param {State<unknown>} state */
function callOff(state) {
  state.job?.stop();
  state.job = null;
}

/** @param {State<unknown>} state @param {() => void} changed */
function halt(state, changed) {
  state.halted = state.job?.key ?? null;
  callOff(state);
  changed();
}

// What a saved page says that has no server to ask.
export const OFFLINE = "Only the app can compute this; this page was saved from it.";

// The newest answers by their keys, at most so many beside those that are wanted.
/** @template Answer @param {number} most */
export function shelf(most) {
  /** @type {Map<string, Answer>} */
  const kept = new Map();
  return {
    /** @param {string} key */
    get: (key) => kept.get(key),
    /** @param {string} key @param {Answer} answer */
    put: (key, answer) => {
      kept.delete(key);
      kept.set(key, answer);
    },
    /** @param {string} key */
    drop: (key) => kept.delete(key),
    /** @param {string[]} wanted */
    forget: (wanted) => {
      for (const key of [...kept.keys()]) {
        if (kept.size <= most) return;
        if (!wanted.includes(key)) kept.delete(key);
      }
    },
  };
}
