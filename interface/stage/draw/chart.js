// What the charts below the stage share: their frame, their axes, and the picture taken of them.

import { download } from "../dom/form.js";

const PICTURE = { width: 1920, height: 1080 };
export const PICTURE_TYPE = 26;

export function frame(colors, size, { width, height }) {
  return {
    autosize: false,
    width,
    height,
    showlegend: false,
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: colors.font, size, color: colors.text },
    dragmode: false,
    hovermode: false,
  };
}

// An axis over places (logarithms, mostly) with ticks of its own: [{ at, text }].
export function axis(range, ticks, colors, title = "", more = {}) {
  return {
    range,
    title: { text: title, standoff: 6 },
    tickvals: ticks.map(({ at }) => at),
    ticktext: ticks.map(({ text }) => text),
    gridcolor: colors.grid,
    zeroline: false,
    fixedrange: true,
    ...more,
  };
}

// `figure(size, box, scale)` draws the same as on screen for a picture of that size.
export async function savePicture(figure, name) {
  const { data, layout } = figure(PICTURE_TYPE, PICTURE, 2.2);
  const image = await Plotly.toImage({ data, layout }, { format: "png", ...PICTURE });
  const bytes = Uint8Array.from(atob(image.split(",")[1]), (c) => c.charCodeAt(0));
  download(new Blob([bytes], { type: "image/png" }), `${name}.png`);
}
