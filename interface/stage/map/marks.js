// Marks of the chosen lane on the map: arrows at its head, a comet's tail of its last steps, and the
// Hessian's axes at start, head and minimum.

import { ARROWS, arrowsOf } from "../draw/arrows.js";
import { curvatureAxes } from "../draw/curvature-axes.js";
import { draw, make } from "../dom/dom.js";
import { color } from "../core/theme.js";

export const TAIL = 30;

export function marks(stage) {
  const key = stage.map.panel.appendChild(make("div", { class: "arrow-key", hidden: true }));
  const layer = stage.map.over.layers.arrows;
  const tail = layer.appendChild(draw("path", { class: "tail" }));
  const lines = ARROWS.map(({ width, dash }) =>
    layer.appendChild(draw("path", { class: "arrow", "stroke-width": width, "stroke-dasharray": dash })),
  );
  const crosses = ["start", "head", "rest"].map((name) => cross(layer, name));
  const state = { stage, key, tail, lines, crosses, arrows: null, axes: null };
  return {
    race: () => prepare(state),
    laidOut: () => prepare(state),
    step: (t) => show(state, t),
  };
}

// One place's axes: a halo under both, those that rise, those that fall, and their eigenvalues.
function cross(layer, name) {
  const path = (kind) => draw("path", { class: `hessian ${kind}`, "data-place": name });
  const found = { halo: path("under"), rises: path("rises"), falls: path("falls") };
  const names = [0, 1].map(() => draw("text", { class: "eigenvalue", "data-place": name }));
  layer.append(...Object.values(found), ...names);
  return { ...found, names };
}

function prepare(state) {
  const { race, colors, map, clock } = state.stage;
  const paint = color(race.header.lanes[race.header.chosen], colors);
  for (const line of [state.tail, ...state.lines]) line.setAttribute("stroke", paint);
  const asked = (name) => map.over.axis && race.header.view.marks.includes(name);
  state.arrows = asked("arrows") ? arrowsOf(race, map.over.axis) : null;
  state.axes = asked("axes") && race.header.theory ? curvatureAxes(race, map.over.axis) : null;
  state.crosses.forEach((cross, k) => dress(cross, k === 1 ? paint : colors.text, colors));
  const said = [state.arrows?.said, state.axes?.said].filter(Boolean);
  state.key.hidden = !said.length;
  state.key.replaceChildren(...said.map((text) => make("div", {}, text)));
  show(state, clock.t);
}

function dress({ halo, rises, falls, names }, paint, colors) {
  halo.setAttribute("stroke", colors.halo);
  for (const line of [rises, falls]) line.setAttribute("stroke", paint);
  for (const name of names) {
    name.setAttribute("fill", paint);
    name.setAttribute("stroke", colors.halo);
  }
}

function showCrosses({ crosses, axes }, t) {
  const found = axes?.at(t) ?? [];
  crosses.forEach(({ halo, rises, falls, names }, k) => {
    const drawn = found[k] || { rises: "", falls: "", names: [] };
    halo.setAttribute("d", drawn.rises + drawn.falls);
    rises.setAttribute("d", drawn.rises);
    falls.setAttribute("d", drawn.falls);
    names.forEach((name, n) => nameAxis(name, drawn.names[n]));
  });
}

function nameAxis(element, found) {
  const { text = "", x = 0, y = 0, anchor = "start" } = found || {};
  if (element.textContent !== text) element.textContent = text;
  element.setAttribute("x", x.toFixed(1));
  element.setAttribute("y", y.toFixed(1));
  element.setAttribute("text-anchor", anchor);
}

function show(state, t) {
  const { map, race } = state.stage;
  const drawn = map.over.lanes[race.header.chosen];
  const tailed = drawn && race.header.view.marks.includes("tail");
  state.tail.setAttribute("d", tailed ? drawn.trail.from(t - TAIL, t) : "");
  const outlines = drawn && state.arrows ? state.arrows.at(t) : [];
  state.lines.forEach((line, k) => line.setAttribute("d", outlines[k] || ""));
  showCrosses(state, t);
}
