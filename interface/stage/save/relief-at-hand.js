// The 3-D landscape for its picture: where the stage does not show it, it is drawn as long as the
// picture is wanted, and put away again.

import { choose } from "../relief/relief.js";
import { reliefShown } from "./subject.js";

/** @import { Stage } from "../core/stage.d.ts" */

const PATIENCE = 60_000;

/** @param {Stage} stage */
export function reliefAtHand(stage) {
  let lent = false;
  const lend = async () => {
    if (reliefShown(stage)) return;
    if (stage.relief?.mode === "contour") {
      choose(stage.relief, "both");
      lent = stage.relief.mode !== "contour";
      if (!lent) throw new Error("3-D needs WebGL, which this browser does not offer.");
    }
    const until = performance.now() + PATIENCE;
    while (!reliefShown(stage)) {
      if (performance.now() > until) throw new Error("The 3-D landscape is not drawn yet; try again.");
      await new Promise(requestAnimationFrame);
    }
  };
  const giveBack = () => {
    if (lent && stage.relief) choose(stage.relief, "contour");
    lent = false;
  };
  return { lend, giveBack };
}
