// The task's line: whether what is asked for has been reached, as soon as the hand rests or lets go.

import { make } from "../dom/dom.js";
import { achieved } from "./measure.js";

/** @import { Panel, Task } from "./told.d.ts" */

const [DONE, NOT_YET] = ["Done.", "Not yet. Slide the setting under the landscape."];

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
    const done = achieved(told.goal, state.stage.race);
    if (done !== null) say(done);
  };
  state.cleanUp.push({ pause: judge, race: judge });
  return line;
}
