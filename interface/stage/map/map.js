// The landscape from above: Plotly's contour with the paths, kept alive, and the overlay on it.

import { axes, inside } from "../draw/axes.js";
import { make } from "../dom/dom.js";
import { CONFIG, contour, mapLayout, mapTraces } from "../draw/figures.js";
import { landscape } from "../core/live.js";
import { layOut, overlay, showStep } from "./overlay.js";

const FOLLOW = 50;

export function map(panel, told) {
  const plot = panel.appendChild(make("div", { class: "plot" }));
  const over = overlay(panel);
  return { panel, plot, over, told, key: null, land: null, window: null, race: null, size: 12 };
}

// Draw a race; the landscape is fetched only when the surface is another one.
// A race that is only "felt" leaves Plotly's own paths for later.
export async function drawMap(map, race, colors, t, how = "kept") {
  map.race = race;
  map.colors = colors;
  const { key, window } = race.header.surface;
  if (map.key !== key) return newSurface(map, key, window);
  refresh(map, t);
  if (how === "kept") movePaths(map);
}

async function newSurface(map, key, window) {
  const first = map.key === null;
  map.key = key;
  const land = await landscape(key);
  if (map.key !== key) return;
  const same = map.window && String(map.window) === String(window);
  map.land = map.home = land;
  const layout = mapLayout(window, map.colors, map.size);
  if (same && !first) copyZoom(map.plot, layout);
  map.window = window;
  Object.assign(layout, extent(map.panel));
  await Plotly.react(map.plot, mapTraces(map.race, map.land, map.colors), layout, CONFIG);
  if (first) listen(map);
  refresh(map, map.told.step());
  if (same && zoomed(map)) fetchZoomed(map);
}

function copyZoom(plot, layout) {
  layout.xaxis.range = [...plot.layout.xaxis.range];
  layout.yaxis.range = [...plot.layout.yaxis.range];
}

// Everything anew at the present zoom: another theme or another size of type.
export async function redrawMap(map, colors) {
  if (!map.land) return;
  map.colors = colors;
  const layout = mapLayout(map.window, colors, map.size);
  copyZoom(map.plot, layout);
  Object.assign(layout, extent(map.panel));
  await Plotly.react(map.plot, mapTraces(map.race, map.land, colors), layout, CONFIG);
  refresh(map, map.told.step());
}

export function refresh(map, t) {
  if (!map.land || !map.plot._fullLayout) return;
  layOut(map.over, map.plot, map.race, map.home, map.colors);
  map.told.laidOut(map);
  showStep(map.over, t);
}

// Plotly's own copy of the paths, the road ahead, follows a moment after the overlay has shown the
// new ones. (Plotly.animate without a redraw would be faster, but it takes the contour away.)
export function movePaths(map) {
  clearTimeout(map.following);
  map.following = setTimeout(() => {
    if (!map.plot.data) return undefined;
    const roads = mapTraces(map.race, map.land, map.colors).slice(1);
    if (looks(map.plot.data.slice(1)) !== looks(roads)) return redrawMap(map, map.colors);
    const moved = { x: roads.map(({ x }) => x), y: roads.map(({ y }) => y) };
    return Plotly.restyle(
      map.plot,
      moved,
      roads.map((_, k) => k + 1),
    );
  }, FOLLOW);
}

const looks = (traces) =>
  JSON.stringify(traces.map(({ name, visible, line }) => [name, visible, line.color, line.dash]));

export function resizeMap(map) {
  if (!map.plot._fullLayout || !map.panel.clientWidth) return;
  Plotly.relayout(map.plot, extent(map.panel)).then(() => refresh(map, map.told.step()));
}

function extent(panel) {
  return { width: Math.max(panel.clientWidth, 80), height: Math.max(panel.clientHeight, 80) };
}

function listen(map) {
  map.plot.on("plotly_relayouting", () => refresh(map, map.told.step()));
  map.plot.on("plotly_relayout", () => {
    refresh(map, map.told.step());
    fetchZoomed(map);
  });
}

export function zoomed(map) {
  const { x, y } = axes(map.plot);
  const shown = [x.low, x.high, y.low, y.high];
  return shown.some((v, k) => Math.abs(v - map.window.flat()[k]) > 1e-9 * (1 + Math.abs(v)));
}

export function resetZoom(map) {
  if (!map.window) return;
  Plotly.relayout(map.plot, { "xaxis.range": [...map.window[0]], "yaxis.range": [...map.window[1]] });
}

// A zoomed map gets contours of its own, a moment after the hand has come to rest.
function fetchZoomed(map) {
  clearTimeout(map.waiting);
  map.waiting = setTimeout(async () => {
    const { x, y } = axes(map.plot);
    const [key, shown] = [map.key, [x.low, x.high, y.low, y.high]];
    const land = zoomed(map) ? await landscape(key, shown).catch(() => null) : map.home;
    if (!land || map.key !== key || land === map.land) return;
    map.land = land;
    const { x: gx, y: gy, z } = contour(land, map.colors);
    Plotly.restyle(map.plot, { x: [gx], y: [gy], z: [z] }, [0]);
  }, 160);
}

// Where a pointer event lies in the data, or null outside the axes.
export function where(map, event) {
  const box = map.plot.getBoundingClientRect();
  const [px, py] = [event.clientX - box.left, event.clientY - box.top];
  const axis = map.over.axis;
  if (!axis || !inside(axis, px, py)) return null;
  return {
    x: axis.x.from(px),
    y: axis.y.from(py),
    px,
    py,
    width: (axis.x.high - axis.x.low) / axis.x.length,
  };
}
