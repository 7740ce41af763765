// Strokes, marks and words, drawn as SVG text or on a 2-D canvas: two hands for one drawing.
//
// { kind: "stroke", d, stroke, width, dash, opacity, clip }   an open line
// { kind: "mark", d, x, y, scale, fill, stroke, width, clip } an outline around (0, 0), moved and enlarged
// { kind: "words", text, x, y, size, weight, fill, halo, anchor, turn }

const ANCHORS = { start: "left", middle: "center", end: "right" };

export function toCanvas(context, items, font) {
  for (const item of items) {
    context.save();
    if (item.clip) clipTo(context, item.clip);
    context.globalAlpha = item.opacity ?? 1;
    context.lineJoin = context.lineCap = "round";
    CANVAS[item.kind](context, item, font);
    context.restore();
  }
}

function clipTo(context, { x, y, width, height }) {
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
}

const CANVAS = {
  stroke(context, { d, stroke, width, dash = [] }) {
    context.setLineDash(dash);
    if (dash.length) context.lineCap = "butt";
    Object.assign(context, { strokeStyle: stroke, lineWidth: width });
    context.stroke(new Path2D(d));
  },
  mark(context, { d, x, y, scale, fill, stroke, width }) {
    context.translate(x, y);
    context.scale(scale, scale);
    const path = new Path2D(d);
    if (stroke) Object.assign(context, { strokeStyle: stroke, lineWidth: width / scale });
    if (stroke) context.stroke(path);
    if (fill) context.fillStyle = fill;
    if (fill) context.fill(path);
  },
  words(context, { text, x, y, size, weight = 400, fill, halo, anchor = "start", turn = 0 }, font) {
    context.translate(x, y);
    context.rotate((turn * Math.PI) / 180);
    context.font = `${weight} ${size}px ${font}`;
    context.textAlign = ANCHORS[anchor];
    if (halo) Object.assign(context, { strokeStyle: halo, lineWidth: size * 0.3 });
    if (halo) context.strokeText(text, 0, 0);
    context.fillStyle = fill;
    context.fillText(text, 0, 0);
  },
};

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

function clipName(clips, clip) {
  if (!clips.includes(clip)) clips.push(clip);
  return `take-clip-${clips.indexOf(clip)}`;
}

const SVG = {
  stroke({ d, stroke, width, dash = [], opacity }) {
    const round = { "stroke-linejoin": "round", "stroke-linecap": dash.length ? "butt" : "round" };
    const line = {
      d,
      fill: "none",
      ...ink("stroke", stroke),
      "stroke-width": width,
      "stroke-dasharray": dash.join(" ") || undefined,
    };
    return `<path${attributes({ ...line, ...round, opacity })}/>`;
  },
  mark({ d, x, y, scale, fill, stroke, width, opacity }) {
    const look = {
      ...ink("fill", fill || "none"),
      ...(stroke ? ink("stroke", stroke) : {}),
      "stroke-width": stroke && width / scale,
    };
    const order = { "paint-order": "stroke", "stroke-linejoin": "round" };
    return `<path${attributes({ d, transform: `translate(${round(x)} ${round(y)}) scale(${round(scale)})`, ...look, ...order, opacity })}/>`;
  },
  words({ text, x, y, size, weight = 400, fill, halo, anchor = "start", turn }, font) {
    const edge = halo
      ? {
          ...ink("stroke", halo),
          "stroke-width": size * 0.3,
          "stroke-linejoin": "round",
          "paint-order": "stroke",
        }
      : {};
    const type = { "font-family": font, "font-size": size, "font-weight": weight, "text-anchor": anchor };
    const place = {
      x: round(x),
      y: round(y),
      transform: turn ? `rotate(${turn} ${round(x)} ${round(y)})` : undefined,
    };
    return `<text${attributes({ ...place, ...type, ...ink("fill", fill), ...edge, style: "white-space:pre" })}>${escape(text)}</text>`;
  },
};

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
