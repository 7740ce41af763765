// The sentences of an explanation, said of the race on the stage: as lessons/packet.py says them of the page's
// own experiment. Pure.

import { filled, minus, significant } from "../core/format.js";
import { achieved, value } from "./measure.js";

/** @import { AnswersHeader, SaysHeader } from "../core/packets.d.ts" */
/** @import { Race } from "./measure.js" */
/** @import { Sum } from "./told.d.ts" */
/** @typedef {SaysHeader["parts"]} Parts */
/** @typedef {{ text: string, otherwise: string }} Retold */

// Null where something that it speaks of cannot be measured here. Where it would be false, only `otherwise`
// says something.
/** @param {SaysHeader} says @param {string} right @param {Race} race @returns {Retold | null} */
export function retold({ parts, claims, answers, otherwise }, right, race) {
  const text = sentence(parts, race);
  const answer = answers && answered(answers, race);
  const held = claims.map((claim) => achieved(claim, race));
  if (text === null || (answers && answer === null) || held.includes(null)) return null;
  const same = !answers || (answer === right && !held.includes(false));
  return same ? { text, otherwise: "" } : { text: "", otherwise: filled(otherwise, { answer }) };
}

/** @param {AnswersHeader} answers @param {Race} race */
function answered({ options, order }, race) {
  if (order) return ordered(order, race);
  const held = (options ?? []).map(([, claim]) => achieved(claim, race));
  const first = held.findIndex((one) => one !== false);
  return held[first] ? sentence(options?.[first][0] ?? [], race) : null;
}

// The lanes, the one with the smallest number first and one without any last.
/** @param {Sum[]} sums @param {Race} race */
function ordered(sums, race) {
  const values = sums.map((sum) => value(sum, race));
  if (values.includes(null)) return null;
  /** @param {number} k */
  const size = (k) => (Number.isNaN(values[k]) ? Infinity : Number(values[k]));
  /** @param {number} k */
  const none = (k) => Number(Number.isNaN(values[k]));
  const order = sums.map((_, k) => k);
  order.sort((a, b) => none(a) - none(b) || (size(a) === size(b) ? a - b : size(a) - size(b)));
  return order.map((k) => race.header.lanes[k].label).join(", then ");
}

/** @param {Parts} parts @param {Race} race @returns {string | null} */
function sentence(parts, race) {
  const said = parts.map((part) => (typeof part === "string" ? part : blank(part, race)));
  return said.includes(null) ? null : said.join("");
}

/** @param {Exclude<Parts[number], string>} part @param {Race} race @returns {string | null} */
function blank([kind, of, digits, percent], race) {
  if (kind === "lane") return race.header.lanes.find(({ slot }) => slot === of)?.label ?? null;
  const found = value(of, race);
  if (found === null || Number.isNaN(found)) return null;
  return percent ? `${number(100 * found, 3)} %` : number(found, digits);
}

const WHOLE = 10_000;
// What a packet tells in 32 bits has so many digits; where it lies between two roundings, they decide.
const TOLD = 7;

// As lessons/text.py writes a number.
/** @param {number} found @param {number} digits */
function number(found, digits) {
  if (!Number.isFinite(found)) return "never";
  if (Number.isInteger(found) && Math.abs(found) < WHOLE) return minus(String(found));
  return significant(Number(Number(found.toPrecision(TOLD)).toExponential(digits - 1)));
}
