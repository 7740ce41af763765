// Data and code: plain links to routes that answer the present link, and to nothing else.

import { FILES } from "../core/known.js";
import { make } from "../dom/dom.js";
import { address } from "../core/live.js";
import { copied, push, saying } from "../dom/form.js";
import { queried } from "./link.js";

/** @import { Stage } from "../core/stage.d.ts" */
/** @typedef {ReturnType<typeof codeView>} Code */
/** @typedef {{ name: string, title: string, about: string, query: string }} Asked */

// Those that are read on the page as well.
const TEXTS = [".py", ".toml"];

// In a lesson the page is the lesson's.
const PAGE = "handout.html";
const WHOLE = "one file to hand out, from the first question on: open it by double click, without network";
const REST = "with your answers and your settings so far";

/** @param {Stage} stage */
export function dataTab(stage) {
  const list = make("ul", { class: "files" });
  const code = codeView();
  const shown = () => {
    const entries = Object.entries(FILES).flatMap(([name, said]) =>
      asked(stage, name, said).map((one) => entry(one, code)),
    );
    list.replaceChildren(...entries);
    code.hide();
  };
  return { content: [list, code.element], shown };
}

// What is asked for under a file's name: of a lesson, its page as well as where it stands.
/** @param {Stage} stage @param {string} name @param {string[]} said @returns {Asked[]} */
function asked(stage, name, [title, about]) {
  const { lesson, address: place } = stage.kept.header;
  const plain = { name, title, about, query: queried(stage) };
  if (name !== PAGE || !lesson) return [plain];
  const begun = {
    name,
    title: "This lesson, offline",
    about: WHOLE,
    query: `lesson=${lesson.key}`,
  };
  const here = { name, title: "The same from here", about: REST, query: place ?? "" };
  return lesson.sitting.answer ? [begun, here] : [begun];
}

/** @param {Asked} asked @param {Code} code */
function entry({ name, title, about, query }, code) {
  const href = address(`take/${name}?${query}`);
  const link = make("a", { href, download: "", class: "push" }, title);
  const legible = TEXTS.some((ending) => name.endsWith(ending));
  const read = legible ? [push("Read", () => code.show(title, href))] : [];
  return make("li", {}, link, ...read, make("span", {}, about));
}

// A script to read and to copy, under the files.
function codeView() {
  const text = make("code");
  const title = make("h3");
  const { line, say } = saying();
  const select = () => getSelection()?.selectAllChildren(text);
  const copy = push("Copy", async () => say(await copied(text.textContent ?? "", select)), "first");
  const page = make("pre", { tabindex: 0, "aria-label": "Code" }, text);
  const element = make(
    "section",
    { class: "code-view", hidden: true },
    make("div", { class: "code-head" }, title, copy, line),
    page,
  );
  /** @param {string} name @param {URL} href */
  const show = async (name, href) => {
    element.hidden = false;
    title.textContent = name;
    text.textContent = "";
    say("Fetching …");
    try {
      const found = await fetch(href);
      if (!found.ok) throw new Error(await found.text());
      text.textContent = await found.text();
      say("");
      element.scrollIntoView({ block: "start" });
    } catch {
      say("The code could not be fetched; try again.");
    }
  };
  return { element, show, hide: () => (element.hidden = true) };
}
