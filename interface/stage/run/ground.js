// The surface of a race under other numbers: its lowest value, its marked points, its distances. Pure.

import { bound } from "./path.js";
import { farFrom, fitted, followed } from "./minima.js";
import { floorOf } from "./outcome.js";
import { lowPoints, sideOf } from "./redrawn.js";
import { written } from "./scale.js";
import { carried } from "./turning.js";
import { settings, valuesOf } from "./values.js";

/** @import { Critical, Ground, Loss, Point, SurfaceModule } from "./recorded.d.ts" */
/** @import { FeltHeader } from "../core/stage.d.ts" */
/** @import { CriticalHeader, GroundHeader, SurfaceHeader } from "../core/packets.d.ts" */
/** @import { Changes } from "./turning.js" */
/** @import { Values } from "./values.js" */
/** @typedef {{ values: Values, rows: Float64Array | null, moved: boolean, redrawn: boolean }} Now */

// The surface under the present numbers: its lowest value, its marked points and its distances.
/**
 * @param {{ header: FeltHeader }} race
 * @param {SurfaceModule} module
 * @param {Critical[]} critical
 * @param {Now} now
 * @returns {Ground}
 */
export function grounded({ header }, module, critical, now) {
  const loss = bound(module.surface, module, settings(now, ""));
  const points = now.moved ? marked(header, critical, now, loss) : critical;
  const minima = points.filter(({ kind }) => kind === "global minimum");
  const heights = minima.map(({ height }) => height);
  const least = heights.length ? Math.min(...heights) : null;
  const lowest = now.redrawn || (now.moved && header.lowest !== null) ? least : header.lowest;
  const { window } = header.surface;
  return {
    loss,
    critical: points,
    lowest,
    window,
    floor: now.moved && header.floor !== null ? floorOf(loss, window, lowest) : header.floor,
    far: (x, y) => farFrom(loss, minima, x, y),
  };
}

// The surface of a race whose settings are changed, and where its start has gone; `rows` are its data.
/**
 * @param {{ header: FeltHeader, rows: Float64Array | null }} race
 * @param {SurfaceModule} module
 * @param {Changes} changes
 * @returns {Ground & { start: Point }}
 */
export function groundOf({ header, rows }, module, changes) {
  const all = carried(header, changes);
  const values = valuesOf(header, all);
  const moved = Object.keys(all).some((key) => key.startsWith("surface."));
  const now = { values, rows, moved, redrawn: false };
  const [x, y] = [Number(values.get("x")), Number(values.get("y"))];
  return { ...grounded({ header }, module, header.ground.critical, now), start: [x, y] };
}

// What lies on a floor that is as low all along cannot be followed, and is marked when it is found again.
/** @param {FeltHeader} header @param {Ground} ground @returns {GroundHeader} */
export const movedGround = ({ ground, surface }, { critical }) => ({
  ...ground,
  critical: critical.map((point) => worded(point, surface)).filter((_, k) => !ground.critical[k]?.floor),
});

// A marked point with its words, as packets/landscape.py says them.
/** @param {Critical} point @param {SurfaceHeader} surface @returns {CriticalHeader} */
const worded = ({ x, y, height, kind }, { minimum }) => ({
  ...{ x, y, height, kind, value: written(Number(height.toPrecision(6))) },
  said: kind === "global minimum" ? minimum : kind,
  valley: null,
  floor: null,
});

// Where the marked points have gone; a brush makes others.
/**
 * @param {FeltHeader} header
 * @param {Critical[]} critical
 * @param {Now} now
 * @param {Loss} loss
 */
function marked({ surface, drawing }, critical, { redrawn, rows }, loss) {
  if (redrawn && drawing) return lowPoints(loss, surface.window, sideOf(drawing.heights));
  const own = surface.convex ? rows : null;
  return critical.map((point) => (own ? fitted(loss, own, point.kind) : followed(point, loss)));
}
