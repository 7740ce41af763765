// The fan: the paths of all stops of the scrubbed setting at once, colored by value.

import { near } from "../draw/axes.js";
import { make } from "../dom/dom.js";
import { significant } from "../core/format.js";
import { SEQUENTIAL } from "../draw/heat.js";
import { travelled } from "../draw/ink.js";

const WIDTH = 1.3;
const [CLEAR, FAINTEST] = [0.65, 0.1];

export function fanView(stage) {
  const canvas = make("canvas", { class: "fan", "aria-hidden": "true" });
  const key = make("div", { class: "fan-key", hidden: true });
  stage.map.plot.after(canvas);
  stage.map.panel.append(key);
  const state = { stage, canvas, key, drawn: "" };
  return { lay: (wanted) => lay(state, wanted) };
}

// Draw a fan, or none; called whenever the map is laid out, it draws only what is another picture.
function lay(state, wanted) {
  const { stage, canvas, key } = state;
  const { axis } = stage.map.over;
  const k = wanted && laneOf(wanted.fan, stage.race.header.chosen);
  const shown = wanted && axis && stage.race.header.lanes[k].visible;
  const told = shown ? signature(stage, wanted.fan, axis, k) : "";
  if (told === state.drawn) return;
  state.drawn = told;
  key.hidden = !told;
  canvas.width = 0;
  stage.fanned = told ? { ...wanted, k } : null;
  if (!told) return;
  draw(canvas, wanted.fan.header, strands(wanted.fan, k, axis), axis, stage);
  legend(key, wanted, k, stage);
}

function signature({ map, colors, race }, fan, { x, y }, k) {
  const place = [x, y].flatMap(({ low, high, offset, length }) => [low, high, offset, length]);
  const name = race.header.lanes[k].label;
  const { clientWidth, clientHeight } = map.panel;
  return [
    fan.identity,
    fan.asked,
    fan.header.stops,
    k,
    name,
    place,
    colors.dark,
    map.size,
    clientWidth,
    clientHeight,
  ].join();
}

// The lane that the setting belongs to; the chosen one, where it belongs to all.
export function laneOf({ header }, chosen) {
  const moved = header.lanes.map(({ k }) => k);
  return moved.includes(chosen) ? chosen : moved[0];
}

// Each stop's path in pixels, and whether it diverges; it ends where it first leaves the map far behind.
export function strands({ header, arrays }, k, { x, y }) {
  const { values, shape } = arrays[`x${k}`];
  const { outcomes } = header.lanes.find((lane) => lane.k === k);
  const far = (px, { offset, length }) => px < offset - length || px > offset + 2 * length;
  return outcomes.map(({ diverged }, j) => {
    const points = [];
    for (let t = 0; t < shape[1]; t++) {
      const at = 2 * (j * shape[1] + t);
      const [px, py] = [near(x.to(values[at])), near(y.to(values[at + 1]))];
      if (!Number.isFinite(px) || !Number.isFinite(py)) break;
      points.push([px, py]);
      if (far(px, x) || far(py, y)) break;
    }
    return { points, diverges: diverged >= 0 };
  });
}

function draw(canvas, { stops }, paths, { x, y }, { map, colors }) {
  const ratio = globalThis.devicePixelRatio || 1;
  const { clientWidth, clientHeight } = map.panel;
  Object.assign(canvas, { width: clientWidth * ratio, height: clientHeight * ratio });
  Object.assign(canvas.style, { width: `${clientWidth}px`, height: `${clientHeight}px` });
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  context.beginPath();
  context.rect(x.offset, y.offset, x.length, y.length);
  context.clip();
  context.lineJoin = "round";
  paths.forEach(({ points, diverges }, j) => {
    context.strokeStyle = shade(stops.length > 1 ? j / (stops.length - 1) : 0, colors.dark);
    context.lineWidth = (WIDTH * map.size) / 12;
    context.globalAlpha = (diverges ? 0.5 : 1) * opacity(points, Math.hypot(x.length, y.length));
    context.setLineDash(diverges ? [2, 5] : []);
    context.beginPath();
    points.forEach(([px, py], n) => (n ? context.lineTo(px, py) : context.moveTo(px, py)));
    context.stroke();
  });
}

// A path that wanders back and forth is fainter, so that it does not cover the others.
export function opacity(points, diagonal) {
  const length = travelled(points).at(-1) || 0;
  return Math.min(CLEAR, Math.max(FAINTEST, (CLEAR * diagonal) / length));
}

// A color for a share of the way through the stops: the part of the scale that stands out here.
export function shade(share, dark) {
  const [from, to] = dark ? [0.72, 0] : [0.28, 1];
  return between(from + (to - from) * share);
}

function between(place) {
  const above = Math.max(
    SEQUENTIAL.findIndex(([at]) => at >= place),
    1,
  );
  const [[low, first], [high, second]] = [SEQUENTIAL[above - 1], SEQUENTIAL[above]];
  const part = (place - low) / (high - low);
  const mix = (n) => {
    const [a, b] = [first, second].map((hex) => parseInt(hex.slice(n, n + 2), 16));
    return Math.round(a + (b - a) * part)
      .toString(16)
      .padStart(2, "0");
  };
  return `#${mix(1)}${mix(3)}${mix(5)}`;
}

function legend(key, { fan, handle }, k, { race, colors }) {
  const { values, lanes } = fan.header;
  const shades = Array.from({ length: 9 }, (_, n) => shade(n / 8, colors.dark));
  const bar = make("span", { class: "fan-bar", style: `background:linear-gradient(90deg,${shades})` });
  const gone = lanes.find((lane) => lane.k === k).outcomes.filter(({ diverged }) => diverged >= 0).length;
  key.replaceChildren(
    make("span", {}, `${race.header.lanes[k].label}, ${handle.label}`),
    make("span", { class: "fan-ends" }, significant(values[0], 3), bar, significant(values.at(-1), 3)),
    ...(gone ? [make("span", { class: "fan-gone" }, `${gone} of ${values.length} diverge, dotted`)] : []),
  );
}
