// What each panel of curves shows of a race, and on which range.

import { coordinate } from "../core/packet.js";
import { spread } from "../draw/figures.js";

/** @import { Extra, FeltRace, Held } from "../core/stage.d.ts" */
/** @import { Numbers } from "../core/packets.d.ts" */
/** @import { Curve } from "../draw/shapes.d.ts" */
/** @typedef {{ held?: Held | null, picked?: string, extras?: Extra[] }} Beside */
/**
 * @typedef {object} Kind
 * @property {(race: FeltRace, log: boolean, view: Beside) => string} title
 * @property {(race: FeltRace, log: boolean, view: Beside) => Curve[]} curves
 * @property {(race: FeltRace, log: boolean) => boolean} logarithmic
 * @property {(race: FeltRace, logarithmic: boolean) => number[]} [limits]
 * @property {number} [aside]
 */

const SIDES = ["x", "y"];

// A line's style is its lane's in every panel; of its two coordinates x is broad and y slim.
const WIDTHS = [2.1, 1];
const ASIDE = [1.3, 0.7];

// What each panel shows: its curves from a race, and whether its axis may be logarithmic.
/** @type {Record<string, Kind>} */
export const PANELS = {
  loss: { title: lossTitle, curves: losses, logarithmic: (race, log) => log && known(race), limits },
  rate: {
    title: () => "Effective rate of each weight",
    curves: (race) => sided(race, (k) => race.arrays[`rate${k}`]),
    logarithmic: () => true,
    aside: 0.03,
  },
  gradient: {
    title: (race) => `Gradient of ${chosen(race).label}`,
    curves: gradients,
    logarithmic: () => false,
  },
  memory: { title: memoryTitle, curves: memories, logarithmic: () => false },
  length: { title: () => "Step length", curves: lengths, logarithmic: () => true },
  quotient: {
    title: () => "Step ÷ −gradient",
    curves: (race) => sided(race, (k) => quotient(race.arrays[`x${k}`], race.arrays[`gradient${k}`])),
    logarithmic: () => true,
    aside: 0.03,
  },
};

/** @param {FeltRace} race */
const chosen = (race) => race.header.lanes[race.header.chosen];
/** @param {FeltRace} race */
const known = (race) => race.header.lowest !== null;

/** @param {FeltRace} race @param {boolean} log */
function lossTitle(race, log) {
  return log && known(race) ? "Loss above the minimum" : "Loss";
}

/** @param {FeltRace} race @param {boolean} log @param {Beside} view */
function memoryTitle(race, log, view) {
  const name = remembered(race, view);
  return name
    ? `Memory of ${chosen(race).label}: ${race.header.memory[name]}`
    : `${chosen(race).label} remembers nothing`;
}

/** @param {FeltRace} race @param {boolean} log @param {Beside} beside @returns {Curve[]} */
function losses(race, log, { held }) {
  const name = log && known(race) ? "gap" : "loss";
  const ghosts = (held?.lanes || []).flatMap((lane) => {
    const values = lane[name];
    return values
      ? [{ lane, label: `${lane.label}, held`, values, quiet: true, width: 1.8, opacity: 0.85 }]
      : [];
  });
  return [
    ...ghosts,
    ...race.header.lanes.map((lane, k) => ({
      lane,
      label: lane.label,
      values: race.arrays[`${name}${k}`].values,
    })),
  ];
}

// Losses that the window can hold: what runs away must not press all others flat.
/** @param {FeltRace} race @param {boolean} logarithmic */
function limits({ header, arrays }, logarithmic) {
  if (!header.surface.heights) return [-Infinity, Infinity];
  const starts = header.lanes.map((_, k) => arrays[`loss${k}`].values[0]).filter(Number.isFinite);
  const [low, high] = header.surface.heights;
  const top = Math.max(high, ...starts);
  return logarithmic
    ? [-Infinity, Math.log10(top - (header.lowest ?? 0)) + 1]
    : [Math.min(low, ...starts), top];
}

