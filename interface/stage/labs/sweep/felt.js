// A sweep map under the hand: while something it rests on moves, coarse ones follow in the colors that
// stand beside it.

import { LANE_LETTERS } from "../../core/known.js";
import { packed, shades } from "../../draw/cells.js";
import { SEQUENTIAL } from "../../draw/colors.js";
import { follow, stopFollowing } from "../felt.js";
import { begin as blank, drawn, fill, isColored, panelLevels, panelMasks } from "./cells.js";
import { showCross } from "./hand.js";
import { hide, showWords } from "./show.js";
import { greys } from "./traces.js";
import { axesOf } from "./words.js";

/** @import { Colored, Color, Part, SweepMap } from "./cells.js" */
/** @import { Sweep } from "./sweep.js" */
/** @import { Coarse } from "../felt.js" */

const SHADES = shades(SEQUENTIAL);

/** @param {Sweep} state */
export function feel(state) {
  const { map, stage } = state;
  if (!isColored(map)) return;
  showCross(state.hand);
  const { header } = stage.race;
  const moved = Object.keys(header.changes || {}).filter((key) => restsOn(map, key));
  if (!moved.length) return;
  if (!state.maker.follows(map, moved)) refuse(state);
  else follow(state, () => coarse(state, map));
}

/** @param {Sweep} state */
const refuse = (state) => hide(state, "Let go to see the map of these settings.");

// The race that is kept is on the stage again.
/** @param {Pick<Sweep, "feeling" | "cells">} state */
export function letGo(state) {
  stopFollowing(state);
  state.cells.clear();
}

// Of swept settings a map knows all values, of other lanes nothing.
/** @param {SweepMap} map @param {string} key */
function restsOn(map, key) {
  const [owner] = key.split(".");
  const other = LANE_LETTERS.includes(owner) && owner !== map.header.lane.slot;
  return !other && axesOf(map).every((axis) => axis.key !== key);
}

/** @param {Sweep} state @param {Colored} map @returns {Coarse<Part>} */
function coarse(state, map) {
  const { stage, study } = state;
  map.left ||= study.busy();
  study.callOff();
  const { steps, tolerance } = stage.race.header;
  const felt = blank({ header: { ...map.header, steps, tolerance } });
  /** @param {Part} packet */
  const part = ({ header, arrays }) => {
    if (header.part === "cells") fill(felt, { header, arrays });
  };
  const found = () => show(state, { ...felt, ranges: map.ranges });
  return { begin: state.maker.coarse(map), part, show: found, refused: () => refuse(state) };
}

/** @param {Sweep} state @param {Colored} map */
function show(state, map) {
  const { stage, ground, cells } = state;
  const { color: chosen } = stage.race.header.view;
  const { x, y } = map.grid;
  const window = [x, y].map((edges) => [edges[0], edges[edges.length - 1]]);
  const [panels, rows, columns] = map.shape;
  const shown = Array.from({ length: panels }, (_, panel) => {
    const colors = colorsOf(map, drawn(map, chosen), panel, greys(stage.colors.dark));
    return { columns, rows, colors, window, name: panel ? String(panel + 1) : "" };
  });
  cells.show(shown);
  showWords(state, map, chosen);
  ground.dataset.felt = String(Number(ground.dataset.felt || 0) + 1);
}

/** @param {Colored} map @param {Color} color @param {number} panel @param {ReturnType<typeof greys>} grey */
function colorsOf(map, color, panel, grey) {
  const { diverged, away, late } = panelMasks(map, color, panel);
  const [lost, gone, open] = [grey.diverged, grey.away, grey.late].map(packed);
  const [low, high] = map.ranges[color];
  return Uint32Array.from(panelLevels(map, color, panel), (level, k) => {
    if (diverged[k]) return lost;
    if (away[k]) return gone;
    if (late[k]) return open;
    const share = Math.min(Math.max((level - low) / (high - low), 0), 1);
    return SHADES[Math.round(255 * share)] ?? 0;
  });
}
