// The first minute: what this is, what to press, and a page that explains every mark and word.

import { GUIDE } from "../core/guide.js";
import { keep, kept } from "../core/storage.js";
import { cross } from "../dom/dialog.js";
import { button, make } from "../dom/dom.js";
import { arrived, links, present } from "./examples.js";
import { helpPage } from "./page.js";

/** @import { Stage } from "../core/stage.d.ts" */
/** @import { Example } from "./examples.js" */

const GAP = 6;

/** @param {Stage} stage */
export function guide(stage) {
  const { offline } = stage.component;
  const page = helpPage(stage);
  stage.tools.append(opener(page));
  if (offline) return {};
  const said = make("p", { class: "intro-said" });
  const examples = links(stage);
  const attempt = make("span", { "aria-hidden": "true" }, "Try");
  const row = make("nav", { class: "examples", "aria-label": "Examples" }, attempt, ...examples);
  const shutIt = () => shut(true);
  const close = cross("Close the introduction", "Close; Help brings it back", shutIt, "tool small");
  const intro = make("div", { class: "intro" }, make("div", { class: "intro-text" }, said, row), close);
  /** @param {boolean} closed */
  const shut = (closed) => {
    keep("introduction", closed ? "closed" : "open");
    show();
    stage.resized();
  };
  const show = () => {
    const bare = stage.kept.header.view.controls === "hidden";
    intro.hidden = bare || kept("introduction") === "closed";
    stage.body.style.setProperty("--intro", `${intro.offsetHeight && intro.offsetHeight + GAP}px`);
  };
  page.onReturn(() => shut(false));
  stage.body.prepend(intro);
  show();
  const race = () => {
    say(said, examples, present(stage));
    show();
    arrived(stage);
  };
  return { race, resize: show };
}

/** @param {HTMLElement} said @param {HTMLElement[]} examples @param {Example | undefined} example */
function say(said, examples, example) {
  for (const link of examples) {
    if (link.dataset.example === example?.key) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  const strong = make("strong", {}, example ? `${example.title}.` : "Loss surfaces.");
  said.replaceChildren(strong, ` ${example ? example.shows : GUIDE.sentence}`);
}

/** @param {ReturnType<typeof helpPage>} page */
function opener(page) {
  const title = "What this is, and what every mark and word means";
  return button("tool wide help", () => page.open(), { "aria-haspopup": "dialog", title }, "Help");
}
