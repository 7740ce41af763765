// What is felt under the hand: while the start or a slider is dragged, paths follow in the same frame.
// The race is computed here (run/race.js); nothing is asked of the server. Streamlit's sliders report only
// when released; this reads them while they move, and leaves everything that is kept to the release.

import { resize } from "../core/clock.js";
import { linkName } from "../dom/link-name.js";
import { showLosses } from "../map/legend.js";
import { drawMap } from "../map/map.js";
import { moveStart } from "../map/overlay.js";
import { colors, landscapeOf } from "../run/landscape.js";
import { raced } from "../run/race.js";
import { beneath, walkers } from "./walked.js";

/** @import { Commit, FeltRace, Point, Stage } from "../core/stage.d.ts" */
/** @import { Changes } from "../run/turning.js" */
/**
 * @typedef {object} Feeling
 * @property {Stage} stage
 * @property {string | null} holding
 * @property {Element | null} slider
 * @property {Commit | Point | null} changes
 * @property {number | null} frame
 * @property {{ name: string, input: Element, until: number } | null} hand
 * @property {ReturnType<typeof walkers>} walkers
 * @property {boolean} walks
 * @property {ReturnType<typeof setTimeout> | undefined} pause
 * @property {ReturnType<typeof setTimeout> | undefined} later
 */

const REST = 140;
const GROUND_REST = 600;
// Points along each side of the ground that follows the hand; at most, once it rests; and for how
// many milliseconds that may be computed.
const GROUND = 64;
const FINE = 192;
const ROOM = 40;
const PATIENCE = 10_000;

/** @param {Stage} stage */
export function feel(stage) {
  /** @type {Feeling} */
  const state = {
    ...{ stage, holding: null, slider: null, changes: null, frame: null, hand: null },
    ...{ pause: undefined, later: undefined },
    walks: false,
    walkers: walkers(stage, (race) => shown(state, race)),
  };
  stage.feel = (changes) => ask(state, changes);
  stage.letGo = () => rest(state);
  stage.putBack = () => (stage.race === stage.kept ? rest(state) : stage.take(stage.late ?? stage.kept));
  stage.ahead = (race) => ahead(state, race);
  watchSliders(state);
  return { race: () => kept(state) };
}

// The page has kept a race: what its sliders still announce after a key was known before.
/** @param {Feeling} state */
function kept(state) {
  if (state.holding === "key") state.holding = null;
  rest(state);
  const { stage, walkers } = state;
  const here = stage.library.fetch(stage.kept.header.modules);
  if (stage.kept.header.model) Promise.all([here, stage.map.landed]).then(walkers.meet);
}

// One race a frame, of the newest settings.
/** @param {Feeling} state @param {Commit | Point} changes */
function ask(state, changes) {
  if (state.changes && JSON.stringify(changes) === JSON.stringify(state.changes)) return state.walks;
  state.changes = changes;
  state.stage.map.panel.classList.add("moving");
  if (!state.frame) state.frame = requestAnimationFrame(() => frame(state));
  return state.walks;
}

/** @param {Feeling} state */
function frame(state) {
  state.frame = null;
  const { stage, changes } = state;
  if (!changes) return;
  const texts = Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, String(value)]));
  state.walks = state.walkers.take(texts);
  if (!state.walks) shown(state, here(stage, texts));
}

/** @param {Feeling} state @param {FeltRace | null} race */
function shown(state, race) {
  const { hand, map } = state.stage;
  const at = race ? race.header.start : hand.dragging?.at && [hand.dragging.at.x, hand.dragging.at.y];
  if (state.walks && hand.dragging && at) moveStart(map.over, at);
  if (race) felt(state, race);
  else state.stage.parts.forEach((part) => part.unfelt?.());
}

// Whether races can be computed here: modules and landscape are here, and belong to the kept race.
/** @param {Stage} stage */
export const ready = ({ kept, library, map }) =>
  library.ready(kept.header.modules) && Boolean(map.home) && map.key === kept.header.surface.key;

// The race that some changes give, as far as it can be computed here; null otherwise.
/** @param {Stage} stage @param {Changes} changes */
export function here(stage, changes) {
  const [kept, lanes, land] = beneath(stage);
  return land && raced(kept, lanes, land, changes);
}

// The ground of a surface that is being changed, coarse unless told; nothing for one that stands.
/** @param {FeltRace} race */
function groundOf({ loss, header }, side = GROUND) {
  if (!loss) return null;
  return landscapeOf(loss, header.surface.window, side, header);
}

