// A sweep map in words: its cells, its best one, and what is the matter with all of them.

import { filled, minus, significant } from "../../core/format.js";
import { LEAVING } from "../../draw/outcome-scale.js";
import { bitOf, cell, counts, drawn, stepLevels } from "./cells.js";

/** @import { Commit } from "../../core/stage.d.ts" */
/** @import { SweepAxis } from "./parts.d.ts" */
/** @import { At, Color, Line, SweepMap } from "./cells.js" */
/** @typedef {Pick<SweepMap, "header">} Headed */
/** @typedef {ReturnType<typeof cell>} Cell */

/** @param {Headed} map @returns {SweepAxis[]} */
export const axesOf = ({ header }) => Object.values(header.axes).filter((axis) => axis !== null);

// A value as it is said: a number, or a word of its own.
/** @param {string} text */
export const said = (text) => (Number.isNaN(Number(text)) ? text : minus(significant(Number(text), 12)));

// The settings of a cell, as they stand in a link.
/** @param {Headed} map @param {At} at @returns {Commit} */
export function settings(map, { panel, row, col }) {
  const { across, up, third } = map.header.axes;
  const found = { [across.key]: across.values[col], [up.key]: up.values[row] };
  if (third) found[third.key] = third.values[panel];
  return found;
}

/** @param {Headed} map @param {At} at */
function settingWords(map, at) {
  const values = settings(map, at);
  return axesOf(map)
    .map(({ key, label }) => `${label} ${said(values[key])}`)
    .join(", ");
}

/** @param {Headed} map @param {Pick<Cell, "loss" | "gap">} cell */
function lossWords(map, { loss, gap }) {
  if (!map.header.minimum) return `loss ${significant(loss, 3)}`;
  return gap < -map.header.tolerance
    ? `loss ${significant(-gap, 3)} below the minimum of this window`
    : `loss ${significant(Math.max(gap, 0), 3)} above the minimum`;
}

// What a cell is read as: its settings, its loss, its steps.
/** @param {SweepMap} map @param {At} at @param {Color} color */
export function reading(map, at, color) {
  const found = cell(map, at);
  const head = settingWords(map, at);
  if (!found.known) return [head, "not computed yet"];
  if (found.diverged >= 0) return [head, ending(map, "diverged", found.diverged)];
  const lines = [head, lossWords(map, found)];
  if (found.away >= 0) return [...lines, ending(map, "ran away", found.away)];
  lines.push(arrival(map, found));
  if (map.header.minimum) lines.push(`distance ${significant(found.distance, 3)}`);
  if (isChaotic(map, color, found)) lines.push("chaotic: a nudge of the start by 10⁻¹⁰ changes this");
  return lines;
}

/** @param {SweepMap} map @param {Color} color @param {Pick<Cell, "chaotic">} cell */
const isChaotic = (map, color, { chaotic }) => (chaotic & bitOf(drawn(map, color))) !== 0;

/** @param {Headed} map @param {string} end @param {number} step */
const ending = ({ header }, end, step) => filled(header.endings[end].words, { step });

/** @param {Headed} map @param {Pick<Cell, "steps">} cell */
function arrival(map, { steps }) {
  const { header } = map;
  if (steps >= 0) return ending(map, header.minimum ? "arrived" : "ran away", steps);
  const goal = header.minimum ? `within ${significant(header.tolerance, 3)}` : "out of the window";
  return `not ${goal} in ${header.steps} steps`;
}

/** @param {SweepMap} map @param {Color} color */
export function bestWords(map, color) {
  const at = map.best?.[drawn(map, color)];
  if (!at) return "";
  const [panel, row, col] = at;
  const found = cell(map, { panel, row, col });
  const steps = found.steps >= 0 ? `, ${arrival(map, found)}` : "";
  const luck = isChaotic(map, color, found) ? " It is a chaotic cell: do not count on it." : "";
  return `Best: ${settingWords(map, { panel, row, col })}: ${lossWords(map, found)}${steps}.${luck}`;
}

// Why the best cell is not where theory's best point lies, if they differ by more than a cell.
/** @param {SweepMap} map @param {Color} color */
function apartWords(map, color) {
  const at = map.best?.[drawn(map, color)];
  const point = map.lines.find((line) => line.kind === "point" && line.panel === at?.[0]);
  if (!at || !point) return [];
  /** @param {number[]} edges @param {number} index @param {number} place */
  const gap = (edges, index, place) => Math.abs((edges[index] + edges[index + 1]) / 2 - place);
  /** @param {number[]} edges @param {number} index */
  const wide = (edges, index) => 1.5 * (edges[index + 1] - edges[index]);
  const { x, y } = map.grid;
  const near = gap(x, at[2], point.across[0]) < wide(x, at[2]) && gap(y, at[1], point.up[0]) < wide(y, at[1]);
  return near ? [] : [filledApart(map, point)];
}

/** @param {Headed} map @param {Pick<Line, "name" | "local">} line */
const filledApart = ({ header }, { name, local }) =>
  `★ does not lie on ${name === "polyak" ? "Polyak's optimum" : "the best point"} ◇: that is the fastest in ` +
  `the long run from the worst start; from this one start, after ${header.steps} steps, another ` +
  `setting can be lower${local ? ", and away from the minimum the curvature is another" : ""}.`;

// What should be said of the whole map, as sentences.
/** @param {SweepMap} map @param {Color} color */
export function remarks(map, color) {
  const found = counts(map, drawn(map, color));
  const all = map.count.toLocaleString("en-US");
  const some = [...map.header.notes];
  if (!map.header.minimum && color !== "steps") {
    some.push("This surface has no minimum: colors show how soon a run has left the window downhill.");
  }
  if (map.found < map.count) return some;
  if (found.diverged === map.count) some.push(`Every one of the ${all} settings diverges.`);
  else if (drawn(map, color) === "steps" && !found.arrived) {
    const what = map.header.minimum ? "arrives to stay" : "leaves downhill";
    some.push(`None of the ${all} settings ${what} in ${map.header.steps} steps.`);
  }
  return [...some, ...apartWords(map, color)];
}

// The key of a picture, in two lines.
/** @param {SweepMap} map @param {Color} color */
export function keyWords(map, color) {
  const found = counts(map, drawn(map, color));
  const parts = ["+ present setting"];
  if (found.diverged) parts.push("grey with rising strokes: DIVERGED");
  if (found.away) parts.push("reddish: ran away downhill, out of the window");
  if (drawn(map, color) === "steps" && found.late) parts.push(`plain: not in ${map.header.steps} steps`);
  if (found.chaotic) parts.push("falling strokes: chaotic, a nudge of the start by 10⁻¹⁰ changes the result");
  if (map.found === map.count && stepLevels(map).length) parts.push("numbered lines: equal steps");
  const best = bestWords(map, color);
  return [parts.join("; "), best && `★ ${best}`].filter(Boolean).join("<br>");
}

/** @param {Headed} map @param {Color} color */
export function quantity(map, color) {
  if (!map.header.minimum) return LEAVING;
  if (color === "steps") return `steps until it stays within ${significant(map.header.tolerance, 3)}`;
  return color === "distance" ? "distance to the nearest minimum" : "final loss above the minimum";
}

// How far the work has come.
/** @param {SweepMap | null} map */
export function progressWords(map) {
  if (!map) return "Computing …";
  if (map.found < map.count) return `Computing: ${share(map.found, map.count)} of the map`;
  return `Looking for chaos: ${share(map.checked, map.count)} of the map run again, nudged`;
}

/** @param {number} done @param {number} all */
const share = (done, all) => `${Math.round((100 * done) / all)} %`;
