// Sensitivity curves: every lane's outcome against its learning rate, on which the present rates
// are dragged, and the rates that work.

import { typed } from "../../core/typed.js";
import { axes } from "../../draw/axes.js";
import { paintChart, savePicture, titled } from "../../draw/chart.js";
import { decimalField, draw, make, plotElement } from "../../dom/dom.js";
import { readout } from "../../dom/readout.js";
import { field, menu, push, slug } from "../../dom/form.js";
import { RATES } from "../../core/known.js";
import { significant } from "../../core/format.js";
import { saidOutcome } from "../../draw/outcome-scale.js";
import { basis, question } from "../../core/question.js";
import { curves } from "./compute.js";
import { sensitivityFigure } from "./figure.js";
import { rateMarkers } from "./markers.js";
import { listen } from "./pointer.js";
import { markersOf, rateText, whatShown } from "./present.js";
import { saidHeading, saidRange } from "./words.js";
import { color } from "../../core/theme.js";
import { study } from "../study.js";

/** @import { Axes, Plot, Stage } from "../../core/stage.d.ts" */
/** @import { Part, Sensed, SensitivityHeading } from "./compute.js" */
/** @import { Drawing } from "../../draw/chart.js" */
/** @import { SensitivityFigure } from "./figure.js" */
/** @import { Told } from "./markers.js" */
/**
 * @typedef {object} Sensing
 * @property {Stage} stage
 * @property {Plot} plot
 * @property {SVGElement} svg
 * @property {SVGElement} cursor
 * @property {ReturnType<typeof readout>} readout
 * @property {HTMLElement} veil
 * @property {HTMLElement} canvas
 * @property {HTMLElement} words
 * @property {HTMLElement} note
 * @property {ReturnType<typeof study<Part, null>>} study
 * @property {ReturnType<typeof controls>} controls
 * @property {ReturnType<typeof rateMarkers>} markers
 * @property {string | null} key
 * @property {Sensed[]} curves
 * @property {SensitivityHeading | null} heading
 * @property {Part | null} heard
 * @property {URLSearchParams} params
 * @property {Record<string, number>} usual
 * @property {string[] | null} automatic
 * @property {boolean} ready
 * @property {SensitivityFigure | null} figure
 * @property {Axes | null} axis
 */
/** @typedef {Sensing & { heading: SensitivityHeading, figure: SensitivityFigure, axis: Axes }} Drawn */

/** @type {Record<string, string>} */
const SHOWN = {
  loss: "Final loss",
  steps: "Steps until arrived to stay",
  distance: "Distance to the minimum",
};
// What curves over all rates do not rest on.
const OF_NO_CURVE = ["lr"];
const HINT = "Drag a marker along its curve, or click a curve to take that rate.";

/** @param {Stage} stage @param {HTMLElement} root */
export function sensitivity(stage, root) {
  const plot = plotElement();
  const svg = draw("svg", { class: "overlay" });
  const cursor = svg.appendChild(draw("line", { class: "cursor", y1: -9, y2: -9 }));
  const veil = make("div", { class: "veil", role: "status" });
  const canvas = make("div", { class: "canvas" }, plot, svg);
  const box = readout(canvas);
  canvas.append(veil);
  const words = make("ul", { class: "ranges" });
  const note = make("p", { class: "note" });
  const told = toldBy(() => state);
  /** @type {Sensing} */
  const state = {
    ...{ stage, plot, svg, cursor, readout: box, veil, canvas, words, note },
    study: study(() => follows(state)),
    controls: controls(stage, () => savePage(state)),
    markers: rateMarkers(svg, told),
    ...{ key: null, curves: [], heading: null, heard: null },
    ...{ params: new URLSearchParams(), usual: {}, automatic: null },
    ...{ ready: false, figure: null, axis: null },
  };
  const side = make("div", {}, make("p", { class: "note hint" }, HINT), words, note);
  root.append(state.controls.bar, make("div", { class: "sensing" }, canvas, side));
  listen(state);
  const redraw = () => paint(state);
  return { race: () => follow(state), theme: redraw, resize: redraw, hidden: () => leave(state) };
}

/** @param {Stage} stage @param {() => void} saving */
function controls(stage, saving) {
  const what = menu("Show", SHOWN, "loss", () => stage.look("color", what.value()));
  const slow = ending(stage, "Rates from", "slowest");
  const fast = ending(stage, "to", "fastest");
  const save = push("Save picture", saving);
  const bar = make("div", { class: "lab-bar" }, what.field, slow.field, fast.field, save);
  return { bar, what, slow, fast };
}

// One end of the range: a number, or nothing for a range that suits the lanes.
/** @param {Stage} stage @param {string} label @param {"slowest" | "fastest"} name */
function ending(stage, label, name) {
  const input = decimalField({ size: 7 });
  input.addEventListener("change", () => {
    const value = input.value.trim() ? typed(input.value) : 0;
    const good = Number.isFinite(value) && (value === 0 || (value >= RATES[0] && value <= RATES[1]));
    input.setAttribute("aria-invalid", String(!good));
    input.title = good
      ? "Empty: a range that suits the lanes"
      : `A rate from ${RATES.join(" to ")}, or nothing`;
    if (good) stage.look(name, value);
  });
  /** @param {number} chosen @param {number} [used] */
  const show = (chosen, used) => {
    if (document.activeElement !== input) input.value = chosen ? String(chosen) : "";
    input.placeholder = used === undefined ? "" : significant(used, 3);
  };
  return { field: field(label, input), show };
}

