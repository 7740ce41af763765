// Theory at the clock's step: curvature, stability limit, damping and rate of the chosen lane, and
// on a quadratic the loss it predicts.

import { axes } from "../../draw/axes.js";
import { savePicture } from "../../draw/chart.js";
import { draw, make } from "../../dom/dom.js";
import { button, slug } from "../../dom/form.js";
import { shareFigure } from "./chart.js";
import { reading } from "./reading.js";
import { placesTable } from "./table.js";
import { comparison, headline, provisos, sharpness, sources } from "./words.js";

/** @import { State } from "../../core/stage.d.ts" */

export function theory(stage, root) {
  const part = (tag, name) => make(tag, { class: name });
  const places = placesTable();
  /** @type {State} */
  const state = {
    stage,
    places,
    title: part("p", "headline"),
    table: places.element,
    sharp: part("p", "told"),
    told: part("p", "told"),
    line: part("p", "told"),
    formula: part("div", "limit-formula"),
    notes: part("ul", "provisos"),
    cited: part("p", "note"),
    chart: shareChart(stage),
  };
  const { title, table, sharp, told, line, formula, notes, cited, chart } = state;
  const words = make("div", { class: "words" }, title, sharp, told, line, formula, chart.frame, notes, cited);
  root.append(make("div", { class: "theory-sheet" }, table, words));
  stage.extras.push((panel, race, log) => predictedLines(panel, race, log, stage.colors));
  const show = () => {
    lay(state);
    state.chart.paint();
  };
  return {
    race: show,
    felt: () => lay(state),
    pause: () => state.chart.paint(),
    theme: show,
    resize: () => state.chart.paint(),
    step: (t) => write(state, t),
  };
}

function lay(state) {
  const { theory } = state.stage.race.header;
  const ready = Boolean(theory);
  for (const part of [
    state.table,
    state.sharp,
    state.told,
    state.line,
    state.formula,
    state.notes,
    state.cited,
  ]) {
    part.hidden = !ready;
  }
  if (!ready) {
    state.title.textContent = "Computing …";
    return;
  }
  if (state.set !== theory.limit) {
    state.set = theory.limit;
    state.formula.innerHTML =
      theory.limit && `<span>Stable while</span>${theory.limit}<span>${largest(theory)}</span>`;
  }
  state.formula.hidden = !theory.limit;
  state.notes.replaceChildren(...provisos(state.stage.race).map((text) => make("li", {}, text)));
  showSources(state, sources(theory));
  showLine(state);
  write(state, state.stage.clock.t);
}

function largest({ scaled }) {
  return scaled
    ? "where Λ is the largest curvature after each coordinate’s scaling (the preconditioned sharpness)."
    : "where Λ is the largest curvature.";
}

function showSources({ cited }, found) {
  const links = found.map(({ text, url }) =>
    make("a", { href: url, target: "_blank", rel: "noreferrer" }, text),
  );
  cited.hidden = !links.length;
  cited.replaceChildren("After ", ...links.flatMap((link, k) => (k ? [", ", link] : [link])), ".");
}

function showLine({ stage, line }) {
  const { header, arrays } = stage.race;
  line.hidden = !arrays[`predicted${header.chosen}`];
  line.textContent =
    "The dotted line over the loss is written down beforehand, without taking a single step.";
}

function write(state, t) {
  const { race } = state.stage;
  if (!race.header.theory) return;
  const columns = reading(race, t);
  setText(state.title, headline(race, columns, t));
  say(state.sharp, sharpness(race, columns, t));
  say(state.told, comparison(race, columns, t));
  state.places.show(race.header.theory, columns, t);
  state.chart.step(t);
}

function say(element, text) {
  setText(element, text);
  element.hidden = !text;
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// The closed form over the measured loss, for each visible lane that has one.
function predictedLines(panel, { header, arrays }, log, colors) {
  if (panel !== "loss" || !(header.view.lab === "theory" || header.view.marks.includes("axes"))) return [];
  const lift = log ? 0 : (header.lowest ?? 0);
  const paint = colors.dark ? "#ffffff" : "#000000";
  return header.lanes.flatMap((lane, k) => {
    const line = arrays[`predicted${k}`];
    if (!line) return [];
    const values = lift ? line.values.map((v) => v + lift) : line.values;
    return [
      {
        lane: { ...lane, light: paint, dark: paint },
        label: `${lane.label}, predicted`,
        values,
        dash: "2px,7px",
        still: true,
      },
    ];
  });
}

function shareChart(stage) {
  const plot = make("div", { class: "plot" });
  const cursor = draw("line", { class: "cursor" });
  const canvas = make(
    "div",
    { class: "canvas" },
    plot,
    draw("svg", { class: "overlay", "aria-hidden": "true" }, cursor),
  );
  const figure = (size, box, scale) => shareFigure(stage.race, stage.colors, size, box, scale);
  const save = button("Save picture", () => savePicture(pictured(stage, figure), pictureName(stage)));
  const title = make("h2", { class: "panel-title" }, "Rate ÷ stability limit, along the path");
  const frame = make(
    "div",
    { class: "share-chart" },
    make("div", { class: "share-bar" }, title, save),
    canvas,
  );
  /** @type {State} */
  const state = { stage, plot, canvas, cursor, frame, figure };
  return { frame, paint: () => paint(state), step: (t) => moveCursor(state, t) };
}

const pictureName = ({ race }) => `${slug(race.header.surface.title)}-stability`;

// On a picture the chart says itself whose it is.
function pictured({ colors, race }, figure) {
  const { header } = race;
  const text = `${header.lanes[header.chosen].label} on ${header.surface.title}: rate ÷ stability limit`;
  return (size, ...rest) => {
    const { data, layout } = figure(size, ...rest);
    const title = { text, x: 0.02, xanchor: "left", font: { size: 1.15 * size } };
    const margin = { ...layout.margin, t: 5 * size, r: 2 * size };
    return { data, layout: { ...layout, title, margin, paper_bgcolor: colors.background } };
  };
}

async function paint(state) {
  const { stage, plot, canvas, frame, figure } = state;
  frame.hidden = !stage.race.arrays["theory.limit"];
  if (frame.hidden || !canvas.clientWidth) return;
  const box = { width: canvas.clientWidth, height: canvas.clientHeight };
  const { data, layout } = figure(stage.map.size, box, 1);
  await Plotly.react(plot, data, layout, { displayModeBar: false, responsive: false });
  state.axis = axes(plot);
  moveCursor(state, stage.clock.t);
}

/** @param {State} state */
function moveCursor({ axis, cursor }, t) {
  if (!axis) return;
  const [x, { offset, length }] = [axis.x.to(t), axis.y];
  for (const [name, value] of Object.entries({ x1: x, x2: x, y1: offset, y2: offset + length })) {
    cursor.setAttribute(name, value);
  }
}
