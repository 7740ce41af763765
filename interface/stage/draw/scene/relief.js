// The 3-D landscape's foreground, seen by a camera, at any step. Pure.

import { drape, eye, height, hidden, project, trace } from "../cube.js";
import { scales } from "../solid.js";
import { color } from "../../core/theme.js";
import { headLabels } from "./labels.js";
import { criticalShape, dashes, headShape, startShape, words } from "./shapes.js";

/** @import { Box, Drawn, Item, Look, Mark, Pixel, Stroke } from "../shapes.d.ts" */
/** @import { FeltRace } from "../../core/stage.d.ts" */
/** @import { Landscape, LaneHeader } from "../../core/packets.d.ts" */
/** @import { Cube, Laid } from "../cube.js" */
/** @typedef {{ lane: LaneHeader, laid: Laid }} Draped */
/** @typedef {{ solid: Cube, header: Landscape["header"], lanes: (Draped | null)[] }} Relief */
/**
 * @typedef {object} View
 * @property {Cube} solid
 * @property {(a: number, b: number, c: number) => Pixel} seen
 * @property {(a: number, b: number, c: number) => boolean} away
 * @property {Box} box
 * @property {Look} look
 * @property {number} scale
 */
/** @typedef {Draped & Drawn & { lane: LaneHeader, text: ReturnType<typeof trace> }} Strand */

const ROOM = 3; // sizes of type around the cube, for its scales
const [AHEAD, BEHIND, AWAY, DOT] = [0.25, 0.3, 0.4, 1.6];

// Where all that the camera shows must be laid so that the cube fills the box.
/**
 * @param {Box} box
 * @param {ArrayLike<number>} matrix
 * @param {{ width: number, height: number }} extent
 * @param {number} type
 */
export function fitted(box, matrix, extent, type) {
  const corners = Array.from({ length: 8 }, (_, k) =>
    project(matrix, extent.width, extent.height, k & 1, (k >> 1) & 1, k >> 2),
  );
  /** @param {number} side @param {number} most */
  const span = (side, most) => {
    const values = corners.map((corner) => corner[side]).filter(Number.isFinite);
    return [Math.max(Math.min(...values, most), 0), Math.min(Math.max(...values, 0), most)];
  };
  const [[left, right], [top, bottom]] = [span(0, extent.width), span(1, extent.height)];
  const room = 2 * ROOM * type;
  const by = Math.min((box.width - room) / (right - left || 1), (box.height - room) / (bottom - top || 1));
  const x = box.x + box.width / 2 - (by * (left + right)) / 2;
  const y = box.y + box.height / 2 - (by * (top + bottom)) / 2;
  return { x, y, width: by * extent.width, height: by * extent.height };
}

// The visible lanes' paths laid on the solid, wherever they are seen from; null for hidden lanes.
/** @param {FeltRace} race @param {Cube} solid */
export function draped(race, solid) {
  const { lanes } = race.header;
  const share = 1 / Math.max(lanes.filter((lane) => lane.visible).length, 1);
  return lanes.map((lane, k) => {
    if (!lane.visible) return null;
    return { lane, laid: drape(solid, race.arrays[`x${k}`], race.arrays[`loss${k}`].values, share) };
  });
}

// `relief` is { solid, header (the landscape's), lanes (see `draped`) }, `matrix` takes the unit cube
// to the picture (see cube.js), which is laid at `at`; only what lies in `box` is seen.
/**
 * @param {FeltRace} race
 * @param {Relief} relief
 * @param {ArrayLike<number>} matrix
 * @param {Box} at
 * @param {Box} box
 * @param {Look} look
 */
export function reliefScene(race, relief, matrix, at, box, look) {
  const { solid } = relief;
  const from = eye(matrix);
  /** @param {number} x @param {number} y @param {number} z @returns {Pixel} */
  const seen = (x, y, z) => {
    const [px, py] = project(matrix, at.width, at.height, x, y, z);
    return [at.x + px, at.y + py];
  };
  /** @param {number} x @param {number} y @param {number} z */
  const away = (x, y, z) => hidden(solid, from, x, y, z);
  const view = { solid, seen, away, box, look, scale: look.type / 13 };
  const lanes = relief.lanes.map((drawn) => drawn && laidOut(view, drawn));
  const drawn = lanes.filter((lane) => lane !== null);
  const named = drawn.filter(({ trail }) => Number.isFinite(trail.points[0][0]));
  const kept = new Map();
  return {
    lanes,
    still: [
      ...edges(view, relief.header),
      ...drawn.map((lane) => road(lane, view)),
      ...criticals(view, relief.header),
    ],
    /** @param {number} t @returns {Item[]} */
    step: (t) => [
      ...drawn.flatMap((lane) => strokes(lane, t, view)),
      ...start(view, race.header.start),
      ...drawn.flatMap((lane) => headMark(lane, t, view)),
      ...headLabels(named, t, box, look, kept).map((label) => ({
        ...label,
        data: { of: label.data?.lane ?? "" },
      })),
    ],
  };
}

