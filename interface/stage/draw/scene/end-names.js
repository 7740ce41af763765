// Names of lines that end at the right edge of a panel, each just above its line's end.

/** @import { Numbers } from "../../core/packets.d.ts" */
/** @import { Side } from "../../core/stage.d.ts" */
/** @typedef {{ y: number, chosen?: boolean }} Named */

// `named`: [{ text, y, chosen }] in pixels. A name that would cover another is left out, the chosen
// lane's being placed first; the others rise from the bottom.
/** @template {Named} Name @param {Name[]} named @param {{ top: number, bottom: number, size: number }} room */
export function placed(named, { top, bottom, size }) {
  const inside = named.filter(({ y }) => y >= top && y <= bottom);
  const order = [...inside].sort(
    (a, b) => Number(Boolean(b.chosen)) - Number(Boolean(a.chosen)) || b.y - a.y,
  );
  /** @type {(Name & { at: number })[]} */
  const kept = [];
  for (const name of order) {
    const at = Math.max(name.y - 0.35 * size, top + size);
    if (kept.every((other) => Math.abs(other.at - at) >= 1.1 * size)) kept.push({ ...name, at });
  }
  return kept;
}

// A line's last height on the axis, in pixels.
/** @param {{ values: Numbers["values"] }} curve @param {Side} axis */
export function ending({ values }, axis) {
  return axis.to(Array.from(values).findLast((value) => Number.isFinite(axis.to(value))) ?? NaN);
}
