// What Plotly is asked to draw of the landscape in 3-D, and from where it is looked at. Pure.

import { significant } from "../core/format.js";
import { height, hidden } from "./cube.js";
import { rows } from "../core/packet.js";

const LINES = 16;
const TALL = 0.6;

// The surface as Plotly has it, colored like the contour, with thin lines of equal height.
export function surface(land, solid, colors) {
  const [low, high] = solid.range[2];
  const every = { start: low, end: high, size: (high - low) / LINES };
  const lines = {
    show: true,
    ...every,
    color: colors.dark ? "#64798f" : "#7f97a9",
    width: 1,
    highlight: false,
  };
  return {
    type: "surface",
    name: "landscape",
    x: land.arrays.x.values,
    y: land.arrays.y.values,
    z: rows(land.arrays.height),
    surfacecolor: rows(land.arrays.shown),
    cmin: 0,
    cmax: 1,
    colorscale: colors.scale,
    showscale: false,
    hoverinfo: "skip",
    contours: { x: { highlight: false }, y: { highlight: false }, z: lines },
    lighting: { ambient: 0.72, diffuse: 0.55, specular: 0.04, roughness: 0.9, fresnel: 0.05 },
    lightposition: { x: -2000, y: -1000, z: 4000 },
  };
}

export function reliefLayout(solid, colors, size, camera) {
  const [x, y, z] = solid.range;
  const axis = (range) => ({
    range: [...range],
    title: { text: "" },
    showticklabels: false,
    ticks: "",
    tickvals: ticks(...range),
    gridcolor: colors.dark ? "#343b44" : "#dfe4e8",
    zeroline: false,
    showbackground: false,
    showspikes: false,
  });
  const top = [z[0], z[1] + 0.02 * (z[1] - z[0])];
  return {
    autosize: false,
    showlegend: false,
    hovermode: false,
    margin: { l: 0, r: 0, t: 0, b: 0 },
    paper_bgcolor: "rgba(0,0,0,0)",
    font: { family: colors.font, size, color: colors.text },
    uirevision: "relief",
    scene: {
      xaxis: axis(x),
      yaxis: axis(y),
      zaxis: axis(top),
      aspectmode: "manual",
      aspectratio: { x: 1, y: 1, z: TALL },
      camera: structuredClone(camera),
      dragmode: "turntable",
      hovermode: false,
      uirevision: "relief",
    },
  };
}

// Round numbers within a range, three or four.
export function ticks(low, high) {
  const power = 10 ** Math.floor(Math.log10((high - low) / 3));
  const step = power * ([5, 2, 1].find((m) => m * power <= (high - low) / 2.5) || 1);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, k) => Number(((first + k) * step).toPrecision(12)));
}

// Numbers and names along the three edges that are in nobody's way: the lower ones and the left one.
// `seen` takes a point of the cube to pixels; the answer is [{ text, px, py, anchor, name }].
export function scales(solid, header, size, seen) {
  const center = seen(0.5, 0.5, 0);
  const flat = (side) => {
    /** @type {(v: number, e: number) => [number, number, number]} */
    const at = side ? (v, e) => [e, v, 0] : (v, e) => [v, e, 0];
    const edge = seen(...at(0.5, 1))[1] > seen(...at(0.5, 0))[1] ? 1 : 0;
    const out = away(center, seen(...at(0.5, edge)));
    return along(solid.range[side], "xy"[side], (v) => seen(...at(v, edge)), out, 1.1 * size, 2.5 * size);
  };
  const corners = [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ];
  const left = corners.reduce((best, c) => (seen(...c, 0.5)[0] < seen(...best, 0.5)[0] ? c : best));
  const upright = along(
    solid.range[2],
    title(header),
    (v) => seen(...left, v),
    [-1, 0],
    0.5 * size,
    0.5 * size,
  );
  const [name, ...numbers] = upright.map((mark) => ({ ...mark, anchor: "end" }));
  const [px, py] = seen(...left, 1);
  const wide = 0.3 * name.text.length * size;
  const marks = [
    ...flat(0),
    ...flat(1),
    { ...name, px: Math.max(px, wide), py: py - 1.3 * size, anchor: "middle" },
    ...numbers,
  ];
  return apart(marks, size);
}

// Of texts that would lie on each other, the ones that come first.
/** @param {any[]} marks @param {number} size @returns {any[]} */
export function apart(marks, size) {
  const ends = ({ text, px, anchor }) => {
    const wide = 0.55 * text.length * size;
    return anchor === "end" ? [px - wide, px] : [px - wide / 2, px + wide / 2];
  };
  const meet = (a, b) => {
    const [[from, to], [start, end]] = [ends(a), ends(b)];
    return from < end + 0.3 * size && start < to + 0.3 * size && Math.abs(a.py - b.py) < 1.1 * size;
  };
  const kept = [];
  for (const mark of marks) if (!kept.some((other) => meet(mark, other))) kept.push(mark);
  return kept;
}

function along([low, high], name, at, [ox, oy], near, far) {
  const mark = (text, v, by, kind) => {
    const [px, py] = at(v);
    return { text, px: px + ox * by, py: py + oy * by, anchor: "middle", kind };
  };
  const numbers = ticks(low, high).map((v) =>
    mark(significant(v, 4), (v - low) / (high - low), near, "number"),
  );
  return [mark(name, 0.5, far, "name"), ...numbers];
}

/** @param {number[]} from @param {number[]} to @returns {[number, number]} */
function away([ax, ay], [bx, by]) {
  const far = Math.hypot(bx - ax, by - ay) || 1;
  return [(bx - ax) / far, (by - ay) / far];
}

function title({ logarithm }) {
  if (!logarithm) return "loss";
  return logarithm[0] === 0 ? "log₁₀ loss" : "log₁₀ (loss − lowest)";
}

