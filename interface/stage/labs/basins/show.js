// The basin maps on the page: veiled until there is something to see, drawn, said, and saved.

import { difference, settling, sketched } from "./cells.js";
import { basinTraces, differenceTraces, fittedLayout, panelBox } from "./figure.js";
import { drawPanel, layPaths, veil } from "./panel.js";
import { pictureFigure } from "./picture.js";
import { showTable } from "./table.js";
import { saidDifference, saidNote } from "./words.js";
import { savePicture } from "../../draw/chart.js";
import { ruler } from "../../draw/ruler.js";
import { slug } from "../../dom/form.js";

/** @import { Stage } from "../../core/stage.d.ts" */
/** @import { Drawing } from "../../draw/chart.js" */
/** @import { Basins, Wanted } from "./basins.js" */
/** @import { BasinMap } from "./cells.js" */
/** @import { Look } from "./figure.js" */
/** @import { MapPanel, Paths } from "./panel.js" */
/** @typedef {(BasinMap | undefined)[]} Maps */

/** @param {Basins} state */
const mapsOf = ({ maps, wanted }) => wanted.map(({ key }) => maps.get(key));

// While parts come in, the page has so many times as long for all else as a painting takes.
const REST = 2;
// Of two panels each shows a lane, of a third the difference.
const LANES = 2;
// So many things say which map is drawn, and how much of it.
const EACH = 3;

// Soon, and a panel a frame, so that no hand waits for three of them; what changes meanwhile is painted next.
/** @param {Basins} state */
export async function paint(state) {
  prepare(state);
  state.stale = true;
  if (state.painting) return;
  state.painting = true;
  try {
    while (state.stale) {
      state.stale = false;
      const took = await painted(state);
      if (state.stale) await pause(REST * took);
    }
  } finally {
    state.painting = false;
  }
}

/** @param {number} time */
const pause = (time) => new Promise((done) => setTimeout(done, time));

// How long the page was kept by it, in milliseconds. Of what nobody sees nothing is painted.
/** @param {Basins} state */
async function painted(state) {
  let took = 0;
  for (const one of state.panels.filter(({ root }) => !root.hidden)) {
    await new Promise(requestAnimationFrame);
    const begun = performance.now();
    if (state.wanted.length && state.sheet.clientWidth) await drawOne(state, one, mapsOf(state));
    took += performance.now() - begun;
  }
  return took;
}

// What is another map than the one drawn is covered at once.
/** @param {Basins} state */
function prepare(state) {
  const { panels, controls, wanted, study, table, note } = state;
  if (!wanted.length) return;
  const maps = mapsOf(state);
  panels.forEach(({ root }, k) => (root.hidden = k > 0 && wanted.length < 2));
  state.sheet.classList.toggle("compared", wanted.length > 1);
  controls.busy.hidden = !study.busy();
  controls.again.hidden = !study.halted();
  panels.forEach((one, k) => cover(state, one, needed(maps, k)));
  const ready = maps.every(sketched);
  controls.save.disabled = !ready;
  table.hidden = note.hidden = !ready;
}

/** @param {Maps} maps @param {number} k */
const needed = (maps, k) => (k < LANES ? [maps[k]] : maps);

/** @param {Basins} state @param {Maps} maps */
function say(state, maps) {
  titles(state, maps);
  showWords(state, maps);
}

/** @param {Basins} state @param {MapPanel} one @param {Maps} maps */
function cover({ study }, one, maps) {
  const there = maps.every(sketched) && maps.every((map, k) => one.drawn[EACH * k] === map);
  const waiting = study.words() || (study.halted() ? "Not computed." : "Computing …");
  veil(one, there ? "" : waiting);
  one.panel.setAttribute("aria-busy", String(!there && study.busy()));
}

/** @param {Pick<Basins, "panels" | "wanted">} state @param {Maps} maps */
export function titles({ panels, wanted }, maps) {
  wanted.forEach(({ lane }, k) => (panels[k].title.textContent = lane.label));
  if (wanted.length < 2) return;
  const labels = wanted.map(({ lane }) => lane.label);
  panels[2].title.textContent = maps.every(sketched) ? saidDifference(labels, maps) : "Difference";
}

