// What lies outside the frame: an arrow at the edge that points there.

/** @import { Box } from "../../core/stage.d.ts" */

export const ARROW = "M8 0L-5 5.5L-2.5 0L-5-5.5Z";
const INSET = 0.75;

// Whether a place in pixels is outside a box.
/** @param {number[]} place @param {Box} box */
export const outside = ([x, y], box) =>
  x < box.x - 1 || x > box.x + box.width + 1 || y < box.y - 1 || y > box.y + box.height + 1;

// The place on the box's edge where an arrow to a place outside stands, and its direction in degrees.
export function edgeAt([x, y], box, type) {
  const [cx, cy] = [box.x + box.width / 2, box.y + box.height / 2];
  const [wide, high] = [box.width / 2 - INSET * type, box.height / 2 - INSET * type];
  const [dx, dy] = [x - cx, y - cy];
  const part = Math.min(1, wide / Math.abs(dx || 1e-9), high / Math.abs(dy || 1e-9));
  return { x: cx + dx * part, y: cy + dy * part, turn: (Math.atan2(dy, dx) * 180) / Math.PI };
}

export function edgeArrow(own, place, box, fill, { colors, type }) {
  const scale = type / 13;
  const look = { d: ARROW, fill, stroke: colors.halo, width: 2.5 * scale, scale };
  return { kind: "mark", ...own, ...edgeAt(place, box, type), ...look };
}
