// What moves on the map: paths up to the clock, heads, labels, the start that can be dragged.

import { axes } from "../draw/axes.js";
import { draw } from "../dom/dom.js";
import { significant } from "../core/format.js";
import { dry, ink, inkTo } from "../draw/ink.js";
import { color } from "../core/theme.js";
import { head, MARKERS, trail, upTo } from "../draw/trail.js";

const REFRESH = 16;
let serial = 0;

export function overlay(panel) {
  const inked = ink(panel);
  const clip = `stage-clip-${serial++}`;
  const frame = draw("rect");
  const svg = draw(
    "svg",
    { class: "overlay", "aria-hidden": "true" },
    draw("defs", {}, draw("clipPath", { id: clip }, frame)),
  );
  const layers = {};
  for (const name of ["critical", "ghosts", "paths", "arrows", "heads"]) {
    layers[name] = svg.appendChild(draw("g", { class: name, "clip-path": `url(#${clip})` }));
  }
  layers.labels = svg.appendChild(draw("g", { class: "labels" }));
  panel.append(svg);
  return { svg, frame, layers, inked, lanes: [], axis: null };
}

// Lay everything out anew: after new data, a zoom, a resize or a change of theme.
export function layOut(over, plot, race, land, colors) {
  over.axis = axes(plot);
  over.colors = colors;
  const { x, y } = over.axis;
  const box = { x: x.offset, y: y.offset, width: x.length, height: y.length };
  for (const [name, value] of Object.entries(box)) over.frame.setAttribute(name, value);
  dry(over.inked);
  layOutLanes(over, race, colors);
  if (land) drawCritical(over, race.header.critical || land.header.critical);
}

function layOutLanes(over, race, colors) {
  const { paths, heads, labels } = over.layers;
  for (const layer of [paths, heads, labels]) layer.replaceChildren();
  over.lanes = race.header.lanes.map((lane, k) => {
    if (!lane.visible) return null;
    const paint = color(lane, colors);
    const halo = paths.appendChild(draw("path", { class: "halo", stroke: colors.halo }));
    const line = paths.appendChild(
      draw("path", {
        class: "line",
        stroke: paint,
        "stroke-dasharray": dashes(lane.dash),
        "data-lane": lane.slot,
      }),
    );
    const marker = heads.appendChild(
      draw("path", {
        d: MARKERS[lane.marker],
        class: "head",
        fill: paint,
        stroke: colors.halo,
        "data-lane": lane.slot,
      }),
    );
    const label = labels.appendChild(
      draw("text", { class: "label", fill: paint, stroke: colors.halo, "data-lane": lane.slot }),
    );
    return { lane, paint, halo, line, marker, label, trail: trail(race.arrays[`x${k}`], over.axis) };
  });
}

export const dashes = (dash) => (dash === "solid" ? "none" : dash.replaceAll("px", ""));

// Show step t: of a clock that runs as ink, of one that stands as SVG.
export function showStep(over, t, running = false) {
  if (running) inkTo(over.inked, over, t);
  else dry(over.inked);
  over.layers.paths.style.visibility = running ? "hidden" : "";
  const placed = headsAt(over, t);
  for (const drawn of over.lanes) {
    if (!drawn || !drawn.trail.points.length) continue;
    if (!running || t % REFRESH === 0) showPath(drawn, t);
    const [px, py] = head(drawn.trail, t);
    const gone = drawn.lane.diverged >= 0 && t >= drawn.lane.diverged;
    drawn.marker.setAttribute("d", gone ? BROKEN : MARKERS[drawn.lane.marker]);
    drawn.marker.setAttribute(
      "transform",
      `translate(${px.toFixed(1)} ${py.toFixed(1)}) scale(${over.scale || 1})`,
    );
    drawn.marker.classList.toggle("gone", gone);
    placeLabel(over, drawn, px, py, gone, placed);
  }
}

function showPath({ halo, line, trail }, t) {
  const text = upTo(trail, t);
  halo.setAttribute("d", text);
  line.setAttribute("d", text);
}

// Labels keep clear of every head.
export function headsAt(over, t) {
  const heads = over.lanes.filter((drawn) => drawn?.trail.points.length).map((drawn) => head(drawn.trail, t));
  return heads.map(([px, py]) => ({ left: px - 8, right: px + 8, top: py + 5 }));
}

export const BROKEN = "M-6-6L6 6M6-6L-6 6";

// Labels stay inside the frame, beside their head, and step aside for one another.
export function placeLabel(over, { lane, label }, px, py, gone, placed) {
  const { x, y } = over.axis;
  const text = gone ? `${lane.label} DIVERGED at ${lane.diverged}` : lane.label;
  if (label.textContent !== text) label.textContent = text;
  const size = over.labelSize || 13;
  const width = text.length * size * 0.56;
  const left = Math.min(Math.max(px + 11, x.offset + 4), x.offset + x.length - width - 4);
  let top = Math.min(Math.max(py - 7, y.offset + size), y.offset + y.length - 6);
  const clashes = () =>
    placed.find((p) => Math.abs(p.top - top) < size * 1.15 && left < p.right && left + width > p.left);
  for (let tries = 0, other = clashes(); other && tries < 8; tries++, other = clashes()) {
    top = other.top + size * 1.2;
  }
  placed.push({ left, right: left + width, top });
  label.setAttribute("x", left.toFixed(1));
  label.setAttribute("y", top.toFixed(1));
}

// Minima are stars, saddles crosses, maxima triangles; each says what it is to whoever asks.
function drawCritical(over, points) {
  const layer = over.layers.critical;
  layer.replaceChildren();
  for (const { x, y, kind, value } of points) {
    const place = `translate(${over.axis.x.to(x).toFixed(1)} ${over.axis.y.to(y).toFixed(1)}) scale(${over.scale || 1})`;
    const mark = draw("path", {
      d: CRITICAL[kind],
      class: `critical-mark ${kind.replace(" ", "-")}`,
      transform: place,
      stroke: over.colors.text,
      fill: kind === "global minimum" ? over.colors.text : "none",
    });
    mark.append(draw("title", {}, `${kind} ${value}`));
    layer.append(mark);
  }
}

export const CRITICAL = {
  "global minimum": MARKERS.star,
  "local minimum": MARKERS.star,
  saddle: "M-5-5L5 5M5-5L-5 5",
  maximum: MARKERS["triangle-up"],
};

export function describe(race, t) {
  return race.header.lanes
    .filter((lane) => lane.visible)
    .map((lane) => {
      const k = race.header.lanes.indexOf(lane);
      if (lane.diverged >= 0 && t >= lane.diverged) return `${lane.label}: diverged at step ${lane.diverged}`;
      return `${lane.label}: loss ${significant(race.arrays[`loss${k}`].values[t], 4)}`;
    })
    .join("; ");
}
