// What Plotly is asked to draw of the landscape in 3-D. Pure.

import { significant } from "../core/format.js";
import { rows } from "../core/packet.js";
import { base } from "./figures.js";
import { TALL } from "./outlook.js";
import { multiples } from "./ticks.js";

/** @import { Anchor, Pixel } from "./shapes.d.ts" */
/** @import { Landscape } from "../core/packets.d.ts" */
/** @import { Colors } from "../core/theme.js" */
/** @import { Camera } from "./outlook.js" */
/** @import { Cube } from "./cube.js" */
/** @typedef {{ text: string, px: number, py: number, anchor: Anchor, kind: string }} Written */

const LINES = 16;

// The surface as Plotly has it, colored like the contour, with thin lines of equal height.
/** @param {Landscape} land @param {Cube} solid @param {Colors} colors */
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

/** @param {Cube} solid @param {Colors} colors @param {number} size @param {Camera} camera */
export function reliefLayout(solid, colors, size, camera) {
  const [x, y, z] = solid.range;
  /** @param {number[]} range */
  const axis = (range) => ({
    range: [...range],
    title: { text: "" },
    showticklabels: false,
    ticks: "",
    tickvals: ticks(range[0], range[1]),
    gridcolor: colors.dark ? "#343b44" : "#dfe4e8",
    zeroline: false,
    showbackground: false,
    showspikes: false,
  });
  const top = [z[0], z[1] + 0.02 * (z[1] - z[0])];
  return {
    ...base(colors, size),
    hovermode: false,
    margin: { l: 0, r: 0, t: 0, b: 0 },
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
/** @param {number} low @param {number} high */
export function ticks(low, high) {
  const power = 10 ** Math.floor(Math.log10((high - low) / 3));
  const step = power * ([5, 2, 1].find((m) => m * power <= (high - low) / 2.5) || 1);
  return multiples(step, low, high).map(({ at }) => at);
}

// Numbers and names along the three edges that are in nobody's way: the lower ones and the left one.
// `seen` takes a point of the cube to pixels; the answer is [{ text, px, py, anchor, name }].
/**
 * @param {Cube} solid
 * @param {Landscape["header"]} header
 * @param {number} size
 * @param {(a: number, b: number, c: number) => Pixel} seen
 * @returns {Written[]}
 */
export function scales(solid, header, size, seen) {
  const center = seen(0.5, 0.5, 0);
  /** @param {number} side */
  const flat = (side) => {
    /** @type {(v: number, e: number) => [number, number, number]} */
    const at = side ? (v, e) => [e, v, 0] : (v, e) => [v, e, 0];
    const edge = seen(...at(0.5, 1))[1] > seen(...at(0.5, 0))[1] ? 1 : 0;
    const out = away(center, seen(...at(0.5, edge)));
    return along(solid.range[side], "xy"[side], (v) => seen(...at(v, edge)), out, 1.1 * size, 2.5 * size);
  };
  /** @type {Pixel[]} */
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
  const [name, ...numbers] = upright.map((mark) => ({ ...mark, anchor: /** @type {Anchor} */ ("end") }));
  const [px, py] = seen(...left, 1);
  const wide = 0.3 * name.text.length * size;
  /** @type {Written[]} */
  const marks = [
    ...flat(0),
    ...flat(1),
    { ...name, px: Math.max(px, wide), py: py - 1.3 * size, anchor: "middle" },
    ...numbers,
  ];
  return apart(marks, size);
}

// Of texts that would lie on each other, the ones that come first.
/** @param {Written[]} marks @param {number} size @returns {Written[]} */
export function apart(marks, size) {
  /** @param {Written} written */
  const ends = ({ text, px, anchor }) => {
    const wide = 0.55 * text.length * size;
    return anchor === "end" ? [px - wide, px] : [px - wide / 2, px + wide / 2];
  };
  /** @param {Written} a @param {Written} b */
  const meet = (a, b) => {
    const [[from, to], [start, end]] = [ends(a), ends(b)];
    return from < end + 0.3 * size && start < to + 0.3 * size && Math.abs(a.py - b.py) < 1.1 * size;
  };
  /** @type {Written[]} */
  const kept = [];
  for (const mark of marks) if (!kept.some((other) => meet(mark, other))) kept.push(mark);
  return kept;
}

/**
 * @param {number[]} numbers
 * @param {string} name
 * @param {(v: number) => Pixel} at
 * @param {number[]} numbers
 * @param {number} near
 * @param {number} far
 */
function along([low, high], name, at, [ox, oy], near, far) {
  /** @param {string} text @param {number} v @param {number} by @param {string} kind @returns {Written} */
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

/** @param {Landscape["header"]} landscapeHeader */
function title({ logarithm }) {
  if (!logarithm) return "loss";
  return logarithm[0] === 0 ? "log₁₀ loss" : "log₁₀ (loss − lowest)";
}
