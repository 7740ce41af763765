// The Hessian's axes on the map at start, head and minimum, to one stated scale: each reaches to
// where its curvature alone has lifted (solid, with bars) or lowered (dashed, with arrowheads)
// the loss by the same round amount.

import { roundScale } from "./arrows.js";
import { pixelOf } from "../axes.js";
import { pointAt } from "../../core/packet.js";
import { significant } from "../../core/format.js";
import { spot, words } from "./shapes.js";

/** @import { Anchor, Axes, Item, KeyRow, LineLook, Look, Pixel } from "../shapes.d.ts" */
/** @import { FeltRace } from "../../core/stage.d.ts" */
/** @import { TheoryHeader, TheoryPlace } from "../../core/packets.d.ts" */
/** @typedef {Pick<FeltRace, "header" | "arrays">} Race */
/** @typedef {{ at: [number, number], low: number, high: number, angle: number }} Curved */
/** @typedef {{ text: string, x: number, y: number, anchor: Anchor }} Name */
/** @typedef {{ rises: string, falls: string, names: Name[] }} Outlines */
/** @typedef {{ axis: Axes, rise: number, size: number }} Scale */

const SHARE = 0.2;
const LONGEST = 0.4;
const APART = 34;
/** @type {Outlines} */
const NONE = { rises: "", falls: "", names: [] };

// `said` states the scale; `at(t)` gives for each place its outlines and the eigenvalues' names.
/** @param {Race} race @param {Axes} axis */
export function curvatureAxes(race, axis, size = 1) {
  const { places } = /** @type {TheoryHeader} */ (race.header.theory);
  const heads = Array.from({ length: race.header.steps + 1 }, (_, t) => headAt(race, t));
  const curved = [...places, ...heads].filter(isCurved);
  const rise = commonRise(curved, axis);
  const scale = { axis, rise, size };
  return {
    said: `Axes: the curvature alone lifts (solid) or lowers (dashed) the loss by ${significant(rise, 2)}`,
    /** @param {number} t @returns {Outlines[]} */
    at: (t) => {
      const head = headAt(race, t);
      const at = pixelOf(axis, head.at);
      const [first, rest] = [places[0], places[2]].map((place) =>
        isCurved(place) && far(pixelOf(axis, place.at), at, size) ? outlines(place, scale) : NONE,
      );
      return [first, outlines(head, scale), rest];
    },
  };
}

/** @param {Pick<TheoryPlace, "at" | "low" | "high" | "angle"> | null} place @returns {place is Curved} */
const isCurved = (place) => place !== null && Number.isFinite(place.low);

/** @param {{ said: string }} axes @returns {KeyRow} */
export const axesKey = ({ said }) => ({ name: "axes-key arrow-key", entries: [{ text: said }] });

const PLACES = ["start", "head", "rest"];

// The axes at step t as shapes: a halo under both, those that rise, those that fall, and their names.
/**
 * @param {ReturnType<typeof curvatureAxes>} axes
 * @param {number} t
 * @param {string} paint
 * @param {Look} look
 * @returns {Item[]}
 */
export function axesShapes(axes, t, paint, { colors, type }) {
  const scale = type / 13;
  return axes.at(t).flatMap(({ rises, falls, names }, k) => {
    const place = PLACES[k];
    const stroke = place === "head" ? paint : colors.text;
    /** @param {string} name @param {string} d @param {LineLook} style @returns {Item[]} */
    const line = (name, d, style) => {
      const own = { key: `hessian ${place} ${name}`, name: `hessian ${name}`, data: { place } };
      return d ? [{ kind: "stroke", ...own, d, ...style }] : [];
    };
    return [
      ...line("under", rises + falls, { stroke: colors.halo, width: 5 * scale }),
      ...line("rises", rises, { stroke, width: 1.8 * scale }),
      ...line("falls", falls, { stroke, width: 1.8 * scale, dash: [5 * scale, 3 * scale] }),
      ...names.map(({ text, x, y, anchor }, n) => {
        const own = { key: `eigenvalue ${place} ${n}`, name: "eigenvalue", data: { place } };
        const style = { anchor, halo: colors.halo, weight: 600 };
        return words(text, x, y, 0.92 * type, stroke, { ...own, ...style });
      }),
    ];
  });
}

/** @param {Pixel} pixel @param {Pixel} pixel @param {number} size */
const far = ([ax, ay], [bx, by], size) => !(Math.hypot(ax - bx, ay - by) < APART * size);

