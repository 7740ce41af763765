// The landscape of the race on the stage: the server's, or, in a saved page, computed here.

import { embedded, landscape } from "../core/live.js";
import { landscapeOf } from "../run/landscape.js";
import { surfaceOf } from "../run/race.js";

/** @import { Stage } from "../core/stage.d.ts" */
/** @import { Window } from "../run/recorded.d.ts" */
/** @import { Landscape } from "../core/packets.d.ts" */

const SIDE = 140;

// Over a window, or the surface's own; null where a saved page cannot tell.
/** @param {Stage} stage @param {string} key @param {number[]} [window] @returns {Promise<Landscape | null>} */
export async function land(stage, key, window) {
  if (!stage.component.offline) return landscape(key, window);
  const [own] = embedded("landscape");
  const { header } = stage.race;
  if (!window && !header.moved) return own;
  const [modules] = header.modules.map((addresses) => stage.library.of(addresses));
  if (!modules) return window ? null : own;
  const loss = surfaceOf(stage.race, modules.surface, own);
  const critical = header.critical || own.header.critical;
  const like = { ...own.header, critical, lowest: header.lowest };
  /** @type {Window} */
  const asked = window
    ? [
        [window[0], window[1]],
        [window[2], window[3]],
      ]
    : header.surface.window;
  const found = landscapeOf(loss, asked, SIDE, like);
  return { ...found, arrays: { ...found.arrays, ...(own.arrays.rows ? { rows: own.arrays.rows } : {}) } };
}
