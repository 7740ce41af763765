// What is fetched when it is first wanted. If it does not come, the place that was pressed says so, and it
// is asked for again as soon as the line is back.

import { cut } from "../core/connection.js";
import { make } from "./dom.js";

/** @import { Part } from "../core/stage.d.ts" */

const AGAIN = 1000;
const CUT = "No connection. This opens as soon as there is one.";
const MISSED = "This did not come from the server. It is asked for again.";

// `fetch` imports a module: what is wrong in the module itself is none of this.
/** @template Found @param {() => Promise<Found>} fetch @param {HTMLElement} place @returns {Promise<Found>} */
export async function arrival(fetch, place) {
  const said = make("p", { class: "arriving", role: "status" });
  for (;;) {
    try {
      const found = await fetch();
      said.remove();
      return found;
    } catch (problem) {
      if (!(problem instanceof TypeError)) throw problem;
    }
    place.append(said);
    said.textContent = cut() ? CUT : MISSED;
    await soon();
  }
}

// What is fetched, and made of that once, when it is first asked for; `now()` is it, or null before.
/** @template Found, Made @param {() => Promise<Found>} fetch @param {HTMLElement} place @param {(found: Found) => Made} make */
export function later(fetch, place, make) {
  /** @type {Promise<Made> | null} */
  let coming = null;
  /** @type {Made | null} */
  let made = null;
  const get = () => (coming ||= arrival(fetch, place).then((found) => (made = make(found))));
  return { now: () => made, get };
}

// What a press opens once it has come. Of all that was pressed at a place meanwhile only the newest opens.
/** @param {HTMLElement} place @param {string} name @param {() => Promise<() => void>} fetch */
export function opening(place, name, fetch) {
  /** @type {Promise<() => void> | null} */
  let coming = null;
  return async () => {
    place.dataset.wanted = name;
    coming ||= arrival(fetch, place);
    const open = await coming;
    if (place.dataset.wanted === name) open();
  };
}

// What a part hears, handed on to one that is there later.
/** @template {keyof Part} Name @param {Name[]} names @param {() => Part | null | undefined} part */
export const handedOn = (names, part) =>
  /** @type {Pick<Required<Part>, Name>} */ (
    Object.fromEntries(names.map((name) => [name, (/** @type {number} */ t) => part()?.[name]?.(t)]))
  );

/** @returns {Promise<unknown>} */
const soon = () => new Promise((done) => setTimeout(() => done(cut() ? soon() : null), AGAIN));