/** @param {FeltRace} race @param {(k: number) => Numbers} array @returns {Curve[]} */
function sided(race, array) {
  return race.header.lanes.flatMap((lane, k) =>
    SIDES.map((side, s) => {
      const quiet = k !== race.header.chosen;
      const width = (quiet ? ASIDE : WIDTHS)[s];
      const values = coordinate(array(k), s);
      return { lane, side, label: `${lane.label}, ${side}`, width, values, first: 1, quiet };
    }),
  );
}

// The step taken divided by the negative gradient; NaN where that is no number.
/** @param {Numbers} x @param {Numbers} gradient @returns {Numbers} */
function quotient(x, gradient) {
  const values = Float64Array.from({ length: x.values.length - 2 }, (_, n) => {
    const rate = -(x.values[n + 2] - x.values[n]) / gradient.values[n];
    return Number.isFinite(rate) ? rate : NaN;
  });
  return { values, shape: [values.length / 2, 2] };
}

/** @param {FeltRace} race @returns {Curve[]} */
function lengths(race) {
  return race.header.lanes.map((lane, k) => {
    const { values: x } = race.arrays[`x${k}`];
    /** @param {unknown} _ @param {number} t */
    const moved = (_, t) => Math.hypot(x[2 * t + 2] - x[2 * t], x[2 * t + 3] - x[2 * t + 1]);
    const values = Float64Array.from({ length: x.length / 2 - 1 }, moved);
    return { lane, label: lane.label, values, first: 1 };
  });
}

/** @param {FeltRace} race @returns {Curve[]} */
function gradients(race) {
  const [lane, k] = [chosen(race), race.header.chosen];
  return SIDES.map((side, s) => {
    const values = coordinate(race.arrays[`gradient${k}`], s);
    return { lane, side, label: `g, ${side}`, width: WIDTHS[s], values };
  });
}

// One memory array at a time: momentum and squares differ too much in size to share an axis.
/** @param {FeltRace} race @param {boolean} log @param {Beside} view @returns {Curve[]} */
function memories(race, log, view) {
  const lane = chosen(race);
  const array = race.arrays[`memory.${remembered(race, view)}`];
  if (!array) return [];
  const sides = array.shape.length > 1 ? [0, 1] : [0];
  return sides.map((s) => ({
    lane,
    side: sides.length > 1 ? SIDES[s] : "",
    label: SIDES[s],
    width: WIDTHS[s],
    values: coordinate(array, s),
  }));
}

// The memory array shown: the one picked, if this rule has it, or the first.
/** @param {FeltRace} race @param {Beside} view */
export function remembered(race, view) {
  const names = Object.keys(race.header.memory);
  return names.find((name) => name === view.picked) ?? names[0];
}

// A panel's range: that of its curves, inside what it can show of them.
/** @param {string} name @param {FeltRace} race @param {Curve[]} curves @param {boolean} logarithmic */
export function rangeOf(name, race, curves, logarithmic) {
  const kind = PANELS[name];
  const [low, high] = spread(curves, logarithmic, kind.aside);
  const [least, most] = kind.limits?.(race, logarithmic) || [-Infinity, Infinity];
  const pad = Number.isFinite(least) ? 0.06 * (most - least) : 0;
  const inside = [Math.max(low, least - pad), Math.min(high, most + pad)];
  return inside[1] > inside[0] ? inside : [low, high];
}

// What a panel shows: its own curves and those that others add; `view` says what is held, what is
// picked and who adds. Where a band shows many runs, the single ones step back.
/** @param {string} name @param {FeltRace} race @param {boolean} log @param {Beside} view @returns {Curve[]} */
export function panelCurves(name, race, log, view) {
  const kind = PANELS[name];
  const own = kind.curves(race, log, view);
  const logarithmic = kind.logarithmic(race, log);
  const added = (view.extras || []).flatMap((extra) => extra(name, race, logarithmic));
  if (!added.some(({ low }) => low)) return [...own, ...added];
  /** @param {Curve} curve */
  const stepBack = (curve) => ({
    ...curve,
    quiet: true,
    width: 1.2,
    aside: 0.03,
    opacity: curve.lane === chosen(race) ? 0.5 : 0.2,
  });
  return [...own.map((curve) => (curve.quiet ? curve : stepBack(curve))), ...added];
}
