// The legend of the basin maps: every end with its color, its share and its count of starts.

import { OTHERS, counts, percentages } from "./cells.js";
import { paints } from "./figure.js";
import { make } from "../../dom/dom.js";
import { point, significant } from "../../core/format.js";

/** @import { Colors } from "../../core/theme.js" */
/** @import { BasinHeading, BasinMap } from "./cells.js" */
/** @typedef {{ label: string, map: BasinMap }} Column */
/** @typedef {{ k: number, numbers: number[][] }} Row */

// `columns` are { label, map }, one a lane.
/** @param {HTMLElement} table @param {Column[]} columns @param {Colors} colors */
export function showTable(table, columns, colors) {
  const { heading } = columns[0].map;
  const pairs = paints(heading.named.length, colors);
  const found = columns.map(({ map }) => counts(map));
  const shares = found.map(percentages);
  const rows = found[0].map((_, k) => ({ k, numbers: found.map((one, c) => [shares[c][k], one[k]]) }));
  const shown = rows.filter(({ k, numbers }) => worth(k, heading, numbers));
  const lines = shown.map((row) => line(row, heading, pairs, columns));
  table.replaceChildren(head(columns), make("tbody", {}, ...lines), foot(columns, found));
}

// The rows of other minima and of runs that ran away are left out where there are none.
/** @param {number} k @param {BasinHeading} heading @param {number[][]} numbers */
function worth(k, { named, others }, numbers) {
  const there = numbers.some(([, count]) => count > 0);
  if (k === named.length) return others > 0 || there;
  return k < named.length + 3 || there;
}

/** @param {Column[]} columns */
function head(columns) {
  const titles = columns.flatMap(({ label }) =>
    columns.length > 1 ? [label, "starts"] : ["Share", "Starts"],
  );
  const cells = ["End", ...titles].map((title) => make("th", { scope: "col" }, title));
  return make("thead", {}, make("tr", {}, ...cells));
}

/** @param {Row} row @param {BasinHeading} heading @param {string[][]} pairs @param {Column[]} columns */
function line({ k, numbers }, heading, pairs, columns) {
  const { sign, name, about } = entry(k, heading);
  const swatch = make("span", {
    class: `swatch ${k === heading.named.length + 2 ? "hatched" : ""}`,
    style: `--strong:${pairs[k][0]};--pale:${pairs[k][1]}`,
  });
  const words = make("span", {}, make("b", {}, name), about ? make("small", {}, ` ${about}`) : "");
  const end = make(
    "th",
    { scope: "row" },
    make("span", { class: "end" }, swatch, make("i", {}, sign), words),
  );
  const cells = numbers.flatMap(([share, count], c) => pair(columns, c, share.toFixed(1), count));
  return make("tr", {}, end, ...cells);
}

// A lane's share and count; where rows are narrow, each says whose it is.
/** @param {Column[]} columns @param {number} c @param {string} share @param {number} count */
function pair(columns, c, share, count) {
  const whose = columns.length > 1 ? columns[c].label : "";
  return [
    make("td", { class: "share", "data-title": whose }, `${share} %`),
    make("td", { class: "count", "data-title": "starts" }, String(count)),
  ];
}

// Rounded shares may miss 100 by a tenth, the counts do not.
/** @param {Column[]} columns @param {number[][]} found */
function foot(columns, found) {
  /** @param {number[]} one */
  const total = (one) => one.reduce((a, b) => a + b, 0);
  const cells = found.flatMap((one, c) => pair(columns, c, "100", total(one)));
  return make("tfoot", {}, make("tr", {}, make("th", { scope: "row" }, "All starts"), ...cells));
}

/** @param {number} k @param {BasinHeading} heading */
function entry(k, { named, others }) {
  if (k < named.length) {
    const { letter, said, x, y, value, floor } = named[k];
    const name = `${floor ? "Through " : ""}${point(x, y)}`;
    return { sign: letter, name, about: `${said}, loss ${significant(Number(value))}` };
  }
  const name = OTHERS[k - named.length];
  const about = k === named.length && others ? `${others} more near this window` : "";
  return { sign: "", name: name[0].toUpperCase() + name.slice(1), about };
}
