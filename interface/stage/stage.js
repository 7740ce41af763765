// The stage: one clock over the map and the curves, alive between the page's reruns.

import { acts } from "./core/acts.js";
import { watchAddress } from "./dom/address.js";
import { watchControls } from "./dom/controls.js";
import { band } from "./curves/band.js";
import { guide } from "./guide/guide.js";
import { clock, toggle } from "./core/clock.js";
import { button, icon } from "./dom/dom.js";
import { hearLanes, showLanes } from "./dom/lanes.js";
import { fitPaper } from "./dom/print.js";
import { explain } from "./dom/explain.js";
import { feel } from "./scrub/feel.js";
import { hand, placeStart } from "./map/hand.js";
import { preview } from "./map/preview.js";
import { map, resetZoom, resizeMap, shownWindow } from "./map/map.js";
import { land } from "./map/land.js";
import { release } from "./core/moment.js";
import { unpack } from "./core/packet.js";
import { gesture } from "./map/gesture.js";
import { frame, loaded } from "./frame.js";
import { head } from "./head.js";
import { fit } from "./map/fit.js";
import { heldHere, hold } from "./map/hold.js";
import { drawing } from "./map/drawing.js";
import { lab } from "./labs/lab.js";
import { door } from "./lesson/door.js";
import { entry } from "./class/entry.js";
import { menu } from "./dom/menu.js";
import { model } from "./model/model.js";
import { enlarge, panels } from "./curves/panels.js";
import { relief } from "./relief/relief.js";
import { crew, workerHand } from "./run/crew.js";
import { beside, library } from "./run/library.js";
import { rule } from "./rule.js";
import { tick, turn } from "./running.js";
import { scrub } from "./scrub/scrub.js";
import { linked } from "./save/link.js";
import { saving } from "./save/button.js";
import { answered, paintAll, receive, receiveLate, repaint, take } from "./receiving.js";
import { commit, start, tell, told } from "./telling.js";
import { watchSpace } from "./dom/space.js";
import { theme, watchTheme } from "./core/theme.js";
import { word } from "./core/words.js";
import { keys, transport } from "./dom/transport.js";
import { typing } from "./dom/typing.js";

/** @import { Component, FeltRace, Offers, Part, Stage } from "./core/stage.d.ts" */
/** @import { ViewHeader } from "./core/packets.d.ts" */
/** @import { Word } from "./core/words.js" */
/** @import { Lanes } from "./dom/lanes.js" */

/** @type {WeakMap<HTMLElement, Promise<Stage>>} */
const stages = new WeakMap();

// Parts that follow the stage. Each is made once from it, adds what it needs to `stage.panels`,
// `stage.tools` or `stage.body`, and may answer what ARCHITECTURE.md lists; it reads the rest off the stage.
/** @type {((stage: Stage) => Part)[]} */
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
  entry,
  typing,
];

// Called by the page with new data; the same element always gets the same stage.
/** @param {Component} component */
export async function show(component) {
  const { parentElement: root, data } = component;
  /** @type {FeltRace} */
  const race = "header" in data ? data : unpack(data);
  const begun = stages.get(root) ?? begin(root, component, race);
  stages.set(root, begun);
  const stage = await begun;
  stage.component = component;
  receive(stage, race);
}

// Called by the page with the lanes to choose from.
/** @param {Component<Lanes>} component */
export const lanes = (component) => showLanes(component);

