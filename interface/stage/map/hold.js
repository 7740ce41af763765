// Hold: the present paths stay as ghosts while sliders move, until they are released.

import { draw, make } from "../dom/dom.js";
import { explain } from "../dom/explain.js";
import { trail } from "../draw/trail.js";

const GHOST = { light: "#6b6b6b", dark: "#a8a8a8", dash: "1px,3px" };

export function hold(stage) {
  const button = make(
    "button",
    {
      type: "button",
      class: "tool wide",
      "aria-pressed": false,
      onclick: () => toggle(),
    },
    "Hold",
  );
  stage.tools.append(button);
  explain(button, "hold", stage.tools);
  stage.held = null;
  const toggle = () => {
    stage.held = stage.held ? null : snapshot(stage.race);
    lay();
    stage.parts.forEach((part) => part.pause?.());
  };
  const lay = () => {
    if (stage.held && stage.held.surface !== stage.race.header.surface.key) stage.held = null;
    button.setAttribute("aria-pressed", stage.held !== null);
    button.textContent = stage.held ? "Release" : "Hold";
    ghosts(stage);
  };
  return { race: lay, laidOut: lay };
}

function snapshot({ header, arrays }) {
  const kept = (name, k) => arrays[`${name}${k}`]?.values;
  const lanes = header.lanes.map((lane, k) => {
    return { ...lane, ...GHOST, path: arrays[`x${k}`], gap: kept("gap", k), loss: kept("loss", k) };
  });
  return { surface: header.surface.key, lanes: lanes.filter((lane) => lane.visible) };
}

function ghosts({ map, held }) {
  const layer = map.over.layers.ghosts;
  layer.replaceChildren();
  if (!held || !map.over.axis) return;
  for (const { path, slot } of held.lanes) {
    layer.append(draw("path", { class: "ghost", d: trail(path, map.over.axis).text, "data-lane": slot }));
  }
}
