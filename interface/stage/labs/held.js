// What a lab's work has been answered, in a saved page that has no server to ask (labs/answers.py).

import { unpack } from "../core/packet.js";
import { basis } from "../core/question.js";
import { unfolded } from "../core/unfold.js";

/** @import { Told } from "../core/jobs.js" */
/** @import { HeldAnswer } from "../core/stage.d.ts" */

const VIEW = "view.";
// What a job may be told of the answer that is on the page.
const KEPT = "kept";

// Whether it was asked the same but for settings of these names, and of the view what is asked of it.
/** @param {HeldAnswer} held @param {URLSearchParams} query @param {string[]} names */
export function answers(held, query, names) {
  const before = new URLSearchParams(held.query);
  const seen = [...query].filter(([name]) => name.startsWith(VIEW));
  /** @param {URLSearchParams} of */
  const asked = (of) => basis(new URLSearchParams([...of].filter(isSetting)), names);
  return asked(before) === asked(query) && seen.every(([name, text]) => before.get(name) === text);
}

/** @param {string[]} pair */
const isSetting = ([name]) => !name.startsWith(VIEW) && name !== KEPT;

/** @template Part @param {HeldAnswer} held @param {Told<Part>} told */
export function tellHeld({ parts }, told) {
  const unpacked = parts.map(async (part) => unpack(await unfolded(part, "deflate").arrayBuffer()));
  Promise.all(unpacked)
    .then((all) => all.forEach((part) => told.part(/** @type {Part} */ (part))))
    .then(told.done, () => told.failed("This page does not hold this whole."));
  return () => undefined;
}
