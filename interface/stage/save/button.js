// Take it away: the Save button. Its dialog is fetched when a hand comes near it.

import { opening } from "../dom/lazy.js";
import { button } from "../dom/dom.js";
import { explain } from "../dom/explain.js";

/** @import { Stage } from "../core/stage.d.ts" */
/** @import { tabs } from "./tabs.js" */

/** @param {Stage} stage */
export function saving(stage) {
  /** @type {ReturnType<typeof tabs> | null} */
  let page = null;
  const fetched = () => import("./tabs.js");
  const ahead = () => fetched().catch(() => null); // the press says so
  const open = opening(stage.tools, "save", async () => {
    const found = await fetched();
    page = found.tabs(stage);
    return page.open;
  });
  const save = button("tool wide save", open, { "aria-haspopup": "dialog", onfocus: ahead }, "Save");
  stage.tools.append(explain(save, "save"));
  stage.tools.addEventListener("pointerenter", ahead, { once: true });
  return { race: () => page?.race(), step: () => page?.step() };
}
