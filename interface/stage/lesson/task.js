// The task's line: whether what is asked for has been reached, as soon as the hand rests or lets go.

import { make } from "../dom/dom.js";
import { lossOf } from "../map/land.js";
import { achieved } from "./measure.js";

/** @import { Stage } from "../core/stage.d.ts" */
/** @import { Panel, Task } from "./told.d.ts" */

const [DONE, NOT_YET] = ["Done.", "Not yet. Slide the setting under the landscape."];

// The race with all that can be measured of it.
/** @param {Stage} stage */
export const raceOf = (stage) => ({ ...stage.race, ground: stage.race.loss ?? lossOf(stage) });

/** @param {Panel} state @param {Task} told */
export function trial(state, told) {
  const line = make("p", { role: "status" });
  /** @param {boolean} done */
  const say = (done) => {
    line.className = `lesson-verdict ${done ? "right" : ""}`;
    line.textContent = done ? DONE : NOT_YET;
  };
  say(told.done);
  const judge = () => {
    const done = achieved(told.goal, raceOf(state.stage));
    if (done !== null) say(done);
  };
  state.cleanUp.push({ pause: judge, race: judge });
  return line;
}
