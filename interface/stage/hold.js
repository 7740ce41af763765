// Hold: the present paths stay as ghosts while sliders move, until they are released.

import { draw, make } from "./dom.js";
import { trail } from "./trail.js";

export function hold(stage) {
  const button = make(
    "button",
    { type: "button", class: "tool wide", "aria-pressed": false, title: "Keep these paths to compare with", onclick: () => toggle() },
    "Hold",
  );
  stage.tools.append(button);
  const state = { held: null };
  const toggle = () => {
    state.held = state.held ? null : snapshot(stage.race);
    lay();
  };
  const lay = () => {
    if (state.held && state.held.surface !== stage.race.header.surface.key) state.held = null;
    button.setAttribute("aria-pressed", state.held !== null);
    button.textContent = state.held ? "Release" : "Hold";
    ghosts(stage, state.held);
  };
  return { race: lay, laidOut: lay };
}

function snapshot({ header, arrays }) {
  const lanes = header.lanes.map((lane, k) => ({ ...lane, path: arrays[`x${k}`] }));
  return { surface: header.surface.key, lanes: lanes.filter((lane) => lane.visible) };
}

function ghosts({ map }, held) {
  const layer = map.over.layers.ghosts;
  layer.replaceChildren();
  if (!held || !map.over.axis) return;
  for (const { path, slot } of held.lanes) {
    layer.append(draw("path", { class: "ghost", d: trail(path, map.over.axis).text, "data-lane": slot }));
  }
}
