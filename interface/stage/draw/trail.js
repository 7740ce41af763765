// A line as SVG text that can be cut at any step without being built again.

import { near } from "./axes.js";
import { tenths } from "./tenths.js";

// A path of places: `ends[t]` is where the text of the path up to step t ends; points that are NaN
// end the path.
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
      text += (t ? "L" : "M") + tenths(px) + " " + tenths(py);
      points.push([px, py]);
    }
    ends[t] = text.length;
  }
  return { text, ends, points, first: 0, from: (begin, t) => tail(points, begin, t) };
}

// A curve over the steps; what is not a number, or has no place on the axis, lifts the pen.
export function strand({ values, first = 0 }, { x, y }) {
  const count = values.length;
  const ends = new Uint32Array(count);
  const points = new Array(count);
  let [text, down] = ["", false];
  for (let k = 0; k < count; k++) {
    const py = near(y.to(values[k]));
    const drawn = Math.abs(py) < 1e5;
    if (drawn) {
      const px = x.to(k + first);
      text += (down ? "L" : "M") + tenths(px) + " " + tenths(py);
      points[k] = [px, py];
    } else points[k] = null;
    down = drawn;
    ends[k] = text.length;
  }
  return { text, ends, points, first };
}

export function upTo({ text, ends, first = 0 }, t) {
  const k = Math.min(t - first, ends.length - 1);
  return k < 0 ? "" : text.slice(0, ends[k]);
}

// The head: the last finite point at or before step t.
export function head(trail, t) {
  return trail.points[Math.min(t, trail.points.length - 1)];
}

function tail(points, begin, t) {
  const part = points.slice(Math.max(begin, 0), t + 1);
  return part.map(([x, y], k) => `${k ? "L" : "M"}${tenths(x)} ${tenths(y)}`).join("");
}

// How far along the line each point lies, so that dashes go on where the last stretch ended.
export function travelled(points) {
  const lengths = new Float64Array(points.length);
  for (let k = 1; k < points.length; k++) {
    const [a, b] = [points[k - 1], points[k]];
    lengths[k] = lengths[k - 1] + (a && b ? Math.hypot(b[0] - a[0], b[1] - a[1]) : 0);
  }
  return lengths;
}
