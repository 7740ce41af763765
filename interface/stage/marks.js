// Marks at the chosen lane's head: −gradient, velocity and step as arrows, and a comet's tail.

import { near } from "./axes.js";
import { draw, make } from "./dom.js";
import { significant } from "./format.js";
import { color } from "./theme.js";

const TAIL = 30;
const SHARE = 0.25;

// The three arrows: what they show, how they are drawn apart, and their vector at step t.
const ARROWS = [
  { name: "−gradient", dash: "none", width: 2.4, at: (data, t) => scaled(data.gradient, t, -1) },
  { name: "velocity", dash: "5 3", width: 2.4, at: (data, t) => scaled(data.velocity, t, data.sign) },
  { name: "next step", dash: "none", width: 4.2, at: (data, t) => step(data.path, t) },
];

export function marks(stage) {
  const key = stage.map.panel.appendChild(make("div", { class: "arrow-key", hidden: true }));
  const layer = stage.map.over.layers.arrows;
  const tail = layer.appendChild(draw("path", { class: "tail" }));
  const arrows = ARROWS.map(({ width, dash }) =>
    layer.appendChild(draw("path", { class: "arrow", "stroke-width": width, "stroke-dasharray": dash })),
  );
  const state = { stage, key, tail, arrows, scales: [] };
  return {
    race: () => prepare(state),
    laidOut: () => prepare(state),
    step: (t) => show(state, t),
  };
}

function prepare(state) {
  const { race, colors } = state.stage;
  const { header, arrays } = race;
  const k = header.chosen;
  const velocity = arrays[`memory.${header.velocity}`];
  state.data = { path: arrays[`x${k}`], gradient: arrays[`gradient${k}`], velocity, sign: -1 };
  state.lane = header.lanes[k];
  state.tail.setAttribute("stroke", color(state.lane, colors));
  for (const arrow of state.arrows) arrow.setAttribute("stroke", color(state.lane, colors));
  if (state.stage.map.over.axis) rescale(state);
  show(state, state.stage.clock.t);
}

// One round scale for the whole run, so that lengths at different steps can be compared.
function rescale(state) {
  const { axis } = state.stage.map.over;
  state.scales = ARROWS.map((arrow, k) => (k === 2 ? 1 : roundScale(lengths(state.data, arrow, axis))));
  const said = ARROWS.map(({ name }, k) => (k === 1 && !state.data.velocity ? "" : `${name} ×${significant(state.scales[k], 2)}`));
  state.key.textContent = `${state.lane.label}: ${said.filter(Boolean).join(", ")}`;
}

function lengths(data, arrow, axis) {
  const steps = data.path.shape[0];
  const found = [];
  for (let t = 0; t < steps; t++) {
    const v = arrow.at(data, t);
    if (v) found.push(Math.hypot(v[0] / (axis.x.high - axis.x.low), v[1] / (axis.y.high - axis.y.low)));
  }
  return found.filter((v) => v > 0 && Number.isFinite(v)).sort((a, b) => a - b);
}

// 1, 2 or 5 times a power of ten that makes all but the few longest arrows fit the map well.
export function roundScale(sorted) {
  if (!sorted.length) return 1;
  const wanted = SHARE / sorted[Math.floor((sorted.length - 1) * 0.98)];
  const power = 10 ** Math.floor(Math.log10(wanted));
  return [5, 2, 1].find((m) => m * power <= wanted) * power;
}

function scaled(array, t, sign) {
  if (!array || array.shape.length < 2) return null;
  return [sign * array.values[2 * t], sign * array.values[2 * t + 1]];
}

function step({ values, shape }, t) {
  if (t + 1 >= shape[0]) return null;
  return [values[2 * t + 2] - values[2 * t], values[2 * t + 3] - values[2 * t + 1]];
}

function show(state, t) {
  const { map, race } = state.stage;
  const drawn = map.over.lanes[race.header.chosen];
  const marks = race.header.view.marks;
  state.tail.setAttribute("d", marks.includes("tail") && drawn ? drawn.trail.from(t - TAIL, t) : "");
  state.key.hidden = !marks.includes("arrows");
  ARROWS.forEach((arrow, k) => {
    const vector = marks.includes("arrows") && drawn && arrow.at(state.data, t);
    state.arrows[k].setAttribute("d", vector ? outline(map.over.axis, state.data.path, t, vector, state.scales[k]) : "");
  });
}

function outline(axis, { values }, t, [vx, vy], scale) {
  const [x, y] = [values[2 * t], values[2 * t + 1]];
  const [ax, ay] = [near(axis.x.to(x)), near(axis.y.to(y))];
  const [bx, by] = [near(axis.x.to(x + vx * scale)), near(axis.y.to(y + vy * scale))];
  const length = Math.hypot(bx - ax, by - ay);
  if (!Number.isFinite(length) || length < 3) return "";
  const [ux, uy] = [(bx - ax) / length, (by - ay) / length];
  const barb = (side) => `${(bx - 8 * ux + side * 4.5 * uy).toFixed(1)} ${(by - 8 * uy - side * 4.5 * ux).toFixed(1)}`;
  const tip = `${bx.toFixed(1)} ${by.toFixed(1)}`;
  return `M${ax.toFixed(1)} ${ay.toFixed(1)}L${tip}M${barb(1)}L${tip}L${barb(-1)}`;
}
