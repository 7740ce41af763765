// Fit the paths: a button that stands on the map while something lies beyond its edge.

import { button } from "../dom/dom.js";
import { pointAt } from "../core/packet.js";
import { explain } from "../dom/explain.js";
import { outside } from "../draw/scene/beyond.js";
import { boxOf } from "../draw/scene/shapes.js";
import { relay } from "./map.js";

/** @import { Stage } from "../core/stage.d.ts" */
/** @import { Numbers } from "../core/packets.d.ts" */
/** @import { StageMap } from "./map.js" */

const PAD = 0.06;
const FARTHEST = 50; // windows away: what has diverged is not looked for

/** @param {Stage} stage */
export function fit(stage) {
  const { map } = stage;
  const work = () => map.window && Plotly.relayout(map.plot, fitted(map, map.window));
  const fitting = button("tool wide fit", work, { hidden: true }, "Fit the paths");
  map.panel.append(explain(fitting, "fit"));
  const look = () => {
    const hidden = !beyond(map);
    if (fitting.hidden === hidden) return;
    fitting.hidden = hidden;
    relay(map);
  };
  return { laidOut: look };
}

// Whether part of a path, or the start, is out of sight.
/** @param {StageMap} stageMap */
function beyond({ over, race }) {
  const box = boxOf(over.axis);
  const [x, y] = race.header.start;
  const paths = over.scene.lanes.some((drawn) => drawn?.trail.points.some((place) => outside(place, box)));
  return paths || outside([over.axis.x.to(x), over.axis.y.to(y)], box);
}

/** @param {StageMap} stageMap @param {number[][]} window */
function fitted({ race }, window) {
  const places = race.header.lanes.flatMap((lane, k) => (lane.visible ? pairs(race.arrays[`x${k}`]) : []));
  const seen = [race.header.start, ...places.filter((place) => near(place, window))];
  const [across, up] = [0, 1].map((side) => seen.map((place) => place[side]));
  return { "xaxis.range": around(across, window[0]), "yaxis.range": around(up, window[1]) };
}

/** @param {Numbers} numbers */
const pairs = ({ values, shape }) => Array.from({ length: shape[0] }, (_, t) => pointAt(values, t));

/** @param {number[]} place @param {number[][]} window */
const near = (place, window) =>
  place.every((v, side) => {
    const [low, high] = window[side];
    return Math.abs(v - (low + high) / 2) < FARTHEST * (high - low);
  });

// From the least to the greatest with a little room, and never narrower than a hundredth of the window.
/** @param {number[]} values @param {number[]} numbers */
export function around(values, [from, to]) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const pad = Math.max(PAD * (high - low), 0.005 * (to - from));
  return [low - pad, high + pad];
}
