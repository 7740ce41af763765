// A surface drawn by hand: with the brush in hand the map is painted on, lower, higher or smoother. Paths,
// losses and the map's ground follow the brush; where they cannot, a picture of what is drawn covers the
// map until they do, so that nothing is seen of another landscape.

import { HEIGHTS } from "../core/known.js";
import { ARROWS, button, drawingOn, make, settle } from "../dom/dom.js";
import { drags } from "../dom/drag.js";
import { explain } from "../dom/explain.js";
import { CHANGES, dabbed, flat, opened, spelled } from "./heights.js";
import { pictureOf, ring } from "./painted.js";
import { pictureButton } from "./picture.js";
import { where } from "./map.js";

/** @import { Stage } from "../core/stage.d.ts" */
/** @import { DrawingHeader } from "../core/packets.d.ts" */
/** @import { Attributes } from "../dom/dom.js" */
/** @import { Frame } from "./painted.js" */
/** @import { Heights } from "./heights.js" */
/**
 * @typedef {object} Brush
 * @property {Stage} stage
 * @property {string | null} tool
 * @property {boolean} wet
 * @property {number} radius
 * @property {string[]} undone
 * @property {string | null} asked
 * @property {HTMLCanvasElement} layer
 * @property {HTMLElement} bar
 * @property {HTMLButtonElement[]} tools
 * @property {HTMLButtonElement} undo
 * @property {Heights} heights
 * @property {boolean} held
 * @property {number[] | null} last
 * @property {number[] | null} cursor
 */

const TOOLS = { lower: "Lower", raise: "Raise", smooth: "Smooth" };
const RADIUS = 0.11; // of the map, at first
const EVERY = 0.35; // of a brush's radius, between two dabs

/** @param {Stage} stage */
export function brush(stage) {
  const layer = make("canvas", {
    class: "painting",
    tabindex: 0,
    hidden: true,
    role: "application",
    "aria-label": "Canvas of the surface. Arrow keys move the brush, Space paints.",
  });
  const parts = toolbar(stage, () => state);
  /** @type {Brush} */
  const state = {
    ...{ stage, layer, ...parts, tool: null, wet: false, radius: RADIUS, undone: [], asked: null },
    ...{ heights: flat(1), held: false, last: null, cursor: null },
  };
  stage.map.panel.append(layer);
  stage.panels.before(state.bar);
  paintWith(state);
  layer.addEventListener("keydown", (event) => byKey(state, event));
  return {
    race: () => arrange(state),
    felt: () => cover(state, !followed(state)),
    unfelt: () => cover(state, true),
    laidOut: () => place(state),
    theme: () => show(state),
    resize: () => place(state),
  };
}

/** @param {Stage} stage @param {() => Brush} now */
function toolbar(stage, now) {
  /** @param {string} words @param {() => void} work @param {Attributes} [more] */
  const press = (words, work, more = {}) => button("tool wide", work, more, words);
  const tools = Object.entries(TOOLS).map(([tool, words]) =>
    press(words, () => take(now(), tool), { "aria-pressed": false, "data-tool": tool }),
  );
  /** @type {HTMLInputElement} */
  const size = make("input", {
    type: "range",
    min: 0.05,
    max: 0.3,
    step: 0.01,
    value: RADIUS,
    "aria-label": "Size of the brush",
    oninput: () => (now().radius = Number(size.value)),
  });
  const back = press("Undo", () => undo(now()), { disabled: true });
  const clear = press("Clear", () => commit(now(), flat(drawingOf(now()).coarse)));
  const picture = pictureButton(stage, (made) => commit(now(), made));
  const said = { class: "brush", role: "toolbar", "aria-label": "Draw the surface", hidden: true };
  explain(tools[0], "brush");
  return { bar: make("div", said, ...tools, size, back, clear, picture), tools, undo: back };
}

/** @param {Pick<Brush, "stage">} state */
const told = ({ stage }) => stage.race.header.drawing;

// What is drawn, where something is: the bar is hidden where nothing can be.
/** @param {Pick<Brush, "stage">} state */
const drawingOf = (state) => /** @type {DrawingHeader} */ (told(state));

// Take a tool in hand, or put it away.
/** @param {Brush} state @param {string} tool */
function take(state, tool) {
  state.tool = state.tool === tool ? null : tool;
  for (const each of state.tools) each.setAttribute("aria-pressed", String(each.dataset.tool === state.tool));
  state.layer.hidden = !state.tool;
  place(state);
}

// A new race: its heights are on the map as soon as its landscape is.
/** @param {Brush} state */
function arrange(state) {
  const drawing = told(state);
  state.bar.hidden = !drawing;
  if (!drawing && state.tool) take(state, state.tool);
  if (!drawing) return;
  if (state.asked && drawing.heights !== state.asked) return void follow(state);
  state.asked = null;
  if (state.held) return void follow(state);
  state.heights = opened(drawing);
  Promise.resolve(state.stage.map.landed).then(() => state.asked || state.held || cover(state, false));
}

/** @param {Brush} state */
const text = (state) => spelled(state.heights, drawingOf(state).letters);

// Let the stage follow what is drawn.
/** @param {Brush} state */
const follow = (state) => state.stage.feel({ [HEIGHTS]: text(state) });

// Whether what is on the stage belongs to what is drawn.
/** @param {Brush} state */
const followed = (state) =>
  !told(state) || (state.stage.race.header.changes?.[HEIGHTS] ?? drawingOf(state).heights) === text(state);

