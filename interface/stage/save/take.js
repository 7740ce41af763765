// Take it away: the Save button. Its dialog is fetched when a hand comes near it.

import { make } from "../dom/dom.js";
import { explain } from "../dom/explain.js";

/** @import { Stage } from "../core/stage.d.ts" */
/** @import { tabs } from "./tabs.js" */

/** @param {Stage} stage */
export function saving(stage) {
  /** @type {ReturnType<typeof tabs> | null} */
  let page = null;
  const fetched = () => import("./tabs.js").catch(() => null); // without a line the framework says so
  const open = async () => {
    const found = await fetched();
    page ||= found && found.tabs(stage);
    page?.open();
  };
  const button = make(
    "button",
    {
      type: "button",
      class: "tool wide save",
      "aria-haspopup": "dialog",
      onclick: open,
      onfocus: fetched,
    },
    "Save",
  );
  stage.tools.append(explain(button, "save"));
  stage.tools.addEventListener("pointerenter", fetched, { once: true });
  return { race: () => page?.race(), step: () => page?.step() };
}
