// The sweep map on the page: drawn now and then while it comes, said, and saved.

import { savePicture } from "../../draw/chart.js";
import { make } from "../../dom/dom.js";
import { slug } from "../../dom/form.js";
import { present } from "./axes.js";
import { isColored } from "./cells.js";
import { showControls } from "./controls.js";
import { sweepFigure } from "./figure.js";
import { layOut, showCross } from "./hand.js";
import { keyEntries } from "./key.js";
import { bestWords, keyWords, progressWords, quantity, remarks } from "./words.js";

/** @import { Drawing } from "../../draw/chart.js" */
/** @import { Color, SweepMap } from "./cells.js" */
/** @import { Look } from "./figure.js" */
/** @import { Sweep } from "./sweep.js" */

const PAUSE = 1000;
const CONFIG = { displayModeBar: false, responsive: false, staticPlot: true, showTips: false };

// Draw the first colors at once and every cell as soon as it is known; between, now and then.
/** @param {Sweep} state @param {SweepMap} map */
export function soon(state, map) {
  const whole = map.found === map.count && !state.whole;
  if (state.waiting && !whole) return;
  clearTimeout(state.waiting);
  state.whole ||= whole;
  const next = state.drawnAt + Math.max(state.pause, state.drawnAt ? PAUSE : 0);
  const wait = whole ? 0 : Math.max(0, next - performance.now());
  state.waiting = setTimeout(() => {
    state.waiting = undefined;
    draw(state);
  }, wait);
}

/** @param {Sweep} state */
export async function draw(state) {
  show(state);
  const { map, stage, page, ground } = state;
  if (!isColored(map) || !page.clientWidth) return;
  if (state.drawing) {
    state.drawing.again = true;
    return;
  }
  const drawing = { again: false };
  state.drawing = drawing;
  state.sheet.classList.toggle("several", map.shape[0] > 1);
  const begun = performance.now();
  const { data, layout } = sweepFigure(map, look(state, map, ground.clientWidth));
  ground.style.height = `${layout.height}px`;
  await Plotly.react(state.plot, data, layout, CONFIG);
  if (stage.race === stage.kept) state.cells.clear(); // what a hand holds stays above
  state.drawnAt = performance.now();
  state.pause = state.drawnAt - begun;
  state.shown = map;
  state.drawing = null;
  layOut(state.hand);
  show(state);
  state.page.dataset.drawn = map.found < map.count ? "coarse" : map.checked < map.count ? "fine" : "whole";
  page.dispatchEvent(new CustomEvent("sweepdrawn", { detail: map.found / map.count }));
  if (drawing.again && stage.race) draw(state);
}

/** @param {Sweep} state @param {SweepMap} map @param {number} width @returns {Look} */
function look(state, map, width) {
  const { stage, params, pending } = state;
  const { view } = stage.race.header;
  const { third } = map.header.axes;
  return {
    color: view.color,
    colors: stage.colors,
    size: view.size === "projector" ? 19 : 12,
    width: Math.max(width, 200),
    cross: state.told.place(),
    presentText: third && (pending?.values[third.key] ?? present(params, third)),
  };
}

// Everything that is not Plotly's: veil, words, key, cross, controls.
/** @param {Sweep} state */
function show(state) {
  const { map, stage, controls } = state;
  const { view } = stage.race.header;
  const ready = isColored(map);
  const stale = !ready || state.shown !== map;
  cover(state, stale, state.study.halted() ? "" : "computing …");
  state.page.setAttribute("aria-busy", String(state.study.busy()));
  showWork(state);
  showBest(state, ready ? map : null, view.color);
  showWords(state, ready ? map : null, view.color);
  controls.saving.disabled = !ready;
  if (map) showControls(controls, map.header, view, view.color);
  if (!stale) showCross(state.hand);
}

/** @param {Sweep} state @param {boolean} covered @param {string} words */
function cover({ veil, plot, hand }, covered, words) {
  veil.textContent = words;
  veil.hidden = !covered || !words;
  for (const { style } of [plot, hand.svg]) style.visibility = covered ? "hidden" : "visible";
}

// Until it is drawn again.
/** @param {Sweep} state @param {string} words */
export function hide(state, words) {
  state.cells.clear();
  cover(state, true, words);
}

/** @param {Sweep} state */
function showWork(state) {
  const { map, bar, progress, cancel, again, study } = state;
  const [busy, halted] = [study.busy(), study.halted()];
  bar.hidden = cancel.hidden = !busy;
  again.hidden = !halted;
  const done = map ? (map.found + map.checked) / (2 * map.count) : 0;
  bar.value = done;
  const whole = map && map.found === map.count;
  const cancelled = whole ? "Cancelled before chaos was looked for." : "Cancelled: the map is not whole.";
  progress.textContent = busy ? progressWords(map) : halted ? study.words() || cancelled : "";
}

/** @param {Sweep} state @param {SweepMap | null} map @param {Color} color */
function showBest({ best, use }, map, color) {
  const words = map ? bestWords(map, color) : "";
  best.textContent = words;
  use.hidden = !words;
}

/** @param {Sweep} state @param {SweepMap | null} map @param {Color} color */
export function showWords(state, map, color) {
  const { stage } = state;
  const { label } = stage.race.header.lanes[stage.race.header.chosen];
  state.title.textContent = map
    ? `${label}: ${quantity(map, color)} after ${map.header.steps} steps, ${shapeWords(map)}`
    : `${label}: a map of two settings`;
  const said = map ? remarks(map, color) : [];
  if (map && !state.told.place()) said.push("The present setting lies outside this map.");
  fillOnce(state.notes, said);
  state.key.replaceChildren(...(map ? keyEntries(map, color, stage.colors) : []));
}

/** @param {SweepMap} map */
function shapeWords({ shape }) {
  const [panels, rows, columns] = shape;
  return `${panels > 1 ? `${panels} maps of ` : ""}${columns} × ${rows} settings`;
}

// Read out again only what has changed.
/** @param {HTMLElement} element @param {string[]} lines */
function fillOnce(element, lines) {
  const text = lines.join("\n");
  if (element.dataset.said === text) return;
  element.dataset.said = text;
  element.replaceChildren(...lines.map((line) => make("p", {}, line)));
}

/** @param {Sweep} state */
export async function save(state) {
  const { map, stage } = state;
  if (!isColored(map)) return;
  const { header } = stage.race;
  const title = `${map.header.lane.label}: ${quantity(map, header.view.color)}`;
  /** @type {Drawing} */
  const figure = (size, box, _, colors) =>
    sweepFigure(map, {
      ...look(state, map, box.width),
      colors,
      size,
      height: box.height,
      title,
      key: keyWords(map, header.view.color),
    });
  await savePicture(figure, slug(`sweep ${map.header.lane.label}`), stage);
}
