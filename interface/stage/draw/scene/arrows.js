// Arrows at the chosen lane's head: −gradient, velocity and next step, each to a stated scale.

import { near } from "../axes.js";
import { significant } from "../../core/format.js";
import { dashes } from "./shapes.js";

const SHARE = 0.25;

// What each arrow shows, how it is told apart, and its vector at step t.
export const ARROWS = [
  { name: "−gradient", dash: "solid", width: 2.4, at: ({ gradient }, t) => against(gradient, t) },
  { name: "velocity", dash: "5,3", width: 2.4, at: ({ velocity }, t) => against(velocity, t) },
  { name: "next step", dash: "solid", width: 4.2, at: ({ path }, t) => step(path, t) },
];

// The arrows of a race on these axes, their heads `size` times as large as usual: `said` states each
// one's scale, `at(t)` gives their outlines.
// One round scale holds for the whole run, so that lengths at different steps can be compared.
export function arrowsOf({ header, arrays }, axis, size = 1) {
  const k = header.chosen;
  const data = {
    path: arrays[`x${k}`],
    gradient: arrays[`gradient${k}`],
    velocity: arrays[`memory.${header.velocity}`],
  };
  const scales = ARROWS.map((arrow) =>
    arrow.name === "next step" ? 1 : roundScale(lengths(data, arrow, axis)),
  );
  const said = ARROWS.map(({ name }, n) =>
    name === "velocity" && !data.velocity ? "" : `${name} ×${significant(scales[n], 2)}`,
  );
  return {
    whose: header.lanes[k].label,
    scale: scales[0],
    said,
    at: (t) => ARROWS.map((arrow, n) => outline(axis, data.path, t, arrow.at(data, t), scales[n], size)),
  };
}

// The arrows' row in the key.
export function arrowKey({ whose, said }, stroke, scale) {
  const entries = said.flatMap((text, n) => {
    const { width, dash } = ARROWS[n];
    return text ? [{ text, line: { stroke, width: width * scale, dash: dashes(dash, scale) } }] : [];
  });
  return { name: "arrow-key", entries: [{ text: `${whose}:` }, ...entries] };
}

function lengths(data, arrow, axis) {
  const [wide, high] = [axis.x.high - axis.x.low, axis.y.high - axis.y.low];
  const found = Array.from({ length: data.path.shape[0] }, (_, t) => arrow.at(data, t))
    .filter(Boolean)
    .map(([x, y]) => Math.hypot(x / wide, y / high));
  return found.filter((v) => v > 0 && Number.isFinite(v)).sort((a, b) => a - b);
}

// 1, 2 or 5 times a power of ten that makes all but the few longest arrows fit the map well.
export function roundScale(sorted) {
  if (!sorted.length) return 1;
  const wanted = SHARE / sorted[Math.floor((sorted.length - 1) * 0.98)];
  const power = 10 ** Math.floor(Math.log10(wanted));
  return power * ([5, 2, 1].find((m) => m * power <= wanted) ?? 1);
}

function against(array, t) {
  if (!array || array.shape.length < 2) return null;
  return [-array.values[2 * t], -array.values[2 * t + 1]];
}

function step({ values, shape }, t) {
  if (t + 1 >= shape[0]) return null;
  return [values[2 * t + 2] - values[2 * t], values[2 * t + 3] - values[2 * t + 1]];
}

function outline(axis, { values }, t, vector, scale, size) {
  if (!vector) return "";
  const [x, y] = [values[2 * t], values[2 * t + 1]];
  const [ax, ay] = [near(axis.x.to(x)), near(axis.y.to(y))];
  const [bx, by] = [near(axis.x.to(x + vector[0] * scale)), near(axis.y.to(y + vector[1] * scale))];
  const length = Math.hypot(bx - ax, by - ay);
  if (!Number.isFinite(length) || length < 3 * size) return "";
  const [ux, uy] = [(bx - ax) / length, (by - ay) / length];
  const [back, out] = [8 * size, 4.5 * size];
  const barb = (side) =>
    `${(bx - back * ux + side * out * uy).toFixed(1)} ${(by - back * uy - side * out * ux).toFixed(1)}`;
  const tip = `${bx.toFixed(1)} ${by.toFixed(1)}`;
  return `M${ax.toFixed(1)} ${ay.toFixed(1)}L${tip}M${barb(1)}L${tip}L${barb(-1)}`;
}
