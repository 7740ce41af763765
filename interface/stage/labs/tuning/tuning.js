// Fair tuning: every lane gets the best of equally many settings; nothing changes until it is used.

import { savePicture } from "../../draw/chart.js";
import { make } from "../../dom/dom.js";
import { readout } from "../../dom/readout.js";
import { button, menu, slug } from "../../dom/form.js";
import { significant } from "../../core/format.js";
import { saidOutcome } from "../../draw/outcome-scale.js";
import { BUDGET, BUDGETS } from "../../core/known.js";
import { basis, question } from "../../core/question.js";
import { office, study } from "../study.js";
import { pathsFigure, triesFigure } from "./figure.js";
import { comparison, rangesOf } from "./table.js";
import { saidSearch, saidSettings, saidWorth } from "./words.js";

const REACH = 12;
const OFTEN = 120;

export function tuning(stage, root) {
  const state = { stage, root, found: null, server: office(stage) };
  const failed = () => state.study.halted() && stop(state, state.study.words());
  state.study = study(failed);
  Object.assign(state, controls(state), body());
  root.append(state.bar, state.intro, state.results);
  state.tries.addEventListener("pointermove", (event) => hover(state, event));
  state.tries.addEventListener("pointerleave", () => state.readout.hide());
  const redraw = () => paint(state);
  return { race: () => follow(state), theme: redraw, resize: redraw };
}

function controls(state) {
  const options = Object.fromEntries(BUDGETS.map((n) => [n, `${n} settings`]));
  const budget = menu("Budget for each lane", options, BUDGET, () => {
    state.stage.look("budget", Number(budget.value()));
  });
  const go = button("Tune all with the same budget", () => start(state), "first");
  const cancel = button("Cancel", () => stop(state, "Cancelled: nothing was changed."));
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
  const triesPlot = tries.appendChild(make("div", { class: "plot" }));
  const box = readout(tries);
  const maps = make("div", { class: "canvas maps" });
  const mapsPlot = maps.appendChild(make("div", { class: "plot" }));
  const results = make("div", { class: "tuned", hidden: true }, table, use, worth, maps, tries);
  return { intro, table, worth, use, tries, readout: box, triesPlot, maps, mapsPlot, results };
}

const keyOf = (header) => basis(question(header));

// A new race: what was found belongs to the experiment it was asked for, or to the tuned one.
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
function offerBudget({ budget }, wanted) {
  const all = [...new Set([...BUDGETS, wanted])].sort((a, b) => a - b);
  if (budget.select.options.length !== all.length || budget.value() !== String(wanted)) {
    budget.offer(Object.fromEntries(all.map((n) => [n, `${n} settings`])));
    budget.select.value = String(wanted);
  }
}

const WHY =
  "To compare rules fairly, each has to be tuned with equal effort. " +
  "The same search tries equally many settings of every lane, its present one among them, and shows all of them. " +
  "Nothing is changed until you use what it found.";

function introduce({ intro }) {
  intro.replaceChildren(make("p", { class: "note" }, WHY));
}

function start(state) {
  const { header } = state.stage.race;
  const query = question(header);
  query.set("view.budget", header.view.budget);
  state.found = {
    key: keyOf(header),
    plan: null,
    tries: [],
    runs: [],
    end: null,
    land: state.stage.map.home,
  };
  state.begun = performance.now();
  say(state, "Tuning …");
  state.study.ask(state.found.key, state.server("tuning", query), {
    part: (part) => hear(state, part),
    done: () => finish(state),
  });
  busy(state, true);
}

function stop(state, words) {
  state.study.callOff();
  state.found = null;
  busy(state, false);
  introduce(state);
  paint(state);
  say(state, words);
}

function busy(state, on) {
  state.running.hidden = !on;
  state.go.disabled = on;
  state.budget.select.disabled = on;
  state.progress.value = 0;
}

const say = ({ said }, words) => (said.textContent = words);

const TAKE_IN = {
  plan: (found, { header }) => (found.plan = header),
  tries: (found, part) => (found.tries[part.header.lane] = part),
  runs: (found, part) => (found.runs[part.header.lane] = part),
  end: (found, { header }) => (found.end = header),
};

function hear(state, part) {
  const { found, stage } = state;
  TAKE_IN[part.header.kind](found, part);
  const { plan, tries } = found;
  const done = tries.reduce((sum, { arrays }) => sum + arrays.loss.values.length, 0);
  state.progress.value = done / (plan.budget * plan.searched.length);
  const lane = stage.race.header.lanes[Math.max(tries.length - 1, 0)];
  say(state, `${lane?.label}: ${done} of ${plan.budget * plan.searched.length} settings tried`);
  state.painting ||= setTimeout(() => paint(state), OFTEN);
}

function finish(state) {
  busy(state, false);
  const { budget, searched } = state.found.plan;
  state.found.seconds = (performance.now() - state.begun) / 1000;
  say(
    state,
    `Tried ${budget} settings of each of ${searched.length} ${searched.length === 1 ? "lane" : "lanes"} in ${significant(state.found.seconds, 2)} s.`,
  );
  paint(state);
}

// Does what was found still belong to the experiment on the page?
function standing({ found, stage }) {
  const { header } = stage.race;
  const key = keyOf(header);
  if (key === found.key) return "fresh";
  const tuned = found.end && keyOf({ link: found.end.after, rules: header.rules });
  return key === tuned ? "used" : "stale";
}

