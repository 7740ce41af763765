// A scene on screen, as elements that stay: each item's element is found by its key and told only
// what has changed, so that a clock that runs builds nothing anew.

import { draw, reword } from "../../dom/dom.js";
import { outline } from "../scene/shapes.js";
import { HALO } from "./canvas.js";

/** @import { Box, Item, Mark, Stroke, Words } from "../shapes.d.ts" */
/** @typedef {{ place: Element, shape: HTMLElement | SVGElement }} Stand */
/**
 * @typedef {object} Node
 * @property {HTMLElement | SVGElement} element
 * @property {Element} place
 * @property {boolean} adopted
 * @property {Attributes} shown
 * @property {number} round
 * @property {Item | null} item
 */
/** @typedef {Record<string, string | number | undefined>} Attributes */
/**
 * @typedef {object} Sheet
 * @property {SVGElement} svg
 * @property {SVGElement} frame
 * @property {SVGElement} clipped
 * @property {SVGElement} free
 * @property {Map<string, Node>} known
 * @property {Record<string, Stand>} adopted
 * @property {Box | undefined} box
 * @property {number} round
 */

// A place for a scene's items within an SVG element. `id` names its clip path, unlike any other's.
/** @param {SVGElement} svg @param {string} id @returns {Sheet} */
export function sheet(svg, id) {
  const frame = draw("rect");
  const defs = draw("defs", {}, draw("clipPath", { id }, frame));
  const clipped = draw("g", { "clip-path": `url(#${id})` });
  const free = draw("g");
  svg.append(defs, clipped, free);
  return { svg, frame, clipped, free, known: new Map(), adopted: {}, box: undefined, round: 0 };
}

// Let an element that lives elsewhere stand for the item of this key: `place` is moved, `shape` drawn.
/** @param {Sheet} sheet @param {string} key @param {Stand["place"]} place @param {Stand["shape"]} shape */
export function adopt(sheet, key, place, shape) {
  sheet.adopted[key] = { place, shape };
}

// Show these items and no others. All that are clipped are clipped to the same box and lie below.
/** @param {Sheet} sheet @param {Item[]} items */
export function paint(sheet, items) {
  const round = ++sheet.round;
  const next = { clipped: sheet.clipped.firstChild, free: sheet.free.firstChild };
  for (const item of items) {
    const node = sheet.known.get(keyOf(item)) || added(sheet, item);
    node.round = round;
    if (node.item !== item) update(node, attributesOf(item), item);
    node.item = item;
    if (item.clip) frameAs(sheet, item.clip);
    if (node.adopted) continue;
    const home = item.clip ? "clipped" : "free";
    if (node.element === next[home]) next[home] = node.element.nextSibling;
    else sheet[home].insertBefore(node.element, next[home]);
  }
  for (const [key, node] of sheet.known) if (node.round !== round) forget(sheet, key, node);
}

// Show one item anew that stands already; the others stay as they are.
/** @param {Sheet} sheet @param {Item} item */
export function repaint({ known }, item) {
  const node = known.get(keyOf(item));
  if (node) update(node, attributesOf(item), (node.item = item));
}

/** @param {Sheet} sheet @param {string} key @param {Node} node */
function forget({ known }, key, node) {
  if (!node.adopted) node.element.remove();
  known.delete(key);
}

/** @param {Sheet} sheet @param {Item} item @returns {Node} */
function added({ known, adopted }, { key = "", kind, data = {}, title }) {
  const own = adopted[key];
  const element = own?.shape || draw(kind === "words" ? "text" : "path");
  element.dataset.key = key;
  for (const [name, value] of Object.entries(data)) element.dataset[name] = value;
  if (title) element.append(draw("title", {}, title));
  /** @type {Node} */
  const node = {
    element,
    place: own?.place || element,
    adopted: Boolean(own),
    shown: {},
    round: 0,
    item: null,
  };
  known.set(key, node);
  return node;
}

/** @param {Node} node @param {Attributes} wanted @param {Item} item */
function update({ element, place, shown }, wanted, item) {
  for (const name in wanted) {
    const value = wanted[name];
    if (shown[name] === value) continue;
    shown[name] = value;
    const target = name === "transform" ? place : element;
    if (value === undefined) target.removeAttribute(name);
    else target.setAttribute(name, String(value));
  }
  if (item.kind === "words" && shown.text !== item.text) reword(element, (shown.text = item.text));
}

/** @type {(keyof Box)[]} */
const SIDES = ["x", "y", "width", "height"];

/** @param {Sheet} sheet @param {Box} box */
function frameAs(sheet, box) {
  if (sheet.box === box) return;
  for (const name of SIDES) {
    if (sheet.box?.[name] !== box[name]) sheet.frame.setAttribute(name, String(box[name]));
  }
  sheet.box = box;
}

/** @param {Item} item */
const keyOf = ({ key = "" }) => key;

/** @param {Item} item */
function attributesOf(item) {
  if (item.kind === "stroke") return ITEMS.stroke(item);
  return item.kind === "mark" ? ITEMS.mark(item) : ITEMS.words(item);
}

const ITEMS = {
  /** @param {Stroke} item @returns {Attributes} */
  stroke(item) {
    const { name, stroke, width, dash = [], opacity, trail, flat } = item;
    return {
      class: trail ? `${name} grows` : name,
      d: outline(item),
      fill: "none",
      stroke,
      "stroke-width": width,
      "stroke-dasharray": dash.length ? dash.join(" ") : "none",
      "stroke-linecap": dash.length || flat ? "butt" : "round",
      "stroke-linejoin": "round",
      opacity,
    };
  },
  /** @param {Mark} mark @returns {Attributes} */
  mark({ name, d, x, y, scale, turn, fill = "none", stroke, width, opacity }) {
    const turned = turn ? ` rotate(${turn})` : "";
    return {
      class: name,
      d,
      transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})${turned} scale(${scale})`,
      fill,
      stroke: stroke || "none",
      "stroke-width": width && width / scale,
      "paint-order": "stroke",
      opacity,
    };
  },
  /** @param {Words} words @returns {Attributes} */
  words({ name, x, y, size, weight = 400, fill, halo, anchor = "start", turn }) {
    return {
      class: name,
      "font-size": size,
      "font-weight": weight,
      "text-anchor": anchor,
      fill,
      stroke: halo || "none",
      "stroke-width": halo ? size * HALO : 0,
      "stroke-linejoin": "round",
      "paint-order": "stroke",
      transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})${turn ? ` rotate(${turn})` : ""}`,
    };
  },
};
