// The life of what a lab asks: begun when something that it rests on is another, heard part by part,
// called off by the hand or by moving on, and kept when it is whole.

import { worker } from "../core/jobs.js";

/** @typedef {{ key: string, about: any, stop: () => void }} Job */

// `changed()` is called after each turn: whoever draws, draws.
export function study(changed) {
  /** @type {{ job: Job | null, halted: string | null, words: string }} */
  const state = { job: null, halted: null, words: "" };
  return {
    job: () => state.job,
    busy: () => state.job !== null,
    halted: () => state.halted !== null,
    words: () => state.words,
    // Whether what has this key is under way already, or was called off by hand.
    stands: (key) => state.job?.key === key || state.halted === key,
    ask: (key, begin, heard) => ask(state, changed, key, begin, heard),
    callOff: () => callOff(state),
    halt: () => halt(state, changed),
    resume: () => (state.halted = null),
  };
}

// `begin(told)` starts the work and returns what stops it; told are part(part), done(), failed(words).
// Nothing is heard of a job that is over.
function ask(state, changed, key, begin, { part, done, about = null }) {
  callOff(state);
  const job = { key, about, stop: () => undefined };
  Object.assign(state, { job, halted: null, words: "" });
  const live = (work) => (given) => {
    if (state.job === job) work(given);
  };
  const end = (more) => {
    Object.assign(state, { job: null, ...more });
    if (!more.halted) done?.();
    changed();
  };
  job.stop = begin({
    part: live(part),
    done: live(() => end({})),
    failed: live((words) => end({ halted: key, words })),
  });
  changed();
}

function callOff(state) {
  state.job?.stop();
  state.job = null;
}

function halt(state, changed) {
  const { key } = state.job;
  callOff(state);
  state.halted = key;
  changed();
}

// Work that the server does: `asking(kind, query)` begins it.
export function office() {
  const server = worker();
  return (kind, query) => (told) => {
    server.run(kind, query.toString(), told);
    return server.cancel;
  };
}

// The newest answers by their keys, at most so many beside those that are wanted.
export function shelf(most) {
  const kept = new Map();
  return {
    get: (key) => kept.get(key),
    put: (key, answer) => {
      kept.delete(key);
      kept.set(key, answer);
    },
    drop: (key) => kept.delete(key),
    forget: (wanted) => {
      for (const key of [...kept.keys()]) {
        if (kept.size <= most) return;
        if (!wanted.includes(key)) kept.delete(key);
      }
    },
  };
}
