// The dialog of Save: pictures, animations, data, links and files, each in a tab.

import { dialog } from "../dom/dialog.js";
import { make, roving } from "../dom/dom.js";
import { tabbed } from "../dom/tab.js";
import { dataTab } from "./tab-data.js";
import { filmTab } from "./tab-film.js";
import { linkTab } from "./tab-link.js";
import { openTab } from "./tab-open.js";
import { pictureTab } from "./tab-picture.js";

/** @import { Stage } from "../core/stage.d.ts" */
/** @typedef {{ content: Node[], shown?: () => unknown, step?: () => unknown, closed?: () => unknown }} Work */

/** @type {Record<string, (stage: Stage) => Work>} */
const TABS = {
  Picture: pictureTab,
  Animation: filmTab,
  "Data and code": dataTab,
  Link: linkTab,
  Open: openTab,
};
const OFFLINE = ["Picture", "Animation"];

/** @param {Stage} stage */
export function tabs(stage) {
  const names = Object.keys(TABS).filter((name) => !stage.component.offline || OFFLINE.includes(name));
  const all = names.map((name, k) => {
    const found = tabbed({ id: `take-${k}`, title: name, kind: "take-page" }, () => show(k));
    const work = TABS[name](stage);
    found.page.append(...work.content);
    return { ...found, work };
  });
  const said = { class: "tabs", role: "tablist", "aria-label": "What to save" };
  const list = make("div", said, ...all.map((t) => t.tab));
  const page = dialog(
    { id: "take-title", kind: "take", title: "Save and share" },
    list,
    ...all.map((t) => t.page),
  );
  page.addEventListener("close", () => all.forEach((t) => t.work.closed?.()));
  roving(list, { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity });
  stage.body.append(page);
  let shown = 0;
  /** @param {number} k */
  const show = (k) => {
    shown = k;
    all.forEach((t, n) => t.select(n === k));
    all[k].work.shown?.();
  };
  const open = () => {
    if (!page.open) page.showModal();
    show(shown);
    all[shown].tab.focus();
  };
  const now = () => (page.open ? all[shown].work : null);
  return { open, race: () => now()?.shown?.(), step: () => now()?.step?.() };
}
