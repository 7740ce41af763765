// Open an experiment that was saved as JSON: read here, checked by the page.

import { LARGEST } from "../core/known.js";
import { make } from "../dom/dom.js";
import { field, fileField, saying, size } from "../dom/form.js";

/** @import { Stage } from "../core/stage.d.ts" */

/** @param {Stage} stage */
export function openTab(stage) {
  const said = saying();
  /** @type {HTMLInputElement} */
  const input = fileField({ id: "take-open", accept: ".json,.html,application/json" }, async (file) => {
    const problem = refused(file);
    if (problem) return said.say(problem);
    const text = isPage(file) ? held(await file.text()) : await file.text();
    if (!text) return said.say(`${file.name} holds no experiment: only pages with data of a file do.`);
    stage.tell("file", text);
    return input.closest("dialog")?.close();
  });
  const note = make("p", {}, "What is on screen stays in the address: Back returns to it.");
  return {
    content: [field("Experiment file (JSON), or a saved page with data of a file", input), note, said.line],
    shown: () => said.say(""),
  };
}

/** @param {Pick<File, "name">} file */
const isPage = ({ name }) => name.endsWith(".html");

// A saved page holds the experiment as well, where its data are a file's.
/** @param {string} page */
const held = (page) =>
  new DOMParser().parseFromString(page, "text/html").querySelector("script[data-experiment]")?.textContent;

/** @param {Pick<File, "name" | "size">} file */
export function refused(file) {
  return file.size > LARGEST && !isPage(file)
    ? `${file.name} is not an experiment: it has ${size(file.size)}, and at most ${size(LARGEST)} are read.`
    : "";
}
