// The basin map: where a lane's runs end from every start in the window, and where another lane's do.

import { basinControls, showMenu } from "./controls.js";
import { mapMaker } from "./compute.js";
import { cellOf, complete, emptyMap, fill, mapKey, saidCell } from "./cells.js";
import { feel, letGo } from "./felt.js";
import { panel, stepPaths } from "./panel.js";
import { paint, savePage } from "./show.js";
import { make } from "../../dom/dom.js";
import { question } from "../../core/question.js";
import { shelf, study } from "../study.js";

const KEPT = 6;

export function basins(stage, root) {
  const state = { stage, maps: shelf(KEPT), maker: mapMaker(stage) };
  state.study = study(() => paint(state));
  state.panels = ["one", "two", "both"].map((name) => panel(name, told(state, name)));
  state.controls = basinControls({
    rival: (slot) => stage.look("rival", slot),
    cancel: () => state.study.halt(),
    again: () => resume(state),
    save: () => savePage(state),
  });
  state.table = make("table", { class: "outcomes ends", "aria-label": "Where the runs end" });
  state.note = make("p", { class: "note" });
  const side = make("div", { class: "basin-legend" }, state.table, state.note);
  state.sheet = make("div", { class: "basin-maps" }, ...state.panels.map((one) => one.root), side);
  root.append(state.controls.bar, state.sheet);
  const redraw = () => paint(state);
  return {
    race: () => follow(state),
    felt: () => feel(state),
    step: (t) => state.panels.filter((one) => !one.root.hidden).forEach((one) => stepPaths(one, t)),
    theme: redraw,
    resize: redraw,
    hidden: () => leave(state),
  };
}

function told(state, name) {
  const { stage } = state;
  return {
    start: () => stage.race.header.start,
    felt: (at) => stage.feel(texts(at)),
    dropped: () => stage.letGo(),
    placed: (at) => stage.commit(texts(at)),
    said: (at) => saidAt(state, name, at),
  };
}

// A point as link texts, to as many digits as the screen can tell apart.
function texts({ x, y, width }) {
  const digits = Math.min(Math.max(Math.ceil(-Math.log10(width)), 0), 12);
  return { x: String(Number(x.toFixed(digits))), y: String(Number(y.toFixed(digits))) };
}

function saidAt(state, name, { x, y }) {
  const maps = state.wanted.map(({ key, lane }) => ({ lane, map: state.maps.get(key) }));
  const chosen = { one: maps.slice(0, 1), two: maps.slice(1), both: maps }[name];
  if (!chosen.every(({ map }) => map?.coarse)) return "";
  const words = chosen.map(({ lane, map }) => {
    const cell = cellOf(map.heading, x, y);
    return cell === null ? "" : `${name === "both" ? `${lane.label}: ` : ""}${saidCell(map, cell)}`;
  });
  return words.join("; ");
}

// The lanes whose maps are wanted: the chosen one and, where there is one, the one it is compared with.
function lanesOf({ stage, params }) {
  const { lanes, chosen, view } = stage.race.header;
  const rival = lanes.findIndex(({ slot }) => slot === view.rival);
  const wanted = rival < 0 || rival === chosen ? [chosen] : [chosen, rival];
  return wanted.map((k) => ({ k, lane: lanes[k], key: mapKey(params, lanes[k].slot) }));
}

// A new race: maps are asked for only when something they rest on is another.
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

const covers = (job, missing) =>
  job !== null &&
  job.about.length <= missing.length &&
  missing.every(({ key }) => job.about.some((one) => one.key === key));

function ask(state, text, missing) {
  const query = new URLSearchParams(state.params);
  query.set("lanes", missing.map(({ lane }) => lane.slot).join(","));
  const keys = new Map(missing.map(({ lane, key }) => [lane.slot, key]));
  state.controls.progress.value = 0;
  missing.forEach(({ key }) => state.maps.drop(key));
  state.study.ask(text, state.maker.of(missing, query), {
    about: missing,
    part: (part) => hear(state, part, keys),
    done: () => state.maps.forget(state.wanted.map(({ key }) => key)),
  });
}

function hear(state, part, keys) {
  if (part.header.part === "heading") {
    for (const key of keys.values()) state.maps.put(key, emptyMap(part.header));
    return;
  }
  fill(state.maps.get(keys.get(part.header.slot)), part);
  state.controls.progress.value = part.header.done;
  cancelAnimationFrame(state.painting);
  state.painting = requestAnimationFrame(() => paint(state));
}

function resume(state) {
  state.study.resume();
  follow(state);
}

function leave(state) {
  letGo(state);
  state.study.callOff();
  state.panels.forEach(({ panel }) => panel.setAttribute("aria-busy", false));
}
