// What moves on a picture, as strokes, marks and words for any step: the same for SVG and canvas.

import { ARROWS, arrowsOf } from "../draw/arrows.js";
import { fanScene } from "./fan-scene.js";
import { near } from "../draw/axes.js";
import { bandShape, namesAt } from "./band-scene.js";
import { dashes, quiet, words } from "../draw/foot.js";
import { TAIL } from "../map/marks.js";
import { color } from "../core/theme.js";
import { head, MARKERS, trail, upTo } from "../draw/trail.js";

const BROKEN = "M-6-6L6 6M6-6L-6 6";
export const RING = "M8 0A8 8 0 1 1-8 0A8 8 0 1 1 8 0Z";
const ALARM = "#d00000";
const CROSS = "M-5-5L5 5M5-5L-5 5";
export const BROKEN_HEAD = { d: BROKEN, stroke: ALARM };

// The landscape's foreground: critical points stay; paths, heads, labels and the start follow step t.
export function mapScene(race, land, axis, box, look) {
  const scale = look.type / 13;
  const lanes = race.header.lanes
    .map((lane, k) => ({ lane, paint: color(lane, look.colors), trail: trail(race.arrays[`x${k}`], axis) }))
    .filter((drawn) => drawn.lane.visible && drawn.trail.points.length);
  const kept = new Map();
  const arrows = race.header.view.marks.includes("arrows") ? arrowsOf(race, axis) : null;
  return {
    still: [
      ...fanScene(race, axis, box, look),
      ...axisTitles(box, look),
      ...criticals(land, axis, box, look),
      ...ghosts(race, axis, box, look),
    ],
    step: (t) => [
      ...tail(race, lanes, t, box, scale),
      ...lanes.flatMap((drawn) => strokes(drawn, t, box, look, scale)),
      startRing(race.header.start, axis, box, look, scale),
      ...arrowStrokes(race, lanes, arrows, t, box, scale),
      ...lanes.map((drawn) => headMark(drawn, t, box, look, scale)),
      ...headLabels(lanes, t, box, look, kept),
    ],
  };
}

function axisTitles(box, { colors, type }) {
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  return [
    { ...words("x", x, box.y + box.height + 2.35 * type, type, colors.text), anchor: "middle" },
    { ...words("y", box.x - 2.7 * type, y + 0.35 * type, type, colors.text), anchor: "middle" },
  ];
}

function criticals(land, axis, box, look) {
  return land.header.critical.map(({ x, y, kind }) => {
    return { ...critical(kind, look), x: near(axis.x.to(x)), y: near(axis.y.to(y)), clip: box };
  });
}

// A star for a minimum (filled if it is global), a cross for a saddle, a triangle for a maximum.
export function critical(kind, { colors, type }) {
  const scale = type / 13;
  if (kind === "saddle") return { kind: "mark", d: CROSS, scale, stroke: colors.text, width: 2 * scale };
  const d = kind === "maximum" ? MARKERS["triangle-up"] : MARKERS.star;
  const fill = kind === "global minimum" ? colors.text : undefined;
  return { kind: "mark", d, scale, fill, stroke: fill ? colors.halo : colors.text, width: 1.6 * scale };
}

function strokes({ lane, paint, trail }, t, box, { colors }, scale) {
  const line = { kind: "stroke", d: upTo(trail, t), clip: box };
  return [
    { ...line, stroke: colors.halo, width: 5.5 * scale },
    { ...line, stroke: paint, width: 2.6 * scale, dash: dashes(lane.dash, scale) },
  ];
}

// Paths that are held to compare with.
function ghosts({ held }, axis, box, { colors, type }) {
  const line = {
    kind: "stroke",
    stroke: quiet(colors),
    width: (1.6 * type) / 13,
    dash: dashes("1px,3px", type / 13),
    clip: box,
  };
  return (held?.lanes || []).map(({ path }) => ({ ...line, d: trail(path, axis).text }));
}

const chosenOf = ({ header }, lanes) => lanes.find(({ lane }) => lane === header.lanes[header.chosen]);

function tail(race, lanes, t, box, scale) {
  const drawn = race.header.view.marks.includes("tail") && chosenOf(race, lanes);
  if (!drawn) return [];
  return [
    {
      kind: "stroke",
      d: drawn.trail.from(t - TAIL, t),
      stroke: drawn.paint,
      width: 8 * scale,
      opacity: 0.35,
      clip: box,
    },
  ];
}

