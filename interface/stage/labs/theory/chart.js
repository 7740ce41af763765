// The learning rate as a share of the stability limit along the path, as a figure.

import { axis, frame, levelLine, lineTrace, named } from "../../draw/chart.js";
import { logTicks, multiples, roundedDown } from "../../draw/ticks.js";
import { color } from "../../core/theme.js";
import { shares } from "./reading.js";

/** @import { Colors } from "../../core/theme.js" */
/** @import { TheoryHeader } from "../../core/packets.d.ts" */
/** @import { Size } from "../../draw/chart.js" */
/** @import { InTheory } from "./reading.js" */

const FEWEST = 0.3;

/** @param {InTheory} race @param {number} size @param {Size} box @param {number} scale @param {Colors} colors */
export function shareFigure(race, size, box, scale, colors) {
  const { header } = race;
  const lane = header.lanes[header.chosen];
  const lines = [
    { values: shares(race, 1), name: "at the head", dash: "solid", width: 2.4, paint: color(lane, colors) },
    { values: shares(race, 2), name: restName(header.theory), dash: "dash", width: 1.6, paint: colors.text },
  ].map((line) => ({ ...line, y: Array.from(line.values, (v) => (v > 0 ? Math.log10(v) : null)) }));
  const range = shareRange(lines.flatMap(({ y }) => y));
  const layout = {
    ...frame(colors, size, box),
    margin: { l: 4.4 * size, r: 1.2 * size, t: 2.4 * size, b: 3 * size },
    xaxis: {
      range: [0, header.steps],
      gridcolor: colors.grid,
      zeroline: false,
      fixedrange: true,
      title: { text: "step", standoff: 4 },
      nticks: 7,
    },
    yaxis: axis(range, shareTicks(range[0], range[1]), colors),
    shapes: [levelLine(0, colors, 1.2 * scale)],
    annotations: [limitName(size)],
    ...named({ entrywidth: 9 * size }),
  };
  const data = lines
    .filter(({ y }) => y.some((v) => v !== null))
    .map(({ y, name, dash, width, paint }) =>
      lineTrace(name, [...y.keys()], y, { color: paint, width: width * scale, dash }),
    );
  return { data, layout };
}

/** @param {TheoryHeader} theory */
function restName({ places }) {
  const kind = places[2]?.kind;
  return kind === "saddle" || kind === "maximum" ? `at the ${kind}` : "at the minimum";
}

// The limit itself is always in view.
/** @param {(number | null)[]} places */
export function shareRange(places) {
  const found = places.filter((v) => v !== null).filter(Number.isFinite);
  const low = Math.max(Math.min(0, ...found), -6);
  const high = Math.min(Math.max(0, ...found), 6);
  const pad = Math.max(high - low, FEWEST) * 0.12;
  return [low - pad, high + pad];
}

// On a narrow range round shares, on a wide one powers of ten.
/** @param {number} low @param {number} high */
export function shareTicks(low, high) {
  if (high - low > 0.6) return logTicks(low, high, 6);
  const [from, to] = [10 ** low, 10 ** high];
  const ticks = multiples(roundedDown((to - from) / 3), from, to);
  return ticks.map(({ at, text }) => ({ at: Math.log10(at), text }));
}

/** @param {number} size */
function limitName(size) {
  return {
    text: "stability limit",
    xref: "paper",
    x: 1,
    xanchor: "right",
    y: 0,
    yanchor: "bottom",
    showarrow: false,
    font: { size: 0.95 * size },
  };
}
