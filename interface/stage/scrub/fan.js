// The fan on the map: which lane's paths it shows, and when it is another.

import { relay } from "../map/map.js";

/** @import { FanHeader, Fanned, FeltHeader, Stage } from "../core/stage.d.ts" */
/** @import { Shown } from "./source.js" */
/** @typedef {{ fan: Shown, handle: Fanned["handle"] }} Wanted */

// `lay(wanted)` shows a fan, or none; called whenever the map is laid out, it lays it anew only for another.
/** @param {Stage} stage */
export function fanView(stage) {
  let shown = "";
  /** @param {Wanted | null} wanted */
  const lay = (wanted) => {
    const fanned = wanted && seen(wanted, stage.race.header);
    if ((fanned?.told ?? "") === shown) return;
    shown = fanned?.told ?? "";
    stage.fanned = fanned;
    relay(stage.map);
  };
  return { lay };
}

/** @param {Wanted} wanted @param {FeltHeader} header @returns {Fanned | null} */
function seen(wanted, { chosen, lanes }) {
  const k = laneOf(wanted.fan, chosen);
  const { identity, asked, header } = wanted.fan;
  return lanes[k].visible ? { ...wanted, k, told: [identity, asked, header.stops, k].join() } : null;
}

// The lane that the setting belongs to; the chosen one, where it belongs to all.
/** @param {{ header: Pick<FanHeader, "lanes"> }} fan @param {number} chosen */
export function laneOf({ header }, chosen) {
  const moved = header.lanes.map(({ k }) => k);
  return moved.includes(chosen) ? chosen : moved[0];
}
