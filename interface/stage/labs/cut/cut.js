// The chosen lane's loss along its step at the clock's step: the loss, its quadratic model, and
// where the step goes.

import { paintChart, savePicture, titled } from "../../draw/chart.js";
import { make, plotElement } from "../../dom/dom.js";
import { push, slug } from "../../dom/form.js";
import { lossOf } from "../../map/land.js";
import { caption, cutFigure } from "./figure.js";
import { cutOf, stepAt } from "./reading.js";
import { headline, proviso, rows, trust, why } from "./words.js";

/** @import { Stage } from "../../core/stage.d.ts" */
/** @import { Loss } from "../../run/recorded.d.ts" */
/** @import { Drawing } from "../../draw/chart.js" */
/** @import { Cut } from "./reading.js" */
/** @typedef {{ loss: Loss | null, found: Cut | null, later?: ReturnType<typeof setTimeout> }} Known */
/** @typedef {ReturnType<typeof laid> & Known & { stage: Stage }} Page */

// A figure takes a few milliseconds: a running clock shows every one that there is time for.
const REST = 80;

/** @param {Stage} stage @param {HTMLElement} root */
export function cut(stage, root) {
  /** @type {Page} */
  const state = { stage, ...laid(() => savePage(state)), loss: null, found: null };
  root.append(state.sheet);
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

/** @param {() => void} work what saves a picture */
function laid(work) {
  const [title, told] = [make("p", { class: "headline" }), make("p", { class: "told" })];
  const body = make("tbody");
  const head = make("caption", {}, "Change of the loss over the step");
  const table = make("table", { class: "changes" }, head, body);
  const plot = plotElement({ "aria-hidden": "true" });
  const canvas = make("div", { class: "canvas" }, plot);
  const save = push("Save picture", work);
  const note = make("p", { class: "note" });
  const words = make("div", { class: "words" }, title, table, told, note, save);
  const sheet = make("div", { class: "cut-sheet" }, canvas, words);
  return { sheet, title, told, note, table, body, canvas, plot, save };
}

/** @param {Page} state */
function follow(state) {
  state.loss ||= lossOf(state.stage);
  const { header, arrays } = state.stage.race;
  const { t } = state.stage.clock;
  const x = arrays[`x${header.chosen}`].values;
  const step = state.loss && stepAt(x, Math.floor(t), header.steps);
  state.found = state.loss && step ? cutOf(state.loss, step) : null;
  const noise = Number(header.handles.find(({ key }) => key === "noise")?.value ?? 0);
  state.note.textContent = step ? proviso(noise, Boolean(state.loss?.seen || arrays.batches)) : "";
  write(state, state.loss ? why(x, t, header.lanes[header.chosen].diverged) : "Computing …");
  if (!state.later) state.later = setTimeout(() => paint(state), REST);
}

/** @param {Page} state @param {string} otherwise */
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

/** @param {Page} state */
async function paint(state) {
  state.later = undefined;
  const { stage, canvas, plot, found } = state;
  canvas.hidden = !found;
  if (!found || !canvas.clientWidth) return;
  await paintChart(plot, canvas, figureOf(stage, found), stage);
}

/** @param {Stage} stage @param {Cut} found @returns {Drawing} */
function figureOf(stage, found) {
  const { header } = stage.race;
  const lane = header.lanes[header.chosen];
  return (...look) => cutFigure(found, lane, ...look);
}

/** @param {Page} page */
function savePage({ stage, found }) {
  if (!found) return;
  const { lanes, chosen, surface } = stage.race.header;
  const text = caption(lanes[chosen], surface, found);
  const figure = titled(figureOf(stage, found), text);
  savePicture(figure, `${slug(surface.title)}-step-${found.number}`, stage);
}
