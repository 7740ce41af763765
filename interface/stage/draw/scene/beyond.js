// What lies outside the frame: an arrow at the edge that points there.

/** @import { Look, Mark, Pixel } from "../shapes.d.ts" */
/** @import { Box } from "../../core/stage.d.ts" */

export const ARROW = "M8 0L-5 5.5L-2.5 0L-5-5.5Z";
const INSET = 0.75;

// Whether a place in pixels is outside a box.
/** @param {number[]} place @param {Box} box */
export const outside = ([x, y], box) =>
  x < box.x - 1 || x > box.x + box.width + 1 || y < box.y - 1 || y > box.y + box.height + 1;

// The place on the box's edge where an arrow to a place outside stands, and its direction in degrees.
// It keeps clear of `taken` boxes: to their left, or below where the edge leaves no room for that.
/** @param {number[]} place @param {Box} box @param {number} type @param {Box[]} [taken] */
export function edgeAt([x, y], box, type, taken = []) {
  const [cx, cy] = [box.x + box.width / 2, box.y + box.height / 2];
  const [wide, high] = [box.width / 2 - INSET * type, box.height / 2 - INSET * type];
  const [dx, dy] = [x - cx, y - cy];
  const part = Math.min(1, wide / Math.abs(dx || 1e-9), high / Math.abs(dy || 1e-9));
  const at = { x: cx + dx * part, y: cy + dy * part };
  return { ...clearOf(taken, at, box, INSET * type), turn: (Math.atan2(dy, dx) * 180) / Math.PI };
}

/**
 * @param {Box[]} taken
 * @param {{ x: number, y: number }} at
 * @param {Box} box
 * @param {number} inset
 * @returns {{ x: number, y: number }}
 */
function clearOf(taken, at, box, inset) {
  const over = taken.find(
    (one) =>
      at.x > one.x - inset &&
      at.x < one.x + one.width + inset &&
      at.y > one.y - inset &&
      at.y < one.y + one.height + inset,
  );
  if (!over) return at;
  const left = over.x - inset;
  const free = taken.filter((one) => one !== over);
  if (left >= box.x + inset) return clearOf(free, { x: left, y: at.y }, box, inset);
  return clearOf(free, { x: at.x, y: over.y + over.height + inset }, box, inset);
}

/**
 * @param {Pick<Mark, "key" | "name" | "data">} own
 * @param {Pixel} place
 * @param {Box} box
 * @param {string} fill
 * @param {Look} look
 * @returns {Mark}
 */
export function edgeArrow(own, place, box, fill, { colors, type, taken }) {
  const scale = type / 13;
  const look = { d: ARROW, fill, stroke: colors.halo, width: 2.5 * scale, scale };
  return { kind: "mark", ...own, ...edgeAt(place, box, type, taken), ...look };
}
