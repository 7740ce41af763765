// Links from what is on the stage to its pages in the reference.

import { make } from "../dom/dom.js";
import { address } from "../core/live.js";

export function references(stage) {
  const line = make("p", { class: "references" });
  stage.rule.append(line);
  return () => {
    const { rules, chosen, lanes, surface } = stage.race.header;
    const lane = lanes[chosen];
    const kind = new URLSearchParams(surface.key).get("surface") || "rosenbrock";
    const pages = [
      [`optimizer/${rules[lane.slot]}`, lane.label],
      [`surface/${kind}`, surface.title],
      ["", "all rules, schedules, surfaces and words"],
    ];
    line.replaceChildren(
      "Reference: ",
      ...pages.flatMap(([page, title], k) => [k ? ", " : "", link(page, title)]),
    );
  };
}

const link = (page, title) => make("a", { href: address(`reference/${page}`), target: "_blank" }, title);
