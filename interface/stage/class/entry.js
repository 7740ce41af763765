// The way into a class: its code behind the address, what this tab remembers of it, or the buttons among
// the lessons. What stands behind is fetched only then.

import { handedOn, later } from "../dom/lazy.js";
import { make } from "../dom/dom.js";
import { codeOf, member } from "./member.js";

/** @import { Part, Stage } from "../core/stage.d.ts" */

/** @param {Stage} stage @returns {Part} */
export function entry(stage) {
  if (stage.component.offline) return {};
  const own = later(
    () => import("./class.js"),
    stage.tools,
    ({ classOf }) => classOf(stage),
  );
  const join = async () => {
    const code = codeOf(location.hash);
    if (code || member()) (await own.get()).enter(code);
  };
  const [above, below] = ["class-tally", "lesson-note class-note"].map((name) =>
    make("div", { class: name }),
  );
  stage.inClass = { above, below, keepsBack: () => false };
  stage.openClass = async () => (await own.get()).open();
  globalThis.addEventListener("hashchange", join);
  join();
  return handedOn(["race", "step", "laidOut"], () => own.now()?.parts);
}
