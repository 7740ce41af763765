// A valley of minima as a line on a lab's map, as the landscape has it.

import { VALLEYS } from "../draw/scene/signs.js";

/** @import { CriticalHeader } from "../core/packets.d.ts" */
/** @import { Colors } from "../core/theme.js" */
/** @import { On } from "../draw/heat.js" */

// Minima in a valley are not marked besides.
/** @template {Pick<CriticalHeader, "floor">} Mark @param {Mark[]} marks */
export const alone = (marks) => marks.filter(({ floor }) => !floor);

/** @param {Pick<CriticalHeader, "floor" | "kind">[]} marks @param {Colors} colors @param {number} scale @param {Partial<On>} on */
export function floorTraces(marks, colors, scale, on) {
  return Object.entries(VALLEYS).flatMap(([kind, { halo, line }]) => {
    const pieces = marks.flatMap((mark) => (mark.kind === kind && mark.floor?.length ? [mark.floor] : []));
    if (!pieces.length) return [];
    const [x, y] = [0, 1].map((side) => pieces.flatMap((piece) => [...piece.map((at) => at[side]), null]));
    const common = { type: "scatter", mode: "lines", x, y, showlegend: false, hoverinfo: "skip", ...on };
    return [
      { ...common, line: { width: halo * scale, color: colors.halo } },
      { ...common, line: { width: line * scale, color: colors.text } },
    ];
  });
}
