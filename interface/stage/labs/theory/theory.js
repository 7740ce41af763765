// Theory at the clock's step: curvature, stability limit, damping and rate of the chosen lane, and
// on a quadratic the loss it predicts.

import { axes } from "../../draw/axes.js";
import { paintChart, savePicture, titled } from "../../draw/chart.js";
import { draw, fill, make, overlayOn, plotElement, reword } from "../../dom/dom.js";
import { push, slug } from "../../dom/form.js";
import { shareFigure } from "./chart.js";
import { inTheory, reading } from "./reading.js";
import { placesTable } from "./table.js";
import { comparison, headline, provisos, sharpness, sources } from "./words.js";

/** @import { Axes, FeltRace, Stage } from "../../core/stage.d.ts" */
/** @import { TheoryHeader } from "../../core/packets.d.ts" */
/** @import { Colors } from "../../core/theme.js" */
/** @import { Curve } from "../../draw/shapes.d.ts" */
/** @typedef {ReturnType<typeof laid>} Page */
/** @import { InTheory } from "./reading.js" */

/** @param {Stage} stage @param {HTMLElement} root */
export function theory(stage, root) {
  const state = laid(stage);
  const { places, title, sharp, told, line, formula, notes, cited, chart } = state;
  const words = make("div", { class: "words" }, title, sharp, told, line, formula, chart.frame, notes, cited);
  root.append(make("div", { class: "theory-sheet" }, places.element, words));
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
    step: (/** @type {number} */ t) => write(state, t),
  };
}

/** @param {Stage} stage */
function laid(stage) {
  /** @param {"p" | "div" | "ul"} tag @param {string} name */
  const part = (tag, name) => make(tag, { class: name });
  return {
    stage,
    places: placesTable(),
    title: part("p", "headline"),
    sharp: part("p", "told"),
    told: part("p", "told"),
    line: part("p", "told"),
    formula: part("div", "limit-formula"),
    notes: part("ul", "provisos"),
    cited: part("p", "note"),
    chart: shareChart(stage),
    /** @type {string | null} the limit whose formula is set */
    set: null,
  };
}

/** @param {Page} state */
function lay(state) {
  const { theory } = state.stage.race.header;
  const { places, sharp, told, line, formula, notes, cited } = state;
  for (const part of [places.element, sharp, told, line, formula, notes, cited]) part.hidden = !theory;
  const { race } = state.stage;
  if (!inTheory(race) || !theory) {
    state.title.textContent = "Computing …";
    return;
  }
  if (state.set !== theory.limit) {
    state.set = theory.limit;
    formula.innerHTML =
      theory.limit && `<span>Stable while</span>${theory.limit}<span>${largest(theory)}</span>`;
  }
  formula.hidden = !theory.limit;
  notes.replaceChildren(...provisos(race).map((text) => make("li", {}, text)));
  showSources(state, sources(theory));
  showLine(state);
  write(state, state.stage.clock.t);
}

/** @param {TheoryHeader} theory */
function largest({ scaled }) {
  return scaled
    ? "where Λ is the largest curvature after each coordinate’s scaling (the preconditioned sharpness)."
    : "where Λ is the largest curvature.";
}

/** @param {Page} page @param {{ text: string, url: string }[]} found */
function showSources({ cited }, found) {
  const links = found.map(({ text, url }) =>
    make("a", { href: url, target: "_blank", rel: "noreferrer" }, text),
  );
  cited.hidden = !links.length;
  cited.replaceChildren("After ", ...links.flatMap((link, k) => (k ? [", ", link] : [link])), ".");
}

/** @param {Page} page */
function showLine({ stage, line }) {
  const { header, arrays } = stage.race;
  line.hidden = !arrays[`predicted${header.chosen}`];
  line.textContent =
    "The dotted line over the loss is written down beforehand, without taking a single step.";
}

/** @param {Page} state @param {number} t */
function write(state, t) {
  const { race } = state.stage;
  if (!inTheory(race)) return;
  const columns = reading(race, t);
  reword(state.title, headline(race, columns, t));
  say(state.sharp, sharpness(race, columns, t));
  say(state.told, comparison(race, columns, t));
  state.places.show(race.header.theory, columns, t);
  state.chart.step(t);
}

/** @param {HTMLElement} element @param {string} text */
function say(element, text) {
  reword(element, text);
  element.hidden = !text;
}

// The closed form over the measured loss, for each visible lane that has one.
/**
 * @param {string} panel
 * @param {FeltRace} race
 * @param {boolean} log
 * @param {Colors} colors
 * @returns {Curve[]}
 */
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

/** @param {Stage} stage */
function shareChart(stage) {
  const plot = plotElement();
  const cursor = draw("line", { class: "cursor" });
  const canvas = make("div", { class: "canvas" }, plot);
  overlayOn(canvas).append(cursor);
  const save = push("Save picture", () => savePage(stage));
  const title = make("h2", { class: "panel-title" }, "Rate ÷ stability limit, along the path");
  const frame = make(
    "div",
    { class: "share-chart" },
    make("div", { class: "share-bar" }, title, save),
    canvas,
  );
  /** @type {Axes | null} */
  let axis = null;
  /** @param {number} t */
  const step = (t) => {
    if (!axis) return;
    const [x, { offset, length }] = [axis.x.to(t), axis.y];
    fill(cursor, { x1: x, x2: x, y1: offset, y2: offset + length });
  };
  const paint = async () => {
    const { race } = stage;
    frame.hidden = !race.arrays["theory.limit"];
    if (frame.hidden || !inTheory(race) || !canvas.clientWidth) return;
    await paintChart(plot, canvas, (...look) => shareFigure(race, ...look), stage);
    axis = axes(plot);
    step(stage.clock.t);
  };
  return { frame, paint, step };
}

/** @param {Stage} stage */
function savePage({ colors, race }) {
  if (!inTheory(race)) return;
  const { header } = race;
  const text = `${header.lanes[header.chosen].label} on ${header.surface.title}: rate ÷ stability limit`;
  const figure = titled((...look) => shareFigure(race, ...look), text);
  savePicture(figure, `${slug(header.surface.title)}-stability`, { race, colors });
}
