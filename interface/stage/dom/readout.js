// The box that reads out what lies under the pointer, one for each map and figure.

import { make } from "./dom.js";

const AWAY = 14;

// A box within an element, at first hidden; its lines are texts, or elements of a line each.
/** @param {HTMLElement} host */
export function readout(host) {
  const box = make("div", { class: "readout", hidden: true });
  host.append(box);
  return {
    hide: () => box.hidden || (box.hidden = true), // setting it is work even where it stands
    /** @param {(string | Node)[]} lines @param {number} px @param {number} py */
    show: (lines, px, py) => {
      box.hidden = false;
      box.replaceChildren(...lines.map((line) => (typeof line === "string" ? make("div", {}, line) : line)));
      box.style.left = `${beside(px, box.offsetWidth, host.clientWidth)}px`;
      box.style.top = `${Math.max(Math.min(py + AWAY, host.clientHeight - box.offsetHeight - 4), 0)}px`;
    },
  };
}

// Where a box of this width stands beside the pointer: on the side that has room for it, and inside.
/** @param {number} px @param {number} wide @param {number} room */
export function beside(px, wide, room) {
  const after = px + AWAY;
  const wanted = after + wide <= room ? after : px - AWAY - wide;
  return Math.max(Math.min(wanted, room - wide), 0);
}
