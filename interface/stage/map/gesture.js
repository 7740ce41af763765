// Scrolling scrolls the page; the map is zoomed by ctrl and the wheel, or moved and zoomed by two
// fingers. Whoever only scrolls over it is told so, quietly and for a moment.

import { make } from "../dom/dom.js";
import { axes } from "../draw/axes.js";

/** @import { Side, Stage } from "../core/stage.d.ts" */
/**
 * @typedef {object} Gesture
 * @property {Stage} stage
 * @property {HTMLElement} note
 * @property {ReturnType<typeof grasp> | null} begun
 * @property {number[] | null} single
 * @property {ReturnType<typeof setTimeout>} [saying]
 * @property {number} [frame]
 */
/** @typedef {{ clientX: number, clientY: number }} Finger */

const SAID = 1800;
const WORDS = { wheel: "Ctrl and the wheel zoom the map.", touch: "Two fingers move and zoom the map." };
const SWIPE = 30;
const NOT_PASSIVE = { capture: true, passive: false };

/** @param {Stage} stage */
export function gesture(stage) {
  const { panel, plot } = stage.map;
  const note = panel.appendChild(make("p", { class: "gesture-note", role: "status" }));
  /** @type {Gesture} */
  const state = { stage, note, begun: null, single: null };
  scrollsFirst(plot, () => say(state, "wheel"));
  plot.addEventListener("touchstart", (event) => begin(state, event), NOT_PASSIVE);
  plot.addEventListener("touchmove", (event) => move(state, event), NOT_PASSIVE);
  for (const name of ["touchend", "touchcancel"])
    plot.addEventListener(name, (event) => end(state, /** @type {TouchEvent} */ (event)), true);
  return {};
}

// Plotly hears of the wheel only with ctrl (which is also how a touchpad's pinch arrives).
/** @param {HTMLElement} plot @param {() => void} scrolled */
export function scrollsFirst(plot, scrolled = () => undefined) {
  /** @param {WheelEvent} event */
  const heard = (event) => {
    if (event.ctrlKey || event.metaKey) return;
    event.stopPropagation();
    scrolled();
  };
  plot.addEventListener("wheel", heard, true);
}

/** @param {Gesture} state @param {"wheel" | "touch"} kind */
function say(state, kind) {
  const { note } = state;
  clearTimeout(state.saying);
  if (note.textContent !== WORDS[kind]) note.textContent = WORDS[kind];
  state.saying = setTimeout(() => (note.textContent = ""), SAID);
}

// One finger belongs to the page; Plotly, which would drag the map with it, hears of none.
/** @param {Gesture} state @param {TouchEvent} event */
function begin(state, event) {
  event.stopPropagation();
  const { touches } = event;
  state.single = touches.length === 1 ? [touches[0].clientX, touches[0].clientY] : null;
  state.begun = touches.length === 2 ? grasp(state, touches) : null;
  if (state.begun) event.preventDefault();
}

/** @param {Gesture} state @param {TouchEvent} event */
function move(state, event) {
  event.stopPropagation();
  const { touches } = event;
  if (state.begun && touches.length === 2) {
    event.preventDefault();
    follow(state, touches);
  } else if (state.single && far(state.single, touches[0]) > SWIPE) say(state, "touch");
}

/** @param {Gesture} state @param {TouchEvent} event */
function end(state, event) {
  event.stopPropagation();
  if (event.touches.length < 2) state.begun = null;
  if (!event.touches.length) state.single = null;
}

/** @param {number[]} numbers @param {Finger} finger */
const far = ([x, y], { clientX, clientY }) => Math.hypot(clientX - x, clientY - y);

// Where two fingers stand in the plot: their middle and how far apart they are.
/** @param {Gesture} gesture @param {TouchList} given */
function held({ stage }, [a, b]) {
  const box = stage.map.plot.getBoundingClientRect();
  return {
    middle: [(a.clientX + b.clientX) / 2 - box.left, (a.clientY + b.clientY) / 2 - box.top],
    apart: Math.max(Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY), 1),
  };
}

// The points of the surface under the fingers stay under them.
/** @param {Gesture} state @param {TouchList} touches */
function grasp(state, touches) {
  const { middle, apart } = held(state, touches);
  const { x, y } = axes(state.stage.map.plot);
  return { apart, x, y, at: [x.from(middle[0]), y.from(middle[1])] };
}

/** @param {Gesture} state @param {TouchList} touches */
function follow(state, touches) {
  const { begun, stage } = state;
  if (!begun) return;
  const { middle, apart } = held(state, touches);
  const factor = begun.apart / apart;
  const ranges = {
    "xaxis.range": stretched(begun.x, begun.at[0], middle[0], factor),
    "yaxis.range": stretched(begun.y, begun.at[1], middle[1], factor),
  };
  cancelAnimationFrame(state.frame ?? 0);
  state.frame = requestAnimationFrame(() => Plotly.relayout(stage.map.plot, ranges));
}

// An axis on which `value` lies at `pixel`, its span `factor` times what it was.
/**
 * @param {Pick<Side, "low" | "high" | "from">} side
 * @param {number} value
 * @param {number} pixel
 * @param {number} factor
 */
function stretched({ low, high, from }, value, pixel, factor) {
  const under = from(pixel);
  return [low, high].map((edge) => value + (edge - under) * factor);
}
