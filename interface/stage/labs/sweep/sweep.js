// The sweep map: two settings of the chosen lane against each other, a third from map to map.

import { quickCells } from "../../draw/cells.js";
import { make, plotElement } from "../../dom/dom.js";
import { push } from "../../dom/form.js";
import { question } from "../../core/question.js";
import { choiceKey, covers, mapKey, present } from "./axes.js";
import { begin, drawn, fill, isColored } from "./cells.js";
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

/** @import { Commit, Stage } from "../../core/stage.d.ts" */
/** @import { ViewHeader } from "../../core/packets.d.ts" */
/** @import { SweepAxis, SweepOpening, SweepTheory } from "./parts.d.ts" */
/** @import { Sent } from "../study.js" */
/** @import { At, Part, SweepMap } from "./cells.js" */
/** @import { Feeling } from "../felt.js" */
/** @import { Told } from "./hand.js" */
/** @typedef {ReturnType<typeof laid>} Page */
/**
 * @typedef {object} Running
 * @property {Stage} stage
 * @property {HTMLElement} page
 * @property {ReturnType<typeof sweepMaker>} maker
 * @property {ReturnType<typeof study<Part, null>>} study
 * @property {ReturnType<typeof shelf<SweepMap>>} kept
 * @property {Map<string, string[]>} swept
 * @property {Told} told
 * @property {ReturnType<typeof sweepControls>} controls
 * @property {ReturnType<typeof sweepHand>} hand
 * @property {SweepMap | null} map
 * @property {SweepMap | null} shown
 * @property {{ values: Commit, link: string } | null} pending
 * @property {URLSearchParams} params
 * @property {Feeling | null} feeling
 * @property {ReturnType<typeof setTimeout> | undefined} waiting
 * @property {{ again: boolean } | null} drawing
 * @property {number} drawnAt
 * @property {number} pause
 * @property {boolean} whole
 */
/** @typedef {Page & Running} Sweep */

const KEPT = 8;
/** @type {(keyof ViewHeader)[]} */
const FIELDS = ["chosen", "across", "up", "third", "reach_across", "reach_up"];

/** @param {Stage} stage @param {HTMLElement} page */
export function sweep(stage, page) {
  const parts = laid({
    halt: () => state.study.halt(),
    again: () => ask(state, asked(state)),
    use: () => useBest(state),
  });
  const controls = sweepControls(stage.look, () => save(state));
  page.append(controls.element, parts.title, parts.sheet);
  const told = toldBy(() => state);
  /** @type {Sweep} */
  const state = {
    ...{ stage, page, ...parts, controls, told },
    maker: sweepMaker(stage),
    study: study(() => draw(state)),
    hand: sweepHand(parts.ground, parts.plot, told),
    ...{ kept: shelf(KEPT), swept: new Map(), params: new URLSearchParams() },
    ...{ map: null, shown: null, pending: null, feeling: null },
    ...{ waiting: undefined, drawing: null, drawnAt: 0, pause: 0, whole: false },
  };
  return {
    race: () => race(state),
    felt: () => feel(state),
    theme: () => draw(state),
    resize: () => draw(state),
    hidden: () => stop(state),
  };
}

/** @param {{ halt(): void, again(): void, use(): void }} acts */
function laid(acts) {
  /** @param {string} name @param {Node[]} inside */
  const part = (name, ...inside) => make("div", { class: name }, ...inside);
  const plot = plotElement();
  const veil = make("div", { class: "veil" }, "computing …");
  const ground = part("sweep-ground", plot, veil);
  const bar = make("progress", { max: 1, "aria-label": "Progress of the map" });
  const [progress, best] = [make("span"), make("span")];
  const [cancel, again, use] = [
    push("Cancel", acts.halt),
    push("Go on", acts.again),
    push("Use it", acts.use),
  ];
  const key = make("ul", { class: "sweep-key" });
  const notes = make("div", { class: "sweep-notes", role: "status", "aria-live": "polite" });
  const title = make("p", { class: "sweep-title" });
  const work = part("sweep-work", bar, progress, cancel, again);
  const side = part("sweep-side", work, part("sweep-best", best, use), notes, key);
  const sheet = part("sweep-sheet", ground, side);
  const cells = quickCells(plot);
  return { plot, veil, ground, cells, bar, progress, cancel, again, best, use, key, notes, title, sheet };
}

// What is asked of the server, as link parameters: the experiment and what is on the axes.
/** @param {Pick<Sweep, "stage">} state */
function asked({ stage }) {
  const { header } = stage.race;
  const params = question(header);
  for (const name of FIELDS) {
    const text = word(header.view[name]);
    if (text !== "none" && text !== "0") params.set(`view.${name}`, text);
  }
  return params;
}

/** @param {Pick<Sweep, "stage">} state */
const slotOf = ({ stage }) => stage.race.header.lanes[stage.race.header.chosen].slot;

// New data: keep the map if it rests on the same, find it again, or ask for it.
/** @param {Sweep} state */
function race(state) {
  letGo(state);
  const params = asked(state);
  state.params = params;
  if (state.pending && state.pending.link !== state.stage.race.header.link) state.pending = null;
  const swept = state.swept.get(choiceKey(params, slotOf(state)));
  const key = swept && mapKey(params, slotOf(state), swept);
  if (key && state.map?.key === key && !state.map.left && fits(state.map, params)) return draw(state);
  if (state.study.stands(params.toString())) return undefined;
  const kept = key && state.kept.get(key);
  if (kept && fits(kept, params)) return takeUp(state, kept);
  return ask(state, params);
}

