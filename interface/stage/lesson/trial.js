// The task's line: whether what is asked for has been reached, as soon as the hand rests.

import { make } from "../dom/dom.js";
import { achieved } from "./measure.js";

const SAID = { true: "Done.", false: "Not yet. Slide the setting under the landscape." };

export function trial(state, told) {
  const line = make("p", { role: "status" });
  const say = (done) => {
    line.className = `lesson-verdict ${done ? "right" : ""}`;
    line.textContent = SAID[done];
  };
  say(told.done);
  const judge = () => {
    const done = achieved(told.goal, state.stage.race);
    if (done !== null) say(done);
  };
  state.cleanUp.push({ pause: judge });
  return line;
}
