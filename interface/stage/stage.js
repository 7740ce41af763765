// The stage: one clock over the map and the curves, alive between the page's reruns.

import { acts } from "./core/acts.js";
import { watchAddress } from "./dom/address.js";
import { watchControls } from "./dom/controls.js";
import { band } from "./curves/band.js";
import { guide } from "./guide/guide.js";
import { clock, resize, toggle } from "./core/clock.js";
import { glance } from "./core/glance.js";
import { icon, make } from "./dom/dom.js";
import { hearLanes, showLanes } from "./dom/lanes.js";
import { fitPaper } from "./dom/paper.js";
import { explain } from "./dom/explain.js";
import { feel } from "./scrub/feel.js";
import { hand, placeStart } from "./map/hand.js";
import { showLegend } from "./map/legend.js";
import { drawMap, map, redrawMap, resetZoom, resizeMap, shownWindow } from "./map/map.js";
import { land } from "./map/land.js";
import { atMoment, release } from "./core/moment.js";
import { rounded } from "./core/format.js";
import { unpack } from "./core/packet.js";
import { gesture } from "./map/gesture.js";
import { frame, loaded } from "./frame.js";
import { head } from "./head.js";
import { fit } from "./map/fit.js";
import { hold } from "./map/hold.js";
import { drawing } from "./map/drawing.js";
import { lab } from "./labs/lab.js";
import { door } from "./lesson/door.js";
import { menu } from "./dom/menu.js";
import { model } from "./model/model.js";
import { enlarge, panels } from "./curves/panels.js";
import { relief } from "./relief/relief.js";
import { crew, workerHand } from "./run/crew.js";
import { beside, library } from "./run/library.js";
import { rule } from "./rule.js";
import { tick, turn } from "./running.js";
import { scrub } from "./scrub/scrub.js";
import { linked } from "./save/tab-data.js";
import { saving } from "./save/take.js";
import { watchSpace } from "./dom/space.js";
import { color, theme, watchTheme } from "./core/theme.js";
import { word } from "./core/words.js";
import { keys, showEvents, transport } from "./dom/transport.js";
import { typing } from "./dom/typing.js";

/** @import { State } from "./core/stage.d.ts" */

const stages = new WeakMap();

// Parts that follow the stage. Each is made once from it, adds what it needs to `stage.panels`,
// `stage.tools` or `stage.body`, and may answer what ARCHITECTURE.md lists; it reads the rest off the stage.
const PARTS = [
  head,
  feel,
  menu,
  panels,
  model,
  band,
  relief,
  hold,
  fit,
  drawing,
  gesture,
  rule,
  scrub,
  saving,
  guide,
  lab,
  door,
  typing,
];

// Called by the page with new data; the same element always gets the same stage.
export async function show(component) {
  const { parentElement: root, data } = component;
  if (!stages.has(root)) stages.set(root, begin(root, component));
  const stage = await stages.get(root);
  stage.component = component;
  receive(stage, component.offline ? data : unpack(data));
  return () => undefined;
}

// Called by the page with the lanes to choose from.
export const lanes = (component) => showLanes(component);

async function begin(root, component) {
  await loaded();
  const stage = build(root, component);
  new ResizeObserver(() => extentChanged(stage) && resized(stage)).observe(stage.body);
  fitPaper(stage.body);
  watchTheme(stage.body, () => repaint(stage));
  document.addEventListener("keydown", (event) => onKey(stage, event));
  watchSpace(stage.root, () => turn(stage, toggle));
  watchControls((name, value) => root.isConnected && tell(stage, name, value));
  hearLanes((id) => (root.isConnected ? tell(stage, "chosen", id) : null));
  watchAddress((name, value) => root.isConnected && tell(stage, name, value));
  return stage;
}

function build(root, component) {
  const { mapPanel, bar, ...elements } = frame(root);
  /** @type {State} */
  const stage = {
    root,
    component,
    ...elements,
    clock: clock(0),
    race: null,
    library: component.library ?? library(beside(import.meta.url)),
    lands: new Map(),
    extras: [],
    asking: null,
    read: 0,
  };
  stage.acts = acts(
    (value) => stage.component.setStateValue("acts", value),
    () => answered(stage) && take(stage, stage.late || stage.kept),
  );
  stage.crew = crew(component.hire ?? (() => workerHand()));
  stage.colors = theme(stage.body);
  stage.map = map(mapPanel, {
    step: () => stage.clock.t,
    land: (key, window) => land(stage, key, window),
    laidOut: () => laidOut(stage),
    zoomed: () => release(stage, shownWindow(stage.map)),
    beside: () => ({ held: heldHere(stage), fanned: stage.fanned }),
  });
  stage.hand = hand(stage.map, told(stage));
  stage.bar = transport(bar, (change) => turn(stage, change));
  offer(stage);
  stage.tools.append(explain(resetButton(stage), "zoom"));
  stage.parts = [...PARTS, ...(component.parts ?? [])].map((part) => part(stage));
  return stage;
}

// What parts may ask of the stage.
function offer(stage) {
  stage.resized = () => resized(stage);
  stage.take = (race) => take(stage, race);
  stage.receiveLate = () => stage.late && receive(stage, stage.late);
  stage.tell = (name, value) => tell(stage, name, value);
  stage.look = (name, value) => look(stage, name, value);
  stage.link = () => linked(stage);
  stage.commit = (changes) => commit(stage, changes);
  stage.turn = (change) => turn(stage, change);
  stage.tick = () => tick(stage);
}

