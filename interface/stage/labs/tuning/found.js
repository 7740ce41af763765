// What a search has found so far, and whether that still belongs to the experiment on the page.

import { basis, question } from "../../core/question.js";

/** @import { Commit, FeltHeader, Stage } from "../../core/stage.d.ts" */
/** @import { Found, Whole } from "./tuning.js" */

// Whether it is known by now what is searched.
/** @param {Found | null} found @returns {found is Whole} */
export const isPlanned = (found) => Boolean(found?.plan);

// A text that changes with what a search rests on.
/** @param {Pick<FeltHeader, "link" | "rules">} header */
export const keyOf = (header) => basis(question(header));

// Does what was found still belong to the experiment on the page?
/** @param {Found} found @param {Stage} stage */
export function standing(found, stage) {
  const { header } = stage.race;
  if (keyOf(header) === found.key) return "fresh";
  return found.changes && isUsed(found.changes, found.before, header) ? "used" : "stale";
}

// Whether the settings that were found are in the lanes, and all else is as it was.
/** @param {Commit} changes @param {Found["before"]} before @param {FeltHeader} header */
function isUsed(changes, before, header) {
  const rest = [before, header].map((one) => {
    const params = question(one);
    Object.keys(changes).forEach((name) => params.delete(name));
    return basis(params);
  });
  const { handles } = header;
  const there = handles.filter(({ key, value }) => key in changes && Number(value) === Number(changes[key]));
  return rest[0] === rest[1] && there.length === Object.keys(changes).length;
}
