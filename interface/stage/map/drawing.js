// The brush, fetched when a surface drawn by hand is first shown. A saved page has none: nobody is there
// to take in what is drawn.

import { handedOn, later } from "../dom/lazy.js";

/** @import { Stage } from "../core/stage.d.ts" */

/** @param {Stage} stage */
export function drawing(stage) {
  const held = later(
    () => import("./brush.js"),
    stage.map.panel,
    ({ brush }) => brush(stage),
  );
  const race = async () => {
    if (!held.now() && (stage.component.offline || !stage.race.header.drawing)) return;
    (await held.get()).race();
  };
  return { race, ...handedOn(["felt", "unfelt", "laidOut", "theme", "resize"], held.now) };
}
