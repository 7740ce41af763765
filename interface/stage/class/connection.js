// What a page says to its class and hears of it (interface/room_routes.py).

import { CLASS_ENDED } from "../core/known.js";
import { address } from "../core/live.js";

/** @import { AheadHeader, RoomAnswer, RoomNews } from "../core/packets.d.ts" */
/** @import { Member } from "./member.js" */

// Milliseconds after which what did not get through is tried again.
export const AGAIN = 3000;
const SILENT = 30_000;
const UNREACHED = "The class cannot be reached just now.";

/** @returns {Promise<{ code: string, key: string }>} */
export const opened = async () => (await asked("rooms", { method: "POST" })).json();

/** @param {Member} member */
export const ended = (member) => asked(`rooms/${member.code}`, { method: "DELETE", ...keyed(member) });

/** @param {Member} member @param {string} what @param {object} said */
export const say = (member, what, said) =>
  asked(`rooms/${member.code}/${what}`, { method: "POST", body: JSON.stringify(said), ...keyed(member) });

/** @param {Member} member @param {string} lesson @param {string} phase @returns {Promise<RoomAnswer[]>} */
export const answersTo = async (member, lesson, phase) =>
  (await asked(`rooms/${member.code}/answers?lesson=${lesson}&phase=${phase}`, keyed(member))).json();

// What follows a lesson's prediction; null where it does not come now, for the page is sent it anyway.
/** @param {string} lesson @returns {Promise<AheadHeader | null>} */
export const aheadOf = async (lesson) => {
  const answer = await asked(`lessons/ahead.json?lesson=${lesson}`, {}).catch(() => null);
  return answer && answer.json();
};

/** @param {Member} member */
const keyed = ({ key }) => (key ? { headers: { "X-Room-Key": key } } : {});

// The answer to a request; an error in words for a student where there is none, a TypeError where the line is
// cut.
/** @param {string} path @param {RequestInit} how */
async function asked(path, how) {
  const answer = await fetch(address(path), how).catch(() => null);
  if (!answer) throw new TypeError(UNREACHED);
  if (!answer.ok) throw new Error(await answer.text());
  return answer;
}

// Hear the news of a class until what is returned is called; `over` is called when the class is no more. A
// line that is cut, or silent for longer than the server ever is, is made anew.
/** @param {Member} member @param {(news: RoomNews) => void} heard @param {() => void} over */
export function listen({ code, who, key }, heard, over) {
  const url = address(`rooms/${code}/news${key ? "" : `?who=${who}`}`);
  url.protocol = url.protocol.replace("http", "ws");
  /** @type {WebSocket} */
  let socket;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @param {() => void} work @param {number} time */
  const later = (work, time) => {
    clearTimeout(timer);
    timer = setTimeout(work, time);
  };
  const hush = () => {
    clearTimeout(timer);
    socket.onclose = null;
    socket.close();
  };
  const open = () => {
    socket = new WebSocket(url);
    socket.onmessage = ({ data }) => {
      later(anew, SILENT);
      if (data) heard(JSON.parse(data));
    };
    socket.onclose = ({ code: why }) => (why === CLASS_ENDED ? over() : later(open, AGAIN));
  };
  const anew = () => {
    hush();
    open();
  };
  open();
  return hush;
}
