// The 3-D landscape's foreground on a picture, seen by the same camera as on screen. Pure.

import { dashes, words } from "../draw/foot.js";
import { drape, eye, ground, height, hidden, project, trace } from "../relief/ground.js";
import { broken, BROKEN_HEAD, critical, headLabels, RING } from "./scene.js";
import { scales } from "../relief/solid.js";
import { color } from "../core/theme.js";
import { MARKERS } from "../draw/trail.js";

const ROOM = 3; // sizes of type around the cube, for its scales

// Where all that the camera shows must be laid so that the cube fills the box.
export function fitted(box, matrix, extent, type) {
  const corners = Array.from({ length: 8 }, (_, k) =>
    project(matrix, extent.width, extent.height, k & 1, (k >> 1) & 1, k >> 2),
  );
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

// `matrix` takes the unit cube to the picture (see ground.js).
export function reliefScene(race, land, matrix, laid, box, look) {
  const solid = ground(land);
  const from = eye(matrix);
  const seen = (...at) => {
    const [px, py] = project(matrix, laid.width, laid.height, ...at);
    return [laid.x + px, laid.y + py];
  };
  const away = (...at) => hidden(solid, from, ...at);
  const view = { solid, seen, away, box, look, scale: look.type / 13 };
  const share = 1 / Math.max(race.header.lanes.filter((lane) => lane.visible).length, 1);
  const lanes = race.header.lanes
    .map((lane, k) => ({ lane, k }))
    .filter(({ lane }) => lane.visible)
    .map(({ lane, k }) => laidOut(view, race, lane, k, share));
  const kept = new Map();
  return {
    still: [...edges(view, land), ...marks(view, land), ...start(view, race.header.start)],
    step: (t) => [
      ...lanes.flatMap((drawn) => strokes(drawn, t, view)),
      ...lanes.flatMap((drawn) => headMark(drawn, t, view)),
      ...headLabels(
        lanes.filter(({ heads }) => Number.isFinite(heads[0][0])),
        t,
        box,
        look,
        kept,
      ),
    ],
  };
}

function laidOut({ solid, seen, away }, race, lane, k, share) {
  const laid = drape(solid, race.arrays[`x${k}`], race.arrays[`loss${k}`].values, share);
  const heads = Array.from(laid.ends, (_, t) => seen(...laid.heads.subarray(3 * t, 3 * t + 3)));
  return { lane, laid, heads, text: trace(laid, seen, away), trail: { points: heads } };
}

function edges({ solid, seen, look }, land) {
  return scales(solid, land.header, look.type, seen).map(({ text, px, py, anchor, kind }) => {
    const size = kind === "name" ? look.type : 0.86 * look.type;
    return { ...words(text, px, py + 0.35 * size, size, look.colors.text), anchor };
  });
}

function placed({ solid, seen, away }, x, y) {
  const [a, b] = solid.at(x, y);
  if (!(a >= 0 && a <= 1 && b >= 0 && b <= 1)) return null;
  const c = height(solid, a, b) + 0.006;
  const [px, py] = seen(a, b, c);
  return { x: px, y: py, opacity: away(a, b, c) ? 0.4 : 1 };
}

function marks(view, land) {
  return land.header.critical.flatMap(({ x, y, kind }) => {
    const at = placed(view, x, y);
    return at ? [{ ...critical(kind, view.look), ...at }] : [];
  });
}

function start(view, [x, y]) {
  const at = placed(view, x, y);
  return at
    ? [
        {
          kind: "mark",
          d: RING,
          scale: view.scale,
          ...at,
          stroke: view.look.colors.text,
          width: 2.5 * view.scale,
        },
      ]
    : [];
}

function strokes({ lane, text }, t, { look, scale, box }) {
  const upTo = ({ text: whole, ends }) => whole.slice(0, ends[Math.min(t, ends.length - 1)]);
  const paint = { stroke: color(lane, look.colors), width: 2.6 * scale, dash: dashes(lane.dash, scale) };
  const line = { kind: "stroke", clip: box };
  return [
    { ...line, ...paint, d: upTo(text.behind), opacity: 0.3 },
    { ...line, d: upTo(text.seen), stroke: look.colors.halo, width: 5.5 * scale },
    { ...line, ...paint, d: upTo(text.seen) },
  ];
}

function headMark({ lane, laid, heads }, t, { away, look, scale, box }) {
  const step = Math.min(t, heads.length - 1);
  const [x, y] = heads[step];
  if (!Number.isFinite(x)) return [];
  const faint = laid.outside[step] || away(...laid.heads.subarray(3 * step, 3 * step + 3));
  const place = { kind: "mark", x, y, clip: box, opacity: faint ? 0.4 : 1 };
  if (broken(lane, t)) return [{ ...place, ...BROKEN_HEAD, scale, width: 3.5 * scale }];
  return [
    {
      ...place,
      d: MARKERS[lane.marker],
      scale: 1.1 * scale,
      fill: color(lane, look.colors),
      stroke: look.colors.background,
      width: 1.6 * scale,
    },
  ];
}
