// The landscape from above: Plotly's contour, kept alive, and the overlay on it.

import { axes, inside, wantsEqual } from "../draw/axes.js";
import { plotElement, within } from "../dom/dom.js";
import { CONFIG, contour, mapLayout } from "../draw/figures.js";
import { wantedWindow } from "../core/moment.js";
import { reading } from "../draw/scene/loss-scale.js";
import { layOut, overlay, showStep } from "./overlay.js";

/** @import { FeltRace, Held, Fanned, Plot } from "../core/stage.d.ts" */
/** @import { Landscape } from "../core/packets.d.ts" */
/** @import { Colors } from "../core/theme.js" */
/** @import { Overlay } from "./overlay.js" */
/** @import { LossScale } from "../draw/scene/loss-scale.js" */
/** @import { Window } from "../run/recorded.d.ts" */
/** @typedef {ReturnType<typeof mapLayout>} Layout */
/**
 * @typedef {object} Told
 * @property {() => number} step
 * @property {(key: string, window?: number[]) => Promise<Landscape | null>} land
 * @property {(map: StageMap) => void} laidOut
 * @property {(map: StageMap) => void} zoomed
 * @property {() => { held?: Held | null, fanned?: Fanned | null }} beside
 */
/**
 * @typedef {object} StageMap
 * @property {HTMLElement} panel
 * @property {Plot} plot
 * @property {Overlay} over
 * @property {Told} told
 * @property {string | null} key
 * @property {Landscape | null} land
 * @property {Landscape | null} home
 * @property {LossScale | null} scale
 * @property {Window | null} window
 * @property {FeltRace} race
 * @property {Colors} colors
 * @property {number} size
 * @property {boolean} [large]
 * @property {boolean} [equal]
 * @property {string} [taken]
 * @property {Promise<void>} [landed]
 * @property {ReturnType<typeof setTimeout>} [waiting]
 */

// Landscape and window come a while after the race.
/** @param {HTMLElement} panel @param {FeltRace} race @param {Colors} colors @param {Told} told @returns {StageMap} */
export function map(panel, race, colors, told) {
  const plot = panel.appendChild(plotElement());
  const over = overlay(panel);
  return {
    ...{ panel, plot, over, told, race, colors, size: 12 },
    ...{ key: null, land: null, home: null, scale: null, window: null },
  };
}

// Draw a race; the landscape is fetched only when the surface is another one.
/** @param {StageMap} map @param {FeltRace} race @param {Colors} colors @param {number} t */
export async function drawMap(map, race, colors, t) {
  map.race = race;
  map.colors = colors;
  const { key, window } = race.header.surface;
  if (map.key !== key) return (map.landed = newSurface(map, key, window));
  const wanted = map.window && takeWindow(map);
  if (wanted) show(map.plot, wanted);
  else refresh(map, t);
}

// What the link says is to be seen, the first time that it says so.
/** @param {StageMap} map */
function takeWindow(map) {
  const { view } = map.race.header;
  const wanted = wantedWindow(view, map.taken);
  map.taken = String(view.window ?? "");
  return wanted;
}

/** @param {StageMap} map @param {string} key @param {Window} window */
async function newSurface(map, key, window) {
  const first = map.key === null;
  map.key = key;
  const land = await map.told.land(key);
  if (!land || map.key !== key) return;
  const same = map.window && String(map.window) === String(window);
  map.home = land;
  stand(map, land);
  const layout = layoutOf(map, window, map.colors);
  const wanted = takeWindow(map);
  if (wanted) [layout.xaxis.range, layout.yaxis.range] = wanted;
  else if (same && !first) copyZoom(map.plot, layout);
  map.window = window;
  fit(map, layout);
  await react(map, land, layout);
  if (first) listen(map);
  refresh(map, map.told.step());
  if (zoomed(map)) fetchZoomed(map);
  map.told.zoomed(map);
}

/** @param {StageMap} map @param {Landscape} land */
function stand(map, land) {
  map.land = land;
  map.scale = reading(land);
}

// The scene draws the axes' numbers and names.
/** @param {StageMap} stageMap @param {number[][]} window @param {Colors} colors */
function layoutOf({ size }, window, colors) {
  const layout = mapLayout(window, colors, size);
  for (const axis of [layout.xaxis, layout.yaxis]) {
    Object.assign(axis, { title: { text: "" }, ticks: "", showticklabels: false, constrain: "domain" });
  }
  return layout;
}

// With equal units, Plotly takes a range narrower than the one it was given before for one that it has
// narrowed itself, and goes back to that: so it is made to forget what it was given.
/** @param {StageMap} stageMap @param {Landscape} land @param {Layout} layout */
function react({ plot, colors }, land, layout) {
  for (const axis of [plot._fullLayout?.xaxis, plot._fullLayout?.yaxis]) delete axis?._inputRange;
  return Plotly.react(plot, [contour(land, colors)], layout, CONFIG);
}

