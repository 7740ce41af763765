// The key beside a sweep map: what its greys, strokes, lines and marks mean.

import { draw, make } from "../../dom/dom.js";
import { explain } from "../../dom/explain.js";
import { counts, drawn, stepLevels } from "./cells.js";
import { shortLabel } from "./figure.js";
import { LINES } from "./lines.js";
import { greys } from "./traces.js";
import { quantity } from "./words.js";

/** @import { Colors } from "../../core/theme.js" */
/** @import { Color, Line, SweepMap } from "./cells.js" */
/** @import { Dash } from "./lines.js" */

/** @type {Record<string, string>} */
const DASHES = { solid: "", dash: "5 3", dashdot: "5 3 1 3", dot: "1.5 3", longdash: "9 4" };

/** @param {SweepMap} map @param {Color} color @param {Colors} colors */
export function keyEntries(map, color, colors) {
  const found = counts(map, drawn(map, color));
  const grey = greys(colors.dark);
  /** @type {[SVGElement, string][]} */
  const entries = [];
  /** @param {number} n */
  const count = (n) => n.toLocaleString("en-US");
  if (found.diverged)
    entries.push([swatch(grey.diverged, "/", grey.stroke), `DIVERGED (${count(found.diverged)})`]);
  if (found.away)
    entries.push([swatch(grey.away), `ran away downhill, out of the window (${count(found.away)})`]);
  if (drawn(map, color) === "steps" && found.late) {
    entries.push([swatch(grey.late), `not in ${map.header.steps} steps (${count(found.late)})`]);
  }
  if (found.chaotic) {
    const words = "chaotic: a nudge of the start by 10⁻¹⁰ changes the result";
    entries.push([swatch("#3b528b", "\\", "#ffffff"), `${words} (${count(found.chaotic)})`]);
  }
  if (map.found === map.count && stepLevels(map).length)
    entries.push([curve(""), `equal ${quantity(map, "steps")}`]);
  entries.push([symbol("M2 8H14M8 2V14", "cross"), "present setting: drag it"]);
  if (map.best?.[drawn(map, color)]) entries.push([star(), "best"]);
  return [...entries.map(([drawn, words]) => entry(drawn, words)), ...theory(map)];
}

/** @param {SweepMap} map */
function theory(map) {
  const seen = map.lines.filter(({ panel }) => panel === map.lines[0].panel);
  const entries = new Map(seen.map((line) => [line.label, line]));
  return [...entries.values()].map((line) => {
    const term = shortLabel({ ...line, local: false });
    const words = line.label.includes(term) ? line.label : `${term}: ${line.label}`;
    const item = entry(drawing(line), words);
    const word = /** @type {HTMLElement} */ (item.querySelector("span"));
    word.tabIndex = 0;
    explain(word, line.name);
    return item;
  });
}

/** @param {Line} line */
const drawing = ({ kind, name }) =>
  kind === "point"
    ? symbol("M8 2L14 8L8 14L2 8Z", "point")
    : curve(DASHES[LINES[name].dash ?? "solid"], LINES[name]);

/** @param {SVGElement} sample @param {string} words */
function entry(sample, words) {
  return make("li", {}, sample, make("span", {}, words));
}

/** @param {string} fill @param {string} [lean] @param {string} [stroke] */
function swatch(fill, lean, stroke) {
  const svg = sample();
  svg.append(draw("rect", { x: 0, y: 0, width: 26, height: 16, fill }));
  for (let x = -16; lean && x < 30; x += 7) {
    const d = lean === "/" ? `M${x} 16L${x + 16} 0` : `M${x} 0L${x + 16} 16`;
    svg.append(draw("path", { d, stroke, "stroke-width": 1.4, fill: "none" }));
  }
  return svg;
}

/** @param {string} dash @param {Dash} [casing] */
function curve(dash, casing) {
  const svg = sample();
  const under = { d: "M0 8H26", fill: "none", stroke: "#10141c" };
  if (casing) svg.append(draw("path", { ...under, "stroke-width": 5 }));
  const over = casing
    ? { stroke: casing.color, "stroke-width": 2 * (casing.weight ?? 1) }
    : { stroke: "currentColor", "stroke-width": 1.3 };
  svg.append(draw("path", { ...under, ...over, "stroke-dasharray": dash || "none" }));
  return svg;
}

/** @param {string} d @param {string} name */
function symbol(d, name) {
  const svg = sample();
  const place = draw("g", { transform: "translate(5 0)", class: name });
  place.append(draw("path", { d, fill: "none", stroke: "currentColor", "stroke-width": 2 }));
  svg.append(place);
  return svg;
}

function star() {
  const svg = sample();
  const points = Array.from({ length: 10 }, (_, k) => {
    const [far, turn] = [k % 2 ? 3.2 : 7.5, (k * Math.PI) / 5];
    return `${13 + far * Math.sin(turn)},${8 - far * Math.cos(turn)}`;
  });
  svg.append(draw("polygon", { points: points.join(" "), fill: "#ffd54a", stroke: "#10141c" }));
  return svg;
}

const sample = () => draw("svg", { viewBox: "0 0 26 16", class: "sample", "aria-hidden": "true" });
