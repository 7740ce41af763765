// Points of one's own as things to hold: dragged by mouse or finger, tapped away, moved and removed by key.

import { make } from "../dom/dom.js";
import { beside, moved, nudged, pointed, read, removed } from "./points.js";

const CLICK = 5;
const NUDGE = 0.02;
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const TURNS = { PageDown: 1, PageUp: -1 };
const KEYS =
  "Arrow keys move it, Delete removes it, Insert adds one, Page Up and Page Down go to the others.";

// `at()` tells what is drawn: own points, rows and axis; `preview(k, [px, py])` shows a point under way.
export function dots(stage, canvas, at, preview) {
  const layer = canvas.appendChild(
    make("div", { class: "dots", role: "group", "aria-label": "Your points" }),
  );
  const state = { stage, layer, at, preview, chosen: 0, all: [] };
  return { lay: () => lay(state), touch: (place) => touch(state, place) };
}

// What is drawn, or was asked for since.
function now(state) {
  const found = state.at();
  return state.ahead ? { ...found, own: { ...found.own, points: read(state.ahead) } } : found;
}

function lay(state) {
  state.ahead = null;
  const found = state.at();
  const rows = found?.own ? found.rows : [];
  while (state.all.length > rows.length) state.all.pop().remove();
  while (state.all.length < rows.length)
    state.all.push(state.layer.appendChild(dot(state, state.all.length)));
  state.chosen = Math.min(state.chosen, Math.max(rows.length - 1, 0));
  rows.forEach(([u, v], k) => {
    const [x, y] = found.own.points[k];
    state.all[k].setAttribute("aria-label", `Point ${k + 1} of ${rows.length} at ${x}, ${y}. ${KEYS}`);
    state.all[k].tabIndex = k === state.chosen ? 0 : -1;
    place(state.all[k], [found.axis.x.to(u), found.axis.y.to(v)]);
  });
}

// A click puts a point of one's own where there is none, and takes away the one that is there.
function touch({ stage, at }, [px, py]) {
  const found = at();
  if (!found?.own) return;
  const points = pointed(found.own, found.rows, found.axis, px, py);
  if (points) stage.commit({ "surface.points": points });
}

function place(element, [px, py]) {
  Object.assign(element.style, { left: `${px}px`, top: `${py}px` });
}

function dot(state, k) {
  const element = make("div", { class: "dot", role: "button", "aria-roledescription": "movable point" });
  element.addEventListener("keydown", (event) => byKey(state, k, event));
  element.addEventListener("focus", () => choose(state, k));
  let from = null;
  element.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    event.stopPropagation();
    element.setPointerCapture(event.pointerId);
    from = { x: event.clientX, y: event.clientY, far: false };
  });
  element.addEventListener("pointermove", (event) => {
    event.stopPropagation();
    if (!from) return;
    from.far ||= Math.hypot(event.clientX - from.x, event.clientY - from.y) > CLICK;
    if (from.far) under(state, k, event);
  });
  element.addEventListener("pointerup", (event) => {
    event.stopPropagation();
    const { own, axis } = now(state);
    if (from?.far) commit(state, moved(own, k, axis, ...pixel(state, event)), "moved");
    else if (from) commit(state, removed(own, k), "removed");
    from = null;
  });
  element.addEventListener("pointercancel", () => {
    from = null;
    state.preview(k, null);
  });
  return element;
}

function under(state, k, event) {
  const at = pixel(state, event);
  place(state.all[k], at);
  state.preview(k, at);
}

/** @returns {[number, number]} */
function pixel({ layer }, event) {
  const box = layer.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
}

function choose(state, k) {
  state.chosen = k;
  state.all.forEach((element, n) => (element.tabIndex = n === k ? 0 : -1));
}

function byKey(state, k, event) {
  const { own, axis, rows } = now(state);
  const [by, turn] = [STEPS[event.key], TURNS[event.key]];
  if (!by && !turn && !["Delete", "Backspace", "Insert", "+"].includes(event.key)) return;
  event.preventDefault();
  event.stopPropagation();
  if (turn) return state.all[(k + turn + rows.length) % rows.length].focus();
  if (event.key === "Insert" || event.key === "+") return commit(state, beside(own, k, axis), "added");
  if (!by) return commit(state, removed(own, k), "removed");
  const far = NUDGE * (event.shiftKey ? 5 : 1);
  return commit(state, nudged(own, k, axis, [by[0] * far, by[1] * far]), "moved");
}

// What was done is told to the page and read out; what cannot be done is said.
function commit(state, points, done) {
  const { stage } = state;
  if (points) {
    state.ahead = points;
    stage.commit({ "surface.points": points });
  } else lay(state);
  stage.spoken.textContent = points
    ? `Point ${done}.`
    : "Not possible: too few or too many points, or one class.";
}
