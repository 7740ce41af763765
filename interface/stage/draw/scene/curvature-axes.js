// The Hessian's axes on the map at start, head and minimum, to one stated scale: each reaches to
// where its curvature alone has lifted (solid, with bars) or lowered (dashed, with arrowheads)
// the loss by the same round amount.

import { roundScale } from "./arrows.js";
import { near } from "../axes.js";
import { significant } from "../../core/format.js";
import { words } from "./shapes.js";

const SHARE = 0.2;
const LONGEST = 0.4;
const APART = 34;
const NONE = { rises: "", falls: "", names: [] };

// `said` states the scale; `at(t)` gives for each place its outlines and the eigenvalues' names.
export function curvatureAxes(race, axis, size = 1) {
  const { places } = race.header.theory;
  const curved = [...places.filter(Boolean), ...heads(race)].filter(({ low }) => Number.isFinite(low));
  const rise = commonRise(curved, axis);
  const scale = { axis, rise, size };
  return {
    said: `Axes: the curvature alone lifts (solid) or lowers (dashed) the loss by ${significant(rise, 2)}`,
    at: (t) => {
      const [first, head, rest] = [places[0], headAt(race, t), places[2]].map(
        (place) => place && { ...place, px: pixel(axis, place.at) },
      );
      const alone = [first, rest].map((place) => place && far(place.px, head.px, size) && place);
      return [alone[0], head, alone[1]].map((place) => (place ? outlines(place, scale) : NONE));
    },
  };
}

export const axesKey = ({ said }) => ({ name: "axes-key arrow-key", entries: [{ text: said }] });

const PLACES = ["start", "head", "rest"];

// The axes at step t as shapes: a halo under both, those that rise, those that fall, and their names.
export function axesShapes(axes, t, paint, { colors, type }) {
  const scale = type / 13;
  return axes.at(t).flatMap(({ rises, falls, names }, k) => {
    const place = PLACES[k];
    const stroke = place === "head" ? paint : colors.text;
    const line = (name, d, style) => {
      const own = { key: `hessian ${place} ${name}`, name: `hessian ${name}`, data: { place } };
      return d ? [{ kind: "stroke", ...own, d, ...style }] : [];
    };
    return [
      ...line("under", rises + falls, { stroke: colors.halo, width: 5 * scale }),
      ...line("rises", rises, { stroke, width: 1.8 * scale }),
      ...line("falls", falls, { stroke, width: 1.8 * scale, dash: [5 * scale, 3 * scale] }),
      ...names.map((name, n) => eigenvalue(name, n, place, stroke, colors, type)),
    ];
  });
}

function eigenvalue({ text, x, y, anchor }, n, place, fill, { halo }, type) {
  const own = { key: `eigenvalue ${place} ${n}`, name: "eigenvalue", data: { place } };
  return words(text, x, y, 0.92 * type, fill, { ...own, anchor, halo, weight: 600 });
}

const far = ([ax, ay], [bx, by], size) => !(Math.hypot(ax - bx, ay - by) < APART * size);

function headAt({ header, arrays }, t) {
  const { values } = arrays[`x${header.chosen}`];
  const [low, high, angle] = arrays["theory.curvature"].values.subarray(3 * t, 3 * t + 3);
  return { at: [values[2 * t], values[2 * t + 1]], low, high, angle };
}

function heads(race) {
  return Array.from({ length: race.header.steps + 1 }, (_, t) => headAt(race, t));
}

// The flatter direction of the middle place fits the map well.
function commonRise(curved, axis) {
  const wide = Math.min(axis.x.high - axis.x.low, axis.y.high - axis.y.low);
  const flattest = curved.map(({ low, high }) => Math.min(Math.abs(low), Math.abs(high)));
  const lengths = flattest.filter((h) => h > 0).map((h) => Math.sqrt(2 / h) / wide);
  return riseFor(lengths.sort((a, b) => a - b));
}

// The largest 1, 2 or 5 times a power of ten whose root keeps the middle length within its share.
export function riseFor(sorted) {
  if (!sorted.length) return 1;
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  return roundScale([(middle / SHARE) ** 2 * 0.25]);
}

const pixel = (axis, [x, y]) => [near(axis.x.to(x)), near(axis.y.to(y))];

function outlines({ at, low, high, angle }, scale) {
  /** @type {{ rises: string, falls: string, names: object[] }} */
  const found = { rises: "", falls: "", names: [] };
  if (!Number.isFinite(low) || !at.every(Number.isFinite)) return found;
  const sides = [
    [high, angle],
    [low, angle + Math.PI / 2],
  ];
  for (const [h, turn] of sides) {
    const reach = ends(at, h, turn, scale);
    if (!reach) continue;
    found[h > 0 ? "rises" : "falls"] += stroke(reach, h > 0, scale.size);
    found.names.push({ text: significant(h, 3), ...beside(reach, scale.size) });
  }
  return found;
}

/** @typedef {{ mid: number[], half: number[], cut: boolean }} Reach */

// Both ends of an axis in pixels, and whether the map was too small for all of it.
function ends([x, y], h, turn, { axis, rise }) {
  if (h === 0) return null;
  const length = Math.sqrt((2 * rise) / Math.abs(h));
  const [dx, dy] = [Math.cos(turn) * length, Math.sin(turn) * length];
  const [mx, my] = pixel(axis, [x, y]);
  const [ex, ey] = pixel(axis, [x + dx, y + dy]);
  const most = LONGEST * Math.min(axis.x.length, axis.y.length);
  const found = Math.hypot(ex - mx, ey - my);
  if (!(found > 0)) return null;
  const part = Math.min(1, most / found);
  return { mid: [mx, my], half: [(ex - mx) * part, (ey - my) * part], cut: part < 1 };
}

/** @param {Reach} reach @param {boolean} rises @param {number} size */
function stroke({ mid: [mx, my], half: [hx, hy], cut }, rises, size) {
  const text = `M${spot(mx - hx, my - hy)}L${spot(mx + hx, my + hy)}`;
  if (cut) return text;
  const length = Math.hypot(hx, hy);
  const [ux, uy] = [(size * hx) / length, (size * hy) / length];
  const tip = rises ? crossbar : barbs;
  return text + tip(mx + hx, my + hy, ux, uy) + tip(mx - hx, my - hy, -ux, -uy);
}

const spot = (x, y) => `${x.toFixed(1)} ${y.toFixed(1)}`;

const crossbar = (x, y, ux, uy) => `M${spot(x - 5 * uy, y + 5 * ux)}L${spot(x + 5 * uy, y - 5 * ux)}`;

const barbs = (x, y, ux, uy) =>
  `M${spot(x - 7 * ux + 4 * uy, y - 7 * uy - 4 * ux)}L${spot(x, y)}L${spot(x - 7 * ux - 4 * uy, y - 7 * uy + 4 * ux)}`;

// An eigenvalue stands at the upper or right end of its axis, a little outside.
/** @param {Reach} reach @param {number} size */
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
