// What a pointer reads off the sensitivity curves: the outcomes at a rate, and the curve under it.

import { significant } from "../../core/format.js";
import { color } from "../../core/theme.js";
import { fill, make, within } from "../../dom/dom.js";
import { saidOutcome } from "../../draw/outcome-scale.js";
import { nearest } from "./markers.js";
import { whatShown } from "./present.js";

/** @import { LaneHeader } from "../../core/packets.d.ts" */
/** @import { Drawn, Sensing } from "./sensitivity.js" */
/** @typedef {{ lane: LaneHeader, k: number, far: number }} On */
/** @typedef {{ i: number, px: number, py: number, on: On | null }} Under */

const REACH = 14;

// Whether the curves are there.
/** @param {Sensing} state @returns {state is Drawn} */
const isDrawn = (state) => state.ready && state.axis !== null && state.figure !== null;

/** @param {Sensing} state */
export function listen(state) {
  const { canvas, readout } = state;
  canvas.addEventListener("pointermove", (event) => {
    const at = event.pointerType === "touch" || state.markers.held() ? null : under(state, event);
    showReadout(state, at);
  });
  canvas.addEventListener("pointerleave", () => showReadout(state, null));
  canvas.addEventListener("click", (event) => {
    const at = /** @type {Element} */ (event.target).closest(".rate-marker") ? null : under(state, event);
    if (!at?.on || !isDrawn(state)) return;
    readout.hide();
    state.stage.commit({ [`${at.on.lane.slot}.lr`]: state.heading.rates[at.i] });
  });
}

// The rate under the pointer, and the curve, if one is within reach.
/** @param {Sensing} state @param {MouseEvent} event @returns {Under | null} */
function under(state, event) {
  if (!isDrawn(state)) return null;
  const [px, py] = within(state.plot, event);
  const { x } = state.axis;
  if (px < x.offset - 4 || px > x.offset + x.length + 4) return null;
  const i = nearest(state.heading.rates, x.from(px));
  return { i, px, py, on: nearestCurve(state, i, py) };
}

/** @param {Drawn} state @param {number} i @param {number} py */
function nearestCurve({ stage, figure, axis }, i, py) {
  /** @type {On | null} */
  let best = null;
  for (const [k, lane] of stage.race.header.lanes.entries()) {
    const place = figure.places[k]?.[i];
    const far = place === null || place === undefined ? Infinity : Math.abs(axis.y.to(place) - py);
    if (far < (best ? best.far : REACH)) best = { lane, k, far };
  }
  return best;
}

/** @param {Sensing} state @param {Under | null} at */
function showReadout(state, at) {
  const { readout, cursor, canvas } = state;
  canvas.classList.toggle("on-curve", Boolean(at?.on));
  if (!isDrawn(state)) return;
  const { stage, heading, curves } = state;
  const { x, y } = state.axis;
  const px = at ? x.to(Math.log10(Number(heading.rates[at.i]))) : -9;
  fill(cursor, { x1: px, x2: px, y1: y.offset, y2: y.offset + y.length });
  if (!at) return void readout.hide();
  const lines = stage.race.header.lanes
    .map((lane, k) => ({ lane, k }))
    .filter(({ lane, k }) => lane.visible && curves[k])
    .map(({ lane, k }) => {
      const text = `${lane.label}: ${saidOutcome(curves[k].arrays, whatShown(state), at.i, heading.endings)}`;
      const paint = color(lane, stage.colors);
      return make("div", { class: at.on?.k === k ? "on" : "", style: `color:${paint}` }, text);
    });
  readout.show([`rate ${significant(Number(heading.rates[at.i]), 4)}`, ...lines], at.px, at.py);
}
