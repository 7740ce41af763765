// A valley of minima as a line on a lab's map, as the landscape has it.

import { VALLEY } from "../draw/scene/signs.js";

/** @import { CriticalHeader } from "../core/packets.d.ts" */
/** @import { Colors } from "../core/theme.js" */
/** @import { On } from "../draw/heat.js" */

// Minima in a valley are not marked besides.
/** @template {Pick<CriticalHeader, "floor">} Mark @param {Mark[]} marks */
export const alone = (marks) => marks.filter(({ floor }) => !floor);

/** @param {Pick<CriticalHeader, "floor">[]} marks @param {Colors} colors @param {number} scale @param {Partial<On>} on */
export function floorTraces(marks, colors, scale, on) {
  const points = marks.flatMap(({ floor }) => (floor?.length ? [...floor, [null, null]] : []));
  if (!points.length) return [];
  const [x, y] = [0, 1].map((side) => points.map((point) => point[side]));
  const common = { type: "scatter", mode: "lines", x, y, showlegend: false, hoverinfo: "skip", ...on };
  return [
    { ...common, line: { width: VALLEY.halo * scale, color: colors.halo } },
    { ...common, line: { width: VALLEY.line * scale, color: colors.text } },
  ];
}
