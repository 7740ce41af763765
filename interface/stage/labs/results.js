// The chosen lane's rule, and every lane's outcome as a table that follows the hand.

import { make, reword } from "../dom/dom.js";
import { explain } from "../dom/explain.js";
import { significant } from "../core/format.js";

/** @import { Stage } from "../core/stage.d.ts" */
/** @import { LaneHeader } from "../core/packets.d.ts" */

const HEAD = ["Lane", "Final loss", "Distance to minimum", "Arrived", "Gradients", "Outcome"];
const WORDS = ["lanes", "final", "distance", "arrived", "evaluations", "outcome"];

/** @param {Stage} stage @param {HTMLElement} page */
export function results(stage, page) {
  const body = make("tbody");
  const head = make(
    "tr",
    {},
    ...HEAD.map((title, k) => explain(make("th", { scope: "col" }, title), WORDS[k])),
  );
  page.append(stage.rule, make("table", { class: "outcomes" }, make("thead", {}, head), body));
  const fill = () => {
    const { lanes } = stage.race.header;
    while (body.children.length > lanes.length) body.lastChild?.remove();
    while (body.children.length < lanes.length) body.append(row());
    lanes.forEach((lane, k) => write(body.children[k], lane));
  };
  return { race: fill, felt: fill };
}

function row() {
  const cells = HEAD.slice(1).map((title) => make("td", { "data-title": title }));
  return make("tr", {}, make("th", { scope: "row" }), ...cells);
}

/** @param {Element} row @param {LaneHeader} lane */
function write({ children }, lane) {
  const texts = [
    lane.label,
    significant(lane.final ?? NaN, 4),
    significant(lane.distance ?? NaN, 4),
    lane.arrived === null ? "—" : `step ${lane.arrived}`,
    String(lane.evaluations),
    lane.caveat ? `${lane.words}. ${lane.caveat}.` : lane.words,
  ];
  texts.forEach((text, k) => reword(children[k], text));
  children[texts.length - 1].classList.toggle("diverged", lane.diverged >= 0);
}