// The map and the relief show the ground that belongs to a felt race.
/** @param {Stage} stage @param {FeltRace} race */
export function showGround(stage, race) {
  const begun = performance.now();
  const ground = groundOf(race);
  stage.groundTook = performance.now() - begun;
  stage.ground = ground;
  stage.preview.show(ground && colors(ground));
}

// While the hand rests the map's ground is as fine as can be computed before it is missed.
/** @param {Stage} stage */
export function refineGround(stage) {
  const side = Math.min(FINE, Math.floor(GROUND * Math.sqrt(ROOM / stage.groundTook)));
  const ground = side > GROUND ? groundOf(stage.race, side) : null;
  if (ground) stage.preview.show(colors(ground));
}

/** @param {Feeling} state @param {FeltRace} race */
function felt(state, race) {
  present(state.stage, race);
  showGround(state.stage, race);
  clearTimeout(state.pause);
  state.pause = setTimeout(() => pause(state.stage), REST);
}

/** @param {Stage} stage */
function pause(stage) {
  refineGround(stage);
  stage.parts.forEach((part) => part.pause?.());
}

// Show a race that the page has not kept.
/** @param {Stage} stage @param {FeltRace} race */
export function present(stage, race) {
  race.header.view = stage.race.header.view;
  race.header.link = stage.race.header.link;
  stage.race = race;
  stage.clock = resize(stage.clock, race.header.steps);
  drawMap(stage.map, race, stage.colors, stage.clock.t);
  showLosses(stage.entries, race, stage.clock.t);
  stage.parts.forEach((part) => part.felt?.());
  stage.felt = (stage.felt || 0) + 1;
}

/** @param {Feeling} state */
function rest(state) {
  state.stage.map.panel.classList.remove("moving");
  state.changes = null;
  clearTimeout(state.pause);
  Promise.resolve(state.stage.map.landed).then(() =>
    setTimeout(() => state.changes || clearGround(state.stage), GROUND_REST),
  );
}

/** @param {Stage} stage */
export const clearGround = ({ body, preview: ground }) =>
  body.classList.contains("scrubbing") || ground.clear();

// Only the slider under the hand counts: the page's rerun lets the others announce themselves too.
/** @param {Feeling} state */
function watchSliders(state) {
  const { stage } = state;
  /** @type {(how: string) => (event: Event) => void} */
  const hold =
    (how) =>
    ({ target }) => {
      const within = /** @type {Partial<Element>} */ (target);
      state.slider = within.closest?.('[data-testid="stSidebar"] .stSlider') || null;
      state.holding = state.slider ? how : null;
    };
  document.addEventListener("pointerdown", hold("pointer"), true);
  document.addEventListener("pointerup", () => (state.holding = null), true);
  document.addEventListener("keydown", hold("key"), true);
  /** @param {MutationRecord} record */
  const felt = ({ target }) =>
    state.holding && state.slider?.contains(target) && slide(state, /** @type {Element} */ (target));
  /** @param {MutationRecord[]} changes */
  const seen = (changes) => {
    changes.forEach(felt);
    stage.receiveLate();
  };
  const options = { subtree: true, attributes: true, attributeFilter: ["aria-valuetext"] };
  new MutationObserver(seen).observe(document.body, options);
}

// Whether the slider last moved by hand shows another value than a race that comes from the page:
// then a newer one is on its way, or the slider will yet be set to what the page has kept.
/** @param {Feeling} state @param {FeltRace} race */
function ahead(state, { header }) {
  const { name, input, until = 0 } = state.hand || {};
  const kept = header.handles?.find(({ key }) => key === name)?.value;
  const shown = input?.isConnected ? input.getAttribute("aria-valuetext") : null;
  const newer = Boolean(kept && shown) && kept !== shown && Date.now() < until;
  clearTimeout(state.later);
  if (newer) state.later = setTimeout(() => state.stage.receiveLate(), until - Date.now() + 1);
  else state.hand = null;
  return newer;
}

/** @param {Feeling} state @param {Element} input */
function slide(state, input) {
  const name = linkName(input);
  const text = input.getAttribute("aria-valuetext");
  if (!name || !text || !state.stage.race) return;
  state.hand = { name, input, until: Date.now() + PATIENCE };
  state.stage.feel({ [name]: text });
}
