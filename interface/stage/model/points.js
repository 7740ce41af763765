// Points of one's own on the data: one more under the pointer, or one less. Pure.

const REACH = 9;
const DIGITS = 4;
const FEWEST = 2;
const MOST = 200;

// The points as a setting of the link, or null where nothing changes: `own.from` says how a point
// [u, v] becomes a row, (p - shift) / scale, in each column.
export function pointed(own, rows, axis, px, py) {
  const there = rows.findIndex(([u, v]) => Math.hypot(axis.x.to(u) - px, axis.y.to(v) - py) < REACH);
  if (there >= 0) return left(own, there);
  if (rows.length >= MOST) return null;
  const [[shift, scale], [lift, stretch]] = own.from;
  const u = shift + scale * axis.x.from(px);
  const v = lift + stretch * axis.y.from(py);
  return said([...own.points, [short(u), fitting(own.kind, v)]]);
}

// What is left without one point, if it is still something to learn from.
function left({ points, kind }, gone) {
  const rest = points.filter((_, k) => k !== gone);
  const differ = (side) => rest.some((point) => point[side] !== rest[0][side]);
  const classes = kind === "signs" || kind === "classes";
  return rest.length >= FEWEST && differ(0) && (!classes || differ(1)) ? said(rest) : null;
}

// A class is 0 or 1, a count a whole number; anything measured stays as it is.
function fitting(kind, v) {
  if (kind === "signs" || kind === "classes") return v > 0.5 ? 1 : 0;
  return kind === "counted" ? Math.max(0, Math.round(v)) : short(v);
}

const short = (value) => Number(value.toPrecision(DIGITS));
const said = (points) => points.map((point) => point.join(" ")).join(", ");
