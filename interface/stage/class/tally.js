// What a class has answered, counted: rows of a label, how many said so, and whether it is right. Pure.

import { minus, significant } from "../core/format.js";
import { judged } from "../lesson/judge.js";

/** @import { RankingAsked, RoomAnswer, TruthHeader, WordsAsked } from "../core/packets.d.ts" */
/** @import { Question } from "../lesson/told.d.ts" */
/** @typedef {{ label: string, count: number, right: boolean | null }} Row */

const MOST_ORDERS = 5;
const MOST_BARS = 8;

/** @param {Pick<Question, "shape">} question @param {RoomAnswer[]} answers @param {TruthHeader | null} truth @returns {Row[]} */
export function rowsOf({ shape }, answers, truth) {
  const said = answers.map(({ answer }) => answer);
  /** @param {string} answer */
  const right = (answer) => (truth ? judged({ shape, answer }, truth).right : null);
  switch (shape.kind) {
    case "words":
      return chosen(shape.options, said).map((row, k) => ({ ...row, right: right(String(k)) }));
    case "ranking":
      return orders(shape, said, right);
    case "number":
      return amounts(shape.unit, said, truth);
    default:
      return truth ? near(said, right) : [];
  }
}

/** @param {string[]} reasons @param {RoomAnswer[]} answers @param {number | null} right @returns {Row[]} */
export const reasonsOf = (reasons, answers, right) =>
  chosen(
    reasons,
    answers.map(({ reason }) => reason),
  ).map((row, k) => ({ ...row, right: right === null ? null : k === right }));

/** @param {WordsAsked["options"]} options @param {string[]} said */
const chosen = (options, said) =>
  options.map((label, k) => ({ label, count: said.filter((answer) => answer === String(k)).length }));

/** @param {RankingAsked} shape @param {string[]} said @param {(answer: string) => boolean | null} right @returns {Row[]} */
function orders({ lanes }, said, right) {
  const names = Object.fromEntries(lanes);
  const counted = [...counts(said)].sort(([, a], [, b]) => b - a);
  const rest = counted.slice(MOST_ORDERS).reduce((sum, [, count]) => sum + count, 0);
  const rows = counted.slice(0, MOST_ORDERS).map(([answer, count]) => ({
    label: answer
      .split(",")
      .map((slot) => names[slot])
      .join(", then "),
    count,
    right: right(answer),
  }));
  return rest ? [...rows, { label: "other orders", count: rest, right: null }] : rows;
}

/** @param {string[]} said */
function counts(said) {
  /** @type {Map<string, number>} */
  const found = new Map();
  for (const answer of said) found.set(answer, (found.get(answer) ?? 0) + 1);
  return found;
}

// Numbers of which there are few are counted each; many, and intervals by their middles, in bars of equal
// width.
/** @param {string} unit @param {string[]} said @param {TruthHeader | null} truth @returns {Row[]} */
function amounts(unit, said, truth) {
  const values = said.map(middle).sort((a, b) => a - b);
  /** @param {number} low @param {number} high */
  const right = (low, high) => {
    const { value = null, off = 0 } = truth ?? {};
    return truth && value !== null ? low <= value + off && high >= value - off : null;
  };
  /** @param {string} text */
  const label = (text) => minus(`${text} ${unit}`.trim());
  const each = [...new Set(values)];
  if (each.length <= MOST_BARS)
    return each.map((value) => ({
      label: label(significant(value, 4)),
      count: values.filter((other) => other === value).length,
      right: right(value, value),
    }));
  const [low, high] = [values[0], values[values.length - 1]];
  const width = (high - low) / MOST_BARS;
  return Array.from({ length: MOST_BARS }, (_, k) => {
    const [from, to] = [low + k * width, low + (k + 1) * width];
    const inside = values.filter((value) => Math.min(Math.floor((value - low) / width), MOST_BARS - 1) === k);
    const text = `${significant(from, 3)} to ${significant(to, 3)}`;
    return { label: label(text), count: inside.length, right: right(from, to) };
  });
}

/** @param {string} answer */
const middle = (answer) => {
  const parts = answer.split(" to ").map(Number);
  return parts.reduce((a, b) => a + b, 0) / parts.length;
};

// Of places and curves only how many are near enough is counted; all of them are drawn.
/** @param {string[]} said @param {(answer: string) => boolean | null} right @returns {Row[]} */
function near(said, right) {
  const count = said.filter((answer) => right(answer)).length;
  return [
    { label: "near enough", count, right: true },
    { label: "elsewhere", count: said.length - count, right: false },
  ];
}
