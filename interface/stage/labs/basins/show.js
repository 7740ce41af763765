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
/** @import { Basins } from "./basins.js" */
/** @import { BasinMap } from "./cells.js" */
/** @import { Look } from "./figure.js" */
/** @import { MapPanel, Paths } from "./panel.js" */
/** @typedef {(BasinMap | undefined)[]} Maps */

/** @param {Basins} state */
const mapsOf = ({ maps, wanted }) => wanted.map(({ key }) => maps.get(key));

/** @param {Basins} state */
export function paint(state) {
  if (!state.wanted.length) return;
  const { panels, controls, wanted, study } = state;
  panels.forEach(({ root }, k) => (root.hidden = k > 0 && wanted.length < 2));
  state.sheet.classList.toggle("compared", wanted.length > 1);
  controls.busy.hidden = !study.busy();
  controls.again.hidden = !study.halted();
  const maps = mapsOf(state);
  const ready = maps.map(sketched);
  titles(state, maps);
  [ready[0], ready[1], ready[0] && ready[1]].forEach((there, k) => cover(state, panels[k], there));
  controls.save.disabled = !ready.every(Boolean);
  drawAll(state, maps);
  showWords(state, maps);
}

/** @param {Basins} state @param {MapPanel} one @param {boolean} there */
function cover({ study }, one, there) {
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

/** @param {Basins} state @param {Maps} maps */
function drawAll(state, maps) {
  const range = settling(maps.filter(sketched));
  maps.forEach((map, k) => {
    if (sketched(map)) draw(state, state.panels[k], basinTraces(map, look(state, map, range)), map);
    else lay(state, state.panels[k]);
  });
  if (maps.length < 2) return;
  const [one, other] = maps;
  if (sketched(one) && sketched(other)) {
    const found = difference(one, other);
    draw(state, state.panels[2], differenceTraces(one.heading, found, look(state, one, null)), one);
  } else lay(state, state.panels[2]);
}

/** @param {Basins} state @param {MapPanel} one */
const lay = (state, one) => layPaths(one, pathsOf(state, one));

/** @param {Basins} state @param {MapPanel} one @returns {Paths} */
export function pathsOf({ stage, wanted, panels }, one) {
  const lanes = wanted.map(({ k }) => k);
  const mine = [lanes.slice(0, 1), lanes.slice(1), lanes][panels.indexOf(one)];
  return { race: stage.race, lanes: mine, colors: stage.colors, t: stage.clock.t, large: stage.map.large };
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

/** @param {Basins} state @param {MapPanel} one @param {object[]} data @param {BasinMap} map */
function draw(state, one, data, map) {
  const extent = extentOf(one);
  if (!extent.width) return;
  const { colors, map: shown, race } = state.stage;
  const layout = fittedLayout(map.heading, colors, shown.size, extent, race.header.view.units);
  drawPanel(one, { data, layout }, pathsOf(state, one));
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
