// Fair tuning as tables: every lane before and after, and what was searched.

import { make } from "../../dom/dom.js";
import { above, significant } from "../../core/format.js";
import { color } from "../../core/theme.js";
import { saidAsked, saidRanges, saidSearch, saidSettings } from "./words.js";

/** @import { LaneHeader } from "../../core/packets.d.ts" */
/** @import { Runs, Searched, Tries, TuningPlan } from "./compute.js" */
/** @import { Colors } from "../../core/theme.js" */
/** @typedef {{ plan: TuningPlan, tries: Tries[], runs: Runs[], lanes: LaneHeader[], colors: Colors }} Shown */

const HEAD = ["When", "Settings", "Final loss", "Outcome", "Asked for"];

/** @param {Shown} shown */
export function comparison({ plan, tries, runs, lanes, colors }) {
  const head = make("tr", {}, ...HEAD.map((title) => make("th", { scope: "col" }, title)));
  const rows = lanes.flatMap((lane, k) => pair(lane, k, { plan, tries: tries[k], run: runs[k], colors }));
  const caption = make("caption", {}, saidLoss(plan));
  return make(
    "table",
    { class: "outcomes compared" },
    caption,
    make("thead", {}, head),
    make("tbody", {}, ...rows),
  );
}

/** @param {TuningPlan} plan */
function saidLoss({ lowest, budget, steps }) {
  const loss = lowest === null ? "" : " Losses are heights above the minimum.";
  return `Each lane before, and with the best of ${budget} settings after ${steps} steps.${loss}`;
}

/**
 * @param {LaneHeader} lane
 * @param {number} k
 * @param {{ plan: TuningPlan, tries: Tries | undefined, run: Runs | undefined, colors: Colors }} shown
 */
function pair(lane, k, { plan, tries, run, colors }) {
  const said = { scope: "rowgroup", colspan: HEAD.length, class: "lane-name" };
  const name = make("th", { ...said, style: `--paint:${color(lane, colors)}` }, lane.label);
  const rows = ["before", "after"].map((side, s) => row(side, s, { searched: plan.searched[k], tries, run }));
  return [make("tr", { class: "lane" }, name), ...rows];
}

/**
 * @param {string} side
 * @param {number} s
 * @param {{ searched: Searched[], tries: Tries | undefined, run: Runs | undefined }} shown
 */
function row(side, s, { searched, tries, run }) {
  const known = tries && (s === 0 || run);
  const kept = s === 1 && run && tries?.header.best === 0;
  const outcome = run?.header.sides[s];
  const cells = [
    kept ? "after, as before" : side,
    known ? saidSettings(searched, tries, s === 0 ? 0 : tries.header.best) : "…",
    outcome ? significant(above(outcome.loss ?? NaN), 4) : "…",
    outcome ? outcome.words : "…",
    outcome ? saidAsked(outcome.asked) : "…",
  ];
  const said = cells.map((text, j) => make("td", { "data-title": HEAD[j] }, text));
  if (outcome && outcome.diverged >= 0) said[3].classList.add("diverged");
  return make("tr", { class: side }, ...said);
}

/** @param {TuningPlan} plan @param {LaneHeader[]} lanes */
function rangesOf({ searched }, lanes) {
  const items = lanes.map((lane, k) =>
    make("li", {}, make("b", {}, lane.label), `: ${saidRanges(searched[k]).join("; ")}.`),
  );
  const rest =
    "Left as they are: weight decay, which changes what is minimized; guards and limits such as ε; dampening; " +
    "switches; the schedule; and what all lanes share, such as the start and the batch size.";
  return make("div", {}, make("ul", { class: "searched" }, ...items), make("p", { class: "note" }, rest));
}

// What is searched, folded away under how it is.
/** @param {HTMLElement} intro @param {TuningPlan} plan @param {LaneHeader[]} lanes */
export function showSearched(intro, plan, lanes) {
  const details = make(
    "details",
    { open: intro.querySelector("details")?.open ?? false },
    make("summary", {}, "What is searched, and what stays as it is"),
    rangesOf(plan, lanes),
  );
  intro.replaceChildren(make("p", { class: "note" }, saidSearch(plan)), details);
}
