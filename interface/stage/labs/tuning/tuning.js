// Fair tuning: every lane gets the best of equally many settings; nothing changes until it is used.

import { paintChart, savePicture } from "../../draw/chart.js";
import { make, plotElement } from "../../dom/dom.js";
import { readout } from "../../dom/readout.js";
import { menu, push, slug } from "../../dom/form.js";
import { significant } from "../../core/format.js";
import { BUDGET, BUDGETS } from "../../core/known.js";
import { crew } from "../../run/crew.js";
import { study } from "../study.js";
import { tuned } from "./compute.js";
import { triesFigure, triesHeight } from "./figure.js";
import { isPlanned, keyOf, standing } from "./found.js";
import { pathsFigure } from "./paths.js";
import { hover } from "./pointer.js";
import { comparison, showSearched } from "./table.js";
import { MARKS, saidTuned, saidWorth } from "./words.js";

/** @import { Commit, FeltHeader, Plot, Stage } from "../../core/stage.d.ts" */
/** @import { Landscape, LaneHeader } from "../../core/packets.d.ts" */
/** @import { Part, Runs, Tries, TuningPlan } from "./compute.js" */
/** @import { Drawing } from "../../draw/chart.js" */
/**
 * @typedef {object} Found
 * @property {string} key
 * @property {Pick<FeltHeader, "link" | "rules">} before
 * @property {TuningPlan | null} plan
 * @property {Tries[]} tries
 * @property {Runs[]} runs
 * @property {Commit | null} changes
 * @property {Landscape | null} land
 * @property {string} caption
 * @property {LaneHeader[]} lanes
 */
/** @typedef {Found & { plan: TuningPlan }} Whole */
/**
 * @typedef {object} Search
 * @property {Stage} stage
 * @property {Found | null} found
 * @property {Stage["crew"]} crew
 * @property {ReturnType<typeof study<Part, null>>} study
 * @property {number} begun
 * @property {ReturnType<typeof setTimeout> | undefined} painting
 */
/** @typedef {Search & ReturnType<typeof controls> & ReturnType<typeof body>} Tuning */

const OFTEN = 120;

/** @param {Stage} stage @param {HTMLElement} root */
export function tuning(stage, root) {
  const failed = () => state.study.halted() && stop(state, state.study.words());
  const cancelled = () => stop(state, "Cancelled: nothing was changed.");
  const parts = { ...controls(stage, () => start(state), cancelled), ...body() };
  /** @type {Tuning} */
  const state = {
    ...{ stage, ...parts, found: null, begun: 0, painting: undefined },
    ...{ crew: crew(stage.hire), study: study(failed) },
  };
  root.append(state.bar, state.intro, state.results);
  state.tries.addEventListener("pointermove", (event) => hover(state, event));
  state.tries.addEventListener("pointerleave", () => state.readout.hide());
  const redraw = () => paint(state);
  return { race: () => follow(state), theme: redraw, resize: redraw };
}

/** @param {number[]} all */
const saidBudgets = (all) => Object.fromEntries(all.map((n) => [n, `${n} settings`]));

/** @param {Stage} stage @param {() => void} begin @param {() => void} end */
function controls(stage, begin, end) {
  const look = () => stage.look("budget", Number(budget.value()));
  const budget = menu("Budget for each lane", saidBudgets(BUDGETS), BUDGET, look);
  const go = push("Tune all with the same budget", begin, "first");
  const cancel = push("Cancel", end);
  const progress = make("progress", { max: 1, value: 0, "aria-label": "Settings tried" });
  const said = make("p", { class: "note", role: "status", "aria-live": "polite" });
  const running = make("div", { class: "running", hidden: true }, progress, cancel);
  const bar = make("div", { class: "lab-bar" }, budget.field, go, running, said);
  return { bar, budget, go, running, progress, said };
}

function body() {
  const intro = make("div", { class: "tuning-intro" });
  const [table, worth] = [make("div"), make("p", { class: "note" })];
  const use = make("div", { class: "lab-bar" });
  const tries = make("div", { class: "canvas tries" });
  const triesPlot = tries.appendChild(plotElement());
  const box = readout(tries);
  const marks = make("p", { class: "note" }, MARKS);
  const maps = make("div", { class: "canvas maps" });
  const mapsPlot = maps.appendChild(plotElement());
  const results = make("div", { class: "tuned", hidden: true }, table, use, worth, maps, marks, tries);
  return { intro, table, worth, use, tries, readout: box, triesPlot, maps, mapsPlot, results };
}

// A new race: what was found belongs to the experiment it was asked for, or to the tuned one.
/** @param {Tuning} state */
function follow(state) {
  const { header } = state.stage.race;
  const { budget } = header.view;
  offerBudget(state, budget);
  const key = keyOf(header);
  const { found } = state;
  if (found && state.study.busy() && key !== found.key)
    stop(state, "The experiment has changed, so this search was stopped.");
  if (!state.found) introduce(state);
  paint(state);
}

// A budget from a link need not be one of the menu's.
/** @param {Pick<Tuning, "budget">} state @param {number} wanted */
function offerBudget({ budget }, wanted) {
  const all = [...new Set([...BUDGETS, wanted])].sort((a, b) => a - b);
  budget.offer(saidBudgets(all), String(wanted));
}

const WHY =
  "To compare rules fairly, each has to be tuned with equal effort. " +
  "The same search tries equally many settings of every lane, its present one among them, and shows all of them. " +
  "Nothing is changed until you use what it found.";

/** @param {Pick<Tuning, "intro">} state */
const introduce = ({ intro }) => intro.replaceChildren(make("p", { class: "note" }, WHY));

