// The basin maps on the page: veiled until there is something to see, drawn, said, and saved.

import { difference, settling } from "./cells.js";
import { basinTraces, differenceTraces, panelLayout } from "./figure.js";
import { drawPanel, layPaths, veil } from "./panel.js";
import { pictureFigure } from "./picture.js";
import { showTable } from "./table.js";
import { saidDifference, saidNote } from "./words.js";
import { savePicture } from "../../draw/chart.js";
import { ruler } from "../../draw/ruler.js";
import { slug } from "../../dom/form.js";

const mapsOf = ({ maps, wanted }) => wanted.map(({ key }) => maps.get(key));

export function paint(state) {
  if (!state.wanted) return;
  const { stage, panels, controls, wanted, study } = state;
  panels.forEach(({ root }, k) => (root.hidden = k > 0 && wanted.length < 2));
  state.sheet.classList.toggle("compared", wanted.length > 1);
  controls.busy.hidden = !study.busy();
  controls.again.hidden = !study.halted();
  const maps = mapsOf(state);
  const ready = maps.map((map) => Boolean(map?.coarse));
  titles(state, maps);
  [ready[0], ready[1], ready[0] && ready[1]].forEach((there, k) => cover(state, panels[k], there));
  controls.save.disabled = !ready.every(Boolean);
  if (stage.map.large !== undefined) state.size = stage.map.size;
  drawAll(state, maps, ready);
  showWords(state, maps, ready);
}

function cover({ study }, one, there) {
  const waiting = study.words() || (study.halted() ? "Not computed." : "Computing …");
  veil(one, there ? "" : waiting);
  one.panel.setAttribute("aria-busy", !there && study.busy());
}

export function titles({ panels, wanted }, maps) {
  wanted.forEach(({ lane }, k) => (panels[k].title.textContent = lane.label));
  if (wanted.length < 2) return;
  const labels = wanted.map(({ lane }) => lane.label);
  const there = maps.every((map) => map?.coarse);
  panels[2].title.textContent = there ? saidDifference(labels, maps) : "Difference";
}

function drawAll(state, maps, ready) {
  const range = settling(maps.filter((map) => map?.coarse));
  maps.forEach((map, k) => {
    if (ready[k]) draw(state, state.panels[k], basinTraces(map, look(state, range)), map);
    else lay(state, state.panels[k]);
  });
  if (maps.length < 2) return;
  const [one, other] = maps;
  if (ready[0] && ready[1]) {
    const found = difference(one, other);
    draw(state, state.panels[2], differenceTraces(one.heading, found, look(state, null)), one);
  } else lay(state, state.panels[2]);
}

const lay = (state, one) => layPaths(one, pathsOf(state, one));

export function pathsOf({ stage, wanted, panels }, one) {
  const lanes = wanted.map(({ k }) => k);
  const mine = [lanes.slice(0, 1), lanes.slice(1), lanes][panels.indexOf(one)];
  return { race: stage.race, lanes: mine, colors: stage.colors, t: stage.clock.t, large: stage.map.large };
}

function look({ stage, panels }, range) {
  const { map, race, colors } = stage;
  const land = map.key === race.header.surface.key ? map.home : null;
  const { clientWidth, clientHeight } = panels[0].panel;
  const room = [clientWidth, clientHeight].map((side) => Math.max(side - 4.2 * map.size, 50));
  return { colors, size: map.size, scale: 1, range, land, room, on: {} };
}

function draw(state, one, data, map) {
  const { panel: canvas } = one;
  if (!canvas.clientWidth) return;
  const extent = { width: canvas.clientWidth, height: canvas.clientHeight };
  const { colors } = state.stage;
  const layout = panelLayout(map.heading, colors, state.stage.map.size, extent);
  drawPanel(one, { data, layout }, pathsOf(state, one));
}

export function showWords({ table, note, stage, params, wanted }, maps, ready) {
  const there = ready.every(Boolean);
  table.hidden = note.hidden = !there;
  if (!there) return;
  const columns = wanted.map(({ lane }, k) => ({ label: lane.label, map: maps[k] }));
  showTable(table, columns, stage.colors);
  note.textContent = saidNote(maps, params.has("noise"));
}

export function savePage(state) {
  const { stage, params, wanted } = state;
  const maps = mapsOf(state);
  if (!maps.every((map) => map?.coarse)) return;
  const drawn = {
    race: stage.race,
    land: look(state).land,
    colors: stage.colors,
    noisy: params.has("noise"),
    t: stage.clock.t,
    measure: ruler(stage.colors.font),
  };
  savePicture(
    (size, box, scale) => pictureFigure(wanted, maps, drawn, { size, box, scale }),
    `${slug(stage.race.header.surface.title)}-basins`,
  );
}