/** @param {Sweep} state @param {SweepMap} map */
function takeUp(state, map) {
  stop(state);
  state.map = map;
  draw(state);
}

// Whether a map still shows the present setting: a usual range goes with it, a chosen one stays.
/** @param {SweepMap} map @param {URLSearchParams} params */
function fits(map, params) {
  const { across, up, third } = map.header.axes;
  /** @param {SweepAxis} axis @param {"across" | "up"} side */
  const chosen = (axis, side) =>
    params.has(`view.reach_${side}`) ||
    covers(map.grid[side === "up" ? "y" : "x"], axis, present(params, axis));
  return (
    chosen(across, "across") && chosen(up, "up") && (!third || third.values.includes(present(params, third)))
  );
}

// The old colors go at once; whatever still arrives of an earlier map is dropped.
/** @param {Sweep} state @param {URLSearchParams} params */
function ask(state, params) {
  const slot = slotOf(state);
  clearTimeout(state.waiting);
  Object.assign(state, { map: null, waiting: undefined, drawnAt: 0, whole: false });
  state.study.ask(params.toString(), state.maker.whole, {
    part: (packet) => hear(state, packet, params, slot),
    done: () => finish(state),
  });
}

/** @param {Sweep} state @param {SweepOpening} header @param {URLSearchParams} params @param {string} slot */
function open(state, header, params, slot) {
  const map = begin({ header });
  const swept = axesOf(map).map(({ key }) => key);
  state.map = Object.assign(map, { key: mapKey(params, slot, swept) });
  state.swept.set(choiceKey(params, slot), swept);
  const { view } = state.stage.race.header;
  showControls(state.controls, header, view, view.color);
}

/** @param {SweepMap} map @param {Part} packet */
function take(map, { header, arrays }) {
  if (header.part === "minima") map.minima = header;
  else if (header.part === "cells") {
    fill(map, { header, arrays });
    map.ranges = rangesOf(map, header.highest);
  } else if (header.part === "theory") map.lines = linesOf({ header, arrays });
  else if (header.part === "best") map.best = bestOf(map);
  else if (header.part === "chaos" && isColored(map)) markMoved(map, { arrays });
}

/** @param {Sent<SweepTheory>} packet */
function linesOf({ header, arrays }) {
  /** @param {string} name @param {number} k */
  const read = (name, k) => Array.from(arrays[`${name}${k}`].values);
  return header.lines.map((line, k) => ({ ...line, across: read("across", k), up: read("up", k) }));
}

/** @param {Sweep} state @param {Part} packet @param {URLSearchParams} params @param {string} slot */
function hear(state, packet, params, slot) {
  const { header } = packet;
  if (header.part === "axes") open(state, header, params, slot);
  if (!state.map) return;
  take(state.map, packet);
  soon(state, state.map);
}

/** @param {Sweep} state */
function finish(state) {
  const { map } = state;
  if (!map?.key || map.checked !== map.count) return;
  state.kept.put(map.key, map);
  state.kept.forget([map.key]);
  draw(state);
}

/** @param {Sweep} state */
function stop(state) {
  letGo(state);
  if (state.study.busy()) state.map = null;
  state.study.callOff();
  state.page.setAttribute("aria-busy", "false");
}

/** @param {() => Sweep} now @returns {Told} */
function toldBy(now) {
  /** @param {SweepMap} map @returns {Commit} */
  const values = (map) => {
    const { params, pending, stage } = now();
    const texts = axesOf(map).map((axis) => [axis.key, present(params, axis)]);
    const felt = Object.entries(stage.race.header.changes || {});
    const here = felt.filter(([key]) => texts.some(([name]) => name === key));
    return Object.fromEntries([...texts, ...here, ...Object.entries(pending?.values || {})]);
  };
  /** @param {SweepMap} map */
  const words = (map) =>
    axesOf(map)
      .map(({ key, label }) => `${label} ${values(map)[key]}`)
      .join(", ");
  return {
    map: () => now().map,
    place: () => {
      const { map } = now();
      return map && presentPlace(map, values(map));
    },
    present: () => {
      const { map } = now();
      return map ? `Present setting: ${words(map)}.` : "";
    },
    words: (map, at) => reading(map, at, now().stage.race.header.view.color),
    felt: (map, at) => now().stage.feel(settings(map, at)),
    chosen: (map, at) => choose(now(), map, at),
    dropped: () => now().stage.putBack(),
  };
}

// The cross stays where it was put until the page answers with the new setting.
/** @param {Sweep} state @param {SweepMap} map @param {At} at */
function choose(state, map, at) {
  const values = settings(map, at);
  state.pending = { values, link: state.stage.race.header.link };
  showCross(state.hand);
  state.stage.feel(values);
  state.stage.commit(values);
}

/** @param {Sweep} state */
function useBest(state) {
  const { map } = state;
  const at = map?.best?.[drawn(map, state.stage.race.header.view.color)];
  if (!map || !at) return;
  const [panel, row, col] = at;
  choose(state, map, { panel, row, col });
}