const [FAR, FIRST, SIDES] = [1.85, -1.97, 12];
const HEIGHTS = [0.6, 0.75, 0.9, 1.05];

// A camera that looks into the valleys: low, but so that most low ground is seen, the start before
// what it runs to, and not along a valley.
export function overlook(solid, { width, height: tall }, start) {
  const far = FAR * Math.max(1, (1.2 * tall) / width);
  const most = openness(solid, [0.5, 0.5, 1e3]) || 1;
  const valley = valleyOf(solid);
  let best = { worth: -Infinity, eye: onSphere(far, FIRST, HEIGHTS[0]) };
  for (const [n, up] of HEIGHTS.entries()) {
    for (let k = 0; k < SIDES; k++) {
      const round = FIRST + (2 * Math.PI * k) / SIDES;
      const eye = onSphere(far, round, up);
      const from = [eye.x + 0.5, eye.y + 0.5, eye.z / TALL + 0.5];
      const seen = Math.min(openness(solid, from) / most, ENOUGH);
      const worth = seen * across(valley, round) * sight(solid, from, round, start) * (1 - HIGH * n);
      if (!(worth <= 1.03 * best.worth)) best = { worth, eye };
    }
  }
  return { eye: best.eye, center: { ...CENTER }, up: { x: 0, y: 0, z: 1 } };
}

const [ENOUGH, HIGH] = [0.7, 0.08];
const CENTER = { x: 0, y: 0, z: -0.1 };
const DEGREES = 180 / Math.PI;

const SIDES_OF = ["x", "y", "z"];

// The camera as a link has it: degrees round and up, how far, and if it was moved aside, by how much.
export function outlookOf(camera) {
  const aside = asideOf(camera);
  const [x, y, z] = SIDES_OF.map((side, k) => camera.eye[side] - aside[k]);
  const far = Math.hypot(x, y, z);
  const found = [Math.atan2(y, x) * DEGREES, Math.asin(z / far) * DEGREES].map((v) => Number(v.toFixed(1)));
  const moved = aside.map((v) => Number(v.toFixed(3)) + 0);
  return [...found, Number(far.toFixed(3)), ...(moved.some(Boolean) ? moved : [])];
}

/** @param {number[]} outlook */
export function cameraAt([round, up, far, ...aside]) {
  const camera = { eye: onSphere(far, round / DEGREES, up / DEGREES), center: { ...CENTER } };
  return { ...shifted(camera, aside.length ? aside : [0, 0, 0]), up: { x: 0, y: 0, z: 1 } };
}

const asideOf = ({ center }) => SIDES_OF.map((side) => center[side] - CENTER[side]);

/** @param {{ eye: any, center: any }} camera @param {number[]} aside */
function shifted({ eye, center }, [x, y, z]) {
  const by = (from) => ({ x: from.x + x, y: from.y + y, z: from.z + z });
  return { eye: by(eye), center: by(center) };
}

// How long the low ground is for its width, from 0 to 1, and which way it lies.
export function valleyOf(solid) {
  const sums = { w: 0, a: 0, b: 0, aa: 0, ab: 0, bb: 0 };
  for (let a = 0.02; a < 1; a += 0.04) {
    for (let b = 0.02; b < 1; b += 0.04) {
      const w = (1 - height(solid, a, b)) ** 8 || 0;
      const found = { w, a: w * a, b: w * b, aa: w * a * a, ab: w * a * b, bb: w * b * b };
      for (const name in sums) sums[name] += found[name];
    }
  }
  const [a, b] = [sums.a / sums.w, sums.b / sums.w];
  const [aa, ab, bb] = [sums.aa / sums.w - a * a, sums.ab / sums.w - a * b, sums.bb / sums.w - b * b];
  const long = Math.hypot(aa - bb, 2 * ab) / (aa + bb);
  return { long: Number.isFinite(long) ? long : 0, round: Math.atan2(2 * ab, aa - bb) / 2 };
}

const across = ({ long, round }, from) => 1 + 2 * long * Math.abs(Math.sin(from - round));

// How well a start is seen: nearer than the middle is better, behind a wall is bad.
function sight(solid, from, round, start) {
  const [a, b] = start ? solid.at(...start) : [NaN, NaN];
  if (!(a >= 0 && a <= 1 && b >= 0 && b <= 1)) return 1;
  const near = (a - 0.5) * Math.cos(round) + (b - 0.5) * Math.sin(round);
  return (1 + 0.4 * near) * (hidden(solid, from, a, b, height(solid, a, b) + 0.006) ? 0.5 : 1);
}

function onSphere(far, round, up) {
  const level = far * Math.cos(up);
  return { x: level * Math.cos(round), y: level * Math.sin(round), z: far * Math.sin(up) };
}

// How much of the low ground the eye sees, sampled.
function openness(solid, from) {
  let seen = 0;
  for (let a = 0.02; a < 1; a += 0.04) {
    for (let b = 0.02; b < 1; b += 0.04) {
      const c = height(solid, a, b);
      if (!hidden(solid, from, a, b, c + 0.006)) seen += (1 - c) ** 4;
    }
  }
  return seen;
}

// The camera further round its center, higher or nearer.
export function turned(camera, { turn = 0, lift = 0, zoom = 1 }) {
  const aside = asideOf(camera);
  const [x, y, z] = SIDES_OF.map((side, k) => camera.eye[side] - aside[k]);
  const [round, far] = [Math.atan2(y, x) + turn, Math.hypot(x, y, z) * zoom];
  const up = Math.min(Math.max(Math.asin(z / Math.hypot(x, y, z)) + lift, -1.5), 1.5);
  return { ...camera, ...shifted({ eye: onSphere(far, round, up), center: CENTER }, aside) };
}
