// Races that go through many rows of data under the hand: workers walk the newest, one race at a time, while
// the page draws the one before. Until they know the modules the page computes such races itself.

import { crew } from "../run/crew.js";
import { long, raced } from "../run/race.js";

/** @import { FeltRace, Stage } from "../core/stage.d.ts" */
/** @import { Landscape, LaneAddresses } from "../core/packets.d.ts" */
/** @import { Modules } from "../run/recorded.d.ts" */
/** @import { Walk } from "../run/path.js" */
/** @import { Lane } from "../run/race.js" */
/** @import { Changes } from "../run/turning.js" */
/** @typedef {[kept: FeltRace, lanes: (Modules | null)[], land: Landscape | null]} Beneath */
/** @typedef {{ beneath: Beneath, changes: Changes, lanes: Lane[] }} Wish */
/**
 * @typedef {object} Walking
 * @property {Stage} stage
 * @property {(race: FeltRace | null) => void} show
 * @property {ReturnType<typeof crew>} crew
 * @property {string} met
 * @property {Wish | null} newest
 * @property {Wish | null} under
 */

const MOST = 4;

// `show(race)` draws what has been walked.
/** @param {Stage} stage @param {(race: FeltRace | null) => void} show */
export function walkers(stage, show) {
  const hands = crew(stage.hire, Math.min(stage.crew.size, MOST));
  /** @type {Walking} */
  const state = { stage, show, crew: hands, met: "", newest: null, under: null };
  return {
    meet: () => meet(state),
    /** @param {Changes} changes */
    take: (changes) => take(state, changes),
  };
}

// What a race is computed from here: the kept one, its lanes' modules and its landscape.
/** @param {Stage} stage @returns {Beneath} */
export function beneath({ kept, library, map }) {
  const land = map.key === kept.header.surface.key ? map.home : null;
  return [kept, kept.header.modules.map((addresses) => library.of(addresses)), land];
}

/** @param {FeltRace} race */
const addressesOf = ({ header }) => [
  ...new Set(header.modules.flatMap((lane) => Object.values(runBy(lane)))),
];

// What a lane's steps are taken by; the rest of its modules is for what is printed.
/** @param {LaneAddresses | null} lane @returns {Partial<LaneAddresses>} */
function runBy(lane) {
  if (!lane) return {};
  const { rule, surface, schedule } = lane;
  return { rule, surface, schedule };
}

// Each worker fetches what the lanes of a race of many rows are run by, before a hand needs it.
/** @param {Walking} state */
function meet(state) {
  const [kept, ...under] = beneath(state.stage);
  const [x, y] = kept.header.start.map(String);
  const all = addressesOf(kept);
  if (all.join() === state.met || !long(kept, ...under, { x, y })) return;
  Object.assign(state, { met: "", newest: null, under: null });
  const message = { task: "meet", addresses: { ...all }, job: null, part: null };
  const done = () => {
    state.met = all.join();
  };
  const told = { part: () => undefined, done, failed: () => undefined };
  state.crew.run(Array(state.crew.size).fill(message), told);
}

// Whether workers take over a race; what they walked before is shown unless this one is computed sooner.
/** @param {Walking} state @param {Changes} changes */
function take(state, changes) {
  const under = beneath(state.stage);
  const known = state.met !== "" && addressesOf(under[0]).join() === state.met;
  const lanes = known ? long(...under, changes) : null;
  state.newest = lanes && { beneath: under, changes, lanes };
  if (!lanes && state.under) {
    state.under = null;
    state.crew.cancel();
  }
  if (lanes && !state.under) walk(state);
  return lanes !== null;
}

/** @param {Walking} state */
function walk(state) {
  const wish = state.newest;
  if (!wish) return;
  Object.assign(state, { newest: null, under: wish });
  /** @type {Walk[]} */
  const walks = [];
  state.crew.run(messagesOf(wish, state.crew.size), {
    part: (/** @type {Walk[]} */ found, { part }) => part.forEach((k, n) => (walks[k] = found[n])),
    done: () => walked(state, wish, walks),
    failed: () => {
      const last = state.newest ?? wish;
      Object.assign(state, { met: "", newest: null });
      walked(state, last, []);
    },
  });
}

// A message a worker, so that nobody waits for the page to hand out the next lane.
/** @param {Wish} wish @param {number} size */
function messagesOf({ beneath: [kept], lanes }, size) {
  const shares = Array.from({ length: size }, (_, n) => lanes.filter((_, k) => k % size === n));
  return shares
    .filter(({ length }) => length)
    .map((share) => {
      const part = share.map(({ k }) => k);
      const run = part.flatMap((k) => Object.entries(runBy(kept.header.modules[k])).map(named(k)));
      return { task: "walk", addresses: Object.fromEntries(run), job: share.map(sent), part };
    });
}

/** @param {number} k @returns {(module: [kind: string, address: string]) => [string, string]} */
const named =
  (k) =>
  ([kind, address]) => [`${kind}${k}`, address];

// A view would be sent with all that it is a view of.
/** @param {Lane} lane */
function sent({ k, settings, wanted }) {
  const [{ rows }, { sigma, draws }] = [settings, wanted];
  return {
    k,
    settings: { ...settings, rows: rows && Float64Array.from(rows) },
    wanted: { ...wanted, draws: sigma && draws ? Float64Array.from(draws) : null },
  };
}

// The next race is on its way before this one is drawn; one of a race that is no longer kept is forgotten.
/** @param {Walking} state @param {Wish} wish @param {Walk[]} walks */
function walked(state, { beneath: under, changes }, walks) {
  state.under = null;
  walk(state);
  if (under[0] === state.stage.kept) state.show(raced(...under, changes, walks));
}
