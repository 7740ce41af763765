// How far somebody has come in a lesson, and what an act there does to it: as lessons/sitting.py has it,
// for pages that go on without the line. Pure.

import { PASSAGES } from "../core/passages.js";
import { SKIPPED } from "./answer-words.js";

const NAMES = ["phase", "answer", "reason", "seen", "again", "variation"];
const FIRST = "predict";

/** @import { LessonRace } from "../core/packets.d.ts" */
/** @import { Said } from "../core/stage.d.ts" */
/** @import { Told } from "./told.d.ts" */
/** @typedef {Record<string, string>} Sitting */
/** @typedef {(sitting: Sitting, phases: string[], said: Said) => Sitting} Act */

// The phases that are open: each needs the answers before it.
/** @param {Sitting} sitting @param {string[]} phases */
export const reached = (sitting, phases) =>
  phases.filter((phase) => PASSAGES[phase].needs.every((name) => sitting[name]));

/** @param {Sitting} sitting @param {string[]} phases @param {string} phase @returns {Sitting} */
const at = (sitting, phases, phase) =>
  reached(sitting, phases).includes(phase) ? { ...sitting, phase } : sitting;

// The sitting after an act; null for one that leads out of the lesson.
/** @param {Sitting} sitting @param {string[]} phases @param {Said} said @returns {Sitting | null} */
export function acted(sitting, phases, said) {
  const does = ACTS[said.act];
  return does ? does({ ...sitting, variation: "" }, phases, said) : null;
}

/** @type {Act} */
function answered(sitting, phases, { answer = "", reason = "" }) {
  const { shows, leads } = PASSAGES[sitting.phase];
  if (!leads) return sitting;
  const why = sitting.reason || (shows === "answer" ? reason : "");
  return at({ ...sitting, reason: why, [shows]: sitting[shows] || answer }, phases, leads);
}

/** @type {Act} */
function revealed(sitting, phases) {
  const told = ["transfer", "outcome", "task"].includes(sitting.phase) ? "outcome" : "explain";
  const skipped = PASSAGES[told].needs.map((name) => [name, sitting[name] || SKIPPED]);
  return at({ ...sitting, ...Object.fromEntries(skipped) }, phases, told);
}

/** @type {Act} */
const go = (sitting, phases, { phase = "" }) => at(sitting, phases, phase);
/** @type {Act} */
const vary = (sitting, _, { k = -1 }) => ({ ...sitting, variation: k >= 0 ? String(k) : "" });

/** @type {Record<string, Act>} */
const ACTS = { answer: answered, reveal: revealed, go, vary };

// What the page was told of a phase, with the answers put in.
/** @param {NonNullable<LessonRace["lesson"]>} told @returns {Told} */
export function composed(told) {
  const { sitting } = told;
  const { shows } = PASSAGES[told.phase];
  const come = { open: reached(sitting, told.phases), variation: sitting.variation };
  if (told.phase === "task") return { ...told, ...come };
  const question = { ...told.question, answer: sitting[shows], reason: sitting.reason };
  if (told.phase !== "explain") return { ...told, ...come, question };
  return { ...told, ...come, question, seen: { ...told.seen, answer: sitting.seen } };
}

// The query of an address in which this stands; `link` names what a variation has changed.
/** @param {string} key @param {Sitting} sitting @param {{ link: string, large: boolean }} shown */
export function queryOf(key, sitting, { link, large }) {
  const pairs = new URLSearchParams({ lesson: key });
  const told = NAMES.filter((name) => sitting[name] && sitting[name] !== FIRST);
  told.forEach((name) => pairs.set(`lesson.${name}`, sitting[name]));
  if (sitting.variation) new URLSearchParams(link).forEach((value, name) => pairs.set(name, value));
  if (large) pairs.set("view.size", "projector");
  return pairs.toString();
}

// The sitting that an address of this lesson opens, answers that were given kept; null for another
// lesson's, and for settings of one's own.
/** @param {string} search @param {string} key @param {Sitting} sitting @param {string[]} phases */
export function sittingOf(search, key, sitting, phases) {
  const pairs = new URLSearchParams(search);
  const variation = pairs.get("lesson.variation") || "";
  const own = [...pairs.keys()].filter((name) => !/^(lesson(\.|$)|view\.size$)/.test(name));
  if (pairs.get("lesson") !== key || (own.length && !variation)) return null;
  return at({ ...sitting, variation }, phases, pairs.get("lesson.phase") || FIRST);
}
