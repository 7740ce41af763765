// The table of theory: a column for start, head and minimum. Only what changed is written anew.

import { make } from "../../dom/dom.js";
import { point, significant } from "../../core/format.js";
import { perTen, worst } from "./reading.js";
import { condition, curvatures, saidPlace, saidRegime, saidShare } from "./words.js";

/** @import { TheoryHeader } from "../../core/packets.d.ts" */
/** @import { Column } from "./reading.js" */
/** @typedef {HTMLElement & { said?: string }} Cell */
/** @typedef {{ element: HTMLElement, key: string | null, cells: Cell[][], step: HTMLElement | null }} Table */

const BAR = 1.5;
const JUDGED = ["Stability limit", "Rate in force ÷ limit"];
const STEEP = "Along the larger curvature";
const FLAT = "Along the smaller curvature";

// What each row says of a column, line by line.
/** @type {Record<string, (column: Column) => string[]>} */
const ROWS = {
  Point: ({ at: [x, y] }) => [point(x, y)],
  Loss: ({ loss }) => [significant(loss, 4)],
  Gradient: slope,
  Curvatures: curvatures,
  "Condition number": (column) => [condition(column)],
  "2 / largest curvature": ({ high }) => [high !== null && high > 0 ? significant(2 / high, 4) : "—"],
  "After scaling": ({ seen: [low, high] }) => [`${significant(high, 4)} and ${significant(low, 4)}`],
  [JUDGED[0]]: ({ limit }) => [Number.isFinite(limit) ? significant(limit, 4) : limit ? "none" : "—"],
  [JUDGED[1]]: ({ share }) => [saidBar(share)],
  [STEEP]: ({ regime, radius }) => [saidRegime(regime[1], radius[1])],
  [FLAT]: ({ regime, radius }) => [saidRegime(regime[0], radius[0])],
  "Steps for a factor of 10": ({ radius }) => [pace(worst(radius))],
};
const FIRST_JUDGED = Object.keys(ROWS).indexOf("After scaling");

// No number is said of a slope that is none.
/** @param {Pick<Column, "gradient">} column */
export function slope({ gradient }) {
  const [x, y] = gradient.map((part) => part ?? NaN);
  return [significant(Math.hypot(x, y), 4), point(x, y)];
}

// The titles of the rows that a rule has.
/** @param {Pick<TheoryHeader, "linear" | "scaled">} theory */
export function titles({ linear, scaled }) {
  const all = Object.keys(ROWS);
  if (!linear) return all.slice(0, FIRST_JUDGED);
  return scaled ? all : all.filter((title) => title !== "After scaling");
}

/** @param {number} share */
function saidBar(share) {
  if (!Number.isFinite(share)) return "—";
  return share === 0 ? "no limit" : saidShare(share) + (share >= 1 ? ", beyond" : "");
}

/** @param {number} radius */
function pace(radius) {
  if (Number.isNaN(radius)) return "—";
  return radius < 1 ? significant(Math.ceil(perTen(radius) - 1e-6), 4) : "never";
}

export function placesTable() {
  const element = make("table", { class: "places" });
  /** @type {Table} */
  const state = { element, key: null, cells: [], step: null };
  return {
    element,
    /** @param {TheoryHeader} theory @param {(Column | null)[]} columns @param {number} t */
    show: (theory, columns, t) =>
      show(
        state,
        theory,
        columns.filter((column) => column !== null),
        t,
      ),
  };
}

/** @param {Table} state @param {TheoryHeader} theory @param {Column[]} columns @param {number} t */
function show(state, theory, columns, t) {
  const names = titles(theory);
  const key = [...names, ...columns.map(saidPlace)].join();
  if (key !== state.key) Object.assign(state, { key, ...build(state.element, names, columns) });
  if (state.step) state.step.textContent = `Head, step ${t}`;
  names.forEach((title, r) => columns.forEach((column, c) => write(state.cells[r][c], title, column)));
}

/** @param {HTMLElement} element @param {string[]} names @param {Column[]} columns */
function build(element, names, columns) {
  const heads = columns.map((column) => make("th", { scope: "col" }, saidPlace(column)));
  const cells = names.map(() => columns.map((column) => make("td", { "data-title": saidPlace(column) })));
  const rows = names.map((title, r) => make("tr", {}, make("th", { scope: "row" }, title), ...cells[r]));
  element.replaceChildren(
    make("thead", {}, make("tr", {}, make("td", {}), ...heads)),
    make("tbody", {}, ...rows),
  );
  return { cells, step: heads[columns.findIndex(({ name }) => name === "head")] };
}

/** @param {Cell} cell @param {string} title @param {Column} column */
function write(cell, title, column) {
  const lines = ROWS[title](column);
  const said = lines.join("\n");
  if (cell.said === said) return;
  cell.said = said;
  const shown = lines.map((text, k) => make(k ? "div" : "span", { class: k ? "line second" : "line" }, text));
  if (title === JUDGED[1] && column.share > 0 && Number.isFinite(column.share))
    shown.unshift(gauge(column.share));
  cell.replaceChildren(...shown);
}

// A bar up to one and a half times the limit, with a stroke at the limit itself.
/** @param {number} share */
function gauge(share) {
  const filled = Math.min(share / BAR, 1) * 100;
  const kind = share >= 1 ? "fill beyond" : "fill";
  const fill = make("span", { class: kind, style: `width:${filled.toFixed(1)}%` });
  const edge = make("span", { class: "edge", style: `left:${(100 / BAR).toFixed(1)}%` });
  return make("span", { class: "gauge", "aria-hidden": true }, fill, edge);
}
