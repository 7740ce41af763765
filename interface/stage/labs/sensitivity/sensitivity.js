// Sensitivity curves: every lane's outcome against its learning rate, on which the present rates
// are dragged, and the rates that work.

import { typed } from "../../core/typed.js";
import { axes } from "../../draw/axes.js";
import { savePicture } from "../../draw/chart.js";
import { draw, make } from "../../dom/dom.js";
import { readout } from "../../dom/readout.js";
import { button, menu, slug } from "../../dom/form.js";
import { RATES } from "../../core/known.js";
import { significant } from "../../core/format.js";
import { outcomeScale, saidOutcome } from "../../draw/outcome-scale.js";
import { basis, question, setting } from "../../core/question.js";
import { sensitivityFigure } from "./figure.js";
import { rateMarkers } from "./markers.js";
import { listen } from "./pointer.js";
import { whatShown } from "./shown.js";
import { saidHeading, saidRange } from "./words.js";
import { color } from "../../core/theme.js";
import { office, study } from "../study.js";

/** @import { State } from "../../core/stage.d.ts" */

const SHOWN = {
  loss: "Final loss",
  steps: "Steps until arrived to stay",
  distance: "Distance to the minimum",
};
const HINT = "Drag a marker along its curve, or click a curve to take that rate.";

export function sensitivity(stage, root) {
  const plot = make("div", { class: "plot" });
  const svg = draw("svg", { class: "overlay" });
  const cursor = svg.appendChild(draw("line", { class: "cursor", y1: -9, y2: -9 }));
  const veil = make("div", { class: "veil", role: "status" });
  const canvas = make("div", { class: "canvas" }, plot, svg);
  const box = readout(canvas);
  canvas.append(veil);
  const words = make("ul", { class: "ranges" });
  const note = make("p", { class: "note" });
  /** @type {State} */
  const state = { stage, plot, svg, cursor, readout: box, veil, canvas, words, note, key: null, curves: [] };
  state.server = office(stage);
  state.study = study(() => follows(state));
  state.controls = controls(state);
  state.markers = rateMarkers(svg, told(state));
  root.append(
    state.controls.bar,
    make(
      "div",
      { class: "sensing" },
      canvas,
      make("div", {}, make("p", { class: "note hint" }, HINT), words, note),
    ),
  );
  listen(state);
  const redraw = () => paint(state);
  return { race: () => follow(state), theme: redraw, resize: redraw, hidden: () => leave(state) };
}

function controls(state) {
  const what = menu("Show", SHOWN, "loss", () => state.stage.look("color", what.value()));
  const slow = ending(state, "Rates from", "slowest");
  const fast = ending(state, "to", "fastest");
  const save = button("Save picture", () => savePage(state));
  const bar = make("div", { class: "lab-bar" }, what.field, slow.field, fast.field, save);
  return { bar, what, slow, fast };
}

// One end of the range: a number, or nothing for a range that suits the lanes.
function ending(state, label, name) {
  const input = make("input", { type: "text", inputmode: "decimal", id: `rates-${name}`, size: 7 });
  input.addEventListener("change", () => {
    const value = input.value.trim() ? typed(input.value) : 0;
    const good = Number.isFinite(value) && (value === 0 || (value >= RATES[0] && value <= RATES[1]));
    input.setAttribute("aria-invalid", String(!good));
    input.title = good
      ? "Empty: a range that suits the lanes"
      : `A rate from ${RATES.join(" to ")}, or nothing`;
    if (good) state.stage.look(name, value);
  });
  const field = make("div", { class: "field" }, make("label", { for: input.id }, label), input);
  const show = (chosen, used) => {
    if (document.activeElement !== input) input.value = chosen ? String(chosen) : "";
    input.placeholder = used === undefined ? "" : significant(used, 3);
  };
  return { field, show };
}

function savePage(state) {
  if (!state.ready) return;
  const name = `${slug(state.stage.race.header.surface.title)}-sensitivity`;
  savePicture((size, box, scale) => figureOf(state, state.stage.colors, size, box, scale, true), name);
}

// A new race: other curves are asked for only when something besides the rates is another.
function follow(state) {
  const { header } = state.stage.race;
  const params = question(header);
  const key = `${basis(params, ["lr"])}|${header.view.slowest}|${header.view.fastest}`;
  state.params = params;
  state.markers.settle();
  const inside = !state.heading || Object.keys(header.rules).every((slot) => holds(state, slot));
  if (key !== state.key || !(inside || header.view.slowest || header.view.fastest)) ask(state, key);
  else paint(state);
}

const rateText = (state, slot) => setting(state.params, slot, "lr", state.usual?.[slot]);

function holds(state, slot) {
  const rate = Number(rateText(state, slot));
  const { rates } = state.heading;
  return rate >= Number(rates[0]) && rate <= Number(rates.at(-1));
}

