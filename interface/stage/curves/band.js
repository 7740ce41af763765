// The band: what a hundred seeds make of each lane's loss, with the floor or the mean that theory predicts.

import { drawCurves } from "./curves.js";
import { button, make } from "../dom/dom.js";
import { significant } from "../core/format.js";
import { SEEDS } from "../core/known.js";
import { seedsOf } from "../core/live.js";

/** @import { FeltRace, Stage } from "../core/stage.d.ts" */
/** @import { Curve } from "../draw/shapes.d.ts" */
/** @import { EnsembleHeader, LaneHeader, Numbers, Packet } from "../core/packets.d.ts" */
/** @typedef {Packet<EnsembleHeader>} Ensemble */
/**
 * @typedef {object} Band
 * @property {Stage} stage
 * @property {AbortController | null} work
 * @property {string | null} link
 * @property {Map<string, Ensemble>} found
 * @property {string} problem
 * @property {HTMLElement} button
 * @property {HTMLElement} note
 * @property {string[]} said
 * @property {ReturnType<typeof setTimeout>} [later]
 */

const PLAIN = `Show the spread of the loss over ${SEEDS} seeds of the gradient noise`;
const BLANK = "\u00a0";
const NOISELESS = "No spread without noise: raise gradient noise σ.";

/** @param {Stage} stage */
export function band(stage) {
  const turn = () => stage.look("band", !stage.race.header.view.band);
  const said = { "aria-pressed": false, title: PLAIN };
  /** @type {Band} */
  const state = {
    ...{ stage, work: null, link: null, found: new Map(), problem: "", said: [] },
    button: button("tool small seeds", turn, said, `${SEEDS} seeds`),
    note: make("p", { class: "band-note", hidden: true }),
  };
  const bar = /** @type {HTMLElement} */ (stage.side.querySelector(".curve.loss .panel-bar"));
  bar.querySelector(".panel-title")?.after(state.button);
  bar.after(state.note);
  stage.extras.push((panel, race, log) =>
    panel === "loss" && shown(state, race) ? extras(state, race, log) : [],
  );
  stage.spread = () =>
    shown(state, stage.race) && state.found.size ? key([...state.found.values()][0]) : "";
  return {
    race: () => ask(state),
    felt: () => tell(state),
    pause: () => tell(state),
    numbers: () => tell(state),
  };
}

/** @param {FeltRace} race */
const noise = ({ header }) => Number(new URLSearchParams(header.link).get("noise") || 0);

// A band belongs to the race that the page keeps, not to one that is only felt under the hand.
/** @param {Band} band @param {FeltRace} race */
function shown({ stage, link }, race) {
  return race.header === stage.kept.header && race.header.view.band && link === race.header.link;
}

/** @param {Band} state */
function ask(state) {
  const { stage } = state;
  const { link, view } = stage.race.header;
  const noisy = noise(stage.race) > 0;
  state.button.hidden = stage.component.offline || !(noisy || view.band);
  state.button.setAttribute("aria-pressed", String(view.band));
  const wanted = view.band && noisy && !stage.component.offline ? link : null;
  if (wanted !== state.link) run(state, wanted);
  tell(state);
}

// One lane after the other; another link calls off what is under way.
/** @param {Band} state @param {string | null} link */
async function run(state, link) {
  state.work?.abort();
  const work = link === null ? null : new AbortController();
  Object.assign(state, { link, found: new Map(), problem: "", work });
  if (!work || link === null) return;
  const { lanes } = state.stage.race.header;
  try {
    for (const [k, { visible }] of lanes.entries())
      if (visible && state.work === work) hear(state, await seedsOf(link, k, work.signal));
  } catch (problem) {
    const { message } = /** @type {Error} */ (problem);
    if (state.work === work) Object.assign(state, { link: null, problem: message });
  }
  if (state.work !== work) return;
  state.work = null;
  tell(state);
}

/** @param {Band} state @param {Ensemble} packet */
function hear(state, packet) {
  if (packet.header.link !== state.link) return;
  state.found.set(packet.header.slot, packet);
  clearTimeout(state.later);
  state.later = setTimeout(() => redrawLosses(state.stage));
  tell(state);
}

// Draw the losses anew, with what else is among them now.
/** @param {Stage} stage */
export function redrawLosses({ curves, race, colors, clock }) {
  const loss = curves.find(({ name }) => name === "loss");
  if (loss?.shown) drawCurves(loss, race, colors, race.header.view.loss === "log", clock.t);
}

