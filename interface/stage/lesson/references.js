// Links from what is on the stage to its pages in the reference.

import { make } from "../dom/dom.js";
import { referenceLink } from "../dom/reference-link.js";
import { pagesOf, saved } from "../core/reference.js";

const ALL = ["", "all rules, schedules, surfaces and words"];

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
export function lessonReferences({ race: { header } }) {
  return make("p", { class: "lesson-sources" }, ...listed(pagesOf(header, header.lanes)));
}

const listed = (pages) => [
  "Reference: ",
  ...pages.flatMap(([page, title], k) => [k ? ", " : "", referenceLink(page, {}, title)]),
];

const held = (pages) => {
  const found = pages.filter(([page]) => saved(page));
  return found.length ? listed(found) : [];
};
