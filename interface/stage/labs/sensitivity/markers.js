// The lanes' present learning rates as markers that are dragged along their curves.

import { draw } from "../../dom/dom.js";
import { significant } from "../../core/format.js";
import { color } from "../../core/theme.js";
import { MARKERS } from "../../draw/scene/shapes.js";

/** @import { State } from "../../core/stage.d.ts" */

const REST = 600;
const LEAPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 };

// `told` answers where things lie (`rates`, `axis`, `place(k, i)`, `range`, `said(k, i)`) and
// hears what the hand does (`felt`, `dropped`, `taken`).
export function rateMarkers(svg, told) {
  /** @type {State} */
  const state = { svg, told, markers: [], moved: null };
  return {
    place: (found, axis, colors) => place(state, found, axis, colors),
    settle: () => settle(state),
    held: () => Boolean(state.moved?.dragging),
  };
}

function place(state, found, axis, colors) {
  const shown = found.filter(Boolean);
  if (state.markers.length !== shown.length) rebuild(state, shown.length);
  shown.forEach((marker, n) => {
    const element = state.markers[n];
    element.marker = marker;
    if (state.moved?.element === element) return;
    dress(element, marker, colors);
    put(state, element, Math.log10(marker.rate), marker.place);
    say(state, element, marker.text, marker.said);
  });
}

function rebuild(state, count) {
  state.markers.forEach((element) => element.remove());
  state.markers = Array.from({ length: count }, () => build(state));
}

function build(state) {
  const element = draw("g", { class: "rate-marker", tabindex: 0, role: "slider" });
  element.append(draw("circle", { r: 17, class: "reach" }), draw("path", { class: "shape" }));
  state.svg.append(element);
  element.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    element.setPointerCapture(event.pointerId);
    element.focus({ preventScroll: true });
    state.moved = { element, i: null, dragging: true };
  });
  element.addEventListener("pointermove", (event) => drag(state, element, event));
  element.addEventListener("pointerup", () => release(state));
  element.addEventListener("pointercancel", () => putBack(state));
  element.addEventListener("keydown", (event) => key(state, element, event));
  element.addEventListener("blur", () => state.moved && !state.moved.dragging && release(state));
  return element;
}

function dress(element, { lane }, colors) {
  element.dataset.lane = lane.slot;
  element.setAttribute("aria-label", `Learning rate of ${lane.label}`);
  const shape = element.querySelector(".shape");
  shape.setAttribute("d", MARKERS[lane.marker]);
  shape.setAttribute("fill", color(lane, colors));
  shape.setAttribute("stroke", colors.halo);
}

// A rate that diverges has no height: its marker waits at the top.
function put({ told }, element, along, height) {
  const { x, y } = told.axis();
  const [low, high] = told.range();
  const up = y.to(Math.min(Math.max(height ?? high, low), high));
  const across = Math.min(Math.max(x.to(along), x.offset), x.offset + x.length);
  element.setAttribute("transform", `translate(${across.toFixed(1)} ${up.toFixed(1)})`);
  element.classList.toggle("gone", height === null);
}

// Assistive technology reads plain decimals alone.
export const decimal = (value) =>
  Number(value)
    .toFixed(12)
    .replace(/\.?0+$/, "");

function say({ told }, element, text, outcome) {
  const rates = told.rates();
  element.setAttribute("aria-valuemin", decimal(rates[0]));
  element.setAttribute("aria-valuemax", decimal(rates.at(-1)));
  element.setAttribute("aria-valuenow", decimal(text));
  element.setAttribute("aria-valuetext", `${significant(Number(text), 4)}, ${outcome}`);
}

function nearest(rates, along) {
  const far = rates.map((rate) => Math.abs(Math.log10(rate) - along));
  return far.indexOf(Math.min(...far));
}

function drag(state, element, event) {
  if (!state.moved?.dragging || state.moved.element !== element) return;
  const { x } = state.told.axis();
  const box = state.svg.getBoundingClientRect();
  move(state, nearest(state.told.rates(), x.from(event.clientX - box.left)));
}

// The marker stands at stop i of its curve and the stage shows what it would give.
function move(state, i) {
  const { told, moved } = state;
  if (moved.i === i) return;
  moved.i = i;
  const { k, lane } = moved.element.marker;
  const rate = told.rates()[i];
  put(state, moved.element, Math.log10(rate), told.place(k, i));
  say(state, moved.element, rate, told.said(k, i));
  told.felt(lane, rate);
}

function release(state) {
  const { moved, told } = state;
  clearTimeout(state.resting);
  state.moved = null;
  if (!moved) return;
  if (moved.i === null) return;
  const { lane } = moved.element.marker;
  told.taken(lane, told.rates()[moved.i]);
}

// As if nothing had been moved.
function putBack(state) {
  const { moved, told } = state;
  clearTimeout(state.resting);
  state.moved = null;
  if (!moved || moved.i === null) return;
  const { lane, text, rate, place: height, said } = moved.element.marker;
  put(state, moved.element, Math.log10(rate), height);
  say(state, moved.element, text, said);
  told.felt(lane, text);
  told.dropped();
}

function key(state, element, event) {
  if (event.key === "Escape" && state.moved) return handled(event, () => putBack(state));
  if (event.key === "Enter" && state.moved) return handled(event, () => release(state));
  const rates = state.told.rates();
  const ends = { Home: 0, End: rates.length - 1 };
  const by = LEAPS[event.key];
  if (by === undefined && !(event.key in ends)) return undefined;
  return handled(event, () => {
    if (state.moved?.element !== element) state.moved = { element, i: null, dragging: false };
    const from = state.moved.i ?? nearest(rates, Math.log10(element.marker.rate));
    const to = event.key in ends ? ends[event.key] : from + by;
    move(state, Math.min(Math.max(to, 0), rates.length - 1));
    clearTimeout(state.resting);
    state.resting = setTimeout(() => release(state), REST);
  });
}

function handled(event, work) {
  event.preventDefault();
  event.stopPropagation();
  work();
}

// A new race has come: whatever was in hand is settled by it.
function settle(state) {
  if (state.moved?.dragging) return;
  clearTimeout(state.resting);
  state.moved = null;
}
