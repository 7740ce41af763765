// A line of many points as SVG text with few: a point is left out where no eye can tell the line past it
// from the line through it. What is written is never taken back, so that the text can be cut anywhere.

import { tenths } from "./tenths.js";

/** @typedef {ReturnType<typeof pen>} Pen */

// How far, in pixels, a point that is left out may lie beside the line: as much as rounding moves one.
const EVEN = 0.1;

// `x`, `y` is where the pen is, `loose` whether that is yet to be written; `fx`, `fy` what was written
// last, `far` how far the pen has been from there. All left out since lies between two directions, seen
// from there: (lx, ly) to its left and (rx, ry) to its right.
export function pen() {
  return { text: "", x: 0, y: 0, loose: false, fx: 0, fy: 0, far: 0, lx: 0, ly: 0, rx: 0, ry: 0 };
}

/** @param {Pen} pen @param {number} x @param {number} y */
export function down(pen, x, y) {
  pen.text += `M${tenths(x)} ${tenths(y)}`;
  pen.x = x;
  pen.y = y;
  begin(pen);
}

/** @param {Pen} pen */
export function lift(pen) {
  if (pen.loose) pen.text += `L${tenths(pen.x)} ${tenths(pen.y)}`;
  pen.loose = false;
}

// Draw on to a place.
/** @param {Pen} pen @param {number} x @param {number} y */
export function on(pen, x, y) {
  if (!straight(pen, x, y)) {
    lift(pen);
    begin(pen);
  }
  narrow(pen, x - pen.fx, y - pen.fy);
  pen.x = x;
  pen.y = y;
  pen.loose = true;
}

/** @param {Pen} pen */
function begin(pen) {
  pen.fx = pen.x;
  pen.fy = pen.y;
  pen.far = pen.lx = pen.ly = pen.rx = pen.ry = 0;
}

// Whether the straight line from what was written last passes all that is left out, and turns back nowhere.
/** @param {Pen} pen @param {number} x @param {number} y */
function straight({ fx, fy, far, lx, ly, rx, ry }, x, y) {
  const [dx, dy] = [x - fx, y - fy];
  return lx * dy - ly * dx <= 0 && rx * dy - ry * dx >= 0 && Math.sqrt(dx * dx + dy * dy) >= far - EVEN;
}

// From now on what passes the place at (dx, dy) as well.
/** @param {Pen} pen @param {number} dx @param {number} dy */
function narrow(pen, dx, dy) {
  const away = Math.sqrt(dx * dx + dy * dy);
  if (away > pen.far) pen.far = away;
  if (away <= EVEN) return;
  const sin = EVEN / away;
  const cos = Math.sqrt(1 - sin * sin);
  const [lx, ly, rx, ry] = [
    dx * cos - dy * sin,
    dx * sin + dy * cos,
    dx * cos + dy * sin,
    dy * cos - dx * sin,
  ];
  const first = pen.lx === 0 && pen.ly === 0;
  if (first || pen.lx * ly - pen.ly * lx < 0) [pen.lx, pen.ly] = [lx, ly];
  if (first || pen.rx * ry - pen.ry * rx > 0) [pen.rx, pen.ry] = [rx, ry];
}
