// Which panels are shown, and which one fills the stage: kept by the view, obeyed at once.

import { curvePanel, drawCurves, followCurves, showCursor, stepAt } from "./curves.js";
import { PANELS, remembered } from "./kinds.js";
import { PANELS as KNOWN } from "../core/known.js";
import { button, make, signButton } from "../dom/dom.js";
import { explain } from "../dom/explain.js";
import { seek } from "../core/clock.js";
import { hoverStep } from "../core/hover.js";

/** @import { Stage } from "../core/stage.d.ts" */
/** @import { CurveView } from "./curves.js" */

/** @type {Record<string, string>} */
const TITLES = KNOWN;

/** @param {Stage} stage */
export function panels(stage) {
  const views = Object.keys(TITLES).map((name) => curveView(stage, name));
  stage.panels.querySelector(".map")?.append(enlarger(stage, "map", "landscape"));
  stage.curves = views;
  return {
    race: () => arrange(stage, views, stage.race.header.view.panels),
    /** @param {number} t */
    step: (t) => showStep(stage, views, t),
    felt: () => follow(stage, views),
    pause: () => paint(stage, views),
    theme: () => paint(stage, views),
    resize: () => paint(stage, views),
  };
}

/** @param {Stage} stage @param {CurveView[]} views @param {number} t */
function showStep({ clock }, views, t) {
  views.filter(({ shown }) => shown).forEach((view) => showCursor(view, t, clock.playing));
}

/** @param {Stage} stage @param {string} name @returns {CurveView} */
function curveView(stage, name) {
  const title = make("h2", { class: "panel-title" });
  const called = TITLES[name].toLowerCase();
  const close = signButton("tool small", "hide", `Hide ${called}`, () => hideView(stage, name));
  const canvas = make("div", { class: "canvas" });
  const bar = make("div", { class: "panel-bar" }, title, enlarger(stage, name, called), close);
  const picks = make("span", { class: "picks", role: "group", "aria-label": "Memory array" });
  explain(title, name, bar);
  if (name === "memory") title.after(picks);
  const panel = make("div", { class: `panel curve ${name}`, "data-panel": name }, bar, canvas);
  stage.side.append(panel);
  const view = { ...curvePanel(canvas, name), title, picks, frame: panel, shown: false };
  watch(stage, view, canvas);
  return view;
}

// Hovering shows a step; pressing goes there, and on while the button is down.
/** @param {Stage} stage @param {CurveView} view @param {HTMLElement} canvas */
function watch(stage, view, canvas) {
  /** @param {PointerEvent} event */
  const go = (event) => {
    const t = stepAt(view, event);
    const goes = event.type === "pointerdown" ? event.button === 0 : event.buttons & 1;
    if (t === null || !goes) return hoverStep(stage, t);
    return stage.turn((now) => seek(now, t));
  };
  canvas.addEventListener("pointerdown", go, true);
  canvas.addEventListener("pointermove", go);
  canvas.addEventListener("pointerleave", () => hoverStep(stage, null));
}

/** @param {Stage} stage @param {string} name */
function hideView(stage, name) {
  stage.look(
    "panels",
    stage.race.header.view.panels.filter((/** @type {string} */ n) => n !== name),
  );
}

/** @param {Stage} stage @param {CurveView[]} views @param {string[]} shown */
function arrange(stage, views, shown) {
  for (const view of views) {
    view.shown = shown.includes(view.name);
    view.frame.hidden = !view.shown;
  }
  stage.panels.classList.toggle("alone", !shown.length);
  if (stage.large && !shown.includes(stage.large) && PANELS[stage.large]) enlarge(stage, null);
  clearTimeout(stage.later);
  stage.later = setTimeout(() => paint(stage, views));
}

/** @param {Stage} stage @param {CurveView[]} views */
function paint(stage, views) {
  const log = stage.race.header.view.loss === "log";
  for (const view of views.filter((v) => v.shown)) {
    Object.assign(view, { type: stage.map.over.type, held: stage.held, extras: stage.extras });
    view.title.textContent = titleOf(stage, view);
    if (view.name === "memory") showPicks(stage, views, view);
    drawCurves(view, stage.race, stage.colors, log, stage.clock.t);
  }
}

/** @param {Stage} stage @param {CurveView} view */
const titleOf = ({ race }, view) => PANELS[view.name].title(race, race.header.view.loss === "log", view);

// While the hand moves the curves follow at once; their axes wait for the hand to rest, unless they show
// something else, as the loss does where a minimum has come or gone.
/** @param {Stage} stage @param {CurveView[]} views */
function follow(stage, views) {
  const log = stage.race.header.view.loss === "log";
  const shown = views.filter((view) => view.shown);
  if (shown.some((view) => view.title.textContent !== titleOf(stage, view))) return paint(stage, views);
  for (const view of shown) {
    followCurves(view, stage.race, stage.colors, log, stage.clock.t);
  }
}

// A rule with several memory arrays has a button for each.
/** @param {Stage} stage @param {CurveView[]} views @param {CurveView} view */
function showPicks(stage, views, view) {
  const memory = Object.entries(stage.race.header.memory);
  const buttons = memory.map(([name, symbol]) => {
    const pressed = { "aria-pressed": name === remembered(stage.race, view) };
    const pick = () => {
      view.picked = name;
      paint(stage, views);
    };
    return button("tool small", pick, pressed, symbol);
  });
  view.picks.replaceChildren(...(memory.length > 1 ? buttons : []));
}

/** @param {Stage} stage @param {string} name @param {string} said */
export function enlarger(stage, name, said) {
  const work = () => enlarge(stage, stage.large === name ? null : name);
  const more = { "aria-pressed": false, "data-for": name };
  return signButton("tool small enlarge", "enlarge", `Enlarge ${said}`, work, more);
}

// One panel fills the stage, or none does; the rest waits behind it.
/** @param {Stage} stage @param {string | null} name */
export function enlarge(stage, name) {
  stage.large = name;
  stage.panels.dataset.large = name || "";
  for (const panel of stage.panels.querySelectorAll(".panel")) {
    panel.classList.toggle("large", name !== null && panel.classList.contains(name));
  }
  for (const button of stage.panels.querySelectorAll(".enlarge")) {
    button.setAttribute("aria-pressed", String(button.getAttribute("data-for") === name));
  }
  stage.resized();
}
