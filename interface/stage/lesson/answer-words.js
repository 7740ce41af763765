// An answer in words.

import { minus } from "../core/format.js";

/** @import { Question } from "./told.d.ts" */

export const SKIPPED = "skip";

/** @param {Pick<Question, "answer" | "shape">} question */
export function said({ answer, shape }) {
  if (answer === SKIPPED) return "skipped";
  if (shape.kind === "words") return shape.options[Number(answer)];
  if (shape.kind === "number") return minus(`${answer} ${shape.unit}`.trim());
  if (shape.kind === "point") return `(${minus(answer.replace(",", ", "))})`;
  if (shape.kind === "curve") return "the curve you drew";
  const names = Object.fromEntries(shape.lanes);
  return answer
    .split(",")
    .map((slot) => names[slot])
    .join(", then ");
}