// Whether a hand holds something that the maps rest on.
/** @param {Pick<Basins, "stage" | "wanted">} state */
export const isMoved = ({ stage, wanted }) =>
  Object.keys(stage.race.header.changes || {}).some((key) => restsOn(key, wanted));

// Of the start a map knows nothing; of other lanes' settings neither.
/** @param {string} key @param {Wanted[]} wanted */
function restsOn(key, wanted) {
  if (["x", "y"].includes(key)) return false;
  const [owner] = key.split(".");
  return owner.length > 1 || wanted.some(({ lane }) => lane.slot === owner);
}

// One lane's map, the other's, or where they differ, and in the same frame what is said of them. What is
// felt under the hand lies over them.
/** @param {Basins} state @param {MapPanel} one @param {Maps} maps */
async function drawOne(state, one, maps) {
  const k = state.panels.indexOf(one);
  const found = needed(maps, k);
  if (isMoved(state)) return;
  say(state, maps);
  if (!found.every(sketched)) return void layPaths(one, pathsOf(state, one));
  const range = k < LANES ? settling(maps.filter(sketched)) : null;
  await draw(state, one, found, range);
  if (!isMoved(state)) one.cells.clear();
  cover(state, one, found);
}

/** @param {Basins} state @param {MapPanel} one @returns {Paths} */
export function pathsOf(state, one) {
  const { stage, wanted, panels } = state;
  const lanes = wanted.map(({ k }) => k);
  const mine = [lanes.slice(0, 1), lanes.slice(1), lanes][panels.indexOf(one)];
  const letters = mapsOf(state).find(sketched)?.heading.named ?? [];
  const { race, colors, clock, map } = stage;
  return { race, lanes: mine, colors, t: clock.t, large: map.large, letters };
}

/** @param {Stage} stage */
const landOf = ({ map, race }) => (map.key === race.header.surface.key ? map.home : null);

/** @param {Pick<MapPanel, "panel">} one */
const extentOf = ({ panel: canvas }) => ({ width: canvas.clientWidth, height: canvas.clientHeight });

/** @param {Basins} state @param {BasinMap} map @param {number[] | null} range @returns {Look} */
function look({ stage, panels }, { heading }, range) {
  const { map, race, colors } = stage;
  const { width, height } = panelBox(heading, map.size, extentOf(panels[0]), race.header.view.units);
  return { colors, size: map.size, scale: 1, range, land: landOf(stage), room: [width, height], on: {} };
}

/** @param {Basins} state @param {MapPanel} one @param {BasinMap[]} maps @param {number[] | null} range */
function draw(state, one, maps, range) {
  const extent = extentOf(one);
  if (!extent.width) return undefined;
  const seen = look(state, maps[0], range);
  const { units } = state.stage.race.header.view;
  const figure = () => ({
    data:
      maps.length > 1
        ? differenceTraces(maps[0].heading, difference(maps[0], maps[1]), seen)
        : basinTraces(maps[0], seen),
    layout: fittedLayout(maps[0].heading, seen.colors, seen.size, extent, units),
  });
  const filled = maps.flatMap((map) => [map, map.rows, map.sketched]);
  const shown = [seen.colors, seen.size, seen.land, ...seen.room, ...(range ?? [])];
  return drawPanel(one, [...filled, ...shown, ...Object.values(extent), units], figure, pathsOf(state, one));
}

/** @param {Basins} state @param {Maps} maps */
export function showWords({ table, note, stage, params, wanted }, maps) {
  table.hidden = note.hidden = !maps.every(sketched);
  if (!maps.every(sketched)) return;
  const columns = wanted.map(({ lane }, k) => ({ label: lane.label, map: maps[k] }));
  showTable(table, columns, stage.colors);
  note.textContent = saidNote(maps, params.has("noise"));
}

/** @param {Basins} state */
export function savePage(state) {
  const { stage, params, wanted } = state;
  const maps = mapsOf(state);
  if (!maps.every(sketched)) return;
  const { race, clock } = stage;
  const drawn = { race, land: landOf(stage), noisy: params.has("noise"), t: clock.t };
  /** @type {Drawing} */
  const figure = (size, box, scale, colors) =>
    pictureFigure(wanted, maps, { ...drawn, colors, measure: ruler(colors.font) }, { size, box, scale });
  savePicture(figure, `${slug(race.header.surface.title)}-basins`, stage);
}
