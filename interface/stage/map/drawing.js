// The brush, fetched when a surface drawn by hand is first shown. A saved page has none: nobody is there
// to take in what is drawn.

/** @import { State } from "../core/stage.d.ts" */

export function drawing(stage) {
  /** @type {State} */
  const state = { stage, brush: null, waiting: null };
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

async function race(state) {
  const { stage } = state;
  if (!state.brush && (stage.component?.offline || !stage.race.header.drawing)) return;
  state.waiting ||= import("./brush.js");
  const { brush } = await state.waiting;
  state.brush ||= brush(stage);
  state.brush.race();
}