function ask(state, key) {
  const { header } = state.stage.race;
  const query = new URLSearchParams(state.params);
  query.set("view.slowest", header.view.slowest);
  query.set("view.fastest", header.view.fastest);
  if (state.automatic) query.set("kept", state.automatic.join(","));
  Object.assign(state, { key, ready: false, heard: { heading: null, curves: [] } });
  state.study.ask(key, state.server("sensitivity", query), {
    part: (part) => hear(state, part),
    done: () => ready(state),
  });
}

// What hides the curves until they are there.
function follows(state) {
  const { study } = state;
  if (study.halted()) state.key = null;
  cover(state, state.ready ? "" : study.words() || "Computing …");
}

function hear({ heard, veil }, part) {
  if (part.header.rates) heard.heading = part.header;
  else heard.curves.push(part);
  const { length } = heard.curves;
  if (length) veil.textContent = `Computing … ${length} of ${heard.heading.lanes} lanes`;
}

function ready(state) {
  const { heading, curves } = state.heard;
  const { view } = state.stage.race.header;
  Object.assign(state, { heading, curves, ready: true });
  state.usual = Object.fromEntries(curves.map(({ header }) => [header.slot, header.usual]));
  if (!view.slowest && !view.fastest) state.automatic = [heading.rates[0], heading.rates.at(-1)];
  paint(state);
}

function cover(state, text) {
  state.veil.textContent = text;
  state.veil.hidden = !text;
  state.canvas.classList.toggle("veiled", Boolean(text));
  state.words.hidden = state.note.hidden = Boolean(text);
  if (text) state.readout.hide();
}

function leave(state) {
  if (state.ready) return;
  state.study.callOff();
  state.key = null;
}

async function paint(state) {
  const { stage, canvas, plot } = state;
  showControls(state);
  if (!state.ready || !canvas.clientWidth) return;
  const box = { width: canvas.clientWidth, height: canvas.clientHeight };
  const figure = figureOf(state, stage.colors, stage.map.size, box, 1, false);
  state.figure = figure;
  await Plotly.react(plot, figure.data, figure.layout, { displayModeBar: false, responsive: false });
  state.axis = axes(plot);
  state.markers.place(markersOf(state), state.axis, stage.colors);
  showWords(state);
}

function figureOf(state, colors, size, box, scale, marked) {
  const { heading, curves, stage } = state;
  const { lanes } = stage.race.header;
  const shown = { heading, curves, lanes, what: whatShown(state), present: markersOf(state), marked };
  const figure = sensitivityFigure(shown, colors, size, box, scale);
  if (marked) figure.layout.paper_bgcolor = colors.background;
  return figure;
}

function showControls({ controls, stage, heading }) {
  const { view } = stage.race.header;
  controls.what.select.value = heading?.lowest === null ? "steps" : view.color;
  controls.what.select.disabled = heading?.lowest === null;
  controls.slow.show(view.slowest, heading && Number(heading.rates[0]));
  controls.fast.show(view.fastest, heading && Number(heading.rates.at(-1)));
}

// Where each visible lane's present rate lies: its own outcome where the race tells it.
function markersOf(state) {
  const { stage, heading, curves } = state;
  const what = whatShown(state);
  const { place } = outcomeScale(what, heading.lowest !== null);
  return stage.race.header.lanes.map((lane, k) => {
    if (!lane.visible || !curves[k]) return null;
    const text = rateText(state, lane.slot);
    const value = present(stage.race, k, what);
    const height = value === null ? null : place(value);
    return { k, lane, text, rate: Number(text), place: height, said: saidPresent(lane, what, value) };
  });
}

function present({ header, arrays }, k, what) {
  const lane = header.lanes[k];
  if (what === "steps") return lane.reached;
  if (lane.diverged >= 0 || lane.end === "ran away") return null;
  if (what === "distance") return lane.distance;
  return header.lowest === null ? lane.final : arrays[`gap${k}`].values[header.steps];
}

function saidPresent(lane, what, value) {
  if (value === null) return lane.words;
  return what === "steps" ? `${value} steps` : significant(value, 3);
}

function told(state) {
  const { stage } = state;
  return {
    rates: () => state.heading.rates,
    axis: () => state.axis,
    place: (k, i) => state.figure.places[k]?.[i] ?? null,
    range: () => state.figure.range,
    said: (k, i) => saidOutcome(state.curves[k].arrays, whatShown(state), i, state.heading.endings),
    felt: (lane, text) => stage.feel({ [`${lane.slot}.lr`]: text }),
    dropped: () => stage.letGo(),
    taken: (lane, text) => stage.commit({ [`${lane.slot}.lr`]: text }),
  };
}

function showWords(state) {
  const { stage, words, note, heading, curves } = state;
  const lanes = stage.race.header.lanes;
  words.replaceChildren(
    ...curves.flatMap(({ header, arrays }, k) => {
      if (!lanes[k]?.visible) return [];
      const name = make(
        "b",
        { class: "lane-name", style: `--paint:${color(lanes[k], stage.colors)}` },
        lanes[k].label,
      );
      return [make("li", {}, name, ` ${saidRange(header, arrays, heading, whatShown(state))}`)];
    }),
  );
  note.textContent = saidHeading(heading, stage.race.header);
}