// Cover the map with a picture of what is drawn, or uncover it.
/** @param {Brush} state @param {boolean} wet */
function cover(state, wet) {
  const { stage, layer } = state;
  if (!told(state) || (wet && !(state.held || state.asked))) return;
  state.wet = wet;
  layer.classList.toggle("wet", wet);
  if (wet) stage.preview.clear();
  show(state);
}

/** @param {Brush} state */
function place(state) {
  const { axis } = state.stage.map.over;
  if (state.layer.hidden) return;
  Object.assign(state.layer.style, {
    left: `${axis.x.offset}px`,
    top: `${axis.y.offset}px`,
    width: `${axis.x.length}px`,
    height: `${axis.y.length}px`,
  });
  show(state);
}

// On the layer: the brush that keys move, and where the stage cannot follow, the heights.
/** @param {Brush} state */
function show(state) {
  if (state.layer.hidden) return;
  const { stage, layer } = state;
  const { x, y } = stage.map.over.axis;
  const [[left, right], [bottom, top]] = stage.race.header.surface.window;
  Object.assign(layer, { width: Math.round(x.length), height: Math.round(y.length) });
  const [x0, y0] = [x.to(left) - x.offset, y.to(top) - y.offset];
  /** @type {Frame} */
  const box = [x0, y0, x.to(right) - x.to(left), y.to(bottom) - y.to(top)];
  if (state.wet) drawingOn(layer).drawImage(pictureOf(state), ...box);
  ring(state, box);
}

/** @param {Brush} state */
function paintWith(state) {
  drags(state.layer, (event) => {
    const before = state.heights;
    state.cursor = null;
    state.layer.focus({ preventScroll: true });
    begin(state);
    dab(state, placed(state, event));
    return {
      move: (moved) => stroke(state, placed(state, moved)),
      drop: () => lift(state),
      back: () => wipe(state, before),
    };
  });
}

// As if the stroke had not been made.
/** @param {Brush} state @param {Heights} before */
function wipe(state, before) {
  Object.assign(state, { heights: before, held: false });
  if (state.asked) follow(state);
  else state.stage.putBack();
  cover(state, !followed(state));
}

/** @param {Brush} state */
const begin = (state) => Object.assign(state, { held: true, last: null });

// Where the pointer is, in squares of the grid; null off the map.
/** @param {Brush} brush @param {PointerEvent} event */
function placed({ stage, heights }, event) {
  const at = where(stage.map, event);
  return at && squares(stage, heights, at);
}

/** @param {Stage} stage @param {Heights} heights @param {{ x: number, y: number }} at */
function squares(stage, { side }, { x, y }) {
  const { window } = stage.race.header.surface;
  return [x, y].map((v, k) => ((v - window[k][0]) / (window[k][1] - window[k][0])) * (side - 1));
}

/** @param {Brush} state @param {number[] | null} at */
function dab(state, at) {
  if (!at) return;
  state.heights = dabbed(
    state.heights,
    at,
    state.radius * state.heights.side,
    CHANGES[state.tool ?? "raise"],
  );
  state.last = at;
  follow(state);
}

// Dabs at even distances along the way.
/** @param {Brush} state @param {number[] | null} at @returns {void} */
function stroke(state, at) {
  if (!at || !state.last) return dab(state, at);
  const [from, every] = [state.last, EVERY * state.radius * state.heights.side];
  const far = Math.hypot(at[0] - from[0], at[1] - from[1]);
  for (let k = 1; k <= Math.floor(far / every); k++)
    dab(
      state,
      [0, 1].map((side) => from[side] + ((at[side] - from[side]) * k * every) / far),
    );
  return undefined;
}

/** @param {Brush} state */
function lift(state) {
  state.held = false;
  commit(state, state.heights);
}

// Ask the page for other heights; what was there can be had back.
/** @param {Brush} state @param {Heights} heights */
function commit(state, heights) {
  const { letters, heights: before } = drawingOf(state);
  const made = spelled(heights, letters);
  if (made === (state.asked ?? before)) return;
  state.undone.push(state.asked ?? before);
  ask(state, made);
}

/** @param {Brush} state @param {string} made */
function ask(state, made) {
  state.undo.disabled = !state.undone.length;
  state.asked = made;
  state.heights = opened({ heights: made, letters: drawingOf(state).letters });
  follow(state);
  state.stage.commit({ [HEIGHTS]: made });
}

/** @param {Brush} state */
function undo(state) {
  const before = state.undone.pop();
  if (before) ask(state, before);
}

// The brush by key: arrows move it, Space paints.
/** @param {Brush} state @param {KeyboardEvent} event */
function byKey(state, event) {
  const by = ARROWS[event.key];
  if (!by && event.key !== " ") return;
  settle(event);
  const { side } = state.heights;
  const [a, b] = state.cursor ?? [(side - 1) / 2, (side - 1) / 2];
  /** @param {number} v */
  const held = (v) => Math.min(Math.max(v, 0), side - 1);
  if (by) {
    state.cursor = [held(a + by[0]), held(b + by[1])];
    show(state);
  } else {
    begin(state);
    dab(state, [a, b]);
    lift(state);
  }
  const [column, row] = (state.cursor ?? [a, b]).map(Math.round);
  const height = Math.round(100 * state.heights.values[row * side + column]);
  state.stage.spoken.textContent = `Column ${column + 1}, row ${row + 1} of ${side}: height ${height} percent`;
}
