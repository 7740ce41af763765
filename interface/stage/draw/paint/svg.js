// A scene as SVG text, in the plain SVG 1.1 that every program reads: a halo is an element of its
// own below, colors have no opacity in them, raised digits are placed and not left to the font.

import { outline } from "../scene/shapes.js";
import { HALO } from "./canvas.js";

/** @import { Box, Item, Mark, Measure, Stroke, Words } from "../shapes.d.ts" */
/** @typedef {Pick<Words, "text" | "x" | "y" | "size" | "anchor">} Part */
/** @typedef {Record<string, string | number | undefined>} Attributes */

/** @param {Item[]} items @param {string} font @param {Measure} measure */
export function toSvg(items, font, measure) {
  /** @type {Box[]} */
  const clips = [];
  const body = items.map((item) => {
    const drawn = drawnOf(item, font, measure);
    return item.clip ? `<g clip-path="url(#${clipName(clips, item.clip)})">${drawn}</g>` : drawn;
  });
  const shapes = clips.map(
    (clip, k) => `<clipPath id="take-clip-${k}"><rect${attributes(clip)}/></clipPath>`,
  );
  return `<g><defs>${shapes.join("")}</defs>${body.join("")}</g>`;
}

// A drawing that says what it is, to whoever reads it instead of seeing it.
/** @param {string} svg @param {{ title: string, about: string }} said */
export function entitled(svg, { title, about }) {
  const said = `<title>${escape(title)}</title><desc>${escape(about)}</desc>`;
  return svg.replace(/<svg\b[^>]*>/, (tag) => `${tag}${said}`);
}

/** @param {Box[]} clips @param {Box} box */
function clipName(clips, { x, y, width, height }) {
  /** @param {Box} c */
  const same = (c) => c.x === x && c.y === y && c.width === width && c.height === height;
  if (!clips.some(same)) clips.push({ x, y, width, height });
  return `take-clip-${clips.findIndex(same)}`;
}

/** @param {Item} item @param {string} font @param {Measure} measure */
function drawnOf(item, font, measure) {
  if (item.kind === "stroke") return SVG.stroke(item);
  return item.kind === "mark" ? SVG.mark(item) : SVG.words(item, font, measure);
}

const SVG = {
  /** @param {Stroke} item */
  stroke(item) {
    const { stroke, width, dash = [], opacity, flat } = item;
    const cap = dash.length || flat ? "butt" : "round";
    const line = {
      ...known(item),
      d: outline(item),
      fill: "none",
      ...ink("stroke", stroke),
      "stroke-width": round(width),
      "stroke-dasharray": dash.map(round).join(" ") || undefined,
    };
    return `<path${attributes({ ...line, "stroke-linejoin": "round", "stroke-linecap": cap, opacity })}/>`;
  },
  /** @param {Mark} item */
  mark(item) {
    const { d, x, y, scale, turn, fill, stroke, width = 0, opacity } = item;
    const turned = turn ? ` rotate(${turn})` : "";
    const place = { d, transform: `translate(${round(x)} ${round(y)})${turned} scale(${round(scale)})` };
    const edge = { ...ink("stroke", stroke), "stroke-width": width / scale, "stroke-linejoin": "round" };
    const whole = { ...known(item), ...place, ...ink("fill", fill || "none"), ...(stroke ? edge : {}) };
    if (!stroke || !fill) return `<path${attributes({ ...whole, opacity })}/>`;
    const below = `<path${attributes({ ...place, fill: "none", ...edge })}/>`;
    const above = `<path${attributes({ ...known(item), ...place, ...ink("fill", fill) })}/>`;
    return `<g${attributes({ opacity })}>${below}${above}</g>`;
  },
  /** @param {Words} item @param {string} font @param {Measure} measure */
  words(item, font, measure) {
    const { fill, halo, size, turn } = item;
    const turned = turn ? ` transform="rotate(${turn} ${round(item.x)} ${round(item.y)})"` : "";
    const parts = placed(item, measure);
    /** @param {Attributes} look */
    const written = (look) => parts.map((part) => textOf(part, item, font, look)).join("");
    const edge = { "stroke-width": round(size * HALO), "stroke-linejoin": "round" };
    const below = halo ? `<g>${written({ fill: "none", ...ink("stroke", halo), ...edge })}</g>` : "";
    return `${below}<g${attributes(known(item))}${turned}>${written(ink("fill", fill))}</g>`;
  },
};

/** @param {Part} part @param {Words} words @param {string} font @param {Attributes} look */
function textOf({ text, x, y, size, anchor }, { weight = 400 }, font, look) {
  const type = { "font-family": font, "font-size": round(size), "font-weight": weight };
  const place = { x: round(x), y: round(y), "text-anchor": anchor, ...type, ...look };
  return `<text${attributes({ ...place, "xml:space": "preserve" })}>${escape(text)}</text>`;
}

// What an item is called, for programs that show a picture's objects by name.
/** @param {Item} item */
function known({ key, name }) {
  return { class: name, "data-key": key };
}

const RAISED = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹";
const PLAIN = "−0123456789";
const SIZE = 0.7;
const RISE = 0.36;

// Raised digits as smaller ones placed higher, each part of the words where it stands: few fonts
// have them all in one style, and few programs place what follows within a line.
/** @param {Words} words @param {Measure} measure @returns {Part[]} */
function placed({ text, x, y, size, weight, anchor = "start" }, measure) {
  const parts = text.split(new RegExp(`([${RAISED}]+)`)).filter(Boolean);
  if (parts.length < 2) return [{ text, x, y, size, anchor }];
  const set = parts.map((part) => {
    const raised = RAISED.includes(part[0]);
    const said = raised ? [...part].map((c) => PLAIN[RAISED.indexOf(c)]).join("") : part;
    const own = raised ? SIZE * size : size;
    return { text: said, size: own, y: raised ? y - RISE * size : y, wide: measure(said, own, weight) };
  });
  const total = set.reduce((sum, { wide }) => sum + wide, 0);
  let left = x - total * { start: 0, middle: 0.5, end: 1 }[anchor];
  return set.map((part) => {
    /** @type {Part} */
    const at = { ...part, x: left, anchor: "start" };
    left += part.wide;
    return at;
  });
}

// A color with #rrggbbaa written as SVG 1.1 readers want it: the color, and its opacity apart.
/** @param {string} name @param {string | undefined} color @returns {Attributes} */
function ink(name, color) {
  const match = /^(#[0-9a-f]{6})([0-9a-f]{2})$/i.exec(color ?? "");
  return match
    ? { [name]: match[1], [`${name}-opacity`]: round(parseInt(match[2], 16) / 255) }
    : { [name]: color };
}

/** @param {number} v */
const round = (v) => Math.round(v * 100) / 100;

/** @param {object} pairs */
function attributes(pairs) {
  const known = Object.entries(pairs).filter(([, value]) => value !== undefined);
  return known.map(([name, value]) => ` ${name}="${escape(String(value))}"`).join("");
}

/** @type {Record<string, string>} */
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** @param {string} text */
export const escape = (text) => text.replace(/[&<>"]/g, (c) => ENTITIES[c]);
