// Places and curves that a class has answered, drawn where they were meant: on the map, among the losses.

import { redrawLosses } from "../curves/band.js";
import { draw } from "../dom/dom.js";
import { outside } from "../draw/scene/beyond.js";
import { boxOf } from "../draw/scene/shapes.js";
import { between } from "../lesson/comparison.js";

/** @import { FeltRace, Stage } from "../core/stage.d.ts" */
/** @import { RoomAnswer } from "../core/packets.d.ts" */
/** @import { Curve } from "../draw/shapes.d.ts" */
/** @import { Question } from "../lesson/told.d.ts" */
/** @typedef {{ question: Pick<Question, "shape"> | null, answers: RoomAnswer[] }} Cloud */

const MOST_CURVES = 60;

/** @param {Stage} stage */
export function cloud(stage) {
  const layer = draw("g", { class: "class-cloud" });
  stage.map.over.svg.prepend(layer);
  /** @type {Cloud} */
  const state = { question: null, answers: [] };
  stage.extras.push((name, race) => curves(state, name, race));
  const lay = () => layer.replaceChildren(...marks(stage, state));
  return {
    lay,
    /** @param {Cloud["question"]} question @param {RoomAnswer[]} answers */
    show: (question, answers) => {
      const drawn = isCurve(state);
      Object.assign(state, { question, answers });
      lay();
      if (drawn || isCurve(state)) redrawLosses(stage);
    },
  };
}

/** @param {Cloud} state */
const isCurve = ({ question }) => question?.shape.kind === "curve";

/** @param {Stage} stage @param {Cloud} state */
function marks({ map }, { question, answers }) {
  const { x, y } = map.over.axis;
  if (question?.shape.kind !== "point" || !x.length) return [];
  const box = boxOf(map.over.axis);
  const places = answers.map(({ answer }) => {
    const [px, py] = answer.split(",").map(Number);
    return [x.to(px), y.to(py)];
  });
  return places.filter((place) => !outside(place, box)).map(([cx, cy]) => draw("circle", { cx, cy }));
}

/** @param {Cloud} state @param {string} name @param {FeltRace} race @returns {Curve[]} */
function curves({ question, answers }, name, { header, arrays }) {
  if (name !== "loss" || question?.shape.kind !== "curve") return [];
  const { slot, steps } = question.shape;
  const lane = header.lanes.find((each) => each.slot === slot);
  if (!lane) return [];
  const count = arrays.loss0.values.length;
  return answers.slice(0, MOST_CURVES).map(({ answer }, k) => {
    const powers = answer.split(",").map(Number);
    const values = Float32Array.from({ length: count }, (_, t) => 10 ** between(steps, powers, t));
    return {
      lane,
      label: `class ${k}`,
      name: "",
      told: "",
      values,
      dash: "1px,3px",
      still: true,
      opacity: 0.35,
      quiet: true,
    };
  });
}
