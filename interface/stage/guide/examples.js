// The examples to press: each a link to an experiment that shows one thing, opened in place.

import { GUIDE } from "../core/guide.js";
import { play, seek } from "../core/clock.js";
import { make } from "../dom/dom.js";

/** @import { Stage } from "../core/stage.d.ts" */
/** @typedef {{ key: string, link: string, title: string, shows: string }} Example */

// The example that is on the stage, as long as nothing in it has been changed.
/** @param {Stage} stage */
export const present = (stage) => GUIDE.examples.find(({ link }) => link === stage.kept.header.link);

// A link for each; another window, a bookmark and a copied address work as with any link.
/** @param {Stage} stage @param {() => void} [opened] */
export function links(stage, opened = () => undefined) {
  return GUIDE.examples.map((example) =>
    make(
      "a",
      {
        class: "example",
        href: `?${example.link}`,
        target: "_self",
        "data-example": example.key,
        onclick: (event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
          event.preventDefault();
          open(stage, example);
          opened();
        },
      },
      example.title,
    ),
  );
}

// Told even where it is open: what was done since may be under way, or be none of the experiment.
/** @param {Stage} stage @param {Example} example */
function open(stage, example) {
  stage.awaited = example.link;
  stage.tell("exampled", { key: example.key });
  arrived(stage);
}

// What was pressed is there: it plays, for that is what was asked for.
/** @param {Stage} stage */
export function arrived(stage) {
  if (!stage.awaited || stage.kept.header.link !== stage.awaited) return;
  stage.awaited = null;
  if (globalThis.matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  stage.turn((now) => play(seek(now, 0)));
}
