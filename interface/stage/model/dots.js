// Points of one's own as things to hold: dragged by mouse or finger, tapped away, moved and removed by key.

import { ARROWS, make, PAGES, settle, within } from "../dom/dom.js";
import { drags } from "../dom/drag.js";
import { beside, moved, nudged, pointed, read, removed } from "./points.js";

/** @import { Axes, Stage } from "../core/stage.d.ts" */
/** @import { OwnPoints } from "../core/packets.d.ts" */
/** @import { Model, Row } from "./scene.js" */
/** @typedef {Model & { axis: Axes }} Laid */
/** @typedef {{ own: OwnPoints, rows: Row[], axis: Axes }} Own */
/**
 * @typedef {object} Dots
 * @property {Stage} stage
 * @property {HTMLElement} layer
 * @property {() => Laid | null} at
 * @property {(k: number, at: number[] | null) => void} preview
 * @property {(event: PointerEvent, far: number) => boolean} yields
 * @property {number} chosen
 * @property {HTMLElement[]} all
 * @property {{ points: string, of: OwnPoints } | null} ahead what was asked for, of those that are drawn
 */

const NUDGE = 0.02;
const KEYS =
  "Arrow keys move it, Delete removes it, Insert adds one, Page Up and Page Down go to the others.";

// `at()` tells what is drawn: own points, rows and axis; `preview(k, [px, py])` shows a point under way;
// `yields(event, far)` says whether something nearer than a point that is `far` away is meant.
/** @param {Stage} stage @param {HTMLElement} canvas @param {Pick<Dots, "at" | "preview" | "yields">} told */
export function dots(stage, canvas, told) {
  const layer = canvas.appendChild(
    make("div", { class: "dots", role: "group", "aria-label": "Your points" }),
  );
  /** @type {Dots} */
  const state = { stage, layer, ...told, chosen: 0, all: [], ahead: null };
  return { lay: () => lay(state), touch: (/** @type {number[]} */ place) => touch(state, place) };
}

// What is drawn, or was asked for since.
/** @param {Dots} state @returns {Own | null} */
function now(state) {
  const found = state.at();
  if (!found?.own) return null;
  const { own, rows, axis } = found;
  return { rows, axis, own: state.ahead?.of === own ? { ...own, points: read(state.ahead.points) } : own };
}

/** @param {Dots} state */
function lay(state) {
  const found = state.at();
  const own = found?.own;
  const rows = own ? found.rows : [];
  while (state.all.length > rows.length) state.all.pop()?.remove();
  while (state.all.length < rows.length)
    state.all.push(state.layer.appendChild(dot(state, state.all.length)));
  state.chosen = Math.min(state.chosen, Math.max(rows.length - 1, 0));
  if (!found || !own) return;
  rows.forEach(([u, v], k) => {
    const [x, y] = own.points[k];
    state.all[k].setAttribute("aria-label", `Point ${k + 1} of ${rows.length} at ${x}, ${y}. ${KEYS}`);
    state.all[k].tabIndex = k === state.chosen ? 0 : -1;
    place(state.all[k], [found.axis.x.to(u), found.axis.y.to(v)]);
  });
}

// A click puts a point of one's own where there is none, and takes away the one that is there.
/** @param {Dots} state @param {number[]} place */
function touch({ stage, at }, [px, py]) {
  const found = at();
  if (!found?.own) return;
  const points = pointed(found.own, found.rows, found.axis, px, py);
  if (points) stage.commit({ "surface.points": points });
}

/** @param {HTMLElement} element @param {number[]} at */
function place(element, [px, py]) {
  Object.assign(element.style, { left: `${px}px`, top: `${py}px` });
}

/** @param {Dots} state @param {number} k */
function dot(state, k) {
  const element = make("div", { class: "dot", role: "button", "aria-roledescription": "movable point" });
  element.addEventListener("keydown", (event) => byKey(state, k, event));
  element.addEventListener("focus", () => choose(state, k));
  drags(element, (pressed) => {
    const aside = within(element, pressed).map((v) => v - element.clientWidth / 2);
    if (state.yields(pressed, Math.hypot(...aside))) return null;
    return {
      move: (event, still) => still || under(state, k, event),
      drop: (event, still) => {
        const found = now(state);
        if (found) drop(state, found, k, still ? null : within(state.layer, event));
      },
      back: () => {
        state.preview(k, null);
        lay(state);
      },
    };
  });
  return element;
}

/** @param {Dots} state @param {Own} found @param {number} k @param {[number, number] | null} at */
function drop(state, { own, axis }, k, at) {
  if (at) commit(state, moved(own, k, axis, at[0], at[1]), "moved");
  else commit(state, removed(own, k), "removed");
}

/** @param {Dots} state @param {number} k @param {PointerEvent} event */
function under(state, k, event) {
  const at = within(state.layer, event);
  place(state.all[k], at);
  state.preview(k, at);
}

/** @param {Dots} state @param {number} k */
function choose(state, k) {
  state.chosen = k;
  state.all.forEach((element, n) => (element.tabIndex = n === k ? 0 : -1));
}

/** @param {Dots} state @param {number} k @param {KeyboardEvent} event */
function byKey(state, k, event) {
  const found = now(state);
  if (!found) return undefined;
  const { own, axis, rows } = found;
  const [by, turn] = [ARROWS[event.key], PAGES[event.key]];
  if (!by && !turn && !["Delete", "Backspace", "Insert", "+"].includes(event.key)) return undefined;
  settle(event);
  if (turn) return state.all[(k + turn + rows.length) % rows.length].focus();
  if (event.key === "Insert" || event.key === "+") return commit(state, beside(own, k, axis), "added");
  if (!by) return commit(state, removed(own, k), "removed");
  const far = NUDGE * (event.shiftKey ? 5 : 1);
  return commit(state, nudged(own, k, axis, [by[0] * far, by[1] * far]), "moved");
}

// What was done is told to the page and read out; what cannot be done is said.
/** @param {Dots} state @param {string | null} points @param {string} done */
function commit(state, points, done) {
  const { stage } = state;
  if (points) {
    const of = state.at()?.own;
    state.ahead = of ? { points, of } : null;
    stage.commit({ "surface.points": points });
  } else lay(state);
  stage.spoken.textContent = points
    ? `Point ${done}.`
    : "Not possible: too few or too many points, or one class.";
}
