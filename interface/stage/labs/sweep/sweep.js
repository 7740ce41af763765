// The sweep map: two settings of the chosen lane against each other, a third from map to map.

import { savePicture } from "../../draw/chart.js";
import { make } from "../../dom/dom.js";
import { slug } from "../../dom/form.js";
import { worker } from "../../core/jobs.js";
import { question } from "../../core/question.js";
import { choiceKey, covers, mapKey, present } from "./axes.js";
import { begin, drawn, fill, mark } from "./cells.js";
import { showControls, sweepControls } from "./controls.js";
import { presentPlace, sweepFigure } from "./figure.js";
import { layOut, showCross, sweepHand } from "./hand.js";
import { keyEntries } from "./key.js";
import { axesOf, bestWords, keyWords, progressWords, quantity, reading, remarks, settings } from "./words.js";
import { word } from "../../core/words.js";

const KEPT = 8;
const PAUSE = 1000;
const FIELDS = ["chosen", "across", "up", "third", "reach_across", "reach_up"];
const CONFIG = { displayModeBar: false, responsive: false, staticPlot: true, showTips: false };

export function sweep(stage, page) {
  const state = {
    stage,
    page,
    work: worker(),
    map: null,
    asked: "",
    said: "",
    pending: null,
    kept: new Map(),
    swept: new Map(),
  };
  state.controls = sweepControls(stage.look, () => save(state));
  layPage(state);
  state.hand = sweepHand(state.ground, state.plot, told(state));
  return {
    race: () => race(state),
    theme: () => draw(state),
    resize: () => draw(state),
    hidden: () => stop(state),
  };
}

function layPage(state) {
  const part = (name, ...inside) => make("div", { class: name }, ...inside);
  state.plot = part("plot");
  state.veil = make("div", { class: "veil" }, "computing …");
  state.ground = part("sweep-ground", state.plot, state.veil);
  state.bar = make("progress", { max: 1, "aria-label": "Progress of the map" });
  state.progress = make("span", {});
  state.cancel = make("button", { type: "button", class: "push", onclick: () => halt(state) }, "Cancel");
  state.again = make("button", { type: "button", class: "push", onclick: () => restart(state) }, "Go on");
  state.working = part("sweep-work", state.bar, state.progress, state.cancel, state.again);
  state.best = make("span", {});
  state.use = make("button", { type: "button", class: "push", onclick: () => useBest(state) }, "Use it");
  state.key = make("ul", { class: "sweep-key" });
  state.notes = make("div", { class: "sweep-notes", role: "status", "aria-live": "polite" });
  state.title = make("p", { class: "sweep-title" });
  const best = part("sweep-best", state.best, state.use);
  const side = part("sweep-side", state.working, best, state.notes, state.key);
  state.sheet = part("sweep-sheet", state.ground, side);
  state.page.append(state.controls.element, state.title, state.sheet);
}

// What is asked of the server, as link parameters: the experiment and what is on the axes.
function asked({ stage }) {
  const { header } = stage.race;
  const params = question(header);
  for (const name of FIELDS) {
    const text = word(header.view[name]);
    if (text !== "none" && text !== "0") params.set(`view.${name}`, text);
  }
  return params;
}

const slotOf = ({ stage }) => stage.race.header.lanes[stage.race.header.chosen].slot;

// New data: keep the map if it rests on the same, find it again, or ask for it.
function race(state) {
  const params = asked(state);
  state.params = params;
  if (state.pending && state.pending.link !== state.stage.race.header.link) state.pending = null;
  const swept = state.swept.get(choiceKey(params, slotOf(state)));
  const key = swept && mapKey(params, slotOf(state), swept);
  if (state.map?.key === key && key && fits(state.map, params)) return draw(state);
  if (state.asked === params.toString()) return undefined;
  const kept = key && state.kept.get(key);
  if (kept && fits(kept, params)) return takeUp(state, kept);
  return ask(state, params);
}

function takeUp(state, map) {
  stop(state);
  state.map = map;
  draw(state);
}

