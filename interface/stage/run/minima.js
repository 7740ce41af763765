// Where the critical points of a surface go while one of its numbers slides. Pure.

const ROUNDS = 20;

// Newton's method from where a point was; null where it has gone, or was never smooth.
export function followed({ x, y, kind }, loss) {
  let [px, py] = [x, y];
  for (let round = 0; round < ROUNDS; round++) {
    const [dx, dy] = newton(loss, px, py);
    if (!Number.isFinite(dx) || !Number.isFinite(dy)) break;
    [px, py] = [px - dx, py - dy];
    if (Math.hypot(dx, dy) <= 1e-15 * Math.hypot(px, py)) break;
  }
  return { x: px, y: py, kind, height: loss.value(px, py) };
}

function newton(loss, x, y) {
  const [gx, gy] = loss.gradient(x, y);
  if (gx === 0 && gy === 0) return [0, 0];
  const [xx, xy, yy] = loss.hessian(x, y);
  const size = xx * yy - xy * xy;
  return [(yy * gx - xy * gy) / size, (xx * gy - xy * gx) / size];
}

// The nearest of several points, or NaN.
export const distance = (points, x, y) =>
  points.reduce(
    (least, one) => Math.min(least, Math.hypot(x - one.x, y - one.y)),
    points.length ? Infinity : NaN,
  );
