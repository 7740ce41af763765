// What is done in a lesson, told to the page in its order, and done here as far as it can be.

/** @import { Said, Stage } from "../core/stage.d.ts" */

/** @param {Stage} stage @param {Said} said */
export function tell(stage, said) {
  stage.tell("taught", said);
  stage.taught?.(said);
}
