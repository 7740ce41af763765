// From where the landscape in 3-D is looked at. Pure.

import { height, hidden } from "./cube.js";

/** @import { Cube } from "./cube.js" */
/** @typedef {{ x: number, y: number, z: number }} Point */
/** @typedef {{ eye: Point, center: Point, up: Point }} Camera */

// How tall the cube is drawn for its width.
export const TALL = 0.6;

const [FAR, FIRST, SIDES] = [1.85, -1.97, 12];
const HEIGHTS = [0.6, 0.75, 0.9, 1.05];

// A camera that looks into the valleys: low, but so that most low ground is seen, the start before
// what it runs to, and not along a valley.
/**
 * @param {Cube} solid
 * @param {{ width: number, height: number }} extent
 * @param {number[] | null} start
 * @returns {Camera}
 */
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

/** @type {(keyof Point)[]} */
const SIDES_OF = ["x", "y", "z"];

// The camera as a link has it: degrees round and up, how far, and if it was moved aside, by how much.
/** @param {Camera} camera */
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

/** @param {Pick<Camera, "center">} camera */
const asideOf = ({ center }) => SIDES_OF.map((side) => center[side] - CENTER[side]);

/** @param {Pick<Camera, "eye" | "center">} camera @param {number[]} aside */
function shifted({ eye, center }, [x, y, z]) {
  /** @param {Point} from */
  const by = (from) => ({ x: from.x + x, y: from.y + y, z: from.z + z });
  return { eye: by(eye), center: by(center) };
}

// How long the low ground is for its width, from 0 to 1, and which way it lies.
/** @param {Pick<Cube, "columns" | "rows" | "heights">} solid */
export function valleyOf(solid) {
  /** @type {Record<string, number>} */
  const sums = { w: 0, a: 0, b: 0, aa: 0, ab: 0, bb: 0 };
  for (let a = 0.02; a < 1; a += 0.04) {
    for (let b = 0.02; b < 1; b += 0.04) {
      const w = (1 - height(solid, a, b)) ** 8 || 0;
      /** @type {Record<string, number>} */
      const found = { w, a: w * a, b: w * b, aa: w * a * a, ab: w * a * b, bb: w * b * b };
      for (const name in sums) sums[name] += found[name];
    }
  }
  const [a, b] = [sums.a / sums.w, sums.b / sums.w];
  const [aa, ab, bb] = [sums.aa / sums.w - a * a, sums.ab / sums.w - a * b, sums.bb / sums.w - b * b];
  const long = Math.hypot(aa - bb, 2 * ab) / (aa + bb);
  return { long: Number.isFinite(long) ? long : 0, round: Math.atan2(2 * ab, aa - bb) / 2 };
}

/** @param {{ long: number, round: number }} valley @param {number} from */
const across = ({ long, round }, from) => 1 + 2 * long * Math.abs(Math.sin(from - round));

// How well a start is seen: nearer than the middle is better, behind a wall is bad.
/** @param {Cube} solid @param {number[]} from @param {number} round @param {number[] | null} start */
function sight(solid, from, round, start) {
  const [a, b] = start ? solid.at(start[0], start[1]) : [NaN, NaN];
  if (!(a >= 0 && a <= 1 && b >= 0 && b <= 1)) return 1;
  const near = (a - 0.5) * Math.cos(round) + (b - 0.5) * Math.sin(round);
  return (1 + 0.4 * near) * (hidden(solid, from, a, b, height(solid, a, b) + 0.006) ? 0.5 : 1);
}

/** @param {number} far @param {number} round @param {number} up @returns {Point} */
function onSphere(far, round, up) {
  const level = far * Math.cos(up);
  return { x: level * Math.cos(round), y: level * Math.sin(round), z: far * Math.sin(up) };
}

// How much of the low ground the eye sees, sampled.
/** @param {Cube} solid @param {number[]} from */
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
/** @param {Camera} camera @param {{ turn?: number, lift?: number, zoom?: number }} by @returns {Camera} */
export function turned(camera, { turn = 0, lift = 0, zoom = 1 }) {
  const aside = asideOf(camera);
  const [x, y, z] = SIDES_OF.map((side, k) => camera.eye[side] - aside[k]);
  const [round, far] = [Math.atan2(y, x) + turn, Math.hypot(x, y, z) * zoom];
  const up = Math.min(Math.max(Math.asin(z / Math.hypot(x, y, z)) + lift, -1.5), 1.5);
  return { ...camera, ...shifted({ eye: onSphere(far, round, up), center: CENTER }, aside) };
}