function arrowStrokes(race, lanes, arrows, t, box, scale) {
  const drawn = chosenOf(race, lanes);
  if (!arrows || !drawn) return [];
  return arrows.at(t).flatMap((d, k) => {
    const { width, dash } = ARROWS[k];
    const line = { kind: "stroke", d, stroke: drawn.paint, width: width * scale, clip: box };
    return d ? [dash === "none" ? line : { ...line, dash: dashes(dash, scale) }] : [];
  });
}

function startRing([x, y], axis, box, { colors }, scale) {
  const place = { x: near(axis.x.to(x)), y: near(axis.y.to(y)), scale };
  return { kind: "mark", d: RING, ...place, stroke: colors.text, width: 2.5 * scale, clip: box };
}

export const broken = (lane, t) => lane.diverged >= 0 && t >= lane.diverged;

function headMark({ lane, paint, trail }, t, box, { colors }, scale) {
  const [x, y] = head(trail, t);
  if (broken(lane, t)) return { kind: "mark", ...BROKEN_HEAD, x, y, scale, width: 3.5 * scale, clip: box };
  return {
    kind: "mark",
    d: MARKERS[lane.marker],
    x,
    y,
    scale: 1.1 * scale,
    fill: paint,
    stroke: colors.background,
    width: 1.6 * scale,
    clip: box,
  };
}

// A name beside each head, inside the frame, clear of other names and heads where there is room.
// `kept` remembers each lane's side, so that names do not jump about in an animation.
export function headLabels(lanes, t, box, look, kept) {
  const heads = lanes.map(({ trail }) => head(trail, t));
  const behind = lanes.flatMap(({ trail }) => sampled(trail.points, t));
  const placed = [];
  return lanes.map((drawn, k) => {
    const text = broken(drawn.lane, t)
      ? `${drawn.lane.label}: DIVERGED at step ${drawn.lane.diverged}`
      : drawn.lane.label;
    const size = { width: look.measure(text, look.type, 650), height: look.type };
    const options = around(heads[k], size, look.type).map((at) => held(at, box, look.type));
    const cost = (at) =>
      placed.reduce((sum, other) => sum + overlap(at, other), 0) * 3 +
      heads.reduce((sum, p) => sum + covers(at, p, look.type), 0) * look.type ** 2 +
      behind.reduce((sum, p) => sum + covers(at, p, 0), 0) * (look.type ** 2 / 12);
    const costs = options.map(cost);
    const usual = kept.get(drawn.lane.slot) ?? 0;
    const best =
      costs[usual] <= Math.min(...costs) + 0.2 * look.type ** 2 ? usual : costs.indexOf(Math.min(...costs));
    kept.set(drawn.lane.slot, best);
    placed.push(options[best]);
    const { x, y, height } = options[best];
    return {
      ...words(text, x, y + 0.8 * height, look.type, color(drawn.lane, look.colors)),
      weight: 650,
      halo: look.colors.halo,
    };
  });
}

// Some points of a path up to step t: where it is better not to write.
function sampled(points, t) {
  const until = Math.min(t + 1, points.length);
  const stride = Math.max(1, Math.floor(until / 60));
  return Array.from({ length: Math.ceil(until / stride) }, (_, k) => points[k * stride]);
}

// Places for a box of `size` around a point: right, left, above, below, and further off.
function around([x, y], { width, height }, type) {
  const far = 0.85 * type;
  const level = y - height / 2;
  const [right, left, middle] = [x + far, x - far - width, x - width / 2];
  const corners = [
    [right, level],
    [left, level],
    [middle, y - far - height],
    [middle, y + far],
    [right, y + 0.3 * far],
    [right, y - height - 0.3 * far],
    [left, y + 0.3 * far],
    [left, y - height - 0.3 * far],
  ];
  const further = [
    [right, y + 1.4 * type],
    [right, y - 2.4 * type],
    [left, y + 1.4 * type],
    [left, y - 2.4 * type],
  ];
  return [...corners, ...further].map(([px, py]) => ({ x: px, y: py, width, height }));
}

function held(at, box, type) {
  const edge = 0.3 * type;
  const clamp = (v, low, high) => Math.max(Math.min(v, high), low);
  const x = clamp(at.x, box.x + edge, box.x + box.width - at.width - edge);
  return { ...at, x, y: clamp(at.y, box.y + edge, box.y + box.height - at.height - edge) };
}

