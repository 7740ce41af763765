// The basin map: where a lane's runs end from every start in the window, and where another lane's do.

import { cellOf, complete, difference, emptyMap, fill, mapKey, saidCell, settling } from "./cells.js";
import { basinTraces, differenceTraces, panelLayout } from "./figure.js";
import { drawPanel, layPaths, panel, stepPaths, veil } from "./panel.js";
import { pictureFigure } from "./picture.js";
import { showTable } from "./table.js";
import { saidDifference, saidNote } from "./words.js";
import { savePicture } from "../../draw/chart.js";
import { make } from "../../dom/dom.js";
import { button, menu, slug } from "../../dom/form.js";
import { worker } from "../../core/jobs.js";
import { question } from "../../core/question.js";

const KEPT = 6;
const COMPUTING = "Computing …";

export function basins(stage, root) {
  const state = { stage, maps: new Map(), job: null, stopped: null, worker: worker() };
  state.panels = ["one", "two", "both"].map((name) => panel(name, told(state, name)));
  state.controls = controls(state);
  state.table = make("table", { class: "outcomes ends", "aria-label": "Where the runs end" });
  state.note = make("p", { class: "note" });
  const side = make("div", { class: "basin-legend" }, state.table, state.note);
  state.sheet = make("div", { class: "basin-maps" }, ...state.panels.map((one) => one.root), side);
  root.append(state.controls.bar, state.sheet);
  const redraw = () => paint(state);
  return {
    race: () => follow(state),
    felt: () => felt(state),
    step: (t) => shown(state).forEach((one) => stepPaths(one, t)),
    theme: redraw,
    resize: redraw,
    hidden: () => callOff(state),
  };
}

function controls(state) {
  const rival = menu("Compared with", {}, "none", () => state.stage.look("rival", rival.value()));
  const bar = make("progress", { max: 1, value: 0, "aria-label": "Basin map" });
  const stop = button("Cancel", () => cancel(state));
  const again = button("Compute", () => resume(state));
  const save = button("Save picture", () => savePage(state));
  const busy = make("div", { class: "basin-progress" }, bar, stop);
  const hint = make("p", { class: "note" }, "Drag the ring, or click a start, to see its path.");
  const line = make("div", { class: "lab-bar" }, rival.field, save, busy, again, hint);
  return { bar: line, rival, progress: bar, busy, again, save };
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
  const maps = lanesOf(state).map(({ key, lane }) => ({ lane, map: state.maps.get(key) }));
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

const namesOf = (lanes) => lanes.map(({ lane }) => lane.label);
const shown = (state) => state.panels.filter(({ root }) => !root.hidden);
const mapsOf = (state) => lanesOf(state).map(({ key }) => state.maps.get(key));

// A new race: maps are asked for only when something they rest on is another.
function follow(state) {
  const { header } = state.stage.race;
  state.params = question(header);
  state.basis = basisOf(header);
  showMenu(state);
  const missing = lanesOf(state).filter(({ key }) => !complete(state.maps.get(key)));
  const text = missing.map(({ key }) => key).join(" ");
  if (text !== state.stopped) state.stopped = null;
  if (!missing.length) callOff(state);
  else if (text !== state.stopped && !covers(state.job, missing)) ask(state, missing);
  paint(state);
}

const covers = (job, missing) =>
  job !== null &&
  job.length <= missing.length &&
  missing.every(({ key }) => job.some((one) => one.key === key));

// What the present maps rest on, as a race under the hand tells it too.
function basisOf({ lanes, surface, steps, caption, tolerance }) {
  const settings = lanes.map(({ slot, caption: text }) => `${slot} ${text}`);
  return [surface.key, steps, tolerance, caption.replace(/start \([^)]*\)/, ""), ...settings].join("|");
}

function showMenu({ stage, controls }) {
  const { lanes, chosen, view } = stage.race.header;
  const others = lanes.filter((_, k) => k !== chosen);
  const options = Object.fromEntries([
    ["none", "no other lane"],
    ...others.map(({ slot, label }) => [slot, label]),
  ]);
  const { select } = controls.rival;
  const texts = Object.entries(options).flat().join("|");
  if (select.dataset.texts !== texts) {
    controls.rival.offer(options);
    select.dataset.texts = texts;
  }
  select.value = view.rival in options ? view.rival : "none";
}

function ask(state, missing) {
  const query = new URLSearchParams(state.params);
  query.set("lanes", missing.map(({ lane }) => lane.slot).join(","));
  const keys = new Map(missing.map(({ lane, key }) => [lane.slot, key]));
  state.job = missing;
  state.failed = "";
  state.controls.progress.value = 0;
  missing.forEach(({ key }) => state.maps.delete(key));
  state.worker.run("basins", query.toString(), {
    part: (part) => hear(state, part, keys),
    done: () => end(state, ""),
    failed: (words) => end(state, words),
  });
}

function hear(state, part, keys) {
  if (part.header.part === "heading") {
    for (const key of keys.values()) state.maps.set(key, emptyMap(part.header));
    return;
  }
  fill(state.maps.get(keys.get(part.header.slot)), part);
  state.controls.progress.value = part.header.done;
  cancelAnimationFrame(state.painting);
  state.painting = requestAnimationFrame(() => paint(state));
}

function end(state, words) {
  state.job = null;
  state.failed = words;
  if (words) state.stopped = missingText(state);
  forget(state);
  paint(state);
}

