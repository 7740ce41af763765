// All moments of a group as numbers in a row: one press opens any of them, at step 0 with its question.

import { button, make } from "../dom/dom.js";
import { done } from "./done.js";
import { tell } from "./tell.js";

/** @import { Panel, Told } from "./told.d.ts" */

const MOST_IN_A_ROW = { columns: 14, few: 8 };

/** @param {Panel} state @param {Told} told */
export function moments({ stage }, { key, group, beside }) {
  const place = beside.findIndex(([each]) => each === key) + 1;
  const said = place ? `${group}, ${place} of ${beside.length}` : group || "A lesson from a file";
  const head = make("p", { class: "lesson-place" }, said);
  if (beside.length < 2) return head;
  const finished = done();
  const items = beside.map(([each, title], k) => {
    const mark = finished.has(each);
    const name = `${k + 1}. ${title}${mark ? " (done)" : ""}`;
    const open = () => tell(stage, { act: "open", key: each });
    const here = { "data-key": each, "aria-current": each === key ? "page" : "false" };
    const more = { title: name, "aria-label": name, ...here };
    return make("li", {}, button(mark ? "moment done" : "moment", open, more, `${k + 1}`));
  });
  const list = make("ol", { class: "lesson-moments" }, ...items);
  for (const [name, most] of Object.entries(MOST_IN_A_ROW)) {
    const rows = Math.ceil(items.length / most);
    list.style.setProperty(`--${name}`, `${Math.ceil(items.length / rows)}`);
  }
  return make("nav", { "aria-label": group }, head, list);
}
