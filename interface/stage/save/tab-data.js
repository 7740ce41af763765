// Data and code: plain links to routes that answer the present link, and to nothing else.

import { make } from "../dom/dom.js";
import { address } from "../core/live.js";

const FILES = {
  "trajectories.csv": ["Trajectories, CSV", "every lane and step: position, loss, gradient, memory"],
  "trajectories.json": ["Trajectories, JSON", "the same, with all settings"],
  "experiment.json": ["Experiment, JSON", "the settings alone; Open reads it again"],
  "numpy.py": ["NumPy script", "this exact run as a program that needs only NumPy"],
  "pytorch.py": ["PyTorch script", "the same with torch.optim where PyTorch has the rule"],
  "lesson.toml": ["Make a lesson of this", "a text file to edit; Lessons opens it"],
  "handout.html": ["Page that plays offline", "one file: open it by double click, without network"],
};

export function dataTab(stage) {
  const list = make("ul", { class: "files" });
  const shown = () =>
    list.replaceChildren(...Object.entries(FILES).map(([name, said]) => entry(stage, name, said)));
  return { content: [list], shown };
}

function entry(stage, name, [title, explained]) {
  const link = make(
    "a",
    { href: address(`take/${name}?${queried(stage)}`), download: "", class: "push" },
    title,
  );
  return make("li", {}, link, make("span", {}, explained));
}

// The experiment's link with what the page's own address says of the view.
export function queried(stage) {
  const query = new URLSearchParams(stage.race.header.link);
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (name.startsWith("view.")) query.set(name, value);
  }
  return query.toString();
}
