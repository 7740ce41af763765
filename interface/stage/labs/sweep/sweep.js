// The sweep map: two settings of the chosen lane against each other, a third from map to map.

import { quickCells } from "../../draw/cells.js";
import { make } from "../../dom/dom.js";
import { question } from "../../core/question.js";
import { choiceKey, covers, mapKey, present } from "./axes.js";
import { begin, drawn, fill, mark } from "./cells.js";
import { sweepMaker } from "./compute.js";
import { showControls, sweepControls } from "./controls.js";
import { presentPlace } from "./figure.js";
import { feel, letGo } from "./felt.js";
import { showCross, sweepHand } from "./hand.js";
import { bestOf, markMoved, rangesOf } from "./judge.js";
import { draw, save, soon } from "./show.js";
import { axesOf, reading, settings } from "./words.js";
import { shelf, study } from "../study.js";
import { word } from "../../core/words.js";

const KEPT = 8;
const FIELDS = ["chosen", "across", "up", "third", "reach_across", "reach_up"];

export function sweep(stage, page) {
  const state = {
    stage,
    page,
    maker: sweepMaker(stage),
    map: null,
    pending: null,
    kept: shelf(KEPT),
    swept: new Map(),
  };
  state.study = study(() => draw(state));
  state.told = told(state);
  state.controls = sweepControls(stage.look, () => save(state));
  layPage(state);
  state.hand = sweepHand(state.ground, state.plot, state.told);
  return {
    race: () => race(state),
    felt: () => feel(state),
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
  state.cells = quickCells(state.plot);
  state.bar = make("progress", { max: 1, "aria-label": "Progress of the map" });
  state.progress = make("span", {});
  state.cancel = make(
    "button",
    { type: "button", class: "push", onclick: () => state.study.halt() },
    "Cancel",
  );
  state.again = make(
    "button",
    { type: "button", class: "push", onclick: () => ask(state, asked(state)) },
    "Go on",
  );
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
  letGo(state);
  const params = asked(state);
  state.params = params;
  if (state.pending && state.pending.link !== state.stage.race.header.link) state.pending = null;
  const swept = state.swept.get(choiceKey(params, slotOf(state)));
  const key = swept && mapKey(params, slotOf(state), swept);
  if (state.map?.key === key && key && !state.map.left && fits(state.map, params)) return draw(state);
  if (state.study.stands(params.toString())) return undefined;
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

// The old colors go at once; whatever still arrives of an earlier map is dropped.
function ask(state, params) {
  const slot = slotOf(state);
  clearTimeout(state.waiting);
  Object.assign(state, { map: null, waiting: null, drawnAt: 0, whole: false });
  state.study.ask(params.toString(), state.maker.of(params), {
    part: (packet) => hear(state, packet, params, slot),
    done: () => finish(state),
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
  minima: ({ map }, packet) => (map.minima = packet),
  cells: ({ map }, packet) => {
    fill(map, packet);
    map.ranges = packet.header.ranges || rangesOf(map, packet.header.highest);
  },
  theory: (state, { header, arrays }) => {
    const read = (name, k) => Array.from(arrays[`${name}${k}`].values);
    state.map.lines = header.lines.map((line, k) => ({
      ...line,
      across: read("across", k),
      up: read("up", k),
    }));
  },
  best: ({ map }, { header }) => (map.best = header.best || bestOf(map)),
  chaos: ({ map }, packet) => (packet.arrays.chaotic ? mark : markMoved)(map, packet),
};

function hear(state, packet, params, slot) {
  HEARD[packet.header.part](state, packet, params, slot);
  soon(state);
}

function finish(state) {
  if (state.map?.checked !== state.map?.count) return;
  state.kept.put(state.map.key, state.map);
  state.kept.forget([state.map.key]);
  draw(state);
}

function stop(state) {
  letGo(state);
  if (state.study.busy()) state.map = null;
  state.study.callOff();
  state.page.setAttribute("aria-busy", false);
}

function told(state) {
  const values = () => {
    const texts = axesOf(state.map).map((axis) => [axis.key, present(state.params, axis)]);
    const felt = Object.entries(state.stage.race.header.changes || {});
    const here = felt.filter(([key]) => texts.some(([name]) => name === key));
    return Object.fromEntries([...texts, ...here, ...Object.entries(state.pending?.values || {})]);
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
