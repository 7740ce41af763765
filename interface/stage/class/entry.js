// The way into a class: its code behind the address, what this tab remembers of it, or the buttons among
// the lessons. What stands behind is fetched only then.

import { arrival, handedOn } from "../dom/arrival.js";
import { make } from "../dom/dom.js";
import { codeOf, member } from "./member.js";

/** @import { Part, Stage } from "../core/stage.d.ts" */
/** @import { classOf } from "./class.js" */

/** @param {Stage} stage @returns {Part} */
export function entry(stage) {
  if (stage.component.offline) return {};
  /** @type {{ class: ReturnType<typeof classOf> | null, coming: Promise<{ classOf: typeof classOf }> | null }} */
  const state = { class: null, coming: null };
  const come = async () => {
    state.coming ||= arrival(() => import("./class.js"), stage.tools);
    const { classOf } = await state.coming;
    state.class ||= classOf(stage);
    return state.class;
  };
  const join = async () => {
    const code = codeOf(location.hash);
    if (code || member()) (await come()).enter(code);
  };
  const [above, below] = ["class-tally", "lesson-note class-note"].map((name) =>
    make("div", { class: name }),
  );
  stage.inClass = { above, below, keepsBack: () => false };
  stage.openClass = async () => (await come()).open();
  globalThis.addEventListener("hashchange", join);
  join();
  return handedOn(["race", "step", "laidOut"], () => state.class?.parts);
}
