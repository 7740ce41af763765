// A tab and its page: of several one is chosen, and only its page is shown.

import { button, make } from "./dom.js";

// `id` is the page's, and its tab's with an ending.
/** @param {{ id: string, title: string, kind: string }} said @param {() => unknown} choose */
export function tabbed({ id, title, kind }, choose) {
  const named = `${id}-tab`;
  const tab = button("", choose, { role: "tab", id: named, "aria-controls": id }, title);
  const page = make("div", { class: kind, id, role: "tabpanel", "aria-labelledby": named, hidden: true });
  /** @param {boolean} chosen */
  const select = (chosen) => {
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    page.hidden = !chosen;
  };
  return { tab, page, select };
}