/** @param {HTMLElement} root @param {Component} component @param {FeltRace} race */
async function begin(root, component, race) {
  await loaded();
  const stage = build(root, component, race);
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

/** @param {HTMLElement} root @param {Component} component @param {FeltRace} race */
function build(root, component, race) {
  const { mapPanel, bar, ...elements } = frame(root);
  const hire = component.hire ?? (() => workerHand());
  const colors = theme(elements.body);
  const seen = map(mapPanel, race, colors, {
    step: () => stage.clock.t,
    land: (key, window) => land(stage, key, window),
    laidOut: () => laidOut(stage),
    zoomed: () => release(stage, shownWindow(seen)),
    beside: () => ({ held: heldHere(stage), fanned: stage.fanned }),
  });
  /** @type {Omit<Stage, "feel" | "letGo" | "putBack" | "ahead" | "spread">} all but what parts add themselves */
  const begun = {
    ...{ root, component, ...elements, colors, map: seen, preview: preview(seen), lands: new Map() },
    ...{ race, kept: race, late: null, clock: clock(0), rested: null },
    ...{ hire, crew: crew(hire), library: component.library ?? library(beside(import.meta.url)) },
    ...{ held: null, fanned: null, ground: null, relief: null, awaited: null, asking: null, large: null },
    ...{ entries: [], parts: [], curves: [], extras: [] },
    ...{ running: false, read: 0, felt: 0, groundTook: 0, extent: "", resizing: 0 },
    ...offers(() => stage),
    acts: acts(
      (value) => stage.component.setStateValue?.("acts", value),
      () => answered(stage) && take(stage, stage.late || stage.kept),
    ),
    hand: hand(
      seen,
      told(() => stage),
    ),
    bar: transport(bar, (change) => turn(stage, change)),
  };
  const stage = /** @type {Stage} */ (begun);
  stage.tools.append(explain(resetButton(stage), "zoom"));
  stage.parts = [...PARTS, ...(component.parts ?? [])].map((part) => part(stage));
  return stage;
}

// What parts may ask of the stage.
/** @param {() => Stage} stage @returns {Offers} */
const offers = (stage) => ({
  resized: () => resized(stage()),
  take: (race) => take(stage(), race),
  receiveLate: () => receiveLate(stage()),
  tell: (name, value) => tell(stage(), name, value),
  look: (name, value) => look(stage(), name, value),
  link: () => linked(stage()),
  commit: (changes) => commit(stage(), changes),
  turn: (change) => turn(stage(), change),
  tick: () => tick(stage()),
});

/** @param {Stage} stage */
function laidOut(stage) {
  placeStart(stage.hand, stage.race === stage.kept ? start(stage) : stage.race.header.start);
  stage.parts.forEach((part) => part.laidOut?.());
}

/** @param {Stage} stage */
function resetButton(stage) {
  return button("tool reset", () => resetZoom(stage.map), { "aria-label": "Reset zoom" }, icon("reset"));
}

// Look at the race another way: at once here, and then in the page's address.
/** @param {Stage} stage @param {keyof ViewHeader} name @param {Word} value */
function look(stage, name, value) {
  Object.assign(stage.race.header.view, { [name]: value });
  paintAll(stage);
  tell(stage, "viewed", { name, text: word(value) });
}

/** @param {Stage} stage @param {KeyboardEvent} event */
function onKey(stage, event) {
  if (event.key === "Escape" && stage.large && !document.querySelector("dialog[open]")) enlarge(stage, null);
  const target = /** @type {Partial<Element>} */ (event.target);
  const busy = target.closest?.(
    "input, select, textarea, button, [role=slider], [role=radio], [contenteditable], .start",
  );
  const ours = target.closest?.(".stage");
  const plain =
    !busy ||
    (ours && event.key !== " " && event.key !== "Enter" && !target.matches?.("select, .start, .start *"));
  if (plain && stage.root.isConnected) keys(event, (change) => turn(stage, change));
}

// Lines of text below the panels come and go; only another width or height concerns the figures.
/** @param {Stage} stage */
function extentChanged(stage) {
  const { clientWidth, clientHeight } = stage.panels;
  const now = [stage.body.clientWidth, clientWidth, clientHeight, globalThis.innerHeight].join();
  const before = stage.extent;
  stage.extent = now;
  return now !== before;
}

/** @param {Stage} stage */
function resized(stage) {
  cancelAnimationFrame(stage.resizing);
  stage.resizing = requestAnimationFrame(() => {
    resizeMap(stage.map);
    stage.parts.forEach((part) => part.resize?.());
  });
}