/** @param {Sensing} state */
function savePage(state) {
  const { heading, stage } = state;
  if (!state.ready || !heading) return;
  const { title } = stage.race.header.surface;
  const text = `${SHOWN[whatShown({ stage, heading })]} on ${title} over the learning rate`;
  const figure = titled((...look) => figureOf(state, heading, look, true), text);
  savePicture(figure, `${slug(title)}-sensitivity`, stage);
}

// A new race: other curves are asked for only when something besides the rates is another.
/** @param {Sensing} state */
function follow(state) {
  const { header } = state.stage.race;
  const params = question(header);
  const key = `${basis(params, OF_NO_CURVE)}|${header.view.slowest}|${header.view.fastest}`;
  state.params = params;
  state.markers.settle();
  const { heading } = state;
  const inside = !heading || Object.keys(header.rules).every((slot) => holds(state, heading, slot));
  if (key !== state.key || !(inside || header.view.slowest || header.view.fastest)) ask(state, key);
  else paint(state);
}

/** @param {Sensing} state @param {SensitivityHeading} heading @param {string} slot */
function holds(state, { rates }, slot) {
  const rate = Number(rateText(state, slot));
  return rate >= Number(rates[0]) && rate <= Number(rates[rates.length - 1]);
}

/** @param {Sensing} state @param {string} key */
function ask(state, key) {
  Object.assign(state, { key, ready: false, heard: null });
  state.study.ask(key, curves(state.stage, state.automatic), {
    part: (part) => hear(state, part),
    done: () => ready(state),
  });
}

// What hides the curves until they are there.
/** @param {Sensing} state */
function follows(state) {
  const { study } = state;
  if (study.halted()) state.key = null;
  cover(state, state.ready ? "" : study.words() || "Computing …");
}

/** @param {Sensing} state @param {Part} part */
function hear(state, part) {
  state.heard = part;
  const { length } = part.curves;
  if (length) state.veil.textContent = `Computing … ${length} of ${part.heading.lanes} lanes`;
}

/** @param {Sensing} state */
function ready(state) {
  const { view } = state.stage.race.header;
  if (!state.heard) return;
  const { heading, curves } = state.heard;
  Object.assign(state, { heading, curves, ready: true });
  state.usual = Object.fromEntries(curves.map(({ header }) => [header.slot, header.usual]));
  if (!view.slowest && !view.fastest)
    state.automatic = [heading.rates[0], heading.rates[heading.rates.length - 1]];
  paint(state);
}

/** @param {Sensing} state @param {string} text */
function cover(state, text) {
  state.veil.textContent = text;
  state.veil.hidden = !text;
  state.canvas.classList.toggle("veiled", Boolean(text));
  state.words.hidden = state.note.hidden = Boolean(text);
  if (text) state.readout.hide();
}

/** @param {Sensing} state */
function leave(state) {
  if (state.ready) return;
  state.study.callOff();
  state.key = null;
}

/** @param {Sensing} state */
async function paint(state) {
  const { stage, canvas, plot, heading } = state;
  showControls(state);
  if (!state.ready || !heading || !canvas.clientWidth) return;
  const figure = (/** @type {Parameters<Drawing>} */ ...look) =>
    (state.figure = figureOf(state, heading, look, false));
  await paintChart(plot, canvas, figure, stage);
  state.axis = axes(plot);
  state.markers.place(markersOf(state, heading), stage.colors);
  showWords(state, heading);
}

/**
 * @param {Sensing} state
 * @param {SensitivityHeading} heading
 * @param {Parameters<Drawing>} look
 * @param {boolean} marked
 */
function figureOf(state, heading, look, marked) {
  const { curves, stage } = state;
  const { lanes } = stage.race.header;
  const [what, present] = [whatShown({ stage, heading }), markersOf(state, heading)];
  const shown = { heading, curves, lanes, what, present, marked };
  return sensitivityFigure(shown, ...look);
}

/** @param {Sensing} state */
function showControls({ controls, stage, heading }) {
  const { view } = stage.race.header;
  controls.what.select.value = heading?.lowest === null ? "steps" : view.color;
  controls.what.select.disabled = heading?.lowest === null;
  controls.slow.show(view.slowest, heading ? Number(heading.rates[0]) : undefined);
  controls.fast.show(view.fastest, heading ? Number(heading.rates[heading.rates.length - 1]) : undefined);
}

/** @param {() => Sensing} now @returns {Told} */
function toldBy(now) {
  return {
    rates: () => now().heading?.rates ?? [],
    axis: () => now().axis,
    place: (k, i) => now().figure?.places[k]?.[i] ?? null,
    range: () => now().figure?.range ?? [0, 1],
    said: (k, i) => {
      const { stage, heading, curves } = now();
      return heading ? saidOutcome(curves[k].arrays, whatShown({ stage, heading }), i, heading.endings) : "";
    },
    felt: (lane, text) => now().stage.feel({ [`${lane.slot}.lr`]: text }),
    dropped: () => now().stage.putBack(),
    taken: (lane, text) => now().stage.commit({ [`${lane.slot}.lr`]: text }),
  };
}

/** @param {Sensing} state @param {SensitivityHeading} heading */
function showWords(state, heading) {
  const { stage, words, note, curves } = state;
  const lanes = stage.race.header.lanes;
  words.replaceChildren(
    ...curves.flatMap(({ header, arrays }, k) => {
      if (!lanes[k]?.visible) return [];
      const look = { class: "lane-name", style: `--paint:${color(lanes[k], stage.colors)}` };
      const name = make("b", look, lanes[k].label);
      return [make("li", {}, name, ` ${saidRange(header, arrays, heading, whatShown({ stage, heading }))}`)];
    }),
  );
  note.textContent = saidHeading(heading, stage.race.header);
}
