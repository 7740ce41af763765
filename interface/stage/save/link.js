// The link to what is on screen.

import { standing } from "../core/hover.js";
import { momentWords } from "../core/moment.js";
import { shownWindow, zoomed } from "../map/map.js";
import { cameraWords } from "../relief/camera.js";

/** @import { Stage } from "../core/stage.d.ts" */

const MOMENT = ["view.window", "view.step", "view.camera"];

// A lesson's is its address, for each of its steps has a moment of its own.
/** @param {Stage} stage */
export const linked = (stage) => stage.kept.header.address ?? queried(stage);

// The experiment's link with what the page's own address says of the view, and with the step and
// the zoom on screen.
/** @param {Stage} stage */
export function queried(stage) {
  const query = new URLSearchParams(stage.race.header.link);
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (name.startsWith("view.") && !MOMENT.includes(name)) query.set(name, value);
  }
  const { map } = stage;
  const words = momentWords(standing(stage), zoomed(map) ? shownWindow(map) : null);
  const more = stage.relief ? cameraWords(stage.relief) : {};
  for (const [name, value] of Object.entries({ ...words, ...more })) query.set(name, value);
  return query.toString();
}
