// Marks at the chosen lane's head on the map: arrows, and a comet's tail of its last steps.

import { ARROWS, arrowsOf } from "./arrows.js";
import { draw, make } from "./dom.js";
import { color } from "./theme.js";

export const TAIL = 30;

export function marks(stage) {
  const key = stage.map.panel.appendChild(make("div", { class: "arrow-key", hidden: true }));
  const layer = stage.map.over.layers.arrows;
  const tail = layer.appendChild(draw("path", { class: "tail" }));
  const lines = ARROWS.map(({ width, dash }) =>
    layer.appendChild(draw("path", { class: "arrow", "stroke-width": width, "stroke-dasharray": dash })),
  );
  const state = { stage, key, tail, lines, arrows: null };
  return {
    race: () => prepare(state),
    laidOut: () => prepare(state),
    step: (t) => show(state, t),
  };
}

function prepare(state) {
  const { race, colors, map, clock } = state.stage;
  const paint = color(race.header.lanes[race.header.chosen], colors);
  for (const line of [state.tail, ...state.lines]) line.setAttribute("stroke", paint);
  const wanted = map.over.axis && race.header.view.marks.includes("arrows");
  state.arrows = wanted ? arrowsOf(race, map.over.axis) : null;
  state.key.hidden = !wanted;
  state.key.textContent = state.arrows?.said ?? "";
  show(state, clock.t);
}

function show(state, t) {
  const { map, race } = state.stage;
  const drawn = map.over.lanes[race.header.chosen];
  const tailed = drawn && race.header.view.marks.includes("tail");
  state.tail.setAttribute("d", tailed ? drawn.trail.from(t - TAIL, t) : "");
  const outlines = drawn && state.arrows ? state.arrows.at(t) : [];
  state.lines.forEach((line, k) => line.setAttribute("d", outlines[k] || ""));
}
