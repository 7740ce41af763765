// The panels of curves that share the clock: loss, effective rate, gradient and memory.

import { axesIn } from "../draw/axes.js";
import { spread } from "../draw/figures.js";
import { paint, sheet } from "../draw/paint/dom.js";
import { clean, glass, onGlass } from "../draw/paint/glass.js";
import { ruler } from "../draw/ruler.js";
import { curveScene } from "../draw/scene/curves.js";
import { draw, make } from "../dom/dom.js";
import { coordinate } from "../core/packet.js";

const SIDES = ["x", "y"];

// A line's style is its lane's in every panel; of its two coordinates x is broad and y slim.
const WIDTHS = [2.1, 1];
const ASIDE = [1.3, 0.7];

// What each panel shows: its curves from a race, and whether its axis may be logarithmic.
export const PANELS = {
  loss: { title: lossTitle, curves: losses, logarithmic: (race, log) => log && known(race), limits },
  rate: {
    title: () => "Effective rate of each weight",
    curves: (race) => sided(race, (k) => race.arrays[`rate${k}`]),
    logarithmic: () => true,
    aside: 0.03,
  },
  gradient: {
    title: (race) => `Gradient of ${chosen(race).label}`,
    curves: gradients,
    logarithmic: () => false,
  },
  memory: { title: memoryTitle, curves: memories, logarithmic: () => false },
  length: { title: () => "Step length", curves: lengths, logarithmic: () => true },
  quotient: {
    title: () => "Step ÷ −gradient",
    curves: (race) => sided(race, (k) => quotient(race.arrays[`x${k}`], race.arrays[`gradient${k}`])),
    logarithmic: () => true,
    aside: 0.03,
  },
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

// Losses that the window can hold: what runs away must not press all others flat.
function limits({ header, arrays }, logarithmic) {
  if (!header.surface.heights) return [-Infinity, Infinity];
  const starts = header.lanes.map((_, k) => arrays[`loss${k}`].values[0]).filter(Number.isFinite);
  const [low, high] = header.surface.heights;
  const top = Math.max(high, ...starts);
  return logarithmic ? [-Infinity, Math.log10(top - header.lowest) + 1] : [Math.min(low, ...starts), top];
}

function sided(race, array) {
  return race.header.lanes.flatMap((lane, k) =>
    SIDES.map((side, s) => {
      const quiet = k !== race.header.chosen;
      const width = (quiet ? ASIDE : WIDTHS)[s];
      const values = coordinate(array(k), s);
      return { lane, side, label: `${lane.label}, ${side}`, width, values, first: 1, quiet };
    }),
  );
}

// The step taken divided by the negative gradient; NaN where that is no number.
export function quotient(x, gradient) {
  const values = Float64Array.from({ length: x.values.length - 2 }, (_, n) => {
    const rate = -(x.values[n + 2] - x.values[n]) / gradient.values[n];
    return Number.isFinite(rate) ? rate : NaN;
  });
  return { values, shape: [values.length / 2, 2] };
}

function lengths(race) {
  return race.header.lanes.map((lane, k) => {
    const { values: x } = race.arrays[`x${k}`];
    const moved = (_, t) => Math.hypot(x[2 * t + 2] - x[2 * t], x[2 * t + 3] - x[2 * t + 1]);
    const values = Float64Array.from({ length: x.length / 2 - 1 }, moved);
    return { lane, label: lane.label, values, first: 1 };
  });
}

function gradients(race) {
  const [lane, k] = [chosen(race), race.header.chosen];
  return SIDES.map((side, s) => {
    const values = coordinate(race.arrays[`gradient${k}`], s);
    return { lane, side, label: `g, ${side}`, width: WIDTHS[s], values };
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
    width: WIDTHS[s],
    values: coordinate(array, s),
  }));
}

// The memory array shown: the one picked, if this rule has it, or the first.
export function remembered(race, view) {
  const names = Object.keys(race.header.memory);
  return names.includes(view.picked) ? view.picked : names[0];
}