/** @param {View} view @param {Draped} draped @returns {Strand} */
function laidOut({ seen, away, look }, { lane, laid }) {
  const points = Array.from(laid.ends, (_, t) => {
    const [a, b, c] = laid.heads.subarray(3 * t, 3 * t + 3);
    return seen(a, b, c);
  });
  return { lane, laid, paint: color(lane, look.colors), text: trace(laid, seen, away), trail: { points } };
}

/** @param {View} view @param {Landscape["header"]} header */
function edges({ solid, seen, look }, header) {
  const found = scales(solid, header, look.type, seen);
  const sane = found.filter(({ px, py }) => Math.abs(px) < 1e5 && Math.abs(py) < 1e5);
  return sane.map(({ text, px, py, anchor, kind }, n) => {
    const size = kind === "name" ? look.type : 0.92 * look.type;
    const own = { key: `scale ${n}`, name: kind, anchor };
    return words(text, px, py + 0.35 * size, size, look.colors.text, own);
  });
}

/** @param {View} view @param {number} x @param {number} y */
function placed({ solid, seen, away, box }, x, y) {
  const [a, b] = solid.at(x, y);
  if (!(a >= 0 && a <= 1 && b >= 0 && b <= 1)) return null;
  const c = height(solid, a, b) + 0.006;
  const [px, py] = seen(a, b, c);
  return Number.isFinite(px) ? { x: px, y: py, opacity: away(a, b, c) ? AWAY : 1, clip: box } : null;
}

// A floor of minima is a row of dots here, larger than the beads of a map's line.
/** @param {View} view @param {Landscape["header"]} landscapeHeader @returns {Mark[]} */
function criticals(view, { critical }) {
  return critical.flatMap((point, n) => {
    const flat = criticalShape(point, n, view.look);
    const shape = point.floor ? { ...flat, scale: DOT * Number(flat.scale) } : flat;
    return [[point.x, point.y], ...(point.floor ?? [])].flatMap(([x, y], k) => {
      const at = placed(view, x, y);
      return at ? [{ ...shape, key: k ? `${shape.key} ${k}` : shape.key, ...at }] : [];
    });
  });
}

/** @param {View} view @param {number[]} numbers @returns {Mark[]} */
function start(view, [x, y]) {
  const at = placed(view, x, y);
  return at ? [{ ...startShape(view.look), ...at }] : [];
}

/** @param {Drawn} drawn @param {string} name @param {View} view @returns {Stroke} */
const line = ({ lane, paint }, name, { scale, box }) => ({
  kind: "stroke",
  key: `${name} ${lane.slot}`,
  name: `strand ${name}`,
  data: { of: lane.slot },
  stroke: paint,
  width: 2.6 * scale,
  dash: dashes(lane.dash ?? "", scale),
  clip: box,
});

/** @param {Strand} drawn @param {View} view @returns {Stroke} */
function road(drawn, view) {
  const { seen, behind } = drawn.text;
  return { ...line(drawn, "whole", view), d: seen.text + behind.text, opacity: AHEAD };
}

// What is seen of a path up to step t, on its halo, and what a hill hides.
/** @param {Strand} drawn @param {number} t @param {View} view @returns {Stroke[]} */
function strokes(drawn, t, view) {
  /** @param {{ text: string, ends: ArrayLike<number> }} part */
  const upTo = ({ text, ends }) => text.slice(0, ends[Math.min(t, ends.length - 1)]);
  const [seen, behind] = [upTo(drawn.text.seen), upTo(drawn.text.behind)];
  const { look, scale, box } = view;
  const halo = { key: `halo ${drawn.lane.slot}`, name: "halo", stroke: look.colors.halo, width: 5.5 * scale };
  return [
    { ...line(drawn, "behind", view), d: behind, opacity: BEHIND },
    { kind: "stroke", ...halo, d: seen, clip: box },
    { ...line(drawn, "seen", view), d: seen },
  ];
}

/** @param {Strand} strand @param {number} t @param {View} view @returns {Mark[]} */
function headMark({ lane, laid, paint, trail }, t, { away, look, scale, box }) {
  const step = Math.min(t, trail.points.length - 1);
  const [x, y] = trail.points[step];
  if (!Number.isFinite(x)) return [];
  const [a, b, c] = laid.heads.subarray(3 * step, 3 * step + 3);
  const faint = laid.outside[step] || away(a, b, c);
  const shape = headShape(lane, t, paint, look, scale);
  return [{ ...shape, data: { of: lane.slot }, x, y, clip: box, opacity: faint ? AWAY : 1 }];
}
