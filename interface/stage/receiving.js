// What comes from the page: a race is taken onto the stage as soon as it is as new as what was done here.

import { resize } from "./core/clock.js";
import { atMoment } from "./core/moment.js";
import { color, theme } from "./core/theme.js";
import { showEvents } from "./dom/transport.js";
import { showLegend } from "./map/legend.js";
import { drawMap, redrawMap } from "./map/map.js";
import { tick } from "./running.js";
import { tellLane } from "./telling.js";

/** @import { FeltRace, Stage } from "./core/stage.d.ts" */
/** @import { View } from "./core/moment.js" */

// A packet that does not know yet what was asked of the page is older than what is on the stage.
/** @param {Stage} stage @param {FeltRace} race */
export function receive(stage, race) {
  stage.late = race;
  if (stage.acts.answered({ taken: 0, ...race.header }) && answered(stage) && !stage.ahead(race))
    take(stage, race);
}

/** @param {Stage} stage */
export const receiveLate = (stage) => stage.late && receive(stage, stage.late);

// The page has taken in all that was done here.
/** @param {Stage} stage */
export function answered(stage) {
  delete stage.body.dataset.waits;
  return true;
}

/** @param {Stage} stage @param {FeltRace} race */
export function take(stage, race) {
  stage.late = null;
  stage.race = stage.kept = race;
  stage.clock = resize(stage.clock, race.header.steps);
  goWhereTheLinkSays(stage, race.header.view);
  paintAll(stage);
}

/** @param {Stage} stage @param {View} view */
function goWhereTheLinkSays(stage, view) {
  const there = atMoment(stage.clock, view, stage.moment);
  stage.moment = view.step;
  if (there !== stage.clock) [stage.clock, stage.rested] = [there, null];
}

/** @param {Stage} stage */
export function paintAll(stage) {
  const { race, colors } = stage;
  showSize(stage);
  drawMap(stage.map, race, colors, stage.clock.t);
  stage.entries = showLegend(stage.legend, race, colors, tellLane(stage));
  showEvents(stage.bar, race, (lane) => color(lane, colors));
  stage.parts.forEach((part) => part.race?.());
  tick(stage);
}

// Type large enough for the last row, or as usual.
/** @param {Stage} stage */
function showSize(stage) {
  const large = stage.race.header.view.size === "projector";
  if (stage.map.large === large) return;
  Object.assign(stage.map, { large, size: large ? 20 : 12 });
  stage.map.over.type = large ? 21 : 13;
  stage.body.classList.toggle("projector", large);
  document.documentElement.classList.toggle("large-type", large);
  redrawMap(stage.map, stage.colors);
}

// The page has other colors.
/** @param {Stage} stage */
export function repaint(stage) {
  stage.colors = theme(stage.body);
  redrawMap(stage.map, stage.colors);
  paintAll(stage);
  stage.parts.forEach((part) => part.theme?.());
}
