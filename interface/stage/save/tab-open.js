// Open an experiment that was saved as JSON: read here, checked by the page.

import { LARGEST } from "../core/known.js";
import { make } from "../dom/dom.js";
import { field, saying, size } from "../dom/form.js";

export function openTab(stage) {
  const said = saying();
  const input = make("input", { type: "file", id: "take-open", accept: ".json,application/json" });
  input.addEventListener("change", async () => {
    const file = input.files[0];
    input.value = "";
    if (!file) return;
    const problem = refused(file);
    if (problem) return said.say(problem);
    stage.tell("file", await file.text());
    input.closest("dialog").close();
  });
  const note = make("p", {}, "What is on screen stays in the address: Back returns to it.");
  return { content: [field("Experiment file (JSON)", input), note, said.line], shown: () => said.say("") };
}

export function refused(file) {
  return file.size > LARGEST
    ? `${file.name} is not an experiment: it has ${size(file.size)}, and at most ${size(LARGEST)} are read.`
    : "";
}
