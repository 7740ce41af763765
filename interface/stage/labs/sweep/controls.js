// The menus above the sweep map: what is on its axes, over which ranges, and what colors show.

import { COLORS } from "../../core/known.js";
import { typed } from "../../core/typed.js";
import { button, decimalField, make } from "../../dom/dom.js";
import { push } from "../../dom/form.js";

/** @import { RaceHeader, ViewHeader } from "../../core/packets.d.ts" */
/** @import { SweepAxis, SweepOpening, Sweepable } from "./parts.d.ts" */
/** @import { Color } from "./cells.js" */
/** @import { Reach } from "../../run/axes.js" */
/** @import { Word } from "../../core/words.js" */
/** @typedef {(name: keyof ViewHeader, value: Word) => void} Look */
/** @typedef {{ label?: string, options: string[][] }} Group */
/** @typedef {"across" | "up"} Side */
/** @typedef {ReturnType<typeof range>} Range */
/** @typedef {ReturnType<typeof sweepControls>} Controls */

const SIDES = { across: "Across", up: "Up" };

// `look(name, value)` changes a field of the view.
/** @param {Look} look @param {() => void} save */
export function sweepControls(look, save) {
  const menus = {
    across: choice("Across", (value) => look("across", value)),
    up: choice("Up", (value) => look("up", value)),
    third: choice("In each map", (value) => look("third", value)),
    color: choice("Color", (value) => look("color", value)),
  };
  const ranges = { across: range("across", look), up: range("up", look) };
  const saving = push("Save picture", save);
  const element = make(
    "div",
    { class: "sweep-controls" },
    make("div", { class: "axis" }, menus.across.field, ranges.across.field),
    make("div", { class: "axis" }, menus.up.field, ranges.up.field),
    menus.third.field,
    menus.color.field,
    saving,
  );
  fillMenu(menus.color.select, [{ options: Object.entries(COLORS) }]);
  return { element, menus, ranges, saving };
}

/** @param {string} label @param {(value: string) => void} chosen */
function choice(label, chosen) {
  const select = make("select", { "aria-label": label });
  select.addEventListener("change", () => chosen(select.value));
  return { select, field: make("label", { class: "field" }, make("span", {}, label), select) };
}

// From and to; both empty: the usual range.
/** @param {Side} side @param {Look} look */
function range(side, look) {
  const ends = ["from", "to"].map((end) =>
    decimalField({ autocomplete: "off", "aria-label": `${SIDES[side]}, ${end}` }),
  );
  const problem = make("span", { class: "wrong", role: "alert" });
  const named = { "aria-label": `${SIDES[side]}: usual range`, title: "Usual range" };
  const usual = button("plain", () => look(`reach_${side}`, []), named, "↺");
  const field = make("span", { class: "reach" }, ends[0], make("span", {}, "to"), ends[1], usual, problem);
  const state = { key: "", ends, problem, usual, field };
  ends.forEach((input) => input.addEventListener("change", () => told(state, side, look)));
  return state;
}

/** @param {Pick<Range, "key" | "ends" | "problem">} state @param {Side} side @param {Look} look */
function told(state, side, look) {
  const texts = state.ends.map(({ value }) => value.trim());
  if (texts.every((text) => text === "")) return look(`reach_${side}`, []);
  const values = texts.map(typed);
  const good = values.every(Number.isFinite);
  state.problem.textContent = good ? "" : "Two numbers, please.";
  if (good) look(`reach_${side}`, [state.key, Math.min(...values), Math.max(...values)]);
}

// Bring all controls up to date with a map's first packet and the view.
/**
 * @param {Pick<Controls, "menus" | "ranges">} controls
 * @param {Pick<SweepOpening, "axes" | "menu">} opening
 * @param {RaceHeader["view"]} view
 * @param {Color} color
 */
export function showControls({ menus, ranges }, { axes, menu }, view, color) {
  const groups = grouped(menu);
  fillMenu(menus.across.select, groups, axes.across.key);
  fillMenu(menus.up.select, groups, axes.up.key);
  fillMenu(menus.third.select, [{ options: [["", "—"]] }, ...groups], axes.third?.key || "");
  menus.color.select.value = color;
  showRange(ranges.across, axes.across, view.reach_across);
  showRange(ranges.up, axes.up, view.reach_up);
}

/** @param {Range} state @param {SweepAxis} axis @param {Reach} reach */
function showRange(state, { key, values, high }, reach) {
  state.key = key;
  state.problem.textContent = "";
  const ends = [values[0], values[values.length - 1]].map((text) =>
    Number.isNaN(Number(text)) ? String(high) : text,
  );
  state.ends.forEach((input, k) => {
    if (document.activeElement !== input) input.value = ends[k];
  });
  state.usual.hidden = !reach.length;
}

/** @param {Sweepable[]} menu @returns {Group[]} */
const grouped = (menu) =>
  [...Map.groupBy(menu, ({ group }) => group)].map(([label, own]) => ({
    label,
    options: own.map(({ key, label: text }) => [key, text]),
  }));

/** @param {HTMLSelectElement} select @param {Group[]} groups @param {string} [value] */
function fillMenu(select, groups, value) {
  const signature = JSON.stringify(groups);
  if (select.dataset.offers !== signature) {
    select.dataset.offers = signature;
    select.replaceChildren(...groups.flatMap(group));
  }
  if (value !== undefined) select.value = value;
}

/** @param {Group} group */
function group({ label, options }) {
  const entries = options.map(([value, text]) => make("option", { value }, text));
  return label ? [make("optgroup", { label }, ...entries)] : entries;
}
