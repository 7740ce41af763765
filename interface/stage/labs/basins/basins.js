// The basin map: where a lane's runs end from every start in the window, and where another lane's do.

import { basinControls, showMenu } from "./controls.js";
import { mapMaker } from "./compute.js";
import { cellOf, complete, emptyMap, fill, mapKey, saidCell } from "./cells.js";
import { feel, letGo } from "./felt.js";
import { panel } from "./panel.js";
import { paint, savePage } from "./show.js";
import { rounded } from "../../core/format.js";
import { make } from "../../dom/dom.js";
import { showStep } from "../../map/overlay.js";
import { question } from "../../core/question.js";
import { shelf, study } from "../study.js";

/** @import { Place, Stage } from "../../core/stage.d.ts" */
/** @import { LaneHeader } from "../../core/packets.d.ts" */
/** @import { BasinMap, Part } from "./cells.js" */
/** @import { Feeling } from "../felt.js" */
/** @import { MapPanel } from "./panel.js" */
/** @typedef {{ k: number, lane: LaneHeader, key: string }} Wanted */
/**
 * @typedef {object} Basins
 * @property {Stage} stage
 * @property {ReturnType<typeof shelf<BasinMap>>} maps
 * @property {ReturnType<typeof mapMaker>} maker
 * @property {ReturnType<typeof study<Part, Wanted[]>>} study
 * @property {MapPanel[]} panels
 * @property {ReturnType<typeof basinControls>} controls
 * @property {HTMLElement} table
 * @property {HTMLElement} note
 * @property {HTMLElement} sheet
 * @property {Wanted[]} wanted
 * @property {URLSearchParams} params
 * @property {Feeling | null} feeling
 * @property {boolean} painting
 * @property {boolean} stale
 */
/** @typedef {"one" | "two" | "both"} Name */

const KEPT = 6;
/** @type {Name[]} */
const NAMES = ["one", "two", "both"];

/** @param {Stage} stage @param {HTMLElement} root */
export function basins(stage, root) {
  const panels = NAMES.map((name) => {
    /** @param {Place} at */
    const said = (at) => saidAt(state, name, at);
    return panel(name, told(stage, said));
  });
  const controls = basinControls({
    rival: (slot) => stage.look("rival", slot),
    cancel: () => state.study.halt(),
    again: () => resume(state),
    save: () => savePage(state),
  });
  const table = make("table", { class: "outcomes ends", "aria-label": "Where the runs end" });
  const note = make("p", { class: "note" });
  const side = make("div", { class: "basin-legend" }, table, note);
  const sheet = make("div", { class: "basin-maps" }, ...panels.map((one) => one.root), side);
  root.append(controls.bar, sheet);
  /** @type {Basins} */
  const state = {
    ...{ stage, panels, controls, table, note, sheet },
    maps: shelf(KEPT),
    maker: mapMaker(stage),
    study: study(() => paint(state)),
    ...{ wanted: [], params: new URLSearchParams(), feeling: null, painting: false, stale: false },
  };
  const redraw = () => paint(state);
  return {
    race: () => follow(state),
    felt: () => feel(state),
    /** @param {number} t */
    step: (t) => panels.filter((one) => !one.root.hidden).forEach((one) => showStep(one.over, t)),
    theme: redraw,
    resize: redraw,
    hidden: () => leave(state),
  };
}

/** @param {Stage} stage @param {(at: Place) => string} said */
function told(stage, said) {
  return {
    start: () => stage.race.header.start,
    felt: (/** @type {Place} */ at) => void stage.feel(texts(at)),
    dropped: () => stage.putBack(),
    placed: (/** @type {Place} */ at) => {
      stage.commit(texts(at));
      return [at.x, at.y];
    },
    said,
  };
}

// A point as link texts.
/** @param {Place} place */
function texts(place) {
  const { x, y } = rounded(place);
  return { x: String(x), y: String(y) };
}

/** @param {Basins} state @param {Name} name @param {Place} place */
function saidAt(state, name, { x, y }) {
  const maps = state.wanted.flatMap(({ key, lane }) => {
    const map = state.maps.get(key);
    return map?.coarse ? [{ lane, map }] : [];
  });
  if (maps.length < state.wanted.length) return "";
  const chosen = { one: maps.slice(0, 1), two: maps.slice(1), both: maps }[name];
  const words = chosen.map(({ lane, map }) => {
    const cell = cellOf(map.heading, x, y);
    return cell === null ? "" : `${name === "both" ? `${lane.label}: ` : ""}${saidCell(map, cell)}`;
  });
  return words.join("; ");
}

// The lanes whose maps are wanted: the chosen one and, where there is one, the one it is compared with.
/** @param {Pick<Basins, "stage" | "params">} state @returns {Wanted[]} */
function lanesOf({ stage, params }) {
  const { lanes, chosen, view } = stage.race.header;
  const rival = lanes.findIndex(({ slot }) => slot === view.rival);
  const wanted = rival < 0 || rival === chosen ? [chosen] : [chosen, rival];
  return wanted.map((k) => ({ k, lane: lanes[k], key: mapKey(params, lanes[k].slot) }));
}

// A new race: maps are asked for only when something they rest on is another.
/** @param {Basins} state */
function follow(state) {
  letGo(state);
  const { header } = state.stage.race;
  state.params = question(header);
  state.wanted = lanesOf(state);
  showMenu(state.controls.rival, header);
  const missing = state.wanted.filter(({ key }) => !complete(state.maps.get(key)));
  const text = missing.map(({ key }) => key).join(" ");
  if (!missing.length) state.study.callOff();
  else if (!state.study.stands(text) && !covers(state.study.job(), missing)) ask(state, text, missing);
  paint(state);
}

/** @param {ReturnType<Basins["study"]["job"]>} job @param {Wanted[]} missing */
const covers = (job, missing) =>
  Boolean(job?.about && job.about.length <= missing.length) &&
  missing.every(({ key }) => job?.about?.some((one) => one.key === key));

/** @param {Basins} state @param {string} text @param {Wanted[]} missing */
function ask(state, text, missing) {
  const keys = new Map(missing.map(({ lane, key }) => [lane.slot, key]));
  state.controls.progress.value = 0;
  missing.forEach(({ key }) => state.maps.drop(key));
  state.study.ask(text, state.maker.of(missing), {
    about: missing,
    part: (part) => hear(state, part, keys),
    done: () => state.maps.forget(state.wanted.map(({ key }) => key)),
  });
}

/** @param {Basins} state @param {Part} part @param {Map<string, string>} keys */
function hear(state, part, keys) {
  const { header, arrays } = part;
  if (header.part === "heading") {
    for (const key of keys.values()) state.maps.put(key, emptyMap(header));
    return;
  }
  const map = state.maps.get(keys.get(header.slot) ?? "");
  if (map) fill(map, { header, arrays });
  state.controls.progress.value = header.done;
  paint(state);
}

/** @param {Basins} state */
function resume(state) {
  state.study.resume();
  follow(state);
}

/** @param {Basins} state */
function leave(state) {
  letGo(state);
  state.study.callOff();
  state.panels.forEach(({ panel }) => panel.setAttribute("aria-busy", "false"));
}
