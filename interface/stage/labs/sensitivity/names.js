// Lanes' names in a figure: broken into lines where there is no room for them, and never cut.

import { lettered } from "../../draw/figures.js";
import { wrap } from "../../draw/wrap.js";

// How many letters of a name fit beside a lane's bar.
/** @param {number} width @param {number} size */
export const letters = (width, size) => Math.min(Math.max(Math.floor(width / size / 4), 11), 18);

// A name in lines of at most `room` letters: broken between words, and within one that is longer.
/** @param {string} label @param {number} room @returns {string[]} */
export function lines(label, room) {
  const words = label.split(" ").flatMap((word) => word.match(new RegExp(`.{1,${room}}`, "gu")) || [""]);
  return wrap(words.join(" "), room, ({ length }) => length);
}

/** @param {string[]} found */
export const longest = (found) => Math.max(...found.map(({ length }) => length));

// Lines as Plotly reads them.
/** @param {string[]} found */
export const written = (found) => found.map(lettered).join("<br>");
