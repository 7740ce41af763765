// The start that a turning surface takes along, as surfaces/turning.py has it.

/** @import { HandleHeader, RaceHeader, TurningHeader } from "../core/packets.d.ts" */
/** @typedef {{ surface: Pick<RaceHeader["surface"], "turning">, handles?: Pick<HandleHeader, "key" | "value">[] }} Settings */
/** @typedef {Record<string, string>} Changes */

const [DIGITS, FEW, ALIKE] = [8, 5, 1e-7];
const FARTHEST = 1e6;

// Changes of settings, by their names in a link, and what else they change: a surface that is turned
// takes along what is not given of the start.
/** @param {Settings} settings @param {Changes} changes @returns {Changes} */
export function carried({ surface, handles }, changes) {
  if (!surface.turning) return changes;
  const { key, origin, bearing } = surface.turning;
  const kept = handles?.find((one) => one.key === key)?.value;
  if (!(key in changes) || Number(changes[key]) === Number(kept)) return changes;
  const [x, y] = turned(origin, Number(changes[key]) - bearing).map(within);
  return { x: String(x), y: String(y), ...changes };
}

// Where the start of a race goes from, once some changes are kept.
/**
 * @param {Settings & Pick<RaceHeader, "start" | "handles">} settings
 * @param {Changes} changes
 * @returns {TurningHeader | null}
 */
export function originOf({ surface, start, handles }, changes) {
  const { turning } = surface;
  if (!turning || !("x" in changes || "y" in changes)) return turning;
  const angle = handles.find(({ key }) => key === turning.key)?.value;
  const [x, y] = ["x", "y"].map((side, k) => Number(changes[side] ?? start[k]));
  return { ...turning, origin: [x, y], bearing: Number(changes[turning.key] ?? angle) };
}

/** @param {number[]} origin @param {number} degrees */
function turned([x, y], degrees) {
  const angle = (degrees / 180) * Math.PI;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  return [rounded(cosine * x - sine * y), rounded(sine * x + cosine * y)];
}

/** @param {number} value */
function rounded(value) {
  const [few, many] = [FEW, DIGITS].map((digits) => Math.round(value * 10 ** digits) / 10 ** digits);
  return (Math.abs(value - few) < ALIKE ? few : many) + 0;
}

/** @param {number} side */
const within = (side) => Math.min(Math.max(side, -FARTHEST), FARTHEST);