// Whether a map still shows the present setting: a usual range goes with it, a chosen one stays.
function fits(map, params) {
  const { across, up, third } = map.header.axes;
  const chosen = (axis, side) =>
    params.has(`view.reach_${side}`) ||
    covers(map.grid[side === "up" ? "y" : "x"], axis, present(params, axis));
  return (
    chosen(across, "across") && chosen(up, "up") && (!third || third.values.includes(present(params, third)))
  );
}

// The old colors go at once; whatever still arrives of an earlier map is dropped by the worker.
function ask(state, params) {
  const text = params.toString();
  const slot = slotOf(state);
  clearTimeout(state.waiting);
  Object.assign(state, {
    map: null,
    asked: text,
    said: "",
    halted: false,
    waiting: null,
    drawnAt: 0,
    whole: false,
  });
  show(state);
  state.work.run("sweep", text, {
    part: (packet) => hear(state, packet, params, slot),
    done: () => finish(state),
    failed: (words) => {
      Object.assign(state, { asked: "", said: words, halted: true });
      show(state);
    },
  });
}

const HEARD = {
  axes: (state, packet, params, slot) => {
    state.map = begin(packet);
    const swept = axesOf(state.map).map(({ key }) => key);
    state.swept.set(choiceKey(params, slot), swept);
    state.map.key = mapKey(params, slot, swept);
    showControls(
      state.controls,
      packet.header,
      state.stage.race.header.view,
      state.stage.race.header.view.color,
    );
  },
  cells: (state, packet) => fill(state.map, packet),
  theory: (state, { header, arrays }) => {
    const read = (name, k) => Array.from(arrays[`${name}${k}`].values);
    state.map.lines = header.lines.map((line, k) => ({
      ...line,
      across: read("across", k),
      up: read("up", k),
    }));
  },
  best: (state, { header }) => (state.map.best = header.best),
  chaos: (state, packet) => mark(state.map, packet),
};

function hear(state, packet, params, slot) {
  HEARD[packet.header.part](state, packet, params, slot);
  soon(state);
}

function finish(state) {
  state.asked = "";
  state.kept.delete(state.map.key);
  state.kept.set(state.map.key, state.map);
  if (state.kept.size > KEPT) state.kept.delete(state.kept.keys().next().value);
  draw(state);
}

function stop(state) {
  if (state.asked) state.work.cancel();
  if (state.asked) state.map = null;
  state.asked = "";
}

function halt(state) {
  state.work.cancel();
  Object.assign(state, { asked: "", halted: true });
  draw(state);
}

function restart(state) {
  ask(state, asked(state));
}

// Draw the first colors at once and every cell as soon as it is known; between, now and then.
function soon(state) {
  const whole = state.map.found === state.map.count && !state.whole;
  if (state.waiting && !whole) return;
  clearTimeout(state.waiting);
  state.whole ||= whole;
  const next = (state.drawnAt || 0) + Math.max(state.pause || 0, state.drawnAt ? PAUSE : 0);
  const wait = whole ? 0 : Math.max(0, next - performance.now());
  state.waiting = setTimeout(() => {
    state.waiting = null;
    draw(state);
  }, wait);
}

async function draw(state) {
  show(state);
  const { map, stage, page, ground } = state;
  if (!map?.ranges || !page.clientWidth) return;
  if (state.drawing) {
    state.drawing = "again";
    return;
  }
  state.drawing = "now";
  state.sheet.classList.toggle("several", map.shape[0] > 1);
  const begun = performance.now();
  const { data, layout } = sweepFigure(map, look(state, ground.clientWidth));
  ground.style.height = `${layout.height}px`;
  await Plotly.react(state.plot, data, layout, CONFIG);
  state.drawnAt = performance.now();
  state.pause = state.drawnAt - begun;
  state.shown = map;
  const again = state.drawing === "again";
  state.drawing = null;
  layOut(state.hand);
  show(state);
  state.page.dataset.drawn = map.found < map.count ? "coarse" : map.checked < map.count ? "fine" : "whole";
  page.dispatchEvent(new CustomEvent("sweepdrawn", { detail: map.found / map.count }));
  if (again && stage.race) draw(state);
}

function look(state, width) {
  const { stage, map, params, pending } = state;
  const { view } = stage.race.header;
  const { third } = map.header.axes;
  return {
    color: view.color,
    colors: stage.colors,
    size: view.size === "projector" ? 19 : 12,
    width: Math.max(width, 200),
    cross: told(state).place(),
    presentText: third && (pending?.values[third.key] ?? present(params, third)),
  };
}

