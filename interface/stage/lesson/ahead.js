// What the server has sent ahead of a lesson (lessons/ahead.py): phases that are opened here, one after
// the other, without the line. A phase stays packed until its own questions have been answered.

import { landscape } from "../core/live.js";
import { unpack } from "../core/packet.js";
import { MAKES } from "../labs/lab.js";

/** @import { FeltRace, Stage } from "../core/stage.d.ts" */
/** @import { AheadHeader } from "../core/packets.d.ts" */
/** @import { Sitting } from "./sitting.js" */
/** @typedef {{ stage: Stage, of: string, phases: Record<string, string> }} State */

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
const nameOf = ({ phase, variation }) => (variation ? `${phase}.${variation}` : phase);

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
  const land = map.key === key ? Promise.resolve(map.landed).then(() => map.home) : landscape(key);
  lands.set(key, land);
  land.catch(() => lands.delete(key));
}

// The race of a phase, as the server would send it.
/** @param {State} state @param {Sitting} sitting @returns {Promise<FeltRace>} */
async function open({ stage, phases }, sitting) {
  const [watched, own] = await Promise.all([opened(phases.watch), opened(phases[nameOf(sitting)])]);
  const { kept, ...told } = own.header;
  const header = { ...watched.header, ...told, ids: stage.race.header.ids };
  const { size } = stage.race.header.view;
  const arrays = Object.fromEntries(kept.map((/** @type {string} */ name) => [name, watched.arrays[name]]));
  return {
    header: { ...header, view: { ...header.view, size }, lesson: { ...header.lesson, sitting } },
    arrays: { ...arrays, ...own.arrays },
  };
}

/** @param {string} text */
async function opened(text) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return unpack(await new Response(stream).arrayBuffer());
}
