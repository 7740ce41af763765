// Hold: the present paths stay as ghosts while sliders move, until they are released.

import { HELD_DASH } from "../draw/scene/key.js";
import { relay } from "./map.js";
import { button } from "../dom/dom.js";
import { explain } from "../dom/explain.js";

/** @import { FeltRace, Held, Stage } from "../core/stage.d.ts" */

const GHOST = { light: "#6b6b6b", dark: "#a8a8a8", dash: HELD_DASH };

/** @param {Stage} stage */
export function hold(stage) {
  const toggle = () => {
    stage.held = stage.held ? null : snapshot(stage.race);
    say();
    relay(stage.map);
    stage.parts.forEach((part) => part.pause?.());
  };
  const say = () => {
    holding.setAttribute("aria-pressed", String(stage.held !== null));
    holding.textContent = stage.held ? "Release" : "Hold";
  };
  const holding = button("tool wide", toggle, { "aria-pressed": false }, "Hold");
  stage.tools.append(holding);
  explain(holding, "hold", stage.tools);
  const race = () => {
    if (!stage.held || heldHere(stage)) return;
    stage.held = null;
    say();
    relay(stage.map);
  };
  return { race };
}

// Held paths belong to one surface.
/** @param {Stage} stage */
export const heldHere = ({ held, race }) => (held?.surface === race.header.surface.key ? held : null);

/** @param {FeltRace} race @returns {Held} */
function snapshot({ header, arrays }) {
  /** @param {string} name @param {number} k */
  const kept = (name, k) => arrays[`${name}${k}`]?.values;
  const lanes = header.lanes.map((lane, k) => {
    return { ...lane, ...GHOST, path: arrays[`x${k}`], gap: kept("gap", k), loss: kept("loss", k) };
  });
  return { surface: header.surface.key, lanes: lanes.filter((lane) => lane.visible) };
}
