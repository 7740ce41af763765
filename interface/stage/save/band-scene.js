// Bands and the names at the ends of lines on a picture, up to any step. Pure.

import { near } from "../draw/axes.js";
import { placed } from "../draw/end-names.js";
import { edges, SHADE } from "../draw/figures.js";
import { words } from "../draw/foot.js";
import { color } from "../core/theme.js";

// `at(t)` gives the outline of a band up to step t: along the top and back along the bottom.
export function bandShape(curve, { x, y }, box, { colors }) {
  const { low, high } = edges(curve);
  const line = (values) => values.map((v, t) => `${x.to(t).toFixed(1)} ${near(y.to(v)).toFixed(1)}`);
  const [top, bottom] = [line(high), line(low)];
  const fill = { kind: "mark", x: 0, y: 0, scale: 1, fill: color(curve.lane, colors), clip: box };
  return (t) => {
    const points = [...top.slice(0, t + 1), ...bottom.slice(0, t + 1).reverse()];
    return points.length ? [{ ...fill, d: `M${points.join("L")}Z`, opacity: curve.shade ?? SHADE }] : [];
  };
}

// Names of the lines that have one, above where the lines have got to.
export function namesAt(drawn, t, box, look) {
  const size = 0.9 * look.type;
  const ends = drawn
    .filter(({ curve }) => curve.told)
    .map(({ curve, line, paint }) => ({ text: curve.told, paint, chosen: curve.leads, end: line.at(t) }))
    .filter(({ end }) => end)
    .map((name) => ({ ...name, y: name.end[1] }));
  return placed(ends, { top: box.y, bottom: box.y + box.height, size }).map(({ text, paint, end, at }) => {
    const right = Math.max(end[0] - 0.4 * size, box.x + look.measure(text, size, 650) + 0.4 * size);
    return { ...words(text, right, at, size, paint), anchor: "end", weight: 650, halo: look.colors.halo };
  });
}
