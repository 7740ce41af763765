// Names beside the heads: inside the frame, clear of other names, of heads, of keys and buttons, and
// of the paths themselves where there is room.

import { around, cheapest, field, held, sampled } from "../placing.js";
import { head } from "../trail.js";
import { edgeAt, outside } from "./beyond.js";
import { broken, words } from "./shapes.js";

/** @import { Box, Drawn, Look, Named, Pixel, Words } from "../shapes.d.ts" */

// Where a lane is that left the picture is said if that leaves so much of the frame's width free.
const WIDEST = 0.5;

// `lanes` are { lane, paint, trail }, `look` may have `taken`, boxes that names and
// arrows keep clear of, and `marked`, those that only names do.
// `kept` remembers each lane's side, so that names do not jump about while the clock runs.
/**
 * @param {Drawn[]} lanes
 * @param {number} t
 * @param {Box} box
 * @param {Look} look
 * @param {Map<string, number>} kept
 * @returns {Words[]}
 */
export function headLabels(lanes, t, box, look, kept) {
  const { type, measure, taken, marked } = look;
  const marks = lanes.map(({ trail }) => seenAt(head(trail, t), box, look));
  const seen = lanes.flatMap(({ trail }) => sampled(trail.points, box, type, t));
  const lines = field(seen, box, type);
  const boxes = [...(taken || []), ...(marked || [])];
  return lanes.map(({ lane, paint, beyond }, k) => {
    /** @param {string} text */
    const wide = (text) => measure(text, type, 650);
    const where = beyond?.(t);
    const text = saidOf(
      lane,
      t,
      where && wide(`${lane.label} at ${where}`) > WIDEST * box.width ? "" : where,
    );
    const size = { width: wide(text), height: type };
    const options = around(marks[k], size, type).map((at) => held(at, box, type));
    const best = cheapest(options, { boxes, marks, lines }, type, kept.get(lane.slot));
    kept.set(lane.slot, best);
    boxes.push(options[best]);
    return label(lane, text, options[best], paint, look);
  });
}

/** @param {Named} named @param {string} text @param {Box} box @param {string} paint @param {Look} look */
function label({ slot }, text, { x, y, height }, paint, { type, colors }) {
  const own = { key: `label ${slot}`, name: "label", data: { lane: slot }, weight: 650, halo: colors.halo };
  return words(text, x, y + 0.8 * height, type, paint, own);
}

/** @param {Named} lane @param {number} t @param {string | undefined} beyond */
function saidOf(lane, t, beyond) {
  if (broken(lane, t)) return `${lane.label} ${lane.gone}`;
  return beyond ? `${lane.label} at ${beyond}` : lane.label;
}

// Where a head is, or the arrow that points to it.
/** @param {Pixel} place @param {Box} box @param {Look} look @returns {Pixel} */
function seenAt(place, box, { type, taken }) {
  if (!outside(place, box)) return place;
  const { x, y } = edgeAt(place, box, type, taken);
  return [x, y];
}
