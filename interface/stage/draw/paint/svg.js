// A scene as SVG text, in the plain SVG 1.1 that every program reads: a halo is an element of its
// own below, colors have no opacity in them, raised digits are placed and not left to the font.

import { outline } from "../scene/shapes.js";
import { HALO } from "./canvas.js";

export function toSvg(items, font) {
  const clips = [];
  const body = items.map((item) => {
    const drawn = SVG[item.kind](item, font);
    return item.clip ? `<g clip-path="url(#${clipName(clips, item.clip)})">${drawn}</g>` : drawn;
  });
  const shapes = clips.map(
    (clip, k) => `<clipPath id="take-clip-${k}"><rect${attributes(clip)}/></clipPath>`,
  );
  return `<g><defs>${shapes.join("")}</defs>${body.join("")}</g>`;
}

function clipName(clips, { x, y, width, height }) {
  const same = (c) => c.x === x && c.y === y && c.width === width && c.height === height;
  if (!clips.some(same)) clips.push({ x, y, width, height });
  return `take-clip-${clips.findIndex(same)}`;
}

const SVG = {
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
  mark(item) {
    const { d, x, y, scale, turn, fill, stroke, width, opacity } = item;
    const turned = turn ? ` rotate(${turn})` : "";
    const place = { d, transform: `translate(${round(x)} ${round(y)})${turned} scale(${round(scale)})` };
    const edge = { ...ink("stroke", stroke), "stroke-width": width / scale, "stroke-linejoin": "round" };
    const whole = { ...known(item), ...place, ...ink("fill", fill || "none"), ...(stroke ? edge : {}) };
    if (!stroke || !fill) return `<path${attributes({ ...whole, opacity })}/>`;
    const below = `<path${attributes({ ...place, fill: "none", ...edge })}/>`;
    const above = `<path${attributes({ ...known(item), ...place, ...ink("fill", fill) })}/>`;
    return `<g${attributes({ opacity })}>${below}${above}</g>`;
  },
  words(item, font) {
    const { text, x, y, size, weight = 400, fill, halo, anchor = "start", turn } = item;
    const turned = turn ? `rotate(${turn} ${round(x)} ${round(y)})` : undefined;
    const type = { "font-family": font, "font-size": round(size), "font-weight": weight };
    const place = { x: round(x), y: round(y), "text-anchor": anchor, transform: turned, ...type };
    const edge = { "stroke-width": round(size * HALO), "stroke-linejoin": "round", "xml:space": "preserve" };
    const said = spans(text, size);
    const below = halo && { ...place, fill: "none", ...ink("stroke", halo), ...edge };
    const above = { ...known(item), ...place, ...ink("fill", fill), "xml:space": "preserve" };
    return `${below ? `<text${attributes(below)}>${said}</text>` : ""}<text${attributes(above)}>${said}</text>`;
  },
};

// What an item is called, for programs that show a picture's objects by name.
function known({ key, name }) {
  return { class: name, "data-key": key };
}

const RAISED = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹";
const PLAIN = "−0123456789";
const SIZE = 0.7;
const RISE = 0.36;

// Raised digits as smaller ones placed higher: few fonts have them all, and in one style.
function spans(text, size) {
  const parts = text.split(new RegExp(`([${RAISED}]+)`)).filter(Boolean);
  let lift = 0;
  return parts
    .map((part) => {
      const raised = RAISED.includes(part[0]);
      const wanted = raised ? -RISE * size : 0;
      const dy = wanted - lift || undefined;
      lift = wanted;
      if (dy === undefined && !raised) return escape(part);
      const said = raised ? [...part].map((c) => PLAIN[RAISED.indexOf(c)]).join("") : part;
      const look = { dy: dy && round(dy), "font-size": raised ? round(SIZE * size) : undefined };
      return `<tspan${attributes(look)}>${escape(said)}</tspan>`;
    })
    .join("");
}

// A color with #rrggbbaa written as SVG 1.1 readers want it: the color, and its opacity apart.
function ink(name, color) {
  const match = /^(#[0-9a-f]{6})([0-9a-f]{2})$/i.exec(color);
  return match
    ? { [name]: match[1], [`${name}-opacity`]: round(parseInt(match[2], 16) / 255) }
    : { [name]: color };
}

const round = (v) => Math.round(v * 100) / 100;

function attributes(pairs) {
  const known = Object.entries(pairs).filter(([, value]) => value !== undefined);
  return known.map(([name, value]) => ` ${name}="${escape(String(value))}"`).join("");
}

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export const escape = (text) => text.replace(/[&<>"]/g, (c) => ENTITIES[c]);
