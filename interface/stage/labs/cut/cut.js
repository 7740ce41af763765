// The chosen lane's loss along its step at the clock's step: the loss, its quadratic model, and
// where the step goes.

import { savePicture } from "../../draw/chart.js";
import { make } from "../../dom/dom.js";
import { button, slug } from "../../dom/form.js";
import { surfaceOf } from "../../run/race.js";
import { caption, cutFigure } from "./figure.js";
import { cutOf, stepAt } from "./reading.js";
import { headline, proviso, rows, trust, why } from "./words.js";

/** @import { State } from "../../core/stage.d.ts" */

// A figure takes a few milliseconds: a running clock shows every one that there is time for.
const REST = 80;

export function cut(stage, root) {
  const [title, told] = [make("p", { class: "headline" }), make("p", { class: "told" })];
  const body = make("tbody");
  const head = make("caption", {}, "Change of the loss over the step");
  const table = make("table", { class: "changes" }, head, body);
  const plot = make("div", { class: "plot", "aria-hidden": "true" });
  const save = button("Save picture", () => savePage(state));
  const note = make("p", { class: "note" });
  const words = make("div", { class: "words" }, title, table, told, note, save);
  root.append(make("div", { class: "cut-sheet" }, make("div", { class: "canvas" }, plot), words));
  /** @type {State} */
  const state = { stage, title, told, note, table, body, plot, save, loss: null, found: null, later: 0 };
  const fresh = () => {
    state.loss = null;
    follow(state);
  };
  return {
    shown: () => stage.library.fetch(stage.race.header.modules).then(fresh),
    race: () => stage.library.fetch(stage.race.header.modules).then(fresh),
    felt: fresh,
    laidOut: () => state.loss || follow(state),
    theme: () => paint(state),
    resize: () => paint(state),
    step: () => follow(state),
    hidden: () => clearTimeout(state.later),
  };
}

// The functions of the surface, where its module is here.
function lossOf({ stage }) {
  const [modules] = stage.race.header.modules.map((addresses) => stage.library.of(addresses));
  return modules && stage.map.home ? surfaceOf(stage.race, modules.surface, stage.map.home) : null;
}

function follow(state) {
  state.loss ||= lossOf(state);
  const { header, arrays } = state.stage.race;
  const { t } = state.stage.clock;
  const x = arrays[`x${header.chosen}`].values;
  const step = state.loss && stepAt(x, Math.floor(t), header.steps);
  state.found = step ? cutOf(state.loss, step) : null;
  const noise = Number(header.handles.find(({ key }) => key === "noise").value);
  state.note.textContent = step ? proviso(noise, Boolean(state.loss.seen || arrays.batches)) : "";
  write(state, state.loss ? why(x, t, header.lanes[header.chosen].diverged) : "Computing …");
  if (!state.later) state.later = setTimeout(() => paint(state), REST);
}

function write({ found, title, table, told, body, save }, otherwise) {
  table.hidden = told.hidden = save.hidden = !found;
  title.textContent = found ? headline(found) : otherwise;
  if (!found) return;
  told.textContent = trust(found);
  const cells = rows(found).map(([name, value]) =>
    make("tr", {}, make("th", { scope: "row" }, name), make("td", {}, value)),
  );
  body.replaceChildren(...cells);
}

async function paint(state) {
  state.later = 0;
  const { stage, plot, found } = state;
  const canvas = plot.parentElement;
  canvas.hidden = !found;
  if (!found || !canvas.clientWidth) return;
  const box = { width: canvas.clientWidth, height: canvas.clientHeight };
  const { data, layout } = figureOf(state)(stage.map.size, box, 1);
  await Plotly.react(plot, data, layout, { displayModeBar: false, responsive: false });
}

function figureOf({ stage, found }) {
  const { header } = stage.race;
  const lane = header.lanes[header.chosen];
  return (size, box, scale) => cutFigure(found, lane, stage.colors, size, box, scale);
}

function savePage({ stage, found }) {
  const { lanes, chosen, surface } = stage.race.header;
  const figure = figureOf({ stage, found });
  const text = caption(lanes[chosen], surface, found);
  const titled = (size, ...rest) => {
    const { data, layout } = figure(size, ...rest);
    const title = { text, x: 0.02, xanchor: "left", font: { size: 1.1 * size } };
    const margin = { ...layout.margin, t: 5 * size };
    return { data, layout: { ...layout, title, margin, paper_bgcolor: stage.colors.background } };
  };
  savePicture(titled, `${slug(surface.title)}-step-${found.number}`);
}
