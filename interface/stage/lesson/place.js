// A place on the map as an answer: a click puts a mark there, arrow keys move it.

import { general } from "../core/format.js";
import { ARROWS, draw, make, settle } from "../dom/dom.js";

/** @import { Point } from "../core/stage.d.ts" */
/** @import { PlaceAsked } from "../core/packets.d.ts" */
/** @import { StageMap } from "../map/map.js" */
/** @import { Field, Panel } from "./told.d.ts" */
/** @typedef {{ at: Point | null }} Answer */

const NUDGE = 0.02;
const FAR = 5;

/** @param {Panel} state @param {PlaceAsked} asked @param {() => void} ready @returns {Field} */
export function place(state, { lane, step }, ready) {
  const { stage } = state;
  const { map } = stage;
  const mark = cross();
  /** @type {{ at: { x: number, y: number } | null }} */
  const field = { at: null };
  map.over.svg.append(mark);
  /** @param {Point} at */
  const put = (at) => {
    field.at = at;
    lay();
    ready();
  };
  const lay = () => {
    const { x, y } = map.over.axis;
    if (!x.length) return;
    const at = field.at || { x: (x.low + x.high) / 2, y: (y.low + y.high) / 2 };
    mark.setAttribute("transform", `translate(${x.to(at.x).toFixed(1)} ${y.to(at.y).toFixed(1)})`);
    mark.classList.toggle("unset", !field.at);
    mark.setAttribute(
      "aria-label",
      field.at ? `Your mark at ${at.x.toPrecision(3)}, ${at.y.toPrecision(3)}` : "Your mark, not yet placed",
    );
  };
  mark.addEventListener("keydown", (event) => nudged(event, map, field, put));
  stage.asking = (at) => put({ x: at.x, y: at.y });
  lay();
  const element = make(
    "p",
    { class: "lesson-text" },
    `Click on the map where ${lane} is after ${step} ${step === 1 ? "step" : "steps"}. Tab and the arrow keys do it too.`,
  );
  return {
    element,
    read: () => (field.at ? `${general(field.at.x)},${general(field.at.y)}` : ""),
    remove: () => mark.remove(),
    laidOut: lay,
  };
}

function cross() {
  const said = { tabindex: 0, role: "application", "aria-roledescription": "movable mark" };
  const shape = [draw("circle", { r: 16, class: "reach" }), draw("path", { d: "M-9-9L9 9M9-9L-9 9" })];
  return draw("g", { class: "prediction", ...said }, ...shape);
}

/** @param {KeyboardEvent} event @param {StageMap} map @param {Answer} field @param {(at: Point) => void} put */
function nudged(event, map, field, put) {
  const by = ARROWS[event.key];
  if (!by) return;
  settle(event);
  const { x, y } = map.over.axis;
  const at = field.at || { x: (x.low + x.high) / 2, y: (y.low + y.high) / 2 };
  const far = NUDGE * (event.shiftKey ? FAR : 1);
  put({ x: at.x + by[0] * far * (x.high - x.low), y: at.y + by[1] * far * (y.high - y.low) });
}