// The layout's size, and equal units if the view has them there.
/** @param {StageMap} map @param {Layout} layout */
function fit(map, layout) {
  const { width, height } = extent(map.panel);
  const { l, r, t, b } = layout.margin;
  const room = { x: l, y: t, width: width - l - r, height: height - t - b };
  map.equal = wantsEqual(map.race.header.view.units, room, [layout.xaxis.range, layout.yaxis.range]);
  Object.assign(layout, { width, height });
  if (map.equal) Object.assign(layout.yaxis, { scaleanchor: "x", scaleratio: 1 });
}

/** @param {Plot} plot @param {Layout} layout */
function copyZoom(plot, layout) {
  layout.xaxis.range = [...plot.layout.xaxis.range];
  layout.yaxis.range = [...plot.layout.yaxis.range];
}

// Everything anew at the present zoom: another theme or another size of type.
/** @param {StageMap} map @param {Colors} colors */
export async function redrawMap(map, colors) {
  const { land, window } = map;
  if (!land || !window) return;
  map.colors = colors;
  const layout = layoutOf(map, window, colors);
  copyZoom(map.plot, layout);
  fit(map, layout);
  await react(map, land, layout);
  refresh(map, map.told.step());
}

/** @param {StageMap} map @param {number} t */
function refresh(map, t) {
  if (!map.land || !map.plot._fullLayout) return;
  lay(map);
  map.told.laidOut(map);
  showStep(map.over, t);
}

// Something besides the race has changed: what is held, or the fan.
/** @param {StageMap} map */
export function relay(map) {
  lay(map);
  showStep(map.over, map.told.step());
}

/** @param {StageMap} map */
function lay(map) {
  const { over, plot, race, scale, colors, told } = map;
  if (!scale || !plot._fullLayout) return;
  const { critical } = race.header.ground;
  layOut(over, plot, { ...race, ...told.beside() }, { critical, scale }, colors);
}

/** @param {StageMap} map */
export function resizeMap(map) {
  if (!map.plot._fullLayout || !map.panel.clientWidth) return;
  redrawMap(map, map.colors);
}

/** @param {HTMLElement} panel */
export function extent(panel) {
  return { width: Math.max(panel.clientWidth, 80), height: Math.max(panel.clientHeight, 80) };
}

/** @param {StageMap} map */
function listen(map) {
  map.plot.on("plotly_relayouting", () => refresh(map, map.told.step()));
  map.plot.on("plotly_relayout", () => {
    refresh(map, map.told.step());
    map.told.zoomed(map);
    fetchZoomed(map);
  });
}

// The part of the plane that is shown.
/** @param {StageMap} stageMap */
export function shownWindow({ plot }) {
  const { x, y } = axes(plot);
  return [x.low, x.high, y.low, y.high];
}

/** @param {StageMap} map */
export function zoomed(map) {
  const own = map.window?.flat();
  return Boolean(own && shownWindow(map).some((v, k) => Math.abs(v - own[k]) > 1e-9 * (1 + Math.abs(v))));
}

/** @param {StageMap} map */
export function resetZoom(map) {
  if (map.window) show(map.plot, map.window);
}

/** @param {Plot} plot @param {number[][]} window */
function show(plot, [across, up]) {
  Plotly.relayout(plot, { "xaxis.range": [...across], "yaxis.range": [...up] });
}

// A zoomed map gets contours of its own, a moment after the hand has come to rest.
/** @param {StageMap} map */
function fetchZoomed(map) {
  clearTimeout(map.waiting);
  map.waiting = setTimeout(async () => {
    const [key, shown] = [map.key ?? "", shownWindow(map)];
    const land = zoomed(map) ? await map.told.land(key, shown).catch(() => null) : map.home;
    if (!land || map.key !== key || land === map.land) return;
    stand(map, land);
    const { x: gx, y: gy, z } = contour(land, map.colors);
    Plotly.restyle(map.plot, { x: [gx], y: [gy], z: [z] }, [0]);
    relay(map);
    map.told.laidOut(map);
  }, 160);
}

// Where a pointer event lies in the data, or null outside the axes.
/** @param {Pick<StageMap, "plot" | "over">} map @param {Pick<PointerEvent, "clientX" | "clientY">} event */
export function where(map, event) {
  const [px, py] = within(map.plot, event);
  const { axis } = map.over;
  if (!inside(axis, px, py)) return null;
  return {
    x: axis.x.from(px),
    y: axis.y.from(py),
    px,
    py,
    width: (axis.x.high - axis.x.low) / axis.x.length,
  };
}
