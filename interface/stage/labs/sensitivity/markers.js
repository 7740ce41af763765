// The lanes' present learning rates as markers that are dragged along their curves.

import { draw, fill, settle, within } from "../../dom/dom.js";
import { drags } from "../../dom/drag.js";
import { significant } from "../../core/format.js";
import { color } from "../../core/theme.js";
import { MARKERS } from "../../draw/scene/shapes.js";

/** @import { Axes } from "../../core/stage.d.ts" */
/** @import { LaneHeader } from "../../core/packets.d.ts" */
/** @import { Colors } from "../../core/theme.js" */
/** @import { Present } from "./present.js" */
/** @typedef {SVGElement & { marker: Present }} Knob */
/**
 * @typedef {object} Told
 * @property {() => string[]} rates
 * @property {() => Axes | null} axis
 * @property {(k: number, i: number) => number | null} place
 * @property {() => number[]} range
 * @property {(k: number, i: number) => string} said
 * @property {(lane: LaneHeader, text: string) => void} felt
 * @property {() => void} dropped
 * @property {(lane: LaneHeader, text: string) => void} taken
 */
/** @typedef {{ element: Knob, i: number | null, dragging: boolean }} Moved */
/**
 * @typedef {object} Markers
 * @property {SVGElement} svg
 * @property {Told} told
 * @property {Knob[]} markers
 * @property {Moved | null} moved
 * @property {ReturnType<typeof setTimeout> | undefined} resting
 */

const REST = 600;
/** @type {Record<string, number>} */
const LEAPS = {
  ...{ ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 },
  ...{ Home: -Infinity, End: Infinity },
};

// `told` answers where things lie (`rates`, `axis`, `place(k, i)`, `range`, `said(k, i)`) and
// hears what the hand does (`felt`, `dropped`, `taken`).
/** @param {SVGElement} svg @param {Told} told */
export function rateMarkers(svg, told) {
  /** @type {Markers} */
  const state = { svg, told, markers: [], moved: null, resting: undefined };
  return {
    /** @param {(Present | null)[]} found @param {Colors} colors */
    place: (found, colors) => place(state, found, colors),
    settle: () => rest(state),
    held: () => Boolean(state.moved?.dragging),
  };
}

/** @param {Markers} state @param {(Present | null)[]} found @param {Colors} colors */
function place(state, found, colors) {
  const shown = found.filter((one) => one !== null);
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

/** @param {Markers} state @param {number} count */
function rebuild(state, count) {
  state.markers.forEach((element) => element.remove());
  state.markers = Array.from({ length: count }, () => build(state));
}

/** @param {Markers} state */
function build(state) {
  const element = /** @type {Knob & SVGGElement} */ (
    draw("g", { class: "rate-marker", tabindex: 0, role: "slider" })
  );
  element.append(draw("circle", { r: 17, class: "reach" }), draw("path", { class: "shape" }));
  state.svg.append(element);
  drags(element, () => {
    element.focus({ preventScroll: true });
    state.moved = { element, i: null, dragging: true };
    return {
      move: (event) => drag(state, element, event),
      drop: () => release(state),
      back: () => putBack(state),
    };
  });
  element.addEventListener("keydown", (event) => key(state, element, event));
  element.addEventListener("blur", () => state.moved && !state.moved.dragging && release(state));
  return element;
}

/** @param {Knob} element @param {Present} present @param {Colors} colors */
function dress(element, { lane }, colors) {
  element.dataset.lane = lane.slot;
  element.setAttribute("aria-label", `Learning rate of ${lane.label}`);
  const look = { d: MARKERS[lane.marker], fill: color(lane, colors), stroke: colors.halo };
  fill(/** @type {Element} */ (element.querySelector(".shape")), look);
}

// A rate that diverges has no height: its marker waits at the top.
/** @param {Markers} state @param {Knob} element @param {number} along @param {number | null} height */
function put({ told }, element, along, height) {
  const axis = told.axis();
  if (!axis) return;
  const { x, y } = axis;
  const [low, high] = told.range();
  const up = y.to(Math.min(Math.max(height ?? high, low), high));
  const across = Math.min(Math.max(x.to(along), x.offset), x.offset + x.length);
  element.setAttribute("transform", `translate(${across.toFixed(1)} ${up.toFixed(1)})`);
  element.classList.toggle("gone", height === null);
}

// Assistive technology reads plain decimals alone.
/** @param {string | number} value */
export const decimal = (value) =>
  Number(value)
    .toFixed(12)
    .replace(/\.?0+$/, "");

/** @param {Markers} state @param {Knob} element @param {string} text @param {string} outcome */
function say({ told }, element, text, outcome) {
  const rates = told.rates();
  fill(element, {
    "aria-valuemin": decimal(rates[0]),
    "aria-valuemax": decimal(rates[rates.length - 1]),
    "aria-valuenow": decimal(text),
    "aria-valuetext": `${significant(Number(text), 4)}, ${outcome}`,
  });
}

/** @param {string[]} rates @param {number} along */
export function nearest(rates, along) {
  const far = rates.map((rate) => Math.abs(Math.log10(Number(rate)) - along));
  return far.indexOf(Math.min(...far));
}

/** @param {Markers} state @param {Knob} element @param {PointerEvent} event */
function drag(state, element, event) {
  const axis = state.told.axis();
  if (!axis || !state.moved?.dragging || state.moved.element !== element) return;
  move(state, nearest(state.told.rates(), axis.x.from(within(state.svg, event)[0])));
}

// The marker stands at stop i of its curve and the stage shows what it would give.
/** @param {Markers} state @param {number} i */
function move(state, i) {
  const { told, moved } = state;
  if (!moved || moved.i === i) return;
  moved.i = i;
  const { k, lane } = moved.element.marker;
  const rate = told.rates()[i];
  put(state, moved.element, Math.log10(Number(rate)), told.place(k, i));
  say(state, moved.element, rate, told.said(k, i));
  told.felt(lane, rate);
}

// What was in hand is in hand no longer: its element and the stop that it has come to, if to any.
/** @param {Markers} state */
function leave(state) {
  const { moved } = state;
  clearTimeout(state.resting);
  state.moved = null;
  return moved && moved.i !== null ? { element: moved.element, i: moved.i } : null;
}

/** @param {Markers} state */
function release(state) {
  const left = leave(state);
  if (left) state.told.taken(left.element.marker.lane, state.told.rates()[left.i]);
}

// As if nothing had been moved.
/** @param {Markers} state */
function putBack(state) {
  const left = leave(state);
  if (!left) return;
  const { text, rate, place: height, said } = left.element.marker;
  put(state, left.element, Math.log10(rate), height);
  say(state, left.element, text, said);
  state.told.dropped();
}

/** @param {Markers} state @param {Knob} element @param {KeyboardEvent} event */
function key(state, element, event) {
  const done = state.moved && { Escape: putBack, Enter: release }[event.key];
  const by = LEAPS[event.key];
  if (!done && by === undefined) return;
  settle(event);
  if (done) return done(state);
  const rates = state.told.rates();
  const moved = state.moved?.element === element ? state.moved : { element, i: null, dragging: false };
  state.moved = moved;
  const from = moved.i ?? nearest(rates, Math.log10(element.marker.rate));
  move(state, Math.min(Math.max(from + by, 0), rates.length - 1));
  clearTimeout(state.resting);
  state.resting = setTimeout(() => release(state), REST);
}

// A new race has come: whatever was in hand is settled by it.
/** @param {Markers} state */
function rest(state) {
  if (!state.moved?.dragging) leave(state);
}
