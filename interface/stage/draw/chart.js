// What the charts below the stage share: their frame, their axes, and the picture taken of them.

import { power, powers } from "./heat.js";
import { download } from "../dom/form.js";
import { significant } from "../core/format.js";

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

// Ticks between two logarithms: powers of ten, and where there is room for more, twos and fives.
export function logTicks(low, high, most = 7) {
  if (high - low > 1.7) return powers(low, high, most);
  const found = [];
  for (let k = Math.floor(low); k <= Math.ceil(high); k++) {
    for (const m of [1, 2, 5]) {
      const at = Math.log10(m) + k;
      if (at >= low && at <= high) found.push({ at, text: m === 1 ? power(k) : significant(m * 10 ** k, 3) });
    }
  }
  return found.length > 1 ? found : evenTicks(low, high);
}

// Five ticks on a narrow logarithmic axis, written as the values they stand for.
function evenTicks(low, high) {
  const digits = Math.max(2, Math.ceil(-Math.log10(Math.max(0.4 * (high - low), 1e-12))) + 1);
  return [0.1, 0.3, 0.5, 0.7, 0.9].map((share) => {
    const at = low + share * (high - low);
    return { at, text: significant(10 ** at, digits) };
  });
}

// `figure(size, box, scale)` draws the same as on screen for a picture of that size.
export async function savePicture(figure, name) {
  const { data, layout } = figure(PICTURE_TYPE, PICTURE, 2.2);
  const image = await Plotly.toImage({ data, layout }, { format: "png", ...PICTURE });
  const bytes = Uint8Array.from(atob(image.split(",")[1]), (c) => c.charCodeAt(0));
  download(new Blob([bytes], { type: "image/png" }), `${name}.png`);
}
