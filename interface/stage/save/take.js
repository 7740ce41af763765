// Take it away: the Save button. Its dialog is fetched when a hand comes near it.

import { arrival } from "../dom/arrival.js";
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
  /** @type {ReturnType<typeof fetched> | null} */
  let coming = null;
  const open = async () => {
    coming ||= arrival(fetched, stage.tools);
    const found = await coming;
    page ||= found.tabs(stage);
    page.open();
  };
  const save = button("tool wide save", open, { "aria-haspopup": "dialog", onfocus: ahead }, "Save");
  stage.tools.append(explain(save, "save"));
  stage.tools.addEventListener("pointerenter", ahead, { once: true });
  return { race: () => page?.race(), step: () => page?.step() };
}
