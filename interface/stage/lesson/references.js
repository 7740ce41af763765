// Links from what is on the stage to its pages in the reference.

import { make } from "../dom/dom.js";
import { referenceLink } from "../dom/reference-link.js";
import { pagesOf, saved } from "../core/reference.js";

/** @import { Stage } from "../core/stage.d.ts" */

const ALL = ["", "all rules, schedules, surfaces and words"];

/** @param {Stage} stage */
export function references(stage) {
  const line = make("p", { class: "references" });
  stage.rule.append(line);
  return () => {
    const { header } = stage.race;
    const pages = pagesOf(header, [header.lanes[header.chosen]]);
    line.replaceChildren(...(stage.component.offline ? held(pages) : listed([...pages, ALL])));
  };
}

// All that a lesson shows, for who has seen its explanation.
/** @param {Stage} stage */
export function lessonReferences({ race: { header } }) {
  return make("p", { class: "lesson-sources" }, ...listed(pagesOf(header, header.lanes)));
}

/** @param {string[][]} pages */
const listed = (pages) => [
  "Reference: ",
  ...pages.flatMap(([page, title], k) => [k ? ", " : "", referenceLink(page, {}, title)]),
];

/** @param {string[][]} pages */
const held = (pages) => {
  const found = pages.filter(([page]) => saved(page));
  return found.length ? listed(found) : [];
};
