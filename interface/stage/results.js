// The chosen lane's rule, and every lane's outcome as a table that follows the hand.

import { make } from "./dom.js";
import { significant } from "./format.js";

const HEAD = ["Lane", "Final loss", "Distance to minimum", "Arrived", "Gradients", "Outcome"];

export function results(stage, page) {
  const body = make("tbody");
  const head = make("tr", {}, ...HEAD.map((title) => make("th", { scope: "col" }, title)));
  page.append(stage.rule, make("table", { class: "outcomes" }, make("thead", {}, head), body));
  const fill = () => body.replaceChildren(...stage.race.header.lanes.map(row));
  return { race: fill, felt: fill };
}

function row(lane) {
  const cells = [
    significant(lane.final ?? NaN, 4),
    significant(lane.distance ?? NaN, 4),
    lane.arrived === null ? "—" : `step ${lane.arrived}`,
    String(lane.evaluations),
    outcome(lane),
  ];
  const said = cells.map((text, k) => make("td", { "data-title": HEAD[k + 1] }, text));
  if (lane.diverged >= 0) said.at(-1).classList.add("diverged");
  return make("tr", {}, make("th", { scope: "row" }, lane.label), ...said);
}

export function outcome({ diverged, arrived }) {
  if (diverged >= 0) return `DIVERGED at step ${diverged}`;
  return arrived === null ? "still on its way" : "reached the tolerance";
}
