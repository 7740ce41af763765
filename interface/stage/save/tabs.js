// The dialog of Save: pictures, animations, data, links and files, each in a tab.

import { dialog } from "../dom/dialog.js";
import { button, make, roving } from "../dom/dom.js";
import { dataTab } from "./tab-data.js";
import { filmTab } from "./tab-film.js";
import { linkTab } from "./tab-link.js";
import { openTab } from "./tab-open.js";
import { pictureTab } from "./tab-picture.js";

/** @import { Stage } from "../core/stage.d.ts" */
/** @typedef {{ content: Node[], shown?: () => unknown, step?: () => unknown, closed?: () => unknown }} Work */
/** @typedef {ReturnType<typeof tab>} Tab */

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
  const all = names.map((name, k) => tab(stage, name, k, (to) => show(to)));
  const said = { class: "tabs", role: "tablist", "aria-label": "What to save" };
  const list = make("div", said, ...all.map((t) => t.head));
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
    all.forEach((t, n) => select(t, n === k));
    all[k].work.shown?.();
  };
  const open = () => {
    if (!page.open) page.showModal();
    show(shown);
    all[shown].head.focus();
  };
  const now = () => (page.open ? all[shown].work : null);
  return { open, race: () => now()?.shown?.(), step: () => now()?.step?.() };
}

/** @param {Stage} stage @param {string} name @param {number} k @param {(k: number) => void} show */
function tab(stage, name, k, show) {
  const id = `take-tab-${k}`;
  const said = { role: "tab", id, "aria-controls": `${id}-page` };
  const head = button("", () => show(k), said, name);
  const work = TABS[name](stage);
  const page = make(
    "div",
    { role: "tabpanel", class: "take-page", id: `${id}-page`, "aria-labelledby": id, hidden: true },
    ...work.content,
  );
  return { head, page, work };
}

/** @param {Tab} tab @param {boolean} chosen */
function select({ head, page }, chosen) {
  head.setAttribute("aria-selected", String(chosen));
  head.tabIndex = chosen ? 0 : -1;
  page.hidden = !chosen;
}
