// The routes that answer a link: landscapes, and races for what is being felt under the hand.

import { unpack } from "./packet.js";

export const address = (path) => new URL(path, document.baseURI);

// Packets that stand in the page itself, as they do in one that was saved to play offline.
export function embedded(kind) {
  const found = [...document.querySelectorAll(`script[data-packet="${kind}"]`)];
  return found.map(({ textContent }) => unpack(Uint8Array.from(atob(textContent), (c) => c.charCodeAt(0))));
}

export async function landscape(key, window) {
  const [own] = embedded("landscape");
  if (own) return window ? null : own;
  const query = window ? `${key}&window=${window.join(",")}` : key;
  return fetched(`live/landscape?${query}`);
}

export async function race(query) {
  return fetched(`live/race?${query}`);
}

export async function stops(query) {
  return fetched(`live/fan?${query}`);
}

async function fetched(path) {
  const answer = await fetch(address(path));
  if (!answer.ok) throw new Error(`${answer.status} for ${path}`);
  return unpack(await answer.arrayBuffer());
}

// Ask for one race at a time; of questions asked meanwhile only the newest is sent.
export function conversation(heard) {
  const state = { socket: null, busy: false, next: null };
  const send = () => {
    if (state.busy || state.next === null) return;
    if (!state.socket || state.socket.readyState > WebSocket.OPEN) return open();
    if (state.socket.readyState !== WebSocket.OPEN) return;
    state.socket.send(state.next);
    state.next = null;
    state.busy = true;
  };
  const open = () => {
    const url = address("live");
    url.protocol = url.protocol.replace("http", "ws");
    state.socket = new WebSocket(url);
    state.socket.binaryType = "arraybuffer";
    state.socket.onopen = send;
    state.socket.onclose = () => Object.assign(state, { socket: null, busy: false });
    state.socket.onmessage = ({ data }) => {
      state.busy = false;
      heard(unpack(data));
      send();
    };
  };
  return {
    ask: (query) => {
      state.next = query;
      send();
    },
    close: () => {
      state.next = null;
      state.socket?.close();
    },
  };
}
