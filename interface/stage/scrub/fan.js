// The fan on the map: which lane's paths it shows, and when it is another.

import { relay } from "../map/map.js";

export function fanView(stage) {
  const state = { stage, shown: "" };
  return { lay: (wanted) => lay(state, wanted) };
}

// Show a fan, or none; called whenever the map is laid out, it lays it anew only for another fan.
function lay(state, wanted) {
  const { stage } = state;
  const k = wanted && laneOf(wanted.fan, stage.race.header.chosen);
  const shown = wanted && stage.race.header.lanes[k].visible;
  const told = shown ? [wanted.fan.identity, wanted.fan.asked, wanted.fan.header.stops, k].join() : "";
  if (told === state.shown) return;
  state.shown = told;
  stage.fanned = told ? { ...wanted, k, told } : null;
  relay(stage.map);
}

// The lane that the setting belongs to; the chosen one, where it belongs to all.
export function laneOf({ header }, chosen) {
  const moved = header.lanes.map(({ k }) => k);
  return moved.includes(chosen) ? chosen : moved[0];
}
