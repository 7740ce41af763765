// The names of the sensitivity curves: each beside its curve, at its end on the right if there is room,
// clear of the markers of the lanes' present rates, of the levels' names and of the other curves.

import { color } from "../../core/theme.js";
import { axesIn } from "../../draw/axes.js";
import { around, cheapest, field, held, sampled } from "../../draw/placing.js";
import { haloed } from "../../draw/halo.js";
import { lines, longest, written } from "./names.js";

/** @import { Size } from "../../draw/chart.js" */
/** @import { Box, Pixel } from "../../draw/shapes.d.ts" */
/** @import { Sensed } from "./compute.js" */
/** @import { Look as FigureLook, Places } from "./figure.js" */
/** @import { Present } from "./present.js" */
/** @typedef {{ y: number, text: string }} Level */
/** @typedef {FigureLook & { present: (Present | null)[], levels: Level[] }} Look */

// A letter is so wide, a line so high and the type so large, in parts of the figure's type.
const [LETTER, LINE, TYPE] = [0.64, 1.25, 1.05];
const SHARES = [1, 0.75, 0.5, 0.25, 0];

// `look`: { lanes, colors, size, rates, across, range, present, levels }; `area` is that of the curves in pixels.
/**
 * @param {(Sensed | null)[]} drawn
 * @param {(Places | null)[]} places
 * @param {Look} look
 * @param {Size} area
 */
export function labels(drawn, places, look, area) {
  const { lanes, colors, size } = look;
  const type = TYPE * size;
  const frame = { x: 0, y: 0, ...area };
  const { x, y } = axesIn(frame, [look.across, look.range]);
  /** @param {number} place */
  const up = (place) => y.to(Math.min(Math.max(place, y.low), y.high));
  /** @param {number} rate @param {number} place @returns {Pixel} */
  const pixel = (rate, place) => [x.to(Math.log10(rate)), up(place)];
  const curves = places.map((own, k) =>
    drawn[k] ? (own ?? []).map((place, i) => (place === null ? null : pixel(look.rates[i], place))) : [],
  );
  const seen = curves.flatMap((curve) => sampled(curve, frame, type));
  const marks = look.present
    .filter((one) => one !== null)
    .map(({ rate, place }) => pixel(rate, place ?? look.range[1]));
  const boxes = look.levels.map((level) => levelBox(level, up, size));
  return curves.flatMap((curve, k) => {
    const ends = spread(curve);
    if (!ends.length) return [];
    const text = named(lanes[k].label, ends[0][0], area.width, type);
    const own = { width: longest(text) * LETTER * type, height: text.length * LINE * type };
    const options = ends.flatMap((at) => around(at, own, type)).map((at) => held(at, frame, type));
    const at = options[cheapest(options, { boxes, marks, lines: field(seen, frame, type) }, type)];
    boxes.push(at);
    return [note(at, text, area, { type, paint: color(lanes[k], colors), halo: colors.halo })];
  });
}

// Places along a curve, from its end on.
/** @param {(Pixel | null)[]} curve */
function spread(curve) {
  const there = curve.filter((place) => place !== null);
  return there.length ? SHARES.map((share) => there[Math.round(share * (there.length - 1))]) : [];
}

// A name in as few lines as there is room for on the wider side of its place.
/** @param {string} label @param {number} x @param {number} width @param {number} type */
function named(label, x, width, type) {
  return lines(label, Math.max(Math.floor(Math.max(x, width - x) / (LETTER * type)) - 1, 6));
}

// The words above a level, at the left.
/** @param {Level} level @param {(place: number) => number} up @param {number} size @returns {Box} */
function levelBox({ y, text }, up, size) {
  const height = LINE * size;
  return { x: 0, y: up(y) - height, width: text.length * LETTER * size, height };
}

/** @param {Box} at @param {string[]} text @param {Size} area @param {{ type: number, paint: string, halo: string }} look */
function note(at, text, area, { type, paint, halo }) {
  return {
    xref: "paper",
    yref: "y domain",
    x: (at.x + at.width / 2) / area.width,
    y: 1 - (at.y + at.height / 2) / area.height,
    xanchor: "center",
    yanchor: "middle",
    text: `<b>${written(text)}</b>`,
    font: { size: type, color: paint, shadow: haloed(halo, type) },
    showarrow: false,
  };
}
