// A path as SVG text that can be cut at any step without being built again.

import { near } from "./axes.js";

// `ends[t]` is where the text of the path up to step t ends; points that are NaN end the path.
export function trail(path, axis) {
  const { values, shape } = path;
  const ends = new Uint32Array(shape[0]);
  const points = [];
  let text = "";
  for (let t = 0; t < shape[0]; t++) {
    const [x, y] = [values[2 * t], values[2 * t + 1]];
    if (Number.isFinite(x) && Number.isFinite(y)) {
      const px = near(axis.x.to(x));
      const py = near(axis.y.to(y));
      text += `${t ? "L" : "M"}${px.toFixed(1)} ${py.toFixed(1)}`;
      points.push([px, py]);
    }
    ends[t] = text.length;
  }
  return { text, ends, points, from: (begin, t) => tail(points, begin, t) };
}

export const upTo = (trail, t) => trail.text.slice(0, trail.ends[Math.min(t, trail.ends.length - 1)]);

// The head: the last finite point at or before step t.
export function head(trail, t) {
  return trail.points[Math.min(t, trail.points.length - 1)];
}

function tail(points, begin, t) {
  const part = points.slice(Math.max(begin, 0), t + 1);
  return part.map(([x, y], k) => `${k ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
}

// Outlines of the lanes' markers around (0, 0), named as Plotly names them.
export const MARKERS = {
  circle: "M6 0A6 6 0 1 1-6 0A6 6 0 1 1 6 0Z",
  square: "M-5.2-5.2H5.2V5.200H-5.2Z",
  diamond: "M0-7.300L7.300 0L0 7.300L-7.300 0Z",
  "triangle-up": "M0-7L6.600 5H-6.600Z",
  pentagon: "M0-6.800L6.500-2.100L4 5.500H-4L-6.500-2.100Z",
  star: "M0-8L2.200-2.700L7.600-2.500L3.400 1L4.700 6.500L0 3.400L-4.700 6.500L-3.400 1L-7.600-2.500L-2.200-2.700Z",
};
