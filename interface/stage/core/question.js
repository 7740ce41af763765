// The experiment on the page as a question to the server, and which part of it an answer rests on.

import { OF_NO_RUN } from "./known.js";

// All its link parameters; lanes that a short link leaves out are spelled out.
/** @param {{ link: string, rules: Record<string, string> }} header */
export function question({ link, rules }) {
  const params = new URLSearchParams(link);
  for (const [slot, rule] of Object.entries(rules)) if (!params.has(slot)) params.set(slot, rule);
  return params;
}

// Settings as one text, the same in whatever order they stand.
/** @param {string[][]} pairs */
export const joined = (pairs) =>
  pairs
    .map((pair) => pair.join("="))
    .sort()
    .join("&");

// Whether a setting is only how a lane looks.
/** @param {string} key */
export const isLook = (key) => !key.startsWith("surface.") && OF_NO_RUN.includes(key.split(".")[1]);

// A text that changes with everything but how lanes look and the settings of these names.
/** @param {URLSearchParams} params @param {string[]} [names] */
export function basis(params, names = []) {
  const aside = (/** @type {string} */ key) =>
    !key.startsWith("surface.") && names.includes(key.split(".")[1]);
  return joined([...params].filter(([key]) => !isLook(key) && !aside(key)));
}

// The text of a lane's setting: what stands in the link, or the rule's own default.
/** @param {URLSearchParams} params @param {string} slot @param {string} name @param {number | string} usual */
export const setting = (params, slot, name, usual) => params.get(`${slot}.${name}`) ?? String(usual);
