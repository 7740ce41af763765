// The gap between what was predicted and what happened, drawn where it happened.

import { draw } from "../dom/dom.js";
import { SKIPPED } from "./answer-words.js";

/** @import { FeltRace, Stage } from "../core/stage.d.ts" */
/** @import { Curve } from "../draw/shapes.d.ts" */
/** @import { Explain, Outcome, Told } from "./told.d.ts" */
/** @typedef {Explain | Outcome} Compared */

/** @param {Stage} stage */
export function gap(stage) {
  const layer = draw("g", { class: "lesson-gap" });
  stage.map.over.svg.append(layer);
  /** @type {{ told: Compared | null }} */
  const state = { told: null };
  stage.extras.push((name, race) => curve(state.told, name, race));
  const redraw = () => {
    layer.replaceChildren();
    point(stage, layer, state.told);
  };
  return {
    /** @param {Told | null} told */
    set: (told) => {
      state.told = told && "truth" in told ? told : null;
      redraw();
    },
    draw: redraw,
  };
}

/** @param {Stage} stage @param {SVGElement} layer @param {Compared | null} told */
function point({ map }, layer, told) {
  const { x, y } = map.over.axis;
  if (told?.question.shape.kind !== "point" || !x.length || !told.truth.at) return;
  const [tx, ty] = [x.to(told.truth.at[0]), y.to(told.truth.at[1])];
  layer.append(draw("circle", { cx: tx, cy: ty, r: 11, class: "true" }));
  if (told.question.answer === SKIPPED) return;
  const [px, py] = told.question.answer.split(",").map(Number);
  const [sx, sy] = [x.to(px), y.to(py)];
  layer.append(draw("path", { d: `M${sx} ${sy}L${tx} ${ty}`, class: "between" }));
  layer.append(draw("path", { d: `M${sx - 8} ${sy - 8}l16 16m0-16l-16 16`, class: "said" }));
}

// The drawn curve among the losses, between its knots straight on the logarithmic axis.
/** @param {Compared | null} told @param {string} name @param {FeltRace} race @returns {Curve[]} */
function curve(told, name, { header, arrays }) {
  if (!told || name !== "loss") return [];
  const { shape, answer } = told.question;
  if (shape.kind !== "curve" || answer === SKIPPED) return [];
  const powers = answer.split(",").map(Number);
  const lane = header.lanes.find(({ slot }) => slot === shape.slot);
  if (!lane) return [];
  const count = arrays.loss0.values.length;
  const values = Float32Array.from({ length: count }, (_, t) => 10 ** between(shape.steps, powers, t));
  return [
    { lane, label: "your curve", told: "your curve", values, dash: "2px,4px", still: true, leads: true },
  ];
}

/** @param {number[]} steps @param {number[]} powers @param {number} t */
export function between(steps, powers, t) {
  const k = steps.findIndex((step) => step >= t);
  if (k < 0) return NaN;
  if (k === 0) return powers[0];
  const share = (t - steps[k - 1]) / (steps[k] - steps[k - 1]);
  return powers[k - 1] + share * (powers[k] - powers[k - 1]);
}
