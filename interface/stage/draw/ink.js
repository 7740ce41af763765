// Paths that grow while the clock runs: each frame inks only the newest stretch, however long the
// paths have become. A clock that stands shows them as SVG, which can be read and zoomed.

import { make } from "../dom/dom.js";

const WIDTHS = { halo: 5.5, line: 2.6 };

export function ink(panel) {
  const canvas = (name) => panel.appendChild(make("canvas", { class: `ink ${name}`, "aria-hidden": "true" }));
  const [halo, line] = [canvas("halo"), canvas("line")].map((layer) => layer.getContext("2d"));
  return { halo, line, at: null };
}

// Ink the lanes up to step t; from the beginning if there is nothing yet, or the clock went back.
export function inkTo(inked, { lanes, axis, colors, scale = 1 }, t) {
  if (inked.at === null || t < inked.at) wet(inked, axis);
  for (const drawn of lanes.filter(Boolean)) {
    const { points } = drawn.trail;
    const [from, to] = [inked.at ?? 0, t].map((step) => Math.min(step, points.length - 1));
    if (to <= from) continue;
    const lengths = (drawn.lengths ??= travelled(points));
    stretch(inked.halo, points, from, to, { color: colors.halo, width: WIDTHS.halo * scale, dash: [] });
    const style = { color: drawn.paint, width: WIDTHS.line * scale, dash: dashOf(drawn.lane) };
    stretch(inked.line, points, from, to, style, lengths[from]);
  }
  inked.at = t;
}

// Take all ink away.
export function dry(inked) {
  if (inked.at === null) return;
  inked.at = null;
  for (const { canvas } of [inked.halo, inked.line]) canvas.width = 0;
}

function wet(inked, { x, y }) {
  inked.at = null;
  const ratio = globalThis.devicePixelRatio || 1;
  for (const context of [inked.halo, inked.line]) {
    const { canvas } = context;
    const { clientWidth, clientHeight } = canvas.parentElement;
    Object.assign(canvas, { width: clientWidth * ratio, height: clientHeight * ratio });
    Object.assign(canvas.style, { width: `${clientWidth}px`, height: `${clientHeight}px` });
    context.scale(ratio, ratio);
    context.beginPath();
    context.rect(x.offset, y.offset, x.length, y.length);
    context.clip();
    context.lineJoin = "round";
  }
}

function stretch(context, points, from, to, { color, width, dash }, travelled = 0) {
  context.beginPath();
  context.moveTo(...points[from]);
  for (let k = from + 1; k <= to; k++) context.lineTo(...points[k]);
  context.strokeStyle = color;
  context.lineWidth = width;
  context.lineCap = dash.length ? "butt" : "round";
  context.setLineDash(dash);
  context.lineDashOffset = travelled;
  context.stroke();
}

const dashOf = ({ dash }) => (dash === "solid" ? [] : dash.split(",").map(parseFloat));

// How far along the path each point lies, so that dashes go on where the last stretch ended.
export function travelled(points) {
  const lengths = new Float64Array(points.length);
  for (let k = 1; k < points.length; k++) {
    const [[ax, ay], [bx, by]] = [points[k - 1], points[k]];
    lengths[k] = lengths[k - 1] + Math.hypot(bx - ax, by - ay);
  }
  return lengths;
}
