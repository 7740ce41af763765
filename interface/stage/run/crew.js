// Who computes maps on this page: workers, as many as the machine has processors.
/** @import { Addresses } from "./library.js" */
/** @typedef {{ task: string, addresses: Addresses, job: unknown, part: unknown }} Message */
/** @typedef {{ found?: unknown, problem?: string }} Answer */
/** @typedef {{ work(message: Message): Promise<Answer>, stop(): void }} Hired */
/** @typedef {Hired & { free: boolean }} Hand */
/** @template Found, Sent @typedef {{ part(found: Found, message: Sent): void, done(): void, failed(words: string): void }} Told */
/** @typedef {{ hands: Hand[], waiting: Message[], told: Told<unknown, Message> | null, open: number }} Office */

const MOST = 8;

// `hire()` makes one hand: { work(message) -> a promise of what was found, stop() }. Messages are handed
// out in order, to whoever is free; a new run calls off the one before, and nothing of it is heard.
/** @param {() => Hired} hire */
export function crew(hire, size = Math.min(navigator.hardwareConcurrency || 2, MOST)) {
  /** @type {Office} */
  const state = { hands: [], waiting: [], told: null, open: 0 };
  return {
    // `told` hears part(found, message) of each, then done(), or failed(words).
    /** @template Found @template {Message} Sent @param {Sent[]} messages @param {Told<Found, Sent>} told */
    run: (messages, told) => {
      callOff(state);
      Object.assign(state, { waiting: [...messages], told, open: messages.length });
      while (state.hands.length < Math.min(size, messages.length))
        state.hands.push({ ...hire(), free: true });
      state.hands.forEach((hand) => handOut(state, hand));
    },
    cancel: () => callOff(state),
    size,
  };
}

/** @param {Office} state */
function callOff(state) {
  Object.assign(state, { waiting: [], told: null });
  state.hands.filter(({ free }) => !free).forEach((hand) => hand.stop());
}

/** @param {Office} state @param {Hand} hand */
async function handOut(state, hand) {
  if (!hand.free) return;
  const [message, { told }] = [state.waiting.shift(), state];
  if (!message) return;
  hand.free = false;
  const answer = await hand.work(message).catch((problem) => ({ problem: problem.message }));
  hand.free = true;
  if (told === state.told) heard(state, answer, message);
  handOut(state, hand);
}

/** @param {Office} state @param {Answer} answer @param {Message} message */
function heard(state, { found, problem }, message) {
  const { told } = state;
  if (!told) return undefined;
  if (problem) {
    callOff(state);
    return told.failed(problem);
  }
  state.open -= 1;
  told.part(found, message);
  if (!state.open && told === state.told) told.done();
  return undefined;
}

// A hand in a worker, usually one whose script lies beside the page's; `besides(message)` is what goes
// along with each message.
/** @param {Worker} worker @param {(message: Message) => unknown} besides @returns {Hired} */
export function workerHand(worker = ownWorker(), besides = () => null) {
  /** @type {{ n: number, settle: ((answer: Answer) => void) | null }} */
  const state = { n: 0, settle: null };
  /** @param {Answer} answer */
  const settle = (answer) => {
    state.settle?.(answer);
    state.settle = null;
  };
  worker.addEventListener("message", ({ data }) => data.n === state.n && settle(data));
  worker.addEventListener("error", () => settle({ problem: "A worker could not be started." }));
  return {
    work: (message) =>
      new Promise((done) => {
        state.n += 1;
        state.settle = done;
        worker.postMessage({ n: state.n, message, texts: besides(message) });
      }),
    stop: () => {
      state.n += 1;
      worker.postMessage({ n: state.n });
      settle({ found: null });
    },
  };
}

const ownWorker = () => new Worker(new URL("worker.js", import.meta.url), { type: "module" });
