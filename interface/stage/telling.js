// What is done on the stage, told to the page: what the hand does on the map, settings it commits, and
// which lane it means.

import { rounded } from "./core/format.js";
import { hoverStep } from "./core/hover.js";
import { placeStart } from "./map/hand.js";

/** @import { Commit, Point, Stage } from "./core/stage.d.ts" */
/** @import { hand } from "./map/hand.js" */

// Say what was done, and return its number; a saved page has nobody to say it to but itself.
/** @param {Stage} stage @param {string} name @param {unknown} value @returns {number | null} */
export function tell(stage, name, value) {
  if (stage.component.offline) {
    stage.component.told?.(name, value);
    return null;
  }
  const n = stage.acts.add(name, value);
  stage.body.dataset.waits = "";
  stage.acts.send();
  return n;
}

// A lane is told by its identity, for its place may have changed before this is heard.
/** @param {Stage} stage @returns {(name: string, k: number) => void} */
export function tellLane(stage) {
  return (name, k) => tell(stage, name, stage.race.header.ids?.[k] ?? k);
}

// Settings as they stand in a link, put into the experiment: the sliders and the address follow.
/** @param {Stage} stage @param {Commit} changes */
export function commit(stage, changes) {
  tell(stage, "turned", { changes, ids: stage.race.header.ids });
}

// What is heard of the hand on the map.
/** @param {() => Stage} stage @returns {Parameters<typeof hand>[1]} */
export const told = (stage) => ({
  start: () => start(stage()),
  felt: (at) => !stage().asking && stage().feel(rounded(at)),
  dropped: () => stage().putBack(),
  placed: (at) => place(stage(), rounded(at)),
  onPath: (on) => hoverStep(stage(), on && on.t),
});

// Where the start is or was last asked to be.
/** @param {Stage} stage @returns {number[]} */
export function start(stage) {
  const asked = stage.acts.placed();
  return asked ? [asked.x, asked.y] : stage.race.header.start;
}

/** @param {Stage} stage @param {Point} at */
function place(stage, at) {
  if (stage.asking) return void stage.asking(at);
  tell(stage, "placed", at);
  placeStart(stage.hand, [at.x, at.y]);
  return [at.x, at.y];
}
