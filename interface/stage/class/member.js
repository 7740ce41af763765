// What this tab remembers of the class it is in: the code, a random word by which the class counts it,
// the key, if it opened the class, and what it has answered. Closing the tab forgets it.

const PLACE = "loss-surfaces.class";
const CODE = /^#?([B-DF-HJ-NP-TV-XZ2-9]{4})$/i;

/** @import { Said } from "../core/stage.d.ts" */
/** @typedef {{ code: string, who: string, key?: string, given?: [string, Said][] }} Member */

// The code that a text is, however it is written; nothing for any other text.
/** @param {string} text */
export const codeOf = (text) => CODE.exec(text.trim())?.[1].toUpperCase() ?? "";

/** @returns {Member | null} */
export function member() {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
  } catch {
    return null;
  }
}

/** @param {Member | null} now */
export function remember(now) {
  try {
    sessionStorage.setItem(PLACE, JSON.stringify(now));
  } catch {
    // A browser that keeps nothing for a page leaves the class when the page is loaded again.
  }
}

// A word that tells nothing of who it is.
/** @param {string} code @returns {Member} */
export const visitor = (code) => ({ code, who: [...crypto.getRandomValues(new Uint32Array(4))].join("-") });
