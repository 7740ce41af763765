// The landscape of the race on the stage: the server's, or, in a saved page, computed here.

import { embedded, landscape } from "../core/live.js";
import { landscapeOf } from "../run/landscape.js";
import { surfaceOf } from "../run/race.js";

const SIDE = 140;

// Over a window, or the surface's own; null where a saved page cannot tell.
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
  const asked = window ? [window.slice(0, 2), window.slice(2)] : header.surface.window;
  const found = landscapeOf(loss, asked, SIDE, like);
  return { ...found, arrays: { ...found.arrays, ...(own.arrays.rows ? { rows: own.arrays.rows } : {}) } };
}
