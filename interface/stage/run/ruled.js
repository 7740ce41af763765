// A kept race in which a lane has another rule, with that rule's own settings. Pure.

/** @import { LaneAddresses, Named, OfferedRule } from "../core/packets.d.ts" */
/** @import { FeltRace } from "../core/stage.d.ts" */
/** @import { Changes } from "./turning.js" */

/** @param {string} slot @returns {(key: string) => boolean} */
const ruleOf = (slot) => (key) => key.startsWith(`${slot}.`) && !key.startsWith(`${slot}.schedule.`);

// `count` is how many numbers the printed rule has. The lane's run is the old one until it is run
// anew: `unruled` says what has to be changed for that.
/** @param {FeltRace} race @param {number} k @param {OfferedRule} rule @param {number} count */
export function ruled(race, k, rule, count) {
  const { header, arrays } = race;
  const { slot } = header.lanes[k];
  const { label } = rule;
  const own = rule.handles.map((one) => ({ ...one, key: slot + one.key.slice(1), owner: label, lane: k }));
  const kept = header.handles.filter(({ key }) => !ruleOf(slot)(key));
  const at = header.handles.findIndex(({ key }) => ruleOf(slot)(key));
  const handles = kept.map((one) => (one.lane === k ? { ...one, owner: label } : one));
  return {
    ...race,
    header: {
      ...header,
      link: linked(header.link, slot, rule),
      rules: { ...header.rules, [slot]: rule.name },
      handles: handles.toSpliced(Math.max(at, 0), 0, ...own),
      modules: header.modules.map((found, j) =>
        j === k ? addresses(found, rule, k === header.chosen) : found,
      ),
      lanes: header.lanes.map((lane, j) => (j === k ? { ...lane, label, caption: rule.captions[k] } : lane)),
      ...(k === header.chosen ? inside(race, rule) : {}),
    },
    arrays: k === header.chosen ? emptied(arrays, rule, count) : arrays,
  };
}

// The changes without those of the rule that was there, and with one that has the lane run.
/** @param {Changes} changes @param {string} slot @param {OfferedRule} rule @returns {Changes} */
export function unruled(changes, slot, { handles }) {
  const kept = Object.entries(changes).filter(([key]) => !ruleOf(slot)(key));
  return { ...Object.fromEntries(kept), [slot + handles[0].key.slice(1)]: handles[0].value };
}

/** @param {FeltRace} race @param {OfferedRule} rule */
const inside = ({ header }, { memory, velocity, theory }) => ({
  memory,
  velocity,
  rule: header.rule,
  theory: header.theory && { ...theory, noisy: header.theory.noisy },
});

/** @param {LaneAddresses | null} found @param {OfferedRule} rule @param {boolean} chosen */
function addresses(found, { modules }, chosen) {
  const { rule, surface, schedule, ...printed } = modules;
  return { rule, surface, schedule: found?.schedule ?? schedule, ...(chosen ? printed : {}) };
}

/** @param {FeltRace["arrays"]} arrays @param {OfferedRule} rule @param {number} count */
function emptied(arrays, { memory }, count) {
  const kept = Object.entries(arrays).filter(([name]) => !name.startsWith("memory."));
  const nothing = { values: new Float64Array(0), shape: [0] };
  const fresh = Object.keys(memory).map((name) => [`memory.${name}`, nothing]);
  const slots = { values: new Float64Array(0), shape: [count, 0] };
  return { ...Object.fromEntries([...kept, ...fresh]), slots };
}

/** @param {string} link @param {string} slot @param {OfferedRule} rule */
function linked(link, slot, { name, switched }) {
  const kept = [...new URLSearchParams(link)].filter(([key]) => !ruleOf(slot)(key) && key !== slot);
  const own = Object.entries(switched).map(([key, text]) => [`${slot}.${key}`, text]);
  return String(new URLSearchParams([...kept, [slot, name], ...own]));
}

// What tells the rule from others of its name, in a lane of that letter.
/** @param {OfferedRule} rule @param {string} slot @returns {Named} */
export const namedAs = ({ label, says }, slot) => ({
  label,
  says: says.map(([name, words]) => [name, words.replace("{a.", `{${slot}.`)]),
});
