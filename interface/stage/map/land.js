// The landscape of the race that is kept: computed here where its surface has a module. Of a loss of data
// it comes with the rows, from the server, or in a saved page with the page.

import { LANDSCAPE_SIDE } from "../core/known.js";
import { grounds, landscape } from "../core/live.js";
import { drawnLandscape, landscapeOf } from "../run/landscape.js";
import { surfaceOf } from "../run/race.js";

/** @import { FeltRace, Stage } from "../core/stage.d.ts" */
/** @import { Loss, Window } from "../run/recorded.d.ts" */
/** @import { Landscape, SentLandscape } from "../core/packets.d.ts" */

// Over a window, or the surface's own; null where a saved page cannot tell.
/** @param {Stage} stage @param {string} key @param {number[]} [window] @returns {Promise<Landscape | null>} */
export async function land(stage, key, window) {
  const { kept, component } = stage;
  const own = component.offline ? grounds()(key) : null;
  if (own && !window && !kept.header.moved) return drawnLandscape(own);
  if (!window && stage.lands.has(key)) return stage.lands.get(key) ?? null;
  const here = kept.header.model && !own ? null : await computed(stage, kept.ahead ?? kept, own, window);
  return here ?? (component.offline ? null : served(key, window));
}

// As the server has it.
/** @param {string} key @param {number[]} [window] */
export const served = async (key, window) => drawnLandscape(await landscape(key, window));

/** @param {Stage} stage @param {FeltRace} race @param {SentLandscape | null} own @param {number[]} [window] */
async function computed({ library }, race, own, window) {
  const { modules, surface } = race.header;
  const addresses = modules.find(Boolean);
  if (!addresses) return null;
  const alone = { surface: addresses.surface };
  await library.fetch([alone]);
  const found = library.of(alone);
  if (!found) return null;
  const rows = own?.arrays.rows;
  const loss = surfaceOf(race, found.surface, own);
  const asked = window ? sides(window) : surface.window;
  const drawn = landscapeOf(loss, asked, LANDSCAPE_SIDE, race.header);
  return rows ? { ...drawn, arrays: { ...drawn.arrays, rows } } : drawn;
}

// The functions of the surface on the stage, where its module is here.
/** @param {Pick<Stage, "race" | "library" | "map">} stage @returns {Loss | null} */
export function lossOf({ race, library, map }) {
  const modules = library.of(race.header.modules.find(Boolean) ?? null);
  return modules && map.home ? surfaceOf(race, modules.surface, map.home) : null;
}

/** @param {number[]} window @returns {Window} */
const sides = ([x0, x1, y0, y1]) => [
  [x0, x1],
  [y0, y1],
];
