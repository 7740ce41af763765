// The race at each stop of a setting, and the fan of some of them: computed here.

import { here } from "./feel.js";
import { strandsOf } from "./stops.js";

// The race at a stop; the kept one, where it cannot be computed.
export const raceOf = ({ stage, fan, key }, j) => here(stage, { [key]: fan.header.stops[j] }) || stage.kept;

// The fan that the map shows: some of the stops.
export function drawn(state) {
  const { stage, fan, handle } = state;
  const { chosen, steps } = stage.kept.header;
  const k = handle.lane ?? chosen;
  if (fan.strands?.k !== k || fan.strands.of !== fan.identity) {
    const found = strandsOf(fan, k, steps, (j) => raceOf(state, j));
    fan.strands = { ...found, k, of: fan.identity, identity: fan.identity, asked: fan.asked };
  }
  return fan.strands;
}
