// What is done in a lesson, told to the page in its order, and done here as far as it can be.

/** @import { Said, Stage } from "../core/stage.d.ts" */

// A class that takes part keeps answers back until its lecturer goes on.
/** @param {Stage} stage @param {Said} said */
export function tell(stage, said) {
  if (!stage.inClass?.keepsBack(said)) act(stage, said);
}

/** @param {Stage} stage @param {Said} said */
export function act(stage, said) {
  stage.tell("taught", said);
  stage.taught?.(said);
}
