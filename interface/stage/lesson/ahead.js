// What the server has sent ahead of a lesson (lessons/ahead.py): phases that are opened here, one after
// the other, without the line. A phase stays packed until its own questions have been answered.

import { unpack } from "../core/packet.js";
import { decompressed } from "../core/decompress.js";
import { MAKES } from "../labs/lab.js";
import { served } from "../map/land.js";

/** @import { FeltRace, Stage } from "../core/stage.d.ts" */
/** @import { AheadHeader, Packet } from "../core/packets.d.ts" */
/** @import { Sitting } from "./sitting.js" */
/** @import { PhaseRace } from "./told.d.ts" */
/** @typedef {Packet<PhaseRace["header"] & { of?: string, kept: string[] }>} PackedPhase */
/** @typedef {Record<string, string>} Phases phases by their names, each packed by itself */
/** @typedef {{ stage: Stage, of: string, phases: Phases }} State */

/** @param {Stage} stage */
export function ahead(stage) {
  /** @type {State} */
  const state = { stage, of: "", phases: {} };
  return {
    /** @param {AheadHeader | undefined} sent */
    keep: (sent) => sent && keep(state, sent),
    /** @param {string} key @param {Sitting} sitting */
    has: (key, sitting) => state.of === key && nameOf(sitting) in state.phases,
    /** @param {Sitting} sitting */
    open: (sitting) => open(state, sitting),
  };
}

/** @param {Sitting} sitting */
export const nameOf = ({ phase, variation }) => (variation ? `${phase}.${variation}` : phase);

/** @param {State} state @param {AheadHeader} sent */
function keep(state, sent) {
  const { stage } = state;
  Object.assign(state, { of: sent.of, phases: sent.phases });
  stage.library.fetch(sent.modules.map((address) => ({ address })));
  sent.labs.forEach((name) => MAKES[name]?.().catch(() => null));
  sent.grounds.filter((key) => !stage.lands.has(key)).forEach((key) => keepGround(stage, key));
}

// The one on the map is kept as well, for the lesson may come back to it.
/** @param {Stage} stage @param {string} key */
function keepGround({ lands, map }, key) {
  const land = map.key === key ? Promise.resolve(map.landed).then(() => map.home) : served(key);
  lands.set(key, land);
  land.catch(() => lands.delete(key));
}

// The race of a phase, as the server would send it.
/** @param {State} state @param {Sitting} sitting @returns {Promise<FeltRace>} */
async function open({ stage, phases }, sitting) {
  const { header, arrays } = await phaseOf(phases, nameOf(sitting));
  const { size } = stage.race.header.view;
  const lesson = { ...header.lesson, sitting };
  return {
    header: { ...header, ids: stage.race.header.ids, view: { ...header.view, size }, lesson },
    arrays,
  };
}

// A phase with all that it shares with the one that it is told `of`.
/** @param {Phases} phases @param {string} name @returns {Promise<PhaseRace>} */
export async function phaseOf(phases, name) {
  const { header, arrays } = await opened(phases[name]);
  const { kept, of, ...told } = header;
  if (!of) return { header: told, arrays };
  const base = await phaseOf(phases, of);
  const same = Object.fromEntries(kept.map((each) => [each, base.arrays[each]]));
  return { header: { ...base.header, ...told }, arrays: { ...same, ...arrays } };
}

/** @param {string} text @returns {Promise<PackedPhase>} */
async function opened(text) {
  return unpack(await decompressed(text, "deflate").arrayBuffer());
}
