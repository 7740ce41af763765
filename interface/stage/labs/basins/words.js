// What stands under the basin maps and over their difference, in words. Pure.

import { complete, difference, settling } from "./cells.js";
import { significant } from "../../core/format.js";

/** @import { BasinMap } from "./cells.js" */

// `labels` are the lanes' names.
/** @param {string[]} labels @param {BasinMap[]} maps */
export function saidDifference(labels, [one, other]) {
  const { count } = difference(one, other);
  const share = `${((100 * count) / one.end.length).toFixed(1)} % of the starts`;
  return one.heading.named.length ? `Different ends: ${share}` : `${labels[1]} leaves sooner: ${share}`;
}

/** @param {BasinMap[]} maps @param {boolean} noisy */
export function saidNote(maps, noisy) {
  const { heading } = maps[0];
  const many = `${heading.resolution ** 2} starts, ${heading.steps} steps each.`;
  const coarse = maps.every(complete) ? "" : "A coarse map of every fourth start so far. ";
  const more = [noisy ? " All starts share one noise seed." : "", ...heading.notes].join(" ");
  if (!heading.named.length) {
    return `${coarse}${many} This surface has no minimum to end in: the color says how soon a run has left the window downhill. ${saidShade(maps)}${more}`;
  }
  const [near, tolerance] = [heading.near, heading.tolerance].map((v) => significant(v, 3));
  const others = heading.others
    ? " Other minima count when a run rests at the bottom of one; dark lines part them."
    : "";
  return `${coarse}${many} A start counts for a minimum if its run ends less than ${near} away from it or within ${tolerance} of the lowest loss.${others} ${saidShade(maps)}${more}`;
}

/** @param {BasinMap[]} maps */
function saidShade(maps) {
  const range = settling(maps);
  const { length } = maps[0].heading.named;
  if (!range) return length ? "No run has settled within the tolerance of its minimum." : "No run has left.";
  const what = length ? "the loss stays within the tolerance" : "out";
  return `Strong color: ${what} from step ${range[0]} on; pale: from step ${range[1]}, or not yet.`;
}
