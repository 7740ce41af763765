// Data and code: plain links to routes that answer the present link, and to nothing else.

import { FILES } from "../core/known.js";
import { make } from "../dom/dom.js";
import { address } from "../core/live.js";

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
