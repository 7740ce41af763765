// The panels of curves that share the clock: loss, effective rate, gradient and memory.

import { axes, near } from "../draw/axes.js";
import { draw, make } from "../dom/dom.js";
import { ending, placed } from "../draw/end-names.js";
import { CONFIG, curveLayout, curveTraces, spread } from "../draw/figures.js";
import { coordinate } from "../core/packet.js";
import { color } from "../core/theme.js";

const DASHES = ["solid", "5px,4px"];
const SIDES = ["x", "y"];

// What each panel shows: its curves from a race, and whether its axis may be logarithmic.
export const PANELS = {
  loss: { title: lossTitle, curves: losses, logarithmic: (race, log) => log && known(race) },
  rate: {
    title: () => "Effective rate: step ÷ −gradient",
    curves: rates,
    logarithmic: () => true,
    aside: 0.03,
  },
  gradient: {
    title: (race) => `Gradient of ${chosen(race).label}`,
    curves: gradients,
    logarithmic: () => false,
  },
  memory: { title: memoryTitle, curves: memories, logarithmic: () => false },
};

const chosen = (race) => race.header.lanes[race.header.chosen];
const known = (race) => race.header.lowest !== null;

function lossTitle(race, log) {
  return log && known(race) ? "Loss above the minimum" : "Loss";
}

function memoryTitle(race, log, view) {
  const name = remembered(race, view);
  return name
    ? `Memory of ${chosen(race).label}: ${race.header.memory[name]}`
    : `${chosen(race).label} remembers nothing`;
}

function losses(race, log, { held }) {
  const name = log && known(race) ? "gap" : "loss";
  const ghosts = (held?.lanes || []).filter((lane) => lane[name]);
  return [
    ...ghosts.map((lane) => ({ lane, label: `${lane.label}, held`, values: lane[name], quiet: true })),
    ...race.header.lanes.map((lane, k) => ({
      lane,
      label: lane.label,
      values: race.arrays[`${name}${k}`].values,
    })),
  ];
}

function rates(race) {
  return race.header.lanes.flatMap((lane, k) =>
    SIDES.map((side, s) => {
      const values = coordinate(race.arrays[`rate${k}`], s);
      const quiet = k !== race.header.chosen;
      return { lane, side, label: `${lane.label}, ${side}`, dash: DASHES[s], values, first: 1, quiet };
    }),
  );
}

function gradients(race) {
  const [lane, k] = [chosen(race), race.header.chosen];
  return SIDES.map((side, s) => {
    const values = coordinate(race.arrays[`gradient${k}`], s);
    return { lane, side, label: `g, ${side}`, dash: DASHES[s], values };
  });
}

// One memory array at a time: momentum and squares differ too much in size to share an axis.
function memories(race, log, view) {
  const lane = chosen(race);
  const array = race.arrays[`memory.${remembered(race, view)}`];
  if (!array) return [];
  const sides = array.shape.length > 1 ? [0, 1] : [0];
  return sides.map((s) => ({
    lane,
    side: sides.length > 1 ? SIDES[s] : "",
    label: SIDES[s],
    dash: DASHES[s],
    values: coordinate(array, s),
  }));
}

// The memory array shown: the one picked, if this rule has it, or the first.
export function remembered(race, view) {
  const names = Object.keys(race.header.memory);
  return names.includes(view.picked) ? view.picked : names[0];
}

export function curvePanel(panel, name) {
  const plot = panel.appendChild(make("div", { class: "plot" }));
  const line = draw("line", { class: "cursor" });
  const moving = draw("svg", { class: "moving-curves" });
  const svg = draw("svg", { class: "overlay", "aria-hidden": "true" }, moving, line);
  panel.append(svg);
  return { panel, name, plot, svg, moving, line, dots: [], size: 12 };
}

export async function drawCurves(view, race, colors, log, t) {
  if (!view.panel.clientWidth) return;
  const kind = PANELS[view.name];
  const logarithmic = kind.logarithmic(race, log);
  const curves = panelCurves(view.name, race, log, view);
  Object.assign(view, { curves, colors, stale: false });
  const layout = curveLayout(
    race.header.steps,
    spread(curves, logarithmic, kind.aside),
    logarithmic,
    colors,
    view.size,
  );
  layout.width = Math.max(view.panel.clientWidth, 80);
  layout.height = Math.max(view.panel.clientHeight, 60);
  await Plotly.react(view.plot, curveTraces(curves, colors, Infinity, view.size / 12), layout, CONFIG);
  view.axis = axes(view.plot);
  view.moving.replaceChildren();
  view.panel.classList.remove("follows", "stale");
  layOutDots(view);
  layOutNames(view);
  showCursor(view, t);
}

