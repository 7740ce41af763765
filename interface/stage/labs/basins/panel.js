// One map of starts on the page: Plotly draws it, the paths and the start's ring lie over it.

import { quickCells } from "../../draw/cells.js";
import { make, plotElement } from "../../dom/dom.js";
import { readout } from "../../dom/readout.js";
import { hand, placeStart } from "../../map/hand.js";
import { point } from "../../core/format.js";
import { where } from "../../map/map.js";
import { layOut, overlay, showStep } from "../../map/overlay.js";

/** @import { FeltRace, Place } from "../../core/stage.d.ts" */
/** @import { Colors } from "../../core/theme.js" */
/** @import { Figure } from "../../draw/chart.js" */
/** @import { Told as Hears } from "../../map/hand.js" */
/** @typedef {Omit<Hears, "onPath"> & { said(at: Place): string }} Told */
/** @typedef {{ race: FeltRace, lanes: number[], colors: Colors, t: number, large: boolean | undefined, letters: Point[] }} Paths */
/** @typedef {{ x: number, y: number }} Point */
/** @typedef {ReturnType<typeof panel>} MapPanel */

const CONFIG = { displayModeBar: false, responsive: false, scrollZoom: false, doubleClick: false };

// `told`: { start, felt, dropped, placed } as for the stage's own map, and `said(at)`, what stands
// at a place in words.
/** @param {string} name @param {Told} told */
export function panel(name, told) {
  const title = make("h2", { class: "panel-title" });
  const plot = plotElement();
  const canvas = make("div", { class: `canvas ${name}` }, plot);
  const box = readout(canvas);
  const veil = make("div", { class: "veil" }, "Computing …");
  const root = make("div", { class: "basin-panel" }, title, canvas);
  const under = { panel: canvas, plot, over: overlay(canvas, `basins-${name}`), land: null };
  const state = {
    ...under,
    root,
    title,
    veil,
    readout: box,
    cells: quickCells(plot),
    /** @type {unknown[]} */
    drawn: [],
    hand: hand(under, { ...told, onPath: () => undefined }),
  };
  canvas.append(veil);
  canvas.addEventListener("pointermove", (event) => read(state, event, told));
  canvas.addEventListener("pointerleave", box.hide);
  return state;
}

/** @param {MapPanel} state @param {string} text */
export function veil(state, text) {
  state.veil.textContent = text;
  state.veil.hidden = !text;
  state.panel.classList.toggle("veiled", Boolean(text));
  if (text) state.readout.hide();
}

// What is drawn rests on `of`: where that is the same as last time, only the paths are laid.
/** @param {MapPanel} state @param {unknown[]} of @param {() => Figure} figure @param {Paths} paths */
export async function drawPanel(state, of, figure, paths) {
  if (of.length === state.drawn.length && of.every((one, k) => one === state.drawn[k])) {
    return layPaths(state, paths);
  }
  state.drawn = of;
  const { data, layout } = figure();
  await Plotly.react(state.plot, data, layout, CONFIG);
  layPaths(state, paths);
}

// The paths of some lanes up to the clock, and the ring: `paths` is { race, lanes, colors, t, large, letters }.
/** @param {MapPanel} state @param {Paths} paths */
export function layPaths(state, { race, lanes, colors, t, large, letters }) {
  if (!state.plot._fullLayout || !state.plot.clientWidth) return;
  state.over.type = large ? 21 : 13;
  layOut(state.over, state.plot, alone(race, lanes, colors), { critical: [], scale: null, letters }, colors);
  placeStart(state.hand, race.header.start);
  showStep(state.over, t);
}

// The race as if only these lanes were shown, whether or not the stage hides them. Colors belong to
// the minima here, so paths are told apart by their dashes and their names.
/** @param {FeltRace} race @param {number[]} lanes @param {Pick<Colors, "text">} colors */
export function alone({ header, arrays }, lanes, { text }) {
  const plain = { light: text, dark: text };
  const shown = header.lanes.map((lane, k) => ({ ...lane, ...plain, visible: lanes.includes(k) }));
  return { header: { ...header, lanes: shown }, arrays };
}

/** @param {MapPanel} state @param {PointerEvent} event @param {Told} told */
function read(state, event, told) {
  const { hand: held } = state;
  const at = !held.dragging && state.veil.hidden && event.pointerType !== "touch" && where(state, event);
  const words = at && told.said(at);
  if (words) state.readout.show([`start ${point(at.x, at.y)}`, words], at.px, at.py);
  else state.readout.hide();
}
