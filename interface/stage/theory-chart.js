// The learning rate as a share of the stability limit along the path, as a figure.

import { axis, frame, logTicks } from "./chart.js";
import { color } from "./theme.js";
import { shares } from "./theory-reading.js";

const FEWEST = 0.3;

export function shareFigure(race, colors, size, box, scale = 1) {
  const { header } = race;
  const lane = header.lanes[header.chosen];
  const lines = [
    { values: shares(race, 1), name: "at the head", dash: "solid", width: 2.4, paint: color(lane, colors) },
    { values: shares(race, 2), name: "at the minimum", dash: "dash", width: 1.6, paint: colors.text },
  ].map((line) => ({ ...line, y: Array.from(line.values, (v) => (v > 0 ? Math.log10(v) : null)) }));
  const range = shareRange(lines.flatMap(({ y }) => y));
  const layout = {
    ...frame(colors, size, box),
    margin: { l: 4.4 * size, r: 1.2 * size, t: 1.2 * size, b: 3 * size },
    xaxis: {
      range: [0, header.steps],
      gridcolor: colors.grid,
      zeroline: false,
      fixedrange: true,
      title: { text: "step", standoff: 4 },
      nticks: 7,
    },
    yaxis: axis(range, logTicks(...range, 6), colors),
    shapes: [limitLine(colors, scale)],
    annotations: [limitName(size)],
    showlegend: true,
    legend: { orientation: "h", x: 0, y: 1, xanchor: "left", yanchor: "bottom", bgcolor: "rgba(0,0,0,0)" },
  };
  layout.margin.t = 2.4 * size;
  return {
    data: lines.filter(({ y }) => y.some((v) => v !== null)).map((line) => trace(line, scale)),
    layout,
  };
}

function trace({ y, name, dash, width, paint }, scale) {
  return {
    type: "scatter",
    mode: "lines",
    name,
    x: y.map((_, t) => t),
    y,
    line: { color: paint, width: width * scale, dash },
    hoverinfo: "none",
  };
}

// The limit itself is always in view.
export function shareRange(places) {
  const found = places.filter((v) => v !== null && Number.isFinite(v));
  const low = Math.max(Math.min(0, ...found), -6);
  const high = Math.min(Math.max(0, ...found), 6);
  const pad = Math.max(high - low, FEWEST) * 0.12;
  return [low - pad, high + pad];
}

function limitLine(colors, scale) {
  return {
    type: "line",
    xref: "paper",
    x0: 0,
    x1: 1,
    y0: 0,
    y1: 0,
    line: { color: colors.text, width: 1.2 * scale, dash: "dot" },
  };
}

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