export function overlap(a, b) {
  const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return wide > 0 && high > 0 ? wide * high : 0;
}

const covers = (at, [x, y], type) => {
  const reach = 0.45 * type;
  return x > at.x - reach && x < at.x + at.width + reach && y > at.y - reach && y < at.y + at.height + reach
    ? 1
    : 0;
};

// A panel of curves up to step t, with the lane's marker at the end of each.
export function curveScene(curves, title, axis, box, look) {
  const scale = look.type / 13;
  const drawn = curves
    .filter(({ lane }) => lane.visible)
    .map((curve) => ({ curve, line: strand(curve, axis), paint: color(curve.lane, look.colors) }));
  const bands = drawn.filter(({ curve }) => curve.low).map(({ curve }) => bandShape(curve, axis, box, look));
  const heads = drawn.filter(({ curve }) => !curve.still);
  const heading = {
    ...words(title, box.x - 0.2 * look.type, box.y - 0.62 * look.type, look.type, look.colors.text),
    weight: 600,
  };
  const steps = {
    ...words(
      "step",
      box.x + box.width / 2,
      box.y + box.height + 2.15 * look.type,
      0.9 * look.type,
      look.colors.text,
    ),
    anchor: "middle",
  };
  return {
    still: [heading, ...(box.last ? [steps] : []), ...sides(curves, title, box, look)],
    step: (t) => [
      ...bands.flatMap((band) => band(t)),
      ...drawn.map(({ curve, line, paint }) => {
        const dash = dashes(curve.dash || curve.lane.dash, scale);
        return {
          kind: "stroke",
          d: line.upTo(t),
          stroke: paint,
          width: (curve.width || 2.1) * scale,
          dash,
          clip: box,
          opacity: curve.opacity ?? (curve.quiet ? 0.4 : 1),
        };
      }),
      ...heads.flatMap(({ curve, line, paint }) => curveHead(curve, line.at(t), paint, box, look, scale)),
      ...namesAt(drawn, t, box, look),
    ],
  };
}

function curveHead({ lane }, at, paint, box, { colors }, scale) {
  if (!at || at[1] < box.y - 1 || at[1] > box.y + box.height + 1) return [];
  return [
    {
      kind: "mark",
      d: MARKERS[lane.marker],
      x: at[0],
      y: at[1],
      scale: 0.75 * scale,
      fill: paint,
      stroke: colors.background,
      width: 1.2 * scale,
    },
  ];
}

// Which line style is which curve, in the heading's line, where a panel shows both coordinates.
function sides(curves, title, box, look) {
  const names = new Map();
  for (const { side, name, label, dash } of curves) {
    if (side) names.set(name ? label : side, dash);
  }
  const size = 0.85 * look.type;
  const entries = [...names].slice(0, 6).reverse();
  let right = box.x + box.width;
  return entries.flatMap(([text, dash]) => {
    const wide = look.measure(text, size);
    const [x, y] = [right - wide, box.y - 0.62 * look.type];
    right = x - 3.4 * look.type;
    if (right < box.x + look.measure(title, look.type, 600)) return [];
    const level = y - 0.3 * size;
    const line = {
      kind: "stroke",
      d: `M${x - 2.4 * look.type} ${level}h${2 * look.type}`,
      stroke: quiet(look.colors),
      width: 0.15 * look.type,
    };
    return [{ ...line, dash: dashes(dash, look.type / 13) }, words(text, x, y, size, quiet(look.colors))];
  });
}

// A curve as SVG text that can be cut at any step; what is not a number lifts the pen.
export function strand({ values, first = 0 }, { x, y }) {
  const ends = new Uint32Array(values.length);
  const points = [];
  let [text, down] = ["", false];
  values.forEach((value, k) => {
    const [px, py] = [x.to(k + first), near(y.to(value))];
    const drawn = Number.isFinite(value) && Number.isFinite(py) && Math.abs(py) < 1e5;
    if (drawn) text += `${down ? "L" : "M"}${px.toFixed(1)} ${py.toFixed(1)}`;
    down = drawn;
    points.push(drawn ? [px, py] : null);
    ends[k] = text.length;
  });
  const index = (t) => Math.min(t - first, values.length - 1);
  return {
    upTo: (t) => (index(t) < 0 ? "" : text.slice(0, ends[index(t)])),
    at: (t) => points[index(t)] || null,
  };
}