// What a panel shows: its own curves and those that others add; `view` says what is held, what is
// picked and who adds. Where a band shows many runs, the single ones step back.
export function panelCurves(name, race, log, view) {
  const kind = PANELS[name];
  const own = kind.curves(race, log, view);
  const logarithmic = kind.logarithmic(race, log);
  const added = (view.extras || []).flatMap((extra) => extra(name, race, logarithmic));
  if (!added.some(({ low }) => low)) return [...own, ...added];
  const stepBack = (curve) => ({
    ...curve,
    quiet: true,
    width: 1.2,
    aside: 0.03,
    opacity: curve.lane === chosen(race) ? 0.5 : 0.2,
  });
  return [...own.map((curve) => (curve.quiet ? curve : stepBack(curve))), ...added];
}

function layOutNames(view) {
  view.names?.forEach((element) => element.remove());
  const { x, y } = view.axis;
  const told = view.curves.filter((curve) => curve.told && curve.lane.visible);
  const named = told.map((curve) => ({ ...curve, y: ending(curve, y), chosen: curve.leads }));
  const room = { top: y.offset, bottom: y.offset + y.length, size: view.size };
  view.names = placed(named, room).map((name) => {
    const place = { x: x.offset + x.length - 4, y: name.at, "font-size": view.size };
    const ink = { fill: color(name.lane, view.colors), stroke: view.colors.halo };
    return view.svg.appendChild(draw("text", { class: "end-name", ...place, ...ink }, name.told));
  });
}

// The curves of another race on the axes that stand, without Plotly: quick enough for every frame.
export function followCurves(view, race, log, t) {
  if (!view.axis) return;
  const { x, y } = view.axis;
  const box = { x: x.offset, y: y.offset, width: x.length, height: y.length };
  for (const [name, value] of Object.entries({ ...box, viewBox: Object.values(box).join(" ") })) {
    view.moving.setAttribute(name, value);
  }
  const curves = PANELS[view.name].curves(race, log, view).filter(({ lane }) => lane.visible);
  view.moving.replaceChildren(...curves.map((curve) => moved(curve, view)));
  view.panel.classList.add("follows");
  view.dots.forEach((dot, k) => (dot.curve = curves[k] || dot.curve));
  showCursor(view, t);
}

function moved({ values, lane, dash, quiet, first = 0 }, { axis, colors, size }) {
  const broken = dash || lane.dash;
  return draw("path", {
    d: outline(values, axis, first),
    stroke: color(lane, colors),
    "stroke-width": ((quiet ? 1.2 : 2) * size) / 12,
    "stroke-dasharray": broken === "solid" ? "none" : broken.replaceAll("px", ""),
    opacity: quiet ? 0.55 : 1,
  });
}

// A curve as SVG text; what has no place on the axis (NaN, or 0 on a logarithmic one) breaks it.
export function outline(values, { x, y }, first = 0) {
  let [text, broken] = ["", true];
  for (let t = 0; t < values.length; t++) {
    const py = y.to(values[t]);
    const placed = Number.isFinite(py);
    if (placed) text += `${broken ? "M" : "L"}${x.to(t + first).toFixed(1)} ${near(py).toFixed(1)}`;
    broken = !placed;
  }
  return text;
}

function layOutDots(view) {
  view.dots.forEach(({ dot, name }) => [dot, name].forEach((element) => element.remove()));
  view.dots = view.curves
    .filter(({ lane, still }) => lane.visible && !still)
    .map((curve) => {
      const dot = draw("circle", { r: 3.5, fill: color(curve.lane, view.colors), stroke: view.colors.halo });
      const name = draw("text", {
        class: "side-name",
        fill: color(curve.lane, view.colors),
        stroke: view.colors.halo,
      });
      if (curve.side && !curve.quiet) name.textContent = curve.side;
      view.svg.append(dot, name);
      return { curve, dot, name };
    });
}

export function showCursor(view, t) {
  if (!view.axis) return;
  const { x, y } = view.axis;
  const px = x.to(t);
  for (const [name, value] of [
    ["x1", px],
    ["x2", px],
    ["y1", y.offset],
    ["y2", y.offset + y.length],
  ]) {
    view.line.setAttribute(name, value);
  }
  for (const { curve, dot, name } of view.dots) {
    const py = y.to(curve.values[t - (curve.first || 0)]);
    const shown = py >= y.offset - 4 && py <= y.offset + y.length + 4;
    const place = shown ? `translate(${px} ${py})` : "translate(-99 -99)";
    dot.setAttribute("transform", place);
    name.setAttribute("transform", `${place} translate(${px > x.offset + x.length - 20 ? -14 : 7} -5)`);
  }
}

// The step under the pointer, or null outside the axes.
export function stepAt(view, event) {
  if (!view.axis) return null;
  const box = view.plot.getBoundingClientRect();
  const { x } = view.axis;
  const px = event.clientX - box.left;
  return px < x.offset - 6 || px > x.offset + x.length + 6 ? null : Math.round(x.from(px));
}