async function paint(state) {
  clearTimeout(state.painting);
  state.painting = null;
  const { found, stage, results } = state;
  results.hidden = !found?.plan;
  if (!found?.plan || !results.clientWidth) return;
  const lanes = lanesOf(state);
  const { plan, tries, runs } = found;
  const stands = standing(state);
  results.classList.toggle("stale", stands === "stale");
  explain(state, lanes);
  state.table.replaceChildren(comparison({ plan, tries, runs, lanes, colors: stage.colors }));
  showUse(state, stands);
  state.worth.textContent = found.end ? saidWorth(plan, tries) : "";
  state.maps.hidden = !runs.length;
  const size = stage.map.size;
  state.tries.style.height = `${triesHeight(lanes.length, state.tries.clientWidth, size)}px`;
  await draw(state.triesPlot, state.tries, (box) =>
    triesFigure({ plan, tries, lanes }, stage.colors, size, box),
  );
  if (runs.length)
    await draw(state.mapsPlot, state.maps, (box) =>
      pathsFigure(pathsOf(state, lanes), stage.colors, size, box),
    );
}

// The lanes as they looked when the search began: later ones may have been taken away.
function lanesOf({ found, stage }) {
  const { lanes } = stage.race.header;
  found.lanes = found.lanes && lanes.length !== found.plan.searched.length ? found.lanes : lanes;
  return found.lanes;
}

function pathsOf({ found, stage }, lanes) {
  const { plan, runs, land } = found;
  return { plan, runs, lanes, land, units: stage.race.header.view.units };
}

function triesHeight(count, width, size) {
  const columns = Math.min(count, width < 620 ? 1 : 3);
  return Math.ceil(count / columns) * 21 * size;
}

async function draw(plot, canvas, figure) {
  if (!canvas.clientWidth) return;
  const box = { width: canvas.clientWidth, height: canvas.clientHeight };
  const { data, layout } = figure(box);
  await Plotly.react(plot, data, layout, { displayModeBar: false, responsive: false });
}

function explain({ intro, found }, lanes) {
  const details = make(
    "details",
    { open: intro.querySelector("details")?.open ?? false },
    make("summary", {}, "What is searched, and what stays as it is"),
    rangesOf(found.plan, lanes),
  );
  intro.replaceChildren(make("p", { class: "note" }, saidSearch(found.plan)), details);
}

const STANDING = {
  used: "These settings are in the lanes now; Back returns to the ones before.",
  stale:
    "The experiment has changed since: these results belong to the earlier one. Tune again for the present one.",
};

function showUse(state, stands) {
  const { found, use, stage } = state;
  const ready = found.end !== null;
  const put = button("Use these", () => stage.commit(found.end.changes), "first");
  put.disabled = !ready || stands !== "fresh";
  const save = button("Save picture", () => savePage(state, "tuning", true));
  const saveTries = button("Save picture of what was tried", () => savePage(state, "tried", false));
  save.disabled = saveTries.disabled = !ready;
  const note = make("p", { class: "note", role: "status" }, STANDING[stands] || "");
  use.replaceChildren(put, save, saveTries, note);
}

function savePage(state, name, maps) {
  const { found, stage } = state;
  const { colors } = stage;
  const lanes = lanesOf(state);
  const figure = (size, box, scale) => {
    const drawn = maps
      ? pathsFigure(pathsOf(state, lanes), colors, size, box, scale)
      : triesFigure({ ...found, lanes }, colors, size, box, scale);
    drawn.layout.paper_bgcolor = colors.background;
    return drawn;
  };
  savePicture(figure, `${slug(found.plan.surface)}-${name}`);
}

// The try nearest to the pointer, in words.
function hover(state, event) {
  const { triesPlot, readout } = state;
  const box = triesPlot.getBoundingClientRect();
  const [px, py] = [event.clientX - box.left, event.clientY - box.top];
  const near = nearestTry(triesPlot, px, py);
  if (near) readout.show(saidTry(state, near), px, py);
  else readout.hide();
}

function nearestTry({ _fullLayout, data }, px, py) {
  let best = null;
  for (const { x, y, xaxis, yaxis, customdata } of data || []) {
    const [across, up] = [_fullLayout[xaxis.replace("x", "xaxis")], _fullLayout[yaxis.replace("y", "yaxis")]];
    x.forEach((v, n) => {
      const far = Math.hypot(across._offset + across.l2p(v) - px, up._offset + up.l2p(y[n]) - py);
      if (far < (best ? best.far : REACH))
        best = { far, k: Number(xaxis.slice(1) || 1) - 1, i: customdata[n] };
    });
  }
  return best;
}

const NAMES = { steps: "there to stay after", loss: "final loss" };

function saidTry({ found }, { k, i }) {
  const { plan, tries } = found;
  const { header, arrays } = tries[k];
  const what = arrays.steps.values[i] >= 0 ? "steps" : "loss";
  const texts = header.settings.map((column) => column[i]);
  const round = i === 0 ? "present setting" : `setting ${i + 1} of ${plan.budget}`;
  return [
    i === header.best ? `${round}, the best` : round,
    saidSettings(plan.searched[k], texts),
    `${NAMES[what]}: ${saidOutcome(arrays, what, i, plan.endings)}`,
  ];
}
