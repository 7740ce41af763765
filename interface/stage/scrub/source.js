// Where the stops of a setting and the race at each come from: computed here, or, where that cannot
// be, fetched from the server.

import { race, stops } from "../core/live.js";
import { pixels } from "../map/preview.js";
import { groundOf, here, questioned } from "./feel.js";
import { stopsOf, strandsOf } from "./stops.js";
import { raceAt } from "./swap.js";

// The stops of the chosen setting, or null where neither can be.
export const findStops = async (state) => (await stopsHere(state)) || stopsElsewhere(state);

// Stops to compute here, once the modules of all lanes and the map are there; null where they are not.
async function stopsHere({ stage, key, handle, ends }) {
  const { kept } = stage;
  await Promise.all([stage.library.fetch(kept.header.modules), stage.map.landed]);
  return here(stage, { [key]: handle.value }) && { header: stopsOf(handle, ends), here: true };
}

function stopsElsewhere({ stage, ends }) {
  if (stage.component.offline) return null;
  const link = questioned(stage.kept.header, {});
  return stops(ends ? `${link}&range=${ends}` : link).catch(() => null);
}

// The race at a stop.
export function raceOf({ stage, fan, key }, j) {
  if (fan.here) return here(stage, { [key]: fan.header.stops[j] }) || stage.kept;
  if (fan.of !== stage.kept) Object.assign(fan, { of: stage.kept, races: [] });
  return (fan.races[j] ||= raceAt(stage.kept, fan, j));
}

export function groundAt({ stage, fan }, felt, j) {
  if (fan.here) return groundOf(stage, felt);
  return fan.arrays.ground ? pixels(fan.arrays.ground, j) : null;
}

// The whole race at a stop, with what a felt one may lack.
export function wholeAt({ stage, key }, value) {
  if (stage.race.header.felt?.whole || stage.component.offline) return stage.race;
  return race(questioned(stage.kept.header, { [key]: value })).catch(() => null);
}

// The fan that the map shows: some of the stops computed here, or all that were fetched.
export function drawn(state) {
  const { stage, fan, handle } = state;
  if (!fan.here) return fan;
  const { chosen, steps } = stage.kept.header;
  const k = handle.lane ?? chosen;
  if (fan.strands?.k !== k || fan.strands.of !== fan.identity) {
    const found = strandsOf(fan, k, steps, (j) => raceOf(state, j));
    fan.strands = { ...found, k, of: fan.identity, identity: fan.identity, asked: fan.asked };
  }
  return fan.strands;
}