export function curvePanel(panel, name) {
  const layer = () => panel.appendChild(draw("svg", { class: "overlay", "aria-hidden": "true" }));
  const still = sheet(layer(), `${name}-still`);
  const past = panel.appendChild(make("div", { class: "past" }));
  const grown = sheet(
    past.appendChild(draw("svg", { class: "overlay", "aria-hidden": "true" })),
    `${name}-grown`,
  );
  const live = glass(panel);
  const moving = sheet(layer(), `${name}-moving`);
  return { panel, name, still, past, grown, live, moving, axis: null, scene: null, type: 13 };
}

// Draw a race's curves on axes that fit them.
export function drawCurves(view, race, colors, log, t) {
  const { clientWidth: width, clientHeight: height } = view.panel;
  if (!width) return;
  view.width = width;
  const kind = PANELS[view.name];
  const logarithmic = kind.logarithmic(race, log);
  const curves = panelCurves(view.name, race, log, view);
  const range = rangeOf(view.name, race, curves, logarithmic);
  view.steps = race.header.steps;
  view.axis = axesIn(room(width, height, view.type), [[0, Math.max(view.steps, 1)], range], logarithmic);
  view.panel.classList.remove("follows");
  view.scene = null;
  lay(view, curves, colors, t);
}

// A panel's range: that of its curves, inside what it can show of them.
export function rangeOf(name, race, curves, logarithmic) {
  const kind = PANELS[name];
  const [low, high] = spread(curves, logarithmic, kind.aside);
  const [least, most] = kind.limits?.(race, logarithmic) || [-Infinity, Infinity];
  const pad = Number.isFinite(least) ? 0.06 * (most - least) : 0;
  const inside = [Math.max(low, least - pad), Math.min(high, most + pad)];
  return inside[1] > inside[0] ? inside : [low, high];
}

// What is left of a panel for its curves, beside the axes' numbers.
function room(width, height, type) {
  const [left, top, right, bottom] = [4 * type, 0.55 * type, 0.9 * type, 1.75 * type];
  const size = { width: Math.max(width - left - right, 20), height: Math.max(height - top - bottom, 20) };
  return { x: left, y: top, ...size };
}

function lay(view, curves, colors, t) {
  if (view.font !== colors.font) Object.assign(view, { font: colors.font, measure: ruler(colors.font) });
  const look = { colors, type: view.type, measure: view.measure };
  view.scene = curveScene(curves, view.axis, look, view.scene?.frame);
  layStill(view, t);
  paint(view.grown, grown(view));
  showCursor(view, t);
}

// What stands under the clock; curves that have come to their end have nothing ahead.
function layStill(view, t) {
  view.ended = t >= view.steps;
  const { still } = view.scene;
  paint(view.still, view.ended ? still.filter(({ name }) => name !== "curve-ahead") : still);
}

const grown = ({ scene }) => scene.step(Infinity).filter(({ trail }) => trail);

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

// The curves of another race on the axes that stand: quick enough for every frame.
export function followCurves(view, race, colors, log, t) {
  if (!view.axis) return;
  view.panel.classList.add("follows");
  lay(view, PANELS[view.name].curves(race, log, view), colors, t);
}

// Show step t: on a canvas while the clock runs, as elements while it stands. Lines that grow are drawn
// once either way; the step uncovers them.
export function showCursor(view, t, running = false) {
  if (!view.scene) return;
  const px = view.axis.x.to(t) + 0.5;
  if (view.ended !== t >= view.steps) layStill(view, t);
  const items = view.scene.step(t).filter(({ trail }) => !trail);
  for (const part of [view.past, view.moving.svg]) part.classList.toggle("running", running);
  if (running) return onGlass(view.live, items, view.font, { lines: () => grown(view), px });
  clean(view.live);
  uncover(view, px);
  return paint(view.moving, items);
}

// What lies right of a place is pushed out of sight: moved layers are neither laid out nor painted.
function uncover({ past, grown, width }, px) {
  const hidden = width - px;
  past.style.transform = `translateX(${-hidden}px)`;
  grown.svg.style.transform = `translateX(${hidden}px)`;
}

// The step under the pointer, or null outside the axes.
export function stepAt(view, event) {
  if (!view.axis) return null;
  const box = view.panel.getBoundingClientRect();
  const { x } = view.axis;
  const px = event.clientX - box.left;
  return px < x.offset - 6 || px > x.offset + x.length + 6 ? null : Math.round(x.from(px));
}
