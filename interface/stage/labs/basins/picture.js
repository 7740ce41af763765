// The basin maps as a picture: side by side, with their legend and a line on how they were made.

import { axesIn, domains, mapBox } from "../../draw/axes.js";
import { ON_PAPER } from "../../draw/chart.js";
import { mapScene } from "../../draw/scene/map.js";
import { wrap } from "../../draw/wrap.js";
import { OTHERS, counts, difference, percentages, settling } from "./cells.js";
import { basinTraces, differenceTraces, paints, panelLayout } from "./figure.js";
import { alone } from "./panel.js";
import { saidDifference, saidNote } from "./words.js";

/** @import { FeltRace, Axes } from "../../core/stage.d.ts" */
/** @import { Landscape, LaneHeader } from "../../core/packets.d.ts" */
/** @import { Colors } from "../../core/theme.js" */
/** @import { Figure, Size } from "../../draw/chart.js" */
/** @import { Item, Measure } from "../../draw/shapes.d.ts" */
/** @import { BasinMap } from "./cells.js" */
/** @import { Look } from "./figure.js" */
/** @typedef {{ k: number, lane: LaneHeader }[]} Lanes */
/**
 * @typedef {object} Drawn
 * @property {FeltRace} race
 * @property {Landscape | null} land
 * @property {Colors} colors
 * @property {boolean} noisy
 * @property {number} t
 * @property {Measure} measure
 */

const GAP = 0.07;
const LETTERS = 130; // of a line below the maps

// `lanes` are { k, lane } of each map; `drawn` is { race, land, colors, noisy, t, measure }. Of the answer
// Plotly draws `data` and `layout`; `above` are the shapes of the stage's own scene over them.
/**
 * @param {Lanes} lanes
 * @param {BasinMap[]} maps
 * @param {Drawn} drawn
 * @param {{ size: number, box: Size, scale: number }} sizes
 * @returns {Figure}
 */
export function pictureFigure(lanes, maps, drawn, { size, box, scale }) {
  const { colors, race } = drawn;
  const { window } = maps[0].heading;
  const base = panelLayout(maps[0].heading, colors, size);
  const layout = pictureLayout(base, maps, drawn, size, box);
  const count = lanes.length > 1 ? 3 : 1;
  const wide = (1 - GAP * (count - 1)) / count;
  const { l, r, t, b } = layout.margin;
  const inner = { x: l, y: t, width: box.width - l - r, height: box.height - t - b };
  const places = Array.from({ length: count }, (_, k) => {
    const column = { ...inner, x: l + k * (wide + GAP) * inner.width, width: wide * inner.width };
    return mapBox(race.header.view.units, column, window);
  });
  const room = [places[0].width, places[0].height];
  /** @type {Item[]} */
  const above = [];
  /** @type {Record<string, object>} */
  const sides = {};
  const parts = partsOf(lanes, maps, { ...drawn, size, scale, room, range: settling(maps) });
  const data = parts.flatMap((part, k) => {
    const n = k ? k + 1 : "";
    const on = { xaxis: `x${n}`, yaxis: `y${n}` };
    const { x, y } = domains(places[k], inner);
    sides[`xaxis${n}`] = { ...base.xaxis, domain: x, anchor: `y${n}` };
    sides[`yaxis${n}`] = { ...base.yaxis, domain: y, anchor: `x${n}` };
    const title = { x: (x[0] + x[1]) / 2, y: y[1], yanchor: "bottom", yshift: 0.4 * size };
    layout.annotations.push({ ...FREE, ...title, text: `<b>${part.title}</b>` });
    above.push(
      ...paths({ ...drawn, letters: maps[0].heading.named }, part.lanes, axesIn(places[k], window), size),
    );
    return part.traces(on);
  });
  return { data: [...data, ...legendTraces(maps, colors, size)], layout: { ...layout, ...sides }, above };
}

/** @param {Lanes} lanes @param {BasinMap[]} maps @param {Omit<Look, "on">} look */
function partsOf(lanes, maps, look) {
  /** @type {{ title: string, lanes: number[], traces: (on: Look["on"]) => object[] }[]} */
  const parts = lanes.map(({ lane, k }, i) => ({
    title: lane.label,
    lanes: [k],
    traces: (on) => basinTraces(maps[i], { ...look, on }),
  }));
  if (lanes.length < 2) return parts;
  const labels = lanes.map(({ lane }) => lane.label);
  const differs = difference(maps[0], maps[1]);
  const traces = (/** @type {Look["on"]} */ on) =>
    differenceTraces(maps[0].heading, differs, { ...look, on });
  return [...parts, { title: saidDifference(labels, maps), lanes: lanes.map(({ k }) => k), traces }];
}

/**
 * @param {ReturnType<typeof panelLayout>} base
 * @param {BasinMap[]} maps
 * @param {Drawn} drawn
 * @param {number} size
 * @param {Size} box
 */
function pictureLayout(base, maps, { colors, noisy }, size, box) {
  const title = "Where runs end";
  const place = { x: 0.5, y: 0, yanchor: "top", yshift: -6.6 * size };
  const lines = wrap(saidNote(maps, noisy), LETTERS, ({ length }) => length);
  const note = { ...FREE, ...place, text: lines.join("<br>"), font: { size: 0.75 * size } };
  return {
    ...base,
    ...box,
    paper_bgcolor: colors.background,
    margin: { l: 4.4 * size, r: 2 * size, t: 5.6 * size, b: 10.4 * size },
    title: { text: title, x: 0.5, y: 0.965, font: { size: 1.2 * size } },
    showlegend: true,
    legend: {
      orientation: "h",
      x: 0.5,
      xanchor: "center",
      y: -0.11,
      yanchor: "top",
      entrywidth: 9.5 * size + 4.5 * size * (maps.length - 1),
    },
    annotations: /** @type {object[]} */ ([note]),
  };
}

const FREE = { ...ON_PAPER, xanchor: "center" };

// Axes, paths up to the clock and the start, as on the page.
/** @param {Drawn & { letters: { x: number, y: number }[] }} drawn @param {number[]} lanes @param {Axes} axis @param {number} type */
function paths({ race, colors, t, measure, letters }, lanes, axis, type) {
  const ground = { critical: [], scale: null, letters };
  const scene = mapScene(alone(race, lanes, colors), ground, axis, { colors, type, measure });
  return [...scene.still, ...scene.step(t)];
}

/** @param {BasinMap[]} maps @param {Colors} colors @param {number} size */
function legendTraces(maps, colors, size) {
  const { named } = maps[0].heading;
  const pairs = paints(named.length, colors);
  const found = maps.map((map) => percentages(counts(map)));
  /** @param {number} k */
  const title = (k) => named[k]?.letter ?? OTHERS[k - named.length];
  return found[0]
    .map((_, k) => ({ k, said: found.map((share) => `${share[k].toFixed(1)} %`).join(" | ") }))
    .filter(({ k }) => (k < named.length ? true : found.some((share) => share[k] > 0)))
    .map(({ k, said }) => ({
      type: "scatter",
      mode: "markers",
      x: [null],
      y: [null],
      name: `${title(k)} ${said}`,
      marker: { symbol: "square", size, color: pairs[k][0], line: { width: 1, color: colors.text } },
    }));
}