/** @param {Tuning} state */
function start(state) {
  const { header } = state.stage.race;
  const key = keyOf(header);
  const { caption, lanes, link, rules } = header;
  const before = { link, rules };
  const { home } = state.stage.map;
  state.found = { key, before, plan: null, tries: [], runs: [], changes: null, land: home, caption, lanes };
  state.begun = performance.now();
  say(state, "Tuning …");
  state.study.ask(key, tuned(state.stage, state.crew), {
    part: (part) => hear(state, part),
    done: () => finish(state),
  });
  busy(state, true);
}

/** @param {Tuning} state @param {string} words */
function stop(state, words) {
  state.study.callOff();
  state.found = null;
  busy(state, false);
  introduce(state);
  paint(state);
  say(state, words);
}

/** @param {Tuning} state @param {boolean} on */
function busy(state, on) {
  state.running.hidden = !on;
  state.go.disabled = on;
  state.budget.select.disabled = on;
  state.progress.value = 0;
}

/** @param {Pick<Tuning, "said">} state @param {string} words */
const say = ({ said }, words) => (said.textContent = words);

/** @param {Tuning} state @param {Part} part */
function hear(state, part) {
  const { found, stage } = state;
  if (found) Object.assign(found, part);
  if (!isPlanned(found)) return;
  const { plan, tries } = found;
  const done = tries.reduce((sum, { arrays }) => sum + arrays.loss.values.length, 0);
  state.progress.value = done / (plan.budget * plan.searched.length);
  const lane = stage.race.header.lanes[Math.max(tries.length - 1, 0)];
  say(state, `${lane?.label}: ${done} of ${plan.budget * plan.searched.length} settings tried`);
  state.painting ||= setTimeout(() => paint(state), OFTEN);
}

/** @param {Tuning} state */
function finish(state) {
  busy(state, false);
  if (!isPlanned(state.found)) return;
  const { budget, searched } = state.found.plan;
  const seconds = (performance.now() - state.begun) / 1000;
  const lanes = searched.length === 1 ? "lane" : "lanes";
  say(
    state,
    `Tried ${budget} settings of each of ${searched.length} ${lanes} in ${significant(seconds, 2)} s.`,
  );
  paint(state);
}

/** @param {Tuning} state */
async function paint(state) {
  clearTimeout(state.painting);
  state.painting = undefined;
  const { found, stage, results } = state;
  results.hidden = !isPlanned(found);
  if (!isPlanned(found) || !results.clientWidth) return;
  const lanes = lanesOf(found, stage);
  const { plan, tries, runs } = found;
  const stands = standing(found, stage);
  results.classList.toggle("stale", stands === "stale");
  showSearched(state.intro, found.plan, lanes);
  state.table.replaceChildren(comparison({ plan, tries, runs, lanes, colors: stage.colors }));
  showUse(state, found, stands);
  state.worth.textContent = found.changes ? saidWorth(plan, tries) : "";
  state.maps.hidden = !runs.length;
  state.tries.style.height = `${triesHeight(lanes.length, state.tries.clientWidth, stage.map.size)}px`;
  await draw(stage, state.triesPlot, state.tries, (...look) => triesFigure({ plan, tries, lanes }, ...look));
  const shown = { ...found, lanes, units: stage.race.header.view.units };
  if (runs.length) await draw(stage, state.mapsPlot, state.maps, (...look) => pathsFigure(shown, ...look));
}

// The lanes as they were when the search began, and look by now: later ones may have been taken away.
/** @param {Whole} found @param {Stage} stage */
function lanesOf({ lanes }, stage) {
  const now = stage.race.header.lanes;
  const look = now.length === lanes.length ? now : lanes;
  return lanes.map(({ caption }, k) => ({ ...look[k], caption }));
}

/** @param {Stage} stage @param {Plot} plot @param {HTMLElement} canvas @param {Drawing} figure */
async function draw(stage, plot, canvas, figure) {
  if (canvas.clientWidth) await paintChart(plot, canvas, figure, stage);
}

/** @type {Record<string, string>} */
const STANDING = {
  used: "These settings are in the lanes now; Back returns to the ones before.",
  stale:
    "The experiment has changed since: these results belong to the earlier one. Tune again for the present one.",
};

/** @param {Tuning} state @param {Whole} found @param {string} stands */
function showUse({ use, stage }, found, stands) {
  const { changes } = found;
  const put = push("Use these", () => changes && stage.commit(changes), "first");
  put.disabled = !changes || stands !== "fresh";
  const { units } = stage.race.header.view;
  const shown = () => ({ ...found, units, lanes: lanesOf(found, stage) });
  const save = push("Save picture", () =>
    savePage(stage, shown(), "tuning", (...look) => pathsFigure(shown(), ...look)),
  );
  const saveTries = push("Save picture of what was tried", () =>
    savePage(stage, shown(), "tried", (...look) => triesFigure(shown(), ...look), MARKS),
  );
  save.disabled = saveTries.disabled = !changes;
  const note = make("p", { class: "note", role: "status" }, STANDING[stands] || "");
  use.replaceChildren(put, save, saveTries, note);
}

/** @param {Stage} stage @param {Whole} found @param {string} name @param {Drawing} figure */
function savePage({ colors }, found, name, figure, key = "") {
  const { caption, lanes } = saidTuned(found, found.lanes);
  const header = { caption: [key, caption].filter(Boolean).join(" "), lanes };
  savePicture(figure, `${slug(found.plan.surface)}-${name}`, { race: { header }, colors });
}
