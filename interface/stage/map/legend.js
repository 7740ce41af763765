// The legend: each lane's color, line style, marker and present loss; a click chooses the lane.

import { button, draw, make, reword, signButton } from "../dom/dom.js";
import { significant } from "../core/format.js";
import { color } from "../core/theme.js";
import { MARKERS } from "../draw/scene/shapes.js";

/** @import { FeltRace } from "../core/stage.d.ts" */
/** @import { LaneHeader } from "../core/packets.d.ts" */
/** @import { Colors } from "../core/theme.js" */
/** @typedef {ReturnType<typeof entry>} Entry */
/** @typedef {(name: string, k: number) => void} Tell */

/** @param {HTMLElement} root @param {FeltRace} race @param {Colors} colors @param {Tell} tell */
export function showLegend(root, race, colors, tell) {
  const entries = race.header.lanes.map((_, k) => entry(race.header, k, colors, tell));
  root.replaceChildren(...entries.map((e) => e.element));
  return entries;
}

/** @param {FeltRace["header"]} header @param {number} k @param {Colors} colors @param {Tell} tell */
function entry({ lanes, chosen }, k, colors, tell) {
  const lane = lanes[k];
  const paint = color(lane, colors);
  const value = make("span", { class: "value" });
  const name = make("span", { class: "name" }, lane.label);
  const said = { "aria-pressed": k === chosen, title: lane.caption };
  const choose = button("lane", () => tell("chosen", k), said, sample(lane, paint), name, value);
  const [sign, verb] = lane.visible ? ["eye", "Hide"] : ["away", "Show"];
  const toggle = () => tell("toggled", k);
  const eye = signButton("tool eye", sign, `${verb} ${lane.label}`, toggle, {
    "aria-pressed": !lane.visible,
  });
  const element = make("span", { class: `entry${lane.visible ? "" : " hidden-lane"}` }, choose, eye);
  return { element, value, lane, k };
}

/** @param {LaneHeader} lane @param {string} paint */
function sample(lane, paint) {
  const dash = lane.dash === "solid" ? "none" : lane.dash.replaceAll("px", "");
  return draw(
    "svg",
    { viewBox: "0 0 34 16", class: "sample", "aria-hidden": "true" },
    draw("path", {
      d: "M1 8H33",
      stroke: paint,
      "stroke-width": 2.5,
      "stroke-dasharray": dash,
      fill: "none",
    }),
    draw("path", { d: MARKERS[lane.marker], fill: paint, transform: "translate(17 8) scale(.8)" }),
  );
}

/** @param {Entry[]} entries @param {FeltRace} race @param {number} t */
export function showLosses(entries, race, t) {
  for (const { value, k } of entries) {
    const lane = race.header.lanes[k];
    const gone = lane.diverged >= 0 && t >= lane.diverged;
    const text = gone ? lane.gone : significant(race.arrays[`loss${k}`].values[t], 3);
    reword(value, text);
  }
}
