// Looking at a step without going there: what hovering shows is gone when the pointer leaves.

import { resize, seek } from "./clock.js";

/** @import { Stage } from "./stage.d.ts" */
/** @import { Clock } from "./clock.js" */

// Show step t for as long as it is looked at; null looks no more. A run that plays goes on.
/** @param {Stage} stage @param {number | null} t */
export function hoverStep(stage, t) {
  if (stage.clock.playing || (t === null && !stage.rested)) return;
  const rested = standing(stage);
  stage.rested = t === null ? null : rested;
  stage.clock = t === null ? rested : seek(rested, t);
  stage.tick();
}

// Where the clock stands, whatever is being looked at.
/** @param {Pick<Stage, "clock" | "rested">} stage @returns {Clock} */
export function standing({ clock, rested }) {
  return rested ? resize(rested, clock.steps) : clock;
}
