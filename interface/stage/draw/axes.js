// Where a data point lies in pixels: a pair of axes as two linear (or logarithmic) functions.

/** @import { Axes, Box, Plot, PlotAxis, Side } from "../core/stage.d.ts" */
/** @import { Pixel } from "./shapes.d.ts" */

// Those of a plot, or of one of its panels: "" for the first, 2 for the second.
/** @param {Pick<Plot, "_fullLayout">} plot @param {string | number} [panel] @returns {Axes} */
export function axes({ _fullLayout }, panel = "") {
  return { x: side(_fullLayout[`xaxis${panel}`]), y: side(_fullLayout[`yaxis${panel}`], true) };
}

// The axes of a box in pixels, each over its range; a logarithmic one's is in powers of ten.
/** @param {Box} box @param {number[][]} ranges @returns {Axes} */
export function axesIn({ x, y, width, height }, [across, up], logarithmic = false) {
  return {
    x: side({ range: across, type: "linear", _offset: x, _length: width }),
    y: side({ range: up, type: logarithmic ? "log" : "linear", _offset: y, _length: height }, true),
  };
}

/** @param {PlotAxis} axis @returns {Side} */
function side({ range, type, _offset, _length }, down = false) {
  const [low, high] = range.map(Number);
  const scale = _length / (high - low);
  const logarithmic = type === "log";
  /** @param {number} at */
  const place = (at) => (down ? _offset + _length - (at - low) * scale : _offset + (at - low) * scale);
  return {
    low,
    high,
    logarithmic,
    offset: _offset,
    length: _length,
    place,
    to: (v) => place(logarithmic ? Math.log10(v) : v),
    from: (px) => (down ? low + (_offset + _length - px) / scale : low + (px - _offset) / scale),
  };
}

/** @param {Axes} axes @param {number} px @param {number} py */
export function inside({ x, y }, px, py) {
  return px >= x.offset && px <= x.offset + x.length && py >= y.offset && py <= y.offset + y.length;
}

// Pixels far outside are drawn at a finite distance: browsers lose their way beyond about 1e6.
/** @param {number} px */
export const near = (px) => Math.min(Math.max(px, -1e5), 1e5);

// Where a place on the surface is drawn.
/** @param {Axes} axes @param {ArrayLike<number> & Iterable<number>} place @returns {Pixel} */
export const pixelOf = ({ x, y }, [across, up]) => [near(x.to(across)), near(y.to(up))];

// The largest box within another in which both axes have equal units.
/** @param {Box} box @param {number[][]} ranges @returns {Box} */
export function equalBox({ x, y, width, height }, [[x0, x1], [y0, y1]]) {
  const unit = Math.min(width / (x1 - x0), height / (y1 - y0));
  const [wide, high] = [unit * (x1 - x0), unit * (y1 - y0)];
  return { x: x + (width - wide) / 2, y: y + (height - high) / 2, width: wide, height: high };
}

const LEAST = 0.55;

// Whether the view's word means equal units here: by itself, if most of the box is left.
/** @param {string} units @param {Box} box @param {number[][]} ranges */
export function wantsEqual(units, box, ranges) {
  if (units !== "auto") return units === "equal";
  const { width, height } = equalBox(box, ranges);
  return (width * height) / (box.width * box.height) >= LEAST;
}

// What a map takes of its room.
/** @param {string | undefined} units @param {Box} room @param {number[][]} ranges @returns {Box} */
export const mapBox = (units, room, ranges) =>
  wantsEqual(units ?? "auto", room, ranges) ? equalBox(room, ranges) : room;

// Which part of a room's width and height a box takes, the height counted from below.
/** @param {Box} box @param {Box} room */
export function domains(box, room) {
  const [left, below] = [box.x - room.x, room.y + room.height - box.y - box.height];
  return {
    x: [left / room.width, (left + box.width) / room.width],
    y: [below / room.height, (below + box.height) / room.height],
  };
}

// Whether a unit of x is as long as one of y, but for what nobody sees.
/** @param {Axes} axes */
export function equalUnits({ x, y }) {
  const ratio = x.length / (x.high - x.low) / (y.length / (y.high - y.low));
  return Math.abs(ratio - 1) < 0.02;
}
