// Under a picture: which line is whose, with settings if wished, and what was run. Pure.

import { significant } from "../../core/format.js";
import { wrap } from "../wrap.js";
import { color } from "../../core/theme.js";
import { dashes, MARKERS, quiet, words } from "./shapes.js";

/** @import { Item, Look } from "../shapes.d.ts" */
/** @import { FeltRace } from "../../core/stage.d.ts" */
/** @import { LaneHeader } from "../../core/packets.d.ts" */
/** @typedef {{ x: number, y: number }} Place */
/** @typedef {{ lane: LaneHeader, label: number, loss: (t: number) => string, paint: string }} Entry */
/** @typedef {Entry & { lines: string[] }} Cell */
/** @typedef {ReturnType<typeof columnsOf>} Plan */

const [LINE, SMALL, SAMPLE, SPACE] = [1.42, 0.84, 3.1, 1.6];

// `look` is { colors, type, measure(text, size, weight) }; the answer has a `height`, and at a
// place { x, y, width } the still part and the part that changes with the step.
/** @param {FeltRace} race @param {Look} look @param {number} width @param {boolean} caption */
export function foot(race, look, width, caption) {
  const lanes = race.header.lanes.map((lane, k) => ({ lane, k })).filter(({ lane }) => lane.visible);
  const entries = lanes.map(({ lane, k }) => entry(race, lane, k, look));
  const rows = caption ? settled(entries, width, look) : flowing(entries, width, look);
  const lines = caption
    ? wrap(race.header.caption, width, (text) => look.measure(text, SMALL * look.type))
    : [];
  const told = rows.height + lines.length * LINE * SMALL * look.type;
  return {
    height: told + 0.5 * look.type,
    /** @param {Place} at @returns {Item[]} */
    still: (at) => [
      ...rows.still(at),
      ...lines.map((text, k) => captionLine(text, at, rows.height, k, look)),
    ],
    /** @param {Place} at @param {number} t @returns {Item[]} */
    step: (at, t) => rows.step(at, t),
  };
}

/** @param {FeltRace} race @param {LaneHeader} lane @param {number} k @param {Look} look @returns {Entry} */
function entry(race, lane, k, { colors, type, measure }) {
  const losses = race.arrays[`loss${k}`].values;
  const label = measure(lane.label, type, 650);
  /** @param {number} t */
  const loss = (t) =>
    lane.diverged >= 0 && t >= lane.diverged ? lane.gone : `loss ${significant(losses[t], 3)}`;
  return { lane, label, loss, paint: color(lane, colors) };
}

/** @param {string} text @param {Place} at @param {number} above @param {number} k @param {Look} look */
function captionLine(text, at, above, k, { colors, type }) {
  return words(text, at.x, at.y + above + (k + 0.95) * LINE * SMALL * type, SMALL * type, quiet(colors));
}

// One lane a row (or two columns where all fit): sample, name, loss, settings.
/** @param {Entry[]} entries @param {number} width @param {Look} look */
function settled(entries, width, look) {
  const { type } = look;
  const plan = columnsOf(entries, width, look);
  const cells = entries.map((e) => ({ ...e, lines: captionLines(e, plan, look) }));
  const { places, height } = rowsOf(cells, plan, look);
  /** @param {Place} at @param {number} k */
  const moved = (at, k) => ({ x: at.x + places[k].dx, y: at.y + places[k].dy + type });
  const end = plan.stacked ? plan.cell : plan.before - 1.2 * type;
  /** @param {Cell} c @param {number} t @param {Place} place */
  const loss = (c, t, { x, y }) => words(c.loss(t), x + end, y, SMALL * type, look.colors.text);
  return {
    height: height + 0.2 * type,
    /** @param {Place} at @returns {Item[]} */
    still: (at) =>
      cells.flatMap((c, k) => [...sample(c, moved(at, k), look), ...settingsOf(c, moved(at, k), plan, look)]),
    /** @param {Place} at @param {number} t @returns {Item[]} */
    step: (at, t) => cells.map((c, k) => ({ ...loss(c, t, moved(at, k)), anchor: "end" })),
  };
}