// Say what was done, and return its number; a saved page has nobody to say it to but itself.
function tell(stage, name, value) {
  if (stage.component.offline) return stage.component.told(name, value);
  const n = stage.acts.add(name, value);
  stage.body.dataset.waits = "";
  stage.acts.send();
  return n;
}

// A lane is told by its identity, for its place may have changed before this is heard.
function tellLane(stage) {
  return (name, k) => tell(stage, name, stage.race.header.ids?.[k] ?? k);
}

// Held paths belong to one surface.
function heldHere({ held, race }) {
  return held?.surface === race.header.surface.key ? held : null;
}

function laidOut(stage) {
  if (stage.hand) placeStart(stage.hand, stage.race === stage.kept ? start(stage) : stage.race.header.start);
  stage.parts?.forEach((part) => part.laidOut?.());
}

function told(stage) {
  return {
    start: () => start(stage),
    felt: (at) => stage.asking || stage.feel(rounded(at)),
    dropped: () => stage.letGo(),
    placed: (at) => (stage.asking ? void stage.asking(rounded(at)) : place(stage, rounded(at))),
    onPath: (on) => glance(stage, on && on.t),
  };
}

// Where the start is or was last asked to be.
function start(stage) {
  const asked = stage.acts.last("placed");
  return asked ? [asked.x, asked.y] : stage.race.header.start;
}

function place(stage, at) {
  tell(stage, "placed", at);
  placeStart(stage.hand, [at.x, at.y]);
  return [at.x, at.y];
}

// A packet that does not know yet what was asked of the page is older than what is on the stage.
function receive(stage, race) {
  stage.late = race;
  if (stage.acts.answered(race.header) && answered(stage) && !stage.ahead?.(race)) take(stage, race);
}

// The page has taken in all that was done here.
function answered(stage) {
  delete stage.body.dataset.waits;
  return true;
}

function take(stage, race) {
  stage.late = null;
  stage.race = stage.kept = race;
  stage.clock = resize(stage.clock, race.header.steps);
  goWhereTheLinkSays(stage, race.header.view);
  paintAll(stage);
}

function goWhereTheLinkSays(stage, view) {
  const there = atMoment(stage.clock, view, stage.moment);
  stage.moment = view.step;
  if (there !== stage.clock) [stage.clock, stage.rested] = [there, null];
}

function paintAll(stage) {
  const { race, colors } = stage;
  showSize(stage);
  drawMap(stage.map, race, colors, stage.clock.t);
  stage.entries = showLegend(stage.legend, race, colors, tellLane(stage));
  showEvents(stage.bar, race, (lane) => color(lane, colors));
  stage.parts.forEach((part) => part.race?.());
  tick(stage);
}

function resetButton(stage) {
  const reset = () => resetZoom(stage.map);
  return make(
    "button",
    { type: "button", class: "tool reset", "aria-label": "Reset zoom", onclick: reset },
    icon("reset"),
  );
}

// Look at the race another way: at once here, and then in the page's address.
function look(stage, name, value) {
  stage.race.header.view[name] = value;
  paintAll(stage);
  tell(stage, "viewed", { name, text: word(value) });
}

// Settings as they stand in a link, put into the experiment: the sliders and the address follow.
function commit(stage, changes) {
  tell(stage, "turned", { changes, ids: stage.race.header.ids });
}

// Type large enough for the last row, or as usual.
function showSize(stage) {
  const large = stage.race.header.view.size === "projector";
  if (stage.map.large === large) return;
  Object.assign(stage.map, { large, size: large ? 20 : 12 });
  stage.map.over.type = large ? 21 : 13;
  stage.body.classList.toggle("projector", large);
  document.documentElement.classList.toggle("large-type", large);
  redrawMap(stage.map, stage.colors);
}

function onKey(stage, event) {
  if (event.key === "Escape" && stage.large && !document.querySelector("dialog[open]")) enlarge(stage, null);
  const busy = event.target.closest?.(
    "input, select, textarea, button, [role=slider], [role=radio], [contenteditable], .start",
  );
  const ours = event.target.closest?.(".stage");
  const plain =
    !busy ||
    (ours && event.key !== " " && event.key !== "Enter" && !event.target.matches("select, .start, .start *"));
  if (plain && stage.root.isConnected) keys(event, (change) => turn(stage, change));
}

// Lines of text below the panels come and go; only another width or height concerns the figures.
function extentChanged(stage) {
  const { clientWidth, clientHeight } = stage.panels;
  const now = [stage.body.clientWidth, clientWidth, clientHeight, globalThis.innerHeight].join();
  const before = stage.extent;
  stage.extent = now;
  return now !== before;
}

function resized(stage) {
  cancelAnimationFrame(stage.resizing);
  stage.resizing = requestAnimationFrame(() => {
    if (!stage.race) return;
    resizeMap(stage.map);
    stage.parts.forEach((part) => part.resize?.());
  });
}

function repaint(stage) {
  stage.colors = theme(stage.body);
  if (!stage.race) return;
  redrawMap(stage.map, stage.colors);
  paintAll(stage);
  stage.parts.forEach((part) => part.theme?.());
}
