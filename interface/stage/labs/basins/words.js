// What stands under the basin maps and over their difference, in words. Pure.

import { complete, difference, settling } from "./cells.js";
import { significant } from "../../core/format.js";

// `labels` are the lanes' names.
export function saidDifference(labels, [one, other]) {
  const { count } = difference(one, other);
  const share = `${((100 * count) / one.end.length).toFixed(1)} % of the starts`;
  return one.loss ? `${labels[1]} ends lower: ${share}` : `Different ends: ${share}`;
}

export function saidNote(maps, noisy) {
  const { heading } = maps[0];
  const many = `${heading.resolution ** 2} starts, ${heading.steps} steps each.`;
  const coarse = maps.every(complete) ? "" : "A coarse map of every fourth start so far. ";
  const noise = noisy ? " All starts share one noise seed." : "";
  if (!heading.named.length) {
    return `${coarse}${many} This surface has no minimum to end in: the color is the loss at the end.${noise}`;
  }
  const [near, tolerance] = [heading.near, heading.tolerance].map((v) => significant(v, 3));
  const others = heading.others
    ? " Other minima count when a run rests at the bottom of one; dark lines part them."
    : "";
  return `${coarse}${many} A start counts for a minimum if its run ends less than ${near} away from it or within ${tolerance} of the lowest loss.${others} ${saidShade(maps)}${noise}`;
}

function saidShade(maps) {
  const range = settling(maps);
  if (!range) return "No run has settled within the tolerance of its minimum.";
  return `Strong color: the loss stays within the tolerance from step ${range[0]} on; pale: from step ${range[1]}, or not yet.`;
}