// How many columns there are and how wide; `before` is the room of sample, name and loss, and
// settings are `stacked` below these where little is left beside them.
/** @param {Entry[]} entries @param {number} width @param {Look} look */
function columnsOf(entries, width, { type, measure }) {
  /** @param {string} text */
  const small = (text) => measure(text, SMALL * type);
  const label = Math.max(0, ...entries.map((e) => e.label));
  const loss = Math.max(0, ...entries.map((e) => small(longestLoss(e))));
  const before = (SAMPLE + 1) * type + label + loss + 1.2 * type;
  /** @param {number} columns */
  const cell = (columns) => (width - (columns - 1) * 2 * type) / columns;
  const two = entries.length > 1 && entries.every((e) => small(e.lane.caption) < cell(2) - before);
  const columns = two ? 2 : 1;
  return { columns, before, cell: cell(columns), stacked: width - before < 12 * type };
}

/** @param {Entry} entry */
const longestLoss = ({ lane, loss }) => (lane.diverged >= 0 ? loss(lane.diverged) : "loss 8.88×10⁻¹⁰");

/** @param {Entry} entry @param {Plan} plan @param {Look} look */
function captionLines({ lane }, { stacked, cell, before }, { type, measure }) {
  const room = cell - (stacked ? SAMPLE * type : before);
  return lane.caption ? wrap(lane.caption, room, (text) => measure(text, SMALL * type)) : [];
}

/** @param {Cell[]} cells @param {Plan} plan @param {Look} look */
function rowsOf(cells, { columns, cell, stacked }, { type }) {
  /** @param {Cell} cell */
  const below = ({ lines }) => (stacked ? lines.length : Math.max(lines.length - 1, 0));
  /** @type {{ dx: number, dy: number }[]} */
  const places = [];
  let height = 0;
  for (let k = 0; k < cells.length; k += columns) {
    const row = cells.slice(k, k + columns);
    row.forEach((_, column) => places.push({ dx: column * (cell + 2 * type), dy: height }));
    height += Math.max(...row.map((c) => LINE * type * (1 + below(c) * SMALL)));
  }
  return { places, height };
}

/** @param {Cell} cell @param {Place} place @param {Plan} plan @param {Look} look */
function settingsOf({ lines }, { x, y }, { stacked, before }, { type, colors }) {
  const [dx, first] = stacked ? [SAMPLE * type, 1] : [before, 0];
  return lines.map((text, n) =>
    words(text, x + dx, y + (n + first) * LINE * SMALL * type, SMALL * type, quiet(colors)),
  );
}

// Names beside one another, each followed by its loss, in as many rows as they need.
/** @param {Entry[]} entries @param {number} width @param {Look} look */
function flowing(entries, width, look) {
  const { type, measure } = look;
  /** @param {Entry} e */
  const longest = (e) => measure(longestLoss(e), SMALL * type);
  let [x, y] = [0, 0];
  /** @type {{ dx: number, dy: number }[]} */
  const places = entries.map((e) => {
    const wide = SAMPLE * type + e.label + 0.6 * type + longest(e);
    if (x && x + wide > width) [x, y] = [0, y + LINE * type];
    const place = { dx: x, dy: y };
    x += wide + SPACE * type;
    return place;
  });
  /** @param {Place} at @param {number} k */
  const moved = (at, k) => ({ x: at.x + places[k].dx, y: at.y + places[k].dy + type });
  return {
    height: y + LINE * type,
    /** @param {Place} at @returns {Item[]} */
    still: (at) => entries.flatMap((e, k) => sample(e, moved(at, k), look)),
    /** @param {Place} at @param {number} t @returns {Item[]} */
    step: (at, t) =>
      entries.map((e, k) =>
        words(
          e.loss(t),
          moved(at, k).x + (SAMPLE + 0.6) * type + e.label,
          moved(at, k).y,
          SMALL * type,
          quiet(look.colors),
        ),
      ),
  };
}

/** @param {Entry} entry @param {Place} place @param {Look} look @returns {Item[]} */
function sample({ lane, paint }, { x, y }, { colors, type }) {
  const [scale, level] = [type / 13, y - 0.34 * type];
  return [
    {
      kind: "stroke",
      d: `M${x} ${level}h${2.5 * type}`,
      stroke: paint,
      width: 2.6 * scale,
      dash: dashes(lane.dash, scale),
    },
    {
      kind: "mark",
      d: MARKERS[lane.marker],
      x: x + 1.25 * type,
      y: level,
      scale: 0.95 * scale,
      fill: paint,
      stroke: colors.background,
      width: 1.5 * scale,
    },
    { ...words(lane.label, x + SAMPLE * type, y, type, colors.text), weight: 650 },
  ];
}
