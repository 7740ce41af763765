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
  const table = make("table", { class: "outcomes" }, make("thead", {}, head), body);
  page.append(stage.rule, table);
  let due = false;
  const fill = () => {
    due = false;
    const { lanes } = stage.race.header;
    while (body.children.length > lanes.length) body.lastChild?.remove();
    while (body.children.length < lanes.length) body.append(row());
    lanes.forEach((lane, k) => write(body.children[k], lane));
  };
  const caughtUp = () => due && fill();
  const inView = watchView(table, caughtUp);
  return { race: fill, felt: () => (inView() ? fill() : (due = true)), pause: caughtUp };
}

// Whether a table is in view, as far as is known; `comes` is called when it comes into view. Cells that
// nobody sees would be laid out and painted at every move of the hand.
/** @param {Element} table @param {() => void} comes */
function watchView(table, comes) {
  let shown = true;
  new IntersectionObserver((entries) => {
    shown = Boolean(entries.at(-1)?.isIntersecting);
    if (shown) comes();
  }).observe(table);
  return () => shown;
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