// Everything that is not Plotly's: veil, words, key, cross, controls.
function show(state) {
  const { map, stage, controls } = state;
  const { view } = stage.race.header;
  const ready = Boolean(map?.ranges);
  const stale = !ready || state.shown !== map;
  state.veil.hidden = !stale || state.halted;
  state.plot.style.visibility = stale ? "hidden" : "visible";
  state.hand.svg.style.visibility = stale ? "hidden" : "visible";
  state.page.setAttribute("aria-busy", Boolean(state.asked));
  showWork(state);
  showWords(state, ready, view.color);
  controls.saving.disabled = !ready;
  if (map) showControls(controls, map.header, view, view.color);
  if (!stale) showCross(state.hand);
}

function showWork(state) {
  const { map, bar, progress, cancel, again, halted } = state;
  const busy = Boolean(state.asked);
  bar.hidden = cancel.hidden = !busy;
  again.hidden = !halted;
  const done = map ? (map.found + map.checked) / (2 * map.count) : 0;
  bar.value = done;
  const whole = map && map.found === map.count;
  const cancelled = whole ? "Cancelled before chaos was looked for." : "Cancelled: the map is not whole.";
  progress.textContent = busy ? progressWords(map) : halted ? state.said || cancelled : "";
}

function showWords(state, ready, color) {
  const { map, stage } = state;
  const { label } = stage.race.header.lanes[stage.race.header.chosen];
  state.title.textContent = ready
    ? `${label}: ${quantity(map, color)} after ${map.header.steps} steps, ${shapeWords(map)}`
    : `${label}: a map of two settings`;
  const words = ready ? bestWords(map, color) : "";
  state.best.textContent = words;
  state.use.hidden = !words;
  const said = ready ? remarks(map, color) : [];
  if (ready && !told(state).place()) said.push("The present setting lies outside this map.");
  fillOnce(state.notes, said);
  state.key.replaceChildren(...(ready ? keyEntries(map, color, stage.colors) : []));
}

function shapeWords({ shape }) {
  const [panels, rows, columns] = shape;
  return `${panels > 1 ? `${panels} maps of ` : ""}${columns} × ${rows} settings`;
}

// Read out again only what has changed.
function fillOnce(element, lines) {
  const text = lines.join("\n");
  if (element.dataset.said === text) return;
  element.dataset.said = text;
  element.replaceChildren(...lines.map((line) => make("p", {}, line)));
}

function told(state) {
  const values = () => {
    const texts = axesOf(state.map).map((axis) => [axis.key, present(state.params, axis)]);
    return { ...Object.fromEntries(texts), ...state.pending?.values };
  };
  return {
    map: () => state.map,
    place: () => presentPlace(state.map, values()),
    present: () =>
      `Present setting: ${axesOf(state.map)
        .map(({ key, label }) => `${label} ${values()[key]}`)
        .join(", ")}.`,
    words: (at) => reading(state.map, at, state.stage.race.header.view.color),
    felt: (at) => state.stage.feel(settings(state.map, at)),
    chosen: (at) => choose(state, at),
    dropped: () => state.stage.letGo(),
  };
}

// The cross stays where it was put until the page answers with the new setting.
function choose(state, at) {
  const values = settings(state.map, at);
  state.pending = { values, link: state.stage.race.header.link };
  showCross(state.hand);
  state.stage.feel(values);
  state.stage.commit(values);
}

function useBest(state) {
  const at = state.map.best?.[drawn(state.map, state.stage.race.header.view.color)];
  if (!at) return;
  const [panel, row, col] = at;
  choose(state, { panel, row, col });
}

async function save(state) {
  const { map, stage } = state;
  const { header } = stage.race;
  const title = `${map.header.lane.label}: ${quantity(map, header.view.color)}<br><sup>${header.caption}</sup>`;
  const figure = (size, box) =>
    sweepFigure(map, {
      ...look(state, box.width),
      size,
      height: box.height,
      title,
      key: keyWords(map, header.view.color),
    });
  await savePicture(figure, slug(`sweep ${map.header.lane.label}`));
}
