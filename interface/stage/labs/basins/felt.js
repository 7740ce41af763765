// Basin maps under the hand: while something they rest on moves, coarse ones follow; the next is
// begun when the one before is there, so that a slow machine shows fewer and none is lost.

import { difference, emptyMap, fill, settling, shades } from "./cells.js";
import { differenceColors, mix, paints } from "./figure.js";
import { layPaths, veil } from "./panel.js";
import { pathsOf, showWords, titles } from "./show.js";
import { packed } from "../../draw/cells.js";

const STEPS = 24;

export function feel(state) {
  const { stage, panels, wanted } = state;
  const { changes } = stage.race.header;
  const moved = Object.keys(changes || {}).some((key) => restsOn(key, wanted));
  panels.filter(({ root }) => !root.hidden).forEach((one) => layPaths(one, pathsOf(state, one)));
  if (!moved) return;
  if (!state.maker.canRun(wanted)) return say(state);
  if (state.feeling) state.feeling.again = true;
  else begin(state);
}

const say = ({ panels }) => panels.forEach((one) => veil(one, "Let go to see where these settings end."));

// The race that is kept is on the stage again.
export function letGo(state) {
  state.feeling?.stop();
  state.feeling = null;
  state.panels.forEach(({ cells }) => cells.clear());
}

// Of the start a map knows nothing; of other lanes' settings neither.
function restsOn(key, wanted) {
  if (["x", "y"].includes(key)) return false;
  const [owner] = key.split(".");
  return owner.length > 1 || wanted.some(({ lane }) => lane.slot === owner);
}

function begin(state) {
  const { wanted } = state;
  state.study.callOff();
  const feeling = { again: false, maps: new Map() };
  state.feeling = feeling;
  const part = ({ header, arrays }) => {
    if (header.part === "heading")
      wanted.forEach(({ lane }) => feeling.maps.set(lane.slot, emptyMap(header)));
    else fill(feeling.maps.get(header.slot), { header, arrays });
  };
  const end = () => {
    state.feeling = null;
    if (feeling.maps.size)
      show(
        state,
        wanted.map(({ lane }) => feeling.maps.get(lane.slot)),
      );
    if (feeling.again) begin(state);
  };
  const failed = () => {
    state.feeling = null;
    say(state);
  };
  feeling.stop = state.maker.coarse(wanted)({ part, done: end, failed });
}

function show(state, maps) {
  const { panels, stage } = state;
  const { colors } = stage;
  const range = settling(maps);
  const { named, window, resolution } = maps[0].heading;
  const table = colorsOf(named.length, colors);
  const pictures = maps.map((map) =>
    Uint32Array.from(shades(map, range), (shade) => table[Math.floor(shade * STEPS)]),
  );
  if (maps.length > 1) {
    const two = differenceColors(colors).map(packed);
    pictures.push(Uint32Array.from(difference(...maps).mask, (differs) => two[differs]));
  }
  titles(state, maps);
  showWords(state, maps, [true]);
  pictures.forEach((found, k) => {
    veil(panels[k], "");
    panels[k].cells.show([{ columns: resolution, rows: resolution, colors: found, window }]);
    panels[k].panel.dataset.felt = Number(panels[k].panel.dataset.felt || 0) + 1;
  });
}

// A kind's colors in so many steps from strong to pale.
function colorsOf(named, colors) {
  const pairs = paints(named, colors);
  return pairs.flatMap(([strong, pale]) =>
    Array.from({ length: STEPS }, (_, n) => packed(mix(strong, pale, n / (STEPS - 1)))),
  );
}
