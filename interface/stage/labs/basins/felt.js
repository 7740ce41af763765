// Basin maps under the hand: while something they rest on moves, coarse ones follow.

import { difference, emptyMap, fill, settling, shades } from "./cells.js";
import { differenceColors, mix, paints } from "./figure.js";
import { layPaths, veil } from "./panel.js";
import { isMoved, pathsOf, showWords, titles } from "./show.js";
import { packed } from "../../draw/cells.js";
import { follow, stopFollowing } from "../felt.js";

/** @import { Colors } from "../../core/theme.js" */
/** @import { BasinMap, Part } from "./cells.js" */
/** @import { Basins } from "./basins.js" */
/** @import { Coarse } from "../felt.js" */

const STEPS = 24;

/** @param {Basins} state */
export function feel(state) {
  const { panels } = state;
  panels.filter(({ root }) => !root.hidden).forEach((one) => layPaths(one, pathsOf(state, one)));
  if (!isMoved(state)) return;
  follow(state, () => coarse(state));
}

/** @param {Pick<Basins, "panels">} state */
const say = ({ panels }) => panels.forEach((one) => veil(one, "Let go to see where these settings end."));

// The race that is kept is on the stage again.
/** @param {Basins} state */
export function letGo(state) {
  stopFollowing(state);
  state.panels.forEach(({ cells }) => cells.clear());
}

/** @param {Basins} state @returns {Coarse<Part>} */
function coarse(state) {
  const { wanted } = state;
  state.study.callOff();
  /** @type {Map<string, BasinMap>} */
  const maps = new Map();
  /** @param {Part} given */
  const part = ({ header, arrays }) => {
    if (header.part === "heading") wanted.forEach(({ lane }) => maps.set(lane.slot, emptyMap(header)));
    else {
      const map = maps.get(header.slot);
      if (map) fill(map, { header, arrays });
    }
  };
  const found = () => {
    const drawn = wanted.flatMap(({ lane }) => maps.get(lane.slot) ?? []);
    if (drawn.length) show(state, drawn);
  };
  return { begin: state.maker.coarse(wanted), part, show: found, refused: () => say(state) };
}

/** @param {Basins} state @param {BasinMap[]} maps */
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
    pictures.push(Uint32Array.from(difference(maps[0], maps[1]).mask, (differs) => two[differs]));
  }
  titles(state, maps);
  showWords(state, maps);
  pictures.forEach((found, k) => {
    veil(panels[k], "");
    panels[k].cells.show([{ columns: resolution, rows: resolution, colors: found, window }]);
    panels[k].panel.dataset.felt = String(Number(panels[k].panel.dataset.felt || 0) + 1);
  });
}

// A kind's colors in so many steps from strong to pale.
/** @param {number} named @param {Colors} colors */
function colorsOf(named, colors) {
  const pairs = paints(named, colors);
  return pairs.flatMap(([strong, pale]) =>
    Array.from({ length: STEPS }, (_, n) => packed(mix(strong, pale, n / (STEPS - 1)))),
  );
}
