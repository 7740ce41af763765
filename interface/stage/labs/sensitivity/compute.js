// Sensitivity curves computed by this page's own crew, a lane after the other.

import { bestRun, gridOf, rangeOf, stretchesOf } from "../../run/rates.js";
import { written } from "../../run/scale.js";
import { asArrays, here, jobOf, listed } from "../here.js";

/** @import { FeltRace, Stage } from "../../core/stage.d.ts" */
/** @import { Ending, Numbers, Packet } from "../../core/packets.d.ts" */
/** @import { Begin, Told } from "../study.js" */
/** @import { Crew } from "../here.js" */
/** @import { Ends } from "../../run/cells.js" */
/**
 * What is the same for all lanes; `start` is the loss there, above a known minimum.
 *
 * @typedef {object} SensitivityHeading
 * @property {string[]} rates
 * @property {number} lanes
 * @property {number | null} lowest
 * @property {number} tolerance
 * @property {number | null} start
 * @property {number} steps
 * @property {Record<string, Ending>} endings
 * @property {string[]} notes
 */
/**
 * One lane's curve: its rule's usual rate, the stretches of rates that work, and the best.
 *
 * @typedef {object} SensitivityCurve
 * @property {string} slot
 * @property {number} usual
 * @property {[number, number][]} works
 * @property {number} best
 */
/** @typedef {Packet<SensitivityCurve>} Sensed */
/** @typedef {{ heading: SensitivityHeading, curves: Sensed[] }} Part what has been found so far */

// What begins the curves of the race on the stage; `kept` is the range on screen, which stays while it holds
// every rate.
/** @param {Stage} stage @param {string[] | null} kept @returns {Begin<Part>} */
export const curves = (stage, kept) => (told) =>
  here(stage.crew, (heard, crew) => begin({ stage, crew, kept, told: heard }), told);

/** @param {{ stage: Stage, crew: Crew, kept: string[] | null, told: Told<Part> }} curves */
async function begin({ stage, crew, kept, told }) {
  const { race } = stage;
  const { handles, lanes, view } = race.header;
  const own = lanes.flatMap(({ slot }) => handles.find(({ key }) => key === `${slot}.lr`) ?? []);
  const rates = gridOf(rangeOf(own, view, kept && kept.map(Number)));
  /** @type {Part} */
  const all = { heading: headingOf(race, rates), curves: [] };
  told.part(all);
  for (const [lane, { key, usual }] of own.entries()) {
    const job = await jobOf(stage, race, lane, [{ key, values: rates }]);
    const found = await listed(job, crew);
    const { slot } = lanes[lane];
    const said = { works: stretchesOf(found.steps), best: bestRun(found) };
    all.curves.push({ header: { slot, usual: Number(usual), ...said }, arrays: arraysOf(found, race) });
    told.part(all);
  }
}

/** @param {FeltRace} race @param {number[]} rates @returns {SensitivityHeading} */
function headingOf({ header, arrays }, rates) {
  const { lanes, lowest, tolerance, steps, endings, model } = header;
  const start = (lowest === null ? arrays.loss0 : arrays.gap0).values[0];
  return {
    rates: rates.map(written),
    lanes: lanes.length,
    ...{ lowest, tolerance, steps, endings },
    start: Number.isFinite(start) ? start : null,
    notes: model?.stand_ins ?? [],
  };
}

/** @param {Ends} found @param {FeltRace} race @returns {Record<string, Numbers>} */
const arraysOf = ({ loss, gap, ...others }, { header: { lowest } }) =>
  asArrays({ loss: lowest === null ? loss : gap, ...others });
