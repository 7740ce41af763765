// The names of the sensitivity curves: each at its curve's end on the right, clear of the markers of
// the lanes' present rates and of the other names.

import { color } from "../../core/theme.js";
import { lines, longest, written } from "./names.js";

/** @import { Size } from "../../draw/chart.js" */
/** @import { Look as FigureLook, Places, Sensed } from "./figure.js" */
/** @import { Present } from "./present.js" */
/** @typedef {FigureLook & { present: (Present | null)[] }} Look */
/** @typedef {{ x: number, y: number }} Spot */
/** @typedef {Spot & { left: boolean, wide: number, tall: number }} Beside */
/** @typedef {Spot & { wide: number, tall?: number, at?: number }} Pushed */

const [AWAY, REACH, LINE] = [0.7, 0.8, 1.25];

// A name in as few lines as there is room for on the wider side of its place.
/** @param {string} label @param {number} x @param {number} width @param {number} size */
function named(label, x, width, size) {
  return lines(label, Math.max(Math.floor(Math.max(x, width - x) / (0.6 * size)) - 1, 6));
}

// `look`: { lanes, colors, size, rates, range, present }; `area` is that of the curves in pixels.
/**
 * @param {(Sensed | null)[]} drawn
 * @param {(Places | null)[]} places
 * @param {Look} look
 * @param {Size} area
 */
export function labels(drawn, places, look, area) {
  const { lanes, colors, size, range } = look;
  const { along, up } = scales(look, area);
  const found = drawn.flatMap((curve, k) => {
    const own = places[k] ?? [];
    const i = curve ? own.findLastIndex((v) => v !== null) : -1;
    const last = own[i];
    if (last === null || last === undefined) return [];
    const x = along(look.rates[i]) * area.width;
    const text = named(lanes[k].label, x, area.width, size);
    const wide = longest(text) * 0.6 * size;
    return [{ k, text, x, y: up(last), left: x + wide > area.width, wide, tall: text.length }];
  });
  const marks = look.present.filter((one) => one !== null);
  const met = marks.map(({ rate, place }) => ({ x: along(rate) * area.width, y: up(place ?? range[1]) }));
  const cleared = found.map((item) => ({ ...item, at: 0, ...clear(item, met, size, area) }));
  apart(cleared, LINE * size, area.height);
  return cleared.map(({ k, text, x, at, left }) => ({
    xref: "paper",
    yref: "y",
    x: x / area.width,
    y: range[0] + (at / area.height) * (range[1] - range[0]),
    xanchor: left ? "right" : "left",
    xshift: (left ? -AWAY : AWAY) * size,
    yanchor: "middle",
    text: `<b>${written(text)}</b>`,
    font: { size: 1.05 * size, color: color(lanes[k], colors) },
    bgcolor: colors.halo,
    borderpad: 1,
    showarrow: false,
  }));
}

// Where a rate lies across, from 0 to 1, and a height on the axis up, in pixels.
/** @param {Look} look @param {Size} area */
function scales({ rates, range }, area) {
  const [first, last] = [Math.log10(rates[0]), Math.log10(rates[rates.length - 1])];
  const [low, high] = range;
  return {
    /** @param {number} rate */
    along: (rate) => (last > first ? (Math.log10(rate) - first) / (last - first) : 0.5),
    /** @param {number} place */
    up: (place) => ((Math.min(Math.max(place, low), high) - low) / (high - low)) * area.height,
  };
}

// On which side of its place and how high a name covers none of these points, if there is such a way.
/** @param {Beside} name @param {Spot[]} points @param {number} size @param {Size} area */
export function clear({ x, y, left, wide, tall }, points, size, area) {
  const away = (LINE / 2) * tall * size + REACH * size;
  const sides = [left, !left].filter((side) => (side ? x - wide > 0 : x + wide < area.width));
  const heights = [y, y + away, y - away].filter((up) => up >= 0 && up <= area.height);
  const ways = heights.flatMap((up) => sides.map((side) => ({ y: up, left: side })));
  /** @param {{ y: number, left: boolean }} way */
  const free = (way) => {
    const from = way.left ? x - AWAY * size - wide : x + AWAY * size;
    /** @param {number} px */
    const across = (px) => px > from - REACH * size && px < from + wide + REACH * size;
    return !points.some((point) => across(point.x) && Math.abs(point.y - way.y) < away);
  };
  return ways.find(free) || { y, left };
}

// Push names that would touch apart, the lower ones downwards.
/** @template {Pushed} Item @param {Item[]} found @param {number} gap @param {number} height */
export function apart(found, gap, height) {
  /** @param {Item} a @param {Item} b */
  const near = (a, b) => Math.abs(a.x - b.x) < Math.max(a.wide, b.wide) * 1.1;
  const order = [...found].sort((a, b) => b.y - a.y);
  /** @param {Item} a @param {Item} b */
  const between = (a, b) => (gap * ((a.tall || 1) + (b.tall || 1))) / 2;
  order.forEach((item, n) => {
    item.at = Math.min(item.y, height - between(item, item) / 2);
    for (const above of order.slice(0, n)) {
      const [high, gone] = [above.at ?? 0, between(above, item)];
      if (near(item, above) && high - item.at < gone) item.at = high - gone;
    }
  });
  return found;
}
