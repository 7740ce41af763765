// The brush, fetched when a surface drawn by hand is first shown. A saved page has none: nobody is there
// to take in what is drawn.

import { arrival, handedOn } from "../dom/arrival.js";

/** @import { Stage } from "../core/stage.d.ts" */
/** @import { brush } from "./brush.js" */
/** @typedef {ReturnType<typeof brush>} Brush */
/** @typedef {{ stage: Stage, brush: Brush | null, waiting: Promise<{ brush: typeof brush }> | null }} State */

/** @param {Stage} stage */
export function drawing(stage) {
  /** @type {State} */
  const state = { stage, brush: null, waiting: null };
  const later = handedOn(["felt", "unfelt", "laidOut", "theme", "resize"], () => state.brush);
  return { race: () => race(state), ...later };
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