// A lane's curves from its packet: the median inside its band, and what theory says. The chosen lane
// leads: its band is darker where there are several, and its names are written first.
/**
 * @param {LaneHeader} lane
 * @param {Ensemble} ensemble
 * @param {{ raised: boolean, leads: boolean, shade: number }} look
 * @returns {Curve[]}
 */
export function lines(lane, { header, arrays }, { raised, leads, shade }) {
  /** @param {string} name */
  const above = (name) => arrays[name].values.map((v) => v + (raised ? header.base : 0));
  const median = {
    label: `${lane.label}, median of ${header.seeds} seeds`,
    values: above("median"),
    low: above("low"),
    high: above("high"),
    least: raised ? -Infinity : 1e-30,
    shade,
    width: 1.3,
  };
  const found = theory(arrays).map((name) => foretold(lane, name, above(name), header.momentary));
  return [median, ...found].map((curve) => ({ lane, leads, still: true, ...curve }));
}

// Which array of theory a packet carries: the mean expected under a schedule, or the floor.
/** @param {Ensemble["arrays"]} arrays */
const theory = (arrays) => ["expected", "floor"].filter((name) => arrays[name]).slice(0, 1);

// A floor under a schedule that reacts to the loss is that of the latest rate and foretells nothing.
/** @param {string} name @param {boolean} momentary */
const called = (name, momentary) =>
  name === "expected" ? "expected mean" : momentary ? "floor of the rate in force" : "predicted floor";

/** @param {LaneHeader} lane @param {string} name @param {Numbers["values"]} values @param {boolean} momentary */
function foretold(lane, name, values, momentary) {
  const label = `${lane.label}, ${called(name, momentary)}`;
  const first = name === "expected" ? 0 : 1;
  return { label, values, first, told: label, dash: "2px,2px", width: 1.8, aside: 0.03 };
}

/** @param {Band} band @param {FeltRace} race @param {boolean} log @returns {Curve[]} */
function extras({ found }, race, log) {
  const raised = !(log && race.header.lowest !== null);
  const shades = found.size > 2 ? [0.28, 0.13] : [0.26, 0.2];
  return race.header.lanes.flatMap((lane, k) => {
    const packet = found.get(lane.slot);
    const leads = k === race.header.chosen;
    return packet && lane.visible ? lines(lane, packet, { raised, leads, shade: shades[leads ? 0 : 1] }) : [];
  });
}

/** @param {Band} state */
function tell(state) {
  const said = words(state);
  if (String(said) === String(state.said)) return;
  state.said = said;
  state.note.replaceChildren(...said.map((text) => make("span", {}, text)));
  state.note.hidden = !said.length;
}

/** @param {Band} state */
function words(state) {
  const { race, clock } = state.stage;
  if (!race.header.view.band || state.stage.component.offline) return [];
  if (!noise(race)) return [NOISELESS];
  if (state.problem) return [state.problem];
  if (!shown(state, race)) return [BLANK];
  const packet = state.found.get(race.header.lanes[race.header.chosen].slot);
  const first = packet || state.found.values().next().value;
  if (!first) return state.work ? [`Running ${SEEDS} seeds …`] : ["Every lane is hidden."];
  return [capital(key(first)), ...(packet ? [reading(packet, race, clock.t)] : [])];
}

/** @param {string} text */
const capital = (text) => text[0].toUpperCase() + text.slice(1);

/** @param {Pick<Ensemble, "header">} ensemble */
export function key({ header: { levels, seeds } }) {
  return `band: ${levels[0]} to ${levels[1]} % of ${seeds} seeds, smooth line: median`;
}

// What the mean over all seeds is at a step, for that is what theory speaks of.
/** @param {Ensemble} ensemble @param {FeltRace} race @param {number} t */
export function reading({ header, arrays }, race, t) {
  const label = race.header.lanes.find(({ slot }) => slot === header.slot)?.label;
  if (header.diverged) return `${label}: ${header.diverged} of ${header.seeds} seeds diverged`;
  const mean = `mean ${significant(arrays.mean.values[t], 3)}`;
  const [name] = theory(arrays);
  const said = name === undefined ? NaN : arrays[name].values[name === "expected" ? t : Math.max(t - 1, 0)];
  const predicted = Number.isFinite(said)
    ? `, ${called(name, header.momentary)} ${significant(said, 3)}`
    : "";
  return `${label}: ${mean}${predicted}`;
}