/** @param {Race} race @param {number} t @returns {Curved} */
function headAt({ header, arrays }, t) {
  const at = pointAt(arrays[`x${header.chosen}`].values, t);
  const [low, high, angle] = arrays["theory.curvature"].values.subarray(3 * t, 3 * t + 3);
  return { at, low, high, angle };
}

// The flatter direction of the middle place fits the map well.
/** @param {Curved[]} curved @param {Axes} axis */
function commonRise(curved, axis) {
  const wide = Math.min(axis.x.high - axis.x.low, axis.y.high - axis.y.low);
  const flattest = curved.map(({ low, high }) => Math.min(Math.abs(low), Math.abs(high)));
  const lengths = flattest.filter((h) => h > 0).map((h) => Math.sqrt(2 / h) / wide);
  return riseFor(lengths.sort((a, b) => a - b));
}

// The largest 1, 2 or 5 times a power of ten whose root keeps the middle length within its share.
/** @param {number[]} sorted */
export function riseFor(sorted) {
  if (!sorted.length) return 1;
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  return roundScale([(middle / SHARE) ** 2 * 0.25]);
}

/** @param {Curved} curved @param {Scale} scale */
function outlines({ at, low, high, angle }, scale) {
  /** @type {Outlines} */
  const found = { rises: "", falls: "", names: [] };
  if (!Number.isFinite(low) || !at.every(Number.isFinite)) return found;
  const sides = [
    [high, angle],
    [low, angle + Math.PI / 2],
  ];
  for (const [h, turn] of sides) {
    const reach = ends(at, h, turn, scale);
    if (!reach) continue;
    found[h > 0 ? "rises" : "falls"] += drawn(reach, h > 0, scale.size);
    found.names.push({ text: significant(h, 3), ...beside(reach, scale.size) });
  }
  return found;
}

/** @typedef {{ mid: number[], half: number[], cut: boolean }} Reach */

// Both ends of an axis in pixels, and whether the map was too small for all of it.
/**
 * @param {[number, number]} at
 * @param {number} h
 * @param {number} turn
 * @param {Scale} scale
 * @returns {Reach | null}
 */
function ends([x, y], h, turn, { axis, rise }) {
  if (h === 0) return null;
  const length = Math.sqrt((2 * rise) / Math.abs(h));
  const [dx, dy] = [Math.cos(turn) * length, Math.sin(turn) * length];
  const [mx, my] = pixelOf(axis, [x, y]);
  const [ex, ey] = pixelOf(axis, [x + dx, y + dy]);
  const most = LONGEST * Math.min(axis.x.length, axis.y.length);
  const found = Math.hypot(ex - mx, ey - my);
  if (!(found > 0)) return null;
  const part = Math.min(1, most / found);
  return { mid: [mx, my], half: [(ex - mx) * part, (ey - my) * part], cut: part < 1 };
}

/** @param {Reach} reach @param {boolean} rises @param {number} size */
function drawn({ mid: [mx, my], half: [hx, hy], cut }, rises, size) {
  const text = `M${spot(mx - hx, my - hy)}L${spot(mx + hx, my + hy)}`;
  if (cut) return text;
  const length = Math.hypot(hx, hy);
  const [ux, uy] = [(size * hx) / length, (size * hy) / length];
  const tip = rises ? crossbar : barbs;
  return text + tip(mx + hx, my + hy, ux, uy) + tip(mx - hx, my - hy, -ux, -uy);
}

/** @param {number} x @param {number} y @param {number} ux @param {number} uy */
const crossbar = (x, y, ux, uy) => `M${spot(x - 5 * uy, y + 5 * ux)}L${spot(x + 5 * uy, y - 5 * ux)}`;

/** @param {number} x @param {number} y @param {number} ux @param {number} uy */
const barbs = (x, y, ux, uy) =>
  `M${spot(x - 7 * ux + 4 * uy, y - 7 * uy - 4 * ux)}L${spot(x, y)}L${spot(x - 7 * ux - 4 * uy, y - 7 * uy + 4 * ux)}`;

// An eigenvalue stands at the upper or right end of its axis, a little outside.
/** @param {Reach} reach @param {number} size @returns {Pick<Name, "x" | "y" | "anchor">} */
function beside({ mid: [mx, my], half: [hx, hy] }, size) {
  const sign = Math.abs(hx) > Math.abs(hy) ? Math.sign(hx) : -Math.sign(hy);
  const length = Math.hypot(hx, hy);
  const out = 1 + (12 * size) / length;
  return {
    x: mx + sign * hx * out,
    y: my + sign * hy * out + 4 * size,
    anchor: Math.abs(hx) > Math.abs(hy) ? "start" : "middle",
  };
}
