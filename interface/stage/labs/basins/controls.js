// What stands over the basin maps: which lane they are compared with, and how far they have come.

import { make } from "../../dom/dom.js";
import { menu, push } from "../../dom/form.js";

/** @import { FeltHeader } from "../../core/stage.d.ts" */
/** @typedef {ReturnType<typeof menu>} Menu */
/** @typedef {{ rival(slot: string): void, cancel(): void, again(): void, save(): void }} Told */

/** @param {Told} told */
export function basinControls(told) {
  const rival = menu("Compared with", {}, "none", () => told.rival(rival.value()));
  const progress = make("progress", { max: 1, value: 0, "aria-label": "Basin map" });
  const stop = push("Cancel", told.cancel);
  const again = push("Compute", told.again);
  const save = push("Save picture", told.save);
  const busy = make("div", { class: "basin-progress" }, progress, stop);
  const hint = make("p", { class: "note" }, "Drag the ring, or click a start, to see its path.");
  const bar = make("div", { class: "lab-bar" }, rival.field, save, busy, again, hint);
  return { bar, rival, progress, busy, again, save };
}

/** @param {Menu} rival @param {FeltHeader} header */
export function showMenu(rival, { lanes, chosen, view }) {
  const others = lanes.filter((_, k) => k !== chosen);
  const named = Object.fromEntries(others.map(({ slot, label }) => [slot, label]));
  const options = { none: "no other lane", ...named };
  rival.offer(options, view.rival in options ? view.rival : "none");
}
