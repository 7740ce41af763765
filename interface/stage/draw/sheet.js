// Where things stand on a picture: boxes for the panels, the title, the legend and the caption. Pure.

/** @import { Box } from "../core/stage.d.ts" */
/** @typedef {Box & { last?: boolean }} Area */

// Sizes in pixels and the size of type that can be read at that size: a slide from the last row,
// a paper column (as high as it needs to be) at 7 points when it is printed 85 mm wide. `wide` is
// the width in millimetres at which a program is to put it in.
/** @type {Record<string, { title: string, size: number[], type: number, wide?: number }>} */
export const SHAPES = {
  slide: { title: "Slide, 16:9", size: [1920, 1080], type: 27, wide: 338.7 },
  square: { title: "Square", size: [1200, 1200], type: 25 },
  paper: { title: "Paper column", size: [1050, 0], type: 31, wide: 85 },
};

const WIDE = 1.2;
const GAP = 0.9;

// `names` are the panels, the landscape first; `foot` is the height that legend and caption need.
/** @param {number[]} size @param {number} type @param {string[]} names @param {number} foot */
export function sheet([width, fixed], type, names, foot) {
  const pad = 1.1 * type;
  const top = pad + 2.1 * type;
  const height = fixed || 2 * Math.round((top + pad + foot + tall(width, names)) / 2);
  const area = { x: pad, y: top, width: width - 2 * pad, height: height - top - foot - pad };
  /** @type {Record<string, Area>} */
  const boxes = {};
  for (const [name, outer] of Object.entries(split(area, names, type)))
    boxes[name] = inner(name, outer, type);
  const foothold = { x: pad + 0.3 * type, y: height - pad - foot, width: width - 2 * pad - 0.6 * type };
  return { width, height, type, boxes, title: { x: foothold.x, y: pad + 1.15 * type }, foot: foothold };
}

// The height that panels one below another want at a width.
/** @param {number} width @param {string[]} names */
function tall(width, names) {
  const large = names.filter((name) => LARGE.includes(name)).length;
  return width * (0.86 * large + 0.42 * (names.length - large));
}

/** @param {Area} area @param {string[]} names @param {number} type @returns {Record<string, Area>} */
function split(area, names, type) {
  const large = names.filter((name) => LARGE.includes(name));
  const small = names.filter((name) => !LARGE.includes(name));
  if (!large.length || !small.length) return grid(area, names, type);
  const wide = area.width / area.height > WIDE && area.width > 42 * type;
  const gap = GAP * type;
  const lines = area.width > 42 * type ? Math.ceil(small.length / 2) : small.length;
  const share = wide ? 0.61 : (0.86 * large.length) / (0.86 * large.length + 0.42 * lines);
  const first = wide
    ? { ...area, width: area.width * share - gap }
    : { ...area, height: area.height * share - gap };
  const rest = wide
    ? { ...area, x: area.x + area.width * share, width: area.width * (1 - share) }
    : { ...area, y: area.y + area.height * share, height: area.height * (1 - share) };
  return { ...grid(first, large, type), ...grid(rest, small, type) };
}

// Equal cells in as many columns as bring them closest to the proportions that suit them.
/** @param {Area} area @param {string[]} names @param {number} type @returns {Record<string, Area>} */
function grid(area, names, type) {
  const count = names.length;
  const gap = GAP * type;
  /** @param {number} columns */
  const shape = (columns) => {
    const lines = Math.ceil(count / columns);
    return {
      columns,
      lines,
      width: (area.width - gap * (columns - 1)) / columns,
      height: (area.height - gap * (lines - 1)) / lines,
    };
  };
  /** @param {{ width: number, height: number }} shape */
  const badness = ({ width, height }) =>
    Math.abs(Math.log(width / height / (LARGE.includes(names[0]) ? 1.2 : 1.6))) +
    Math.max(0, 14 - width / type);
  const best = Array.from({ length: count }, (_, k) => shape(k + 1)).sort(
    (a, b) => badness(a) - badness(b),
  )[0];
  const cells = names.map((name, k) => {
    const [row, column] = [Math.floor(k / best.columns), k % best.columns];
    const at = { x: area.x + column * (best.width + gap), y: area.y + row * (best.height + gap) };
    return [name, { ...at, width: best.width, height: best.height, last: k + best.columns >= count }];
  });
  return Object.fromEntries(cells);
}

const LARGE = ["map", "relief"];

// The axes' rectangle within a panel: room for tick labels, the axis title and, for curves, a heading.
/** @param {string} name @param {Area} area @param {number} type @returns {Area} */
function inner(name, { x, y, width, height, last }, type) {
  if (name === "relief") return { x, y, width, height };
  const [l, t, r, b] =
    name === "map" ? [3.4, 0.4, 0.4, 2.9] : [3.6, 1.6, 0.6, last || name === "model" ? 2.5 : 1.5];
  const box = {
    x: x + l * type,
    y: y + t * type,
    width: width - (l + r) * type,
    height: height - (t + b) * type,
  };
  return { ...box, width: Math.max(box.width, 10), height: Math.max(box.height, 10), last };
}
