// Each mark as it looks on the map or above the clock, for the key.

import { draw } from "../dom/dom.js";
import { ARROW } from "../draw/scene/beyond.js";
import { BROKEN_HEAD, CROSS, MARKERS } from "../draw/scene/shapes.js";

/** @param {string} d @param {object} more */
const path = (d, more) => draw("path", { d, ...more });
const outline = { fill: "none", stroke: "currentColor", "stroke-width": 1.8 };

/** @type {Record<string, () => SVGElement[]>} */
const PICTURES = {
  ring: () => [draw("circle", { r: 7, ...outline, "stroke-width": 2.5 })],
  head: () =>
    ["circle", "square", "diamond"].map((name, k) =>
      path(MARKERS[name], { class: `lane-${k}`, transform: `translate(${13 * (k - 1)} 0) scale(.8)` }),
    ),
  road: () => [path("M-18 4C-8-10 6 10 18-4", { ...outline, "stroke-width": 2.5, opacity: 0.3 })],
  minimum: () => [path(MARKERS.star, { fill: "currentColor" })],
  local: () => [path(MARKERS.star, outline)],
  saddle: () => [path(CROSS, outline)],
  maximum: () => [path(MARKERS["triangle-up"], outline)],
  beyond: () => [path(ARROW, { fill: "currentColor" })],
  broken: () => [
    path("M-18 0H-6", { ...outline, "stroke-width": 2.5 }),
    path(BROKEN_HEAD.d, { class: "gone" }),
  ],
  held: () => [path("M-18 4C-8-10 6 10 18-4", { ...outline, "stroke-dasharray": "1 3" })],
  ticks: () => [path("M-14-6v6M-10-6v6M-4-6v6M-1-6v6M8-6v6M-18 4H18", { ...outline, opacity: 0.6 })],
};

/** @param {string} name */
export const picture = (name) =>
  draw(
    "svg",
    { viewBox: "-22 -11 44 22", class: "mark-picture", "aria-hidden": "true" },
    ...PICTURES[name](),
  );