const missingText = (state) =>
  lanesOf(state)
    .filter(({ key }) => !complete(state.maps.get(key)))
    .map(({ key }) => key)
    .join(" ");

// Only the newest maps are kept, and those on the page.
function forget(state) {
  const wanted = new Set(lanesOf(state).map(({ key }) => key));
  for (const key of [...state.maps.keys()]) {
    if (state.maps.size <= KEPT) return;
    if (!wanted.has(key)) state.maps.delete(key);
  }
}

function callOff(state) {
  if (state.job) state.worker.cancel();
  state.job = null;
}

function cancel(state) {
  callOff(state);
  state.stopped = missingText(state);
  paint(state);
}

function resume(state) {
  state.stopped = null;
  follow(state);
}

// Under the hand other settings may hold than those the maps were made with.
function felt(state) {
  const moved = basisOf(state.stage.race.header) !== state.basis;
  for (const one of shown(state)) {
    if (moved) veil(one, "Let go to see where these settings end.");
    else layPaths(one, pathsOf(state, one));
  }
  state.away = moved;
}

function pathsOf(state, one) {
  const { stage } = state;
  const lanes = lanesOf(state).map(({ k }) => k);
  const mine = { one: lanes.slice(0, 1), two: lanes.slice(1), both: lanes }[nameOf(state, one)];
  return { race: stage.race, lanes: mine, colors: stage.colors, t: stage.clock.t, large: stage.map.large };
}

const nameOf = ({ panels }, one) => ["one", "two", "both"][panels.indexOf(one)];

function paint(state) {
  if (!state.params) return;
  const { stage, panels, controls } = state;
  const lanes = lanesOf(state);
  panels.forEach(({ root }, k) => (root.hidden = k > 0 && lanes.length < 2));
  state.sheet.classList.toggle("compared", lanes.length > 1);
  controls.busy.hidden = !state.job;
  controls.again.hidden = !state.stopped;
  const maps = mapsOf(state);
  const ready = maps.map((map) => Boolean(map?.coarse));
  titles(state, lanes, maps);
  [ready[0], ready[1], ready[0] && ready[1]].forEach((there, k) => cover(state, panels[k], there));
  controls.save.disabled = !ready.every(Boolean);
  if (stage.map.large !== undefined) state.size = stage.map.size;
  drawAll(state, lanes, maps, ready);
  showWords(state, lanes, maps, ready);
}

function cover(state, one, there) {
  const waiting = state.failed || (state.stopped ? "Not computed." : COMPUTING);
  veil(one, there ? "" : waiting);
  one.panel.setAttribute("aria-busy", !there);
}

function titles({ panels }, lanes, maps) {
  lanes.forEach(({ lane }, k) => (panels[k].title.textContent = lane.label));
  if (lanes.length < 2) return;
  panels[2].title.textContent = maps.every((map) => map?.coarse)
    ? saidDifference(namesOf(lanes), maps)
    : "Difference";
}

function drawAll(state, lanes, maps, ready) {
  const range = settling(maps.filter((map) => map?.coarse));
  lanes.forEach((_, k) => {
    if (ready[k]) draw(state, state.panels[k], basinTraces(maps[k], look(state, range)), maps[k]);
    else lay(state, state.panels[k]);
  });
  if (lanes.length < 2) return;
  const [one, other] = maps;
  if (ready[0] && ready[1]) {
    const found = difference(one, other);
    draw(state, state.panels[2], differenceTraces(one.heading, found, look(state, null)), one);
  } else lay(state, state.panels[2]);
}

const lay = (state, one) => layPaths(one, pathsOf(state, one));

function look({ stage, panels }, range) {
  const { map, race, colors } = stage;
  const land = map.key === race.header.surface.key ? map.home : null;
  const { clientWidth, clientHeight } = panels[0].panel;
  const room = [clientWidth, clientHeight].map((side) => Math.max(side - 4.2 * map.size, 50));
  return { colors, size: map.size, scale: 1, range, land, room, on: {} };
}

function draw(state, one, data, map) {
  const { panel: canvas } = one;
  if (!canvas.clientWidth) return;
  const extent = { width: canvas.clientWidth, height: canvas.clientHeight };
  const { colors } = state.stage;
  const layout = panelLayout(map.heading, colors, state.stage.map.size, extent);
  drawPanel(one, { data, layout }, pathsOf(state, one));
}

function showWords(state, lanes, maps, ready) {
  const { table, note, stage } = state;
  const there = ready.every(Boolean);
  table.hidden = note.hidden = !there;
  if (!there) return;
  const columns = lanes.map(({ lane }, k) => ({ label: lane.label, map: maps[k] }));
  showTable(table, columns, stage.colors);
  note.textContent = saidNote(maps, state.params.has("noise"));
}

function savePage(state) {
  const { stage, params } = state;
  const lanes = lanesOf(state);
  const maps = mapsOf(state);
  if (!maps.every((map) => map?.coarse)) return;
  const drawn = {
    race: stage.race,
    land: look(state).land,
    colors: stage.colors,
    noisy: params.has("noise"),
  };
  savePicture(
    (size, box, scale) => pictureFigure(lanes, maps, drawn, { size, box, scale }),
    `${slug(stage.race.header.surface.title)}-basins`,
  );
}
