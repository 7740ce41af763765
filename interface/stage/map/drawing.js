// The brush, fetched when a surface drawn by hand is first shown. A saved page has none: nobody is there
// to take in what is drawn.

import { arrival } from "../dom/arrival.js";

/** @import { Stage } from "../core/stage.d.ts" */
/** @import { brush } from "./brush.js" */
/** @typedef {ReturnType<typeof brush>} Brush */
/** @typedef {{ stage: Stage, brush: Brush | null, waiting: Promise<{ brush: typeof brush }> | null }} State */

/** @param {Stage} stage */
export function drawing(stage) {
  /** @type {State} */
  const state = { stage, brush: null, waiting: null };
  /** @param {keyof Brush} name */
  const parts = (name) => () => state.brush?.[name]();
  return {
    race: () => race(state),
    felt: parts("felt"),
    unfelt: parts("unfelt"),
    laidOut: parts("laidOut"),
    theme: parts("theme"),
    resize: parts("resize"),
  };
}

/** @param {State} state */
async function race(state) {
  const { stage } = state;
  if (!state.brush && (stage.component.offline || !stage.race.header.drawing)) return;
  state.waiting ||= arrival(() => import("./brush.js"), stage.map.panel);
  const { brush } = await state.waiting;
  state.brush ||= brush(stage);
  state.brush.race();
}
