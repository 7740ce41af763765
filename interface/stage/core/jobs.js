// Long work on the server: one job at a time for each worker; a new one ends the one before.

import { address } from "./live.js";
import { ANSWERS } from "./known.js";
import { unpack } from "./packet.js";

/** @template Part @typedef {{ part(part: Part): void, done(): void, failed(words: string): void }} Told */
/** @typedef {{ text: string, told: Told<unknown> }} Wanted */
/** @typedef {{ socket: WebSocket | null, n: number, wanted: Wanted | null }} Worker */

// The same, heard only while somebody listens.
/** @template Part @param {() => boolean} listens @param {Told<Part>} told @returns {Told<Part>} */
export const whileHeard = (listens, { part, done, failed }) => ({
  part: (found) => listens() && part(found),
  done: () => listens() && done(),
  failed: (words) => listens() && failed(words),
});

// `run` asks for a job: `part(race-like packet)` for each part, then `done()` or `failed(words)`.
// What still arrives of an earlier job is dropped, so nothing stale is ever shown.
export function worker() {
  /** @type {Worker} */
  const state = { socket: null, n: 0, wanted: null };
  return {
    /** @template Part @param {string} kind @param {string} query @param {Told<Part>} told */
    run: (kind, query, told) => {
      state.n += 1;
      state.wanted = { text: JSON.stringify({ n: state.n, kind, query }), told };
      send(state);
    },
    cancel: () => {
      state.n += 1;
      state.wanted = null;
      state.socket?.close();
      state.socket = null;
    },
    busy: () => state.wanted !== null,
  };
}

/** @param {Worker} state */
function send(state) {
  if (state.socket?.readyState === WebSocket.OPEN) state.socket.send(state.wanted?.text ?? "");
  else if (state.socket?.readyState !== WebSocket.CONNECTING) open(state);
}

/** @param {Worker} state */
function open(state) {
  const url = address("work");
  url.protocol = url.protocol.replace("http", "ws");
  const socket = new WebSocket(url);
  socket.binaryType = "arraybuffer";
  socket.onopen = () => state.wanted && socket.send(state.wanted.text);
  socket.onmessage = ({ data }) => hear(state, data);
  socket.onclose = () => {
    if (state.socket !== socket) return;
    state.socket = null;
    finish(state, (told) => told.failed("The connection was lost."));
  };
  state.socket = socket;
}

/** @param {Worker} state @param {ArrayBuffer} data */
function hear(state, data) {
  const [n, what] = new Uint32Array(data, 0, 2);
  if (n !== state.n || !state.wanted) return;
  if (what === ANSWERS.part) state.wanted.told.part(unpack(data.slice(8)));
  else if (what === ANSWERS.done) finish(state, (told) => told.done());
  else finish(state, (told) => told.failed(new TextDecoder().decode(data.slice(8))));
}

/** @param {Worker} state @param {(told: Told<unknown>) => void} say */
function finish(state, say) {
  const { wanted } = state;
  state.wanted = null;
  if (wanted) say(wanted.told);
}
