// Lines that grow while the clock runs: each frame inks only the newest stretch, however long they
// have become. A clock that stands shows them as elements, which can be read and zoomed.

import { drawingOn, make } from "../../dom/dom.js";
import { travelled } from "../trail.js";
import { clipTo, cover } from "./canvas.js";

/** @import { Box, Item, LineLook, Pixel } from "../shapes.d.ts" */
/** @typedef {CanvasRenderingContext2D} Context */
/** @typedef {{ halo: Context, line: Context, at: number | null }} Ink */

// Halos lie on a canvas of their own, below: else each new stretch of one would cover other lines.
/** @param {HTMLElement} panel @returns {Ink} */
export function ink(panel) {
  /** @param {string} name */
  const canvas = (name) => panel.appendChild(make("canvas", { class: `ink ${name}`, "aria-hidden": "true" }));
  const [halo, line] = [canvas("under"), canvas("upper")].map((layer) => drawingOn(layer));
  return { halo, line, at: null };
}

// Ink the lines among these items that grow; from the beginning if there is nothing yet, or the
// clock went back.
/** @param {Ink} inked @param {Item[]} items @param {number} t */
export function inkTo(inked, items, t) {
  const growing = items.filter((item) => item.kind === "stroke").filter(({ trail }) => trail);
  if (inked.at === null || t < inked.at) wet(inked, growing[0]?.clip);
  for (const { trail, name, stroke, width, dash = [] } of growing) {
    if (!trail) continue;
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
/** @param {Ink} inked */
export function dry(inked) {
  if (inked.at === null) return;
  inked.at = null;
  for (const { canvas } of [inked.halo, inked.line]) canvas.width = 0;
}

/** @param {Ink} inked @param {Box | undefined} box */
function wet(inked, box) {
  inked.at = null;
  for (const { canvas } of [inked.halo, inked.line]) {
    const context = cover(canvas);
    if (box) clipTo(context, box);
    context.lineJoin = "round";
  }
}

/**
 * @param {Context} context
 * @param {(Pixel | null)[]} points
 * @param {number} from
 * @param {number} to
 * @param {LineLook & { dash: number[], travelled: number }} look
 */
function stretch(context, points, from, to, { stroke, width, dash, travelled }) {
  context.beginPath();
  for (let k = from; k <= to; k++) {
    const at = points[k];
    if (!at) continue;
    if (k === from || !points[k - 1]) context.moveTo(at[0], at[1]);
    else context.lineTo(at[0], at[1]);
  }
  context.strokeStyle = stroke;
  context.lineWidth = width;
  context.lineCap = dash.length ? "butt" : "round";
  context.setLineDash(dash);
  context.lineDashOffset = travelled;
  context.stroke();
}
