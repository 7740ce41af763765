// The race at each stop of a setting, and the fan of some of them: computed here.

import { here } from "./feel.js";
import { strandsOf } from "./stops.js";

/** @import { HandleHeader } from "../core/packets.d.ts" */
/** @import { Stage } from "../core/stage.d.ts" */
/** @import { Stops, Strands } from "./stops.js" */
/** @typedef {{ identity: string, asked: string }} Known */
/** @typedef {Strands & Known & { k: number, of: string }} Shown */
/** @typedef {Known & { header: Stops, strands?: Shown }} Fan */
/** @typedef {{ stage: Stage, fan: Fan, key: string, handle: HandleHeader }} State */

// The race at a stop; the kept one, where it cannot be computed.
/** @param {Pick<State, "stage" | "fan" | "key">} state @param {number} j */
export const raceOf = ({ stage, fan, key }, j) => here(stage, { [key]: fan.header.stops[j] }) || stage.kept;

// The fan that the map shows: some of the stops.
/** @param {State} state */
export function drawn(state) {
  const { stage, fan, handle } = state;
  const { chosen, steps } = stage.kept.header;
  const k = handle.lane ?? chosen;
  if (fan.strands?.k === k && fan.strands.of === fan.identity) return fan.strands;
  const found = strandsOf(fan, k, steps, (j) => raceOf(state, j));
  return (fan.strands = { ...found, k, of: fan.identity, identity: fan.identity, asked: fan.asked });
}
