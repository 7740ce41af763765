// Lines that grow while the clock runs: each frame inks only the newest stretch, however long they
// have become. A clock that stands shows them as elements, which can be read and zoomed.

import { make } from "../../dom/dom.js";
import { travelled } from "../trail.js";
import { clipTo, cover } from "./canvas.js";

// Halos lie on a canvas of their own, below: else each new stretch of one would cover other lines.
export function ink(panel) {
  const canvas = (name) => panel.appendChild(make("canvas", { class: `ink ${name}`, "aria-hidden": "true" }));
  const [halo, line] = [canvas("under"), canvas("upper")].map((layer) => layer.getContext("2d"));
  return { halo, line, at: null };
}

// Ink the lines among these items that grow; from the beginning if there is nothing yet, or the
// clock went back.
export function inkTo(inked, items, t) {
  const growing = items.filter(({ trail }) => trail);
  if (inked.at === null || t < inked.at) wet(inked, growing[0]?.clip);
  for (const { trail, name, stroke, width, dash = [] } of growing) {
    const { points, first = 0 } = trail;
    const [from, to] = [inked.at ?? 0, t].map((step) =>
      Math.min(Math.max(step - first, 0), points.length - 1),
    );
    if (to <= from) continue;
    const lengths = (trail.lengths ??= travelled(points));
    const context = name === "halo" ? inked.halo : inked.line;
    stretch(context, points, from, to, { stroke, width, dash, travelled: lengths[from] });
  }
  inked.at = t;
}

// Take all ink away.
export function dry(inked) {
  if (inked.at === null) return;
  inked.at = null;
  for (const { canvas } of [inked.halo, inked.line]) canvas.width = 0;
}

function wet(inked, box) {
  inked.at = null;
  for (const { canvas } of [inked.halo, inked.line]) {
    const context = cover(canvas);
    if (box) clipTo(context, box);
    context.lineJoin = "round";
  }
}

function stretch(context, points, from, to, { stroke, width, dash, travelled }) {
  context.beginPath();
  for (let k = from; k <= to; k++) {
    if (!points[k]) continue;
    if (k === from || !points[k - 1]) context.moveTo(...points[k]);
    else context.lineTo(...points[k]);
  }
  context.strokeStyle = stroke;
  context.lineWidth = width;
  context.lineCap = dash.length ? "butt" : "round";
  context.setLineDash(dash);
  context.lineDashOffset = travelled;
  context.stroke();
}
