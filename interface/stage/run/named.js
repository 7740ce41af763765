// What lanes are called, told apart where they are of one name as engine/setup/labels.py tells them apart; the
// words come from there. Pure.

/** @import { Named } from "../core/packets.d.ts" */
/** @import { FeltRace } from "../core/stage.d.ts" */

// A name for each lane, no two alike: those of one name say the first settings that tell them apart, or a
// number. `value(key)` is the text of a number that words name, as `{a.lr}`.
/** @param {Named[]} lanes @param {(key: string) => string} value @returns {string[]} */
export function names(lanes, value) {
  const found = lanes.map(({ label }) => label);
  for (const label of new Set(found)) {
    const alike = lanes.flatMap((lane, k) => (lane.label === label ? [k] : []));
    const told = differences(alike.map((k) => written(lanes[k], value)));
    if (alike.length > 1) alike.forEach((k, n) => (found[k] = [label, ...told[n]].join(", ")));
  }
  return numbered(found);
}

/** @param {Named} lane @param {(key: string) => string} value */
const written = ({ says }, value) =>
  new Map(says.map(([name, words]) => [name, words.replace(/\{([^}]*)\}/g, (_, key) => value(key))]));

// For each lane the settings that tell it from the others, as few as will do.
/** @param {Map<string, string>[]} lanes */
function differences(lanes) {
  let told = lanes.map(() => /** @type {string[]} */ ([]));
  for (const name of new Set(lanes.flatMap((lane) => [...lane.keys()]))) {
    const both = told.map((before, k) => [...before, lanes[k].get(name) ?? ""]);
    if (apart(both) > apart(told)) told = both;
  }
  return told.map((each) => each.filter(Boolean));
}

/** @param {string[][]} told */
const apart = (told) => new Set(told.map((each) => JSON.stringify(each))).size;

// What is still alike is numbered, from the second on.
/** @param {string[]} said */
function numbered(said) {
  /** @type {string[]} */
  const found = [];
  for (const name of said) {
    let [n, one] = [1, name];
    while (found.includes(one) || (n > 1 && said.includes(one))) one = `${name} (${(n += 1)})`;
    found.push(one);
  }
  return found;
}

// A race whose lanes are called so, wherever their names stand.
/** @param {FeltRace} race @param {Named[]} lanes @returns {FeltRace} */
export function named(race, lanes) {
  const { header } = race;
  const values = new Map(header.handles.map(({ key, value }) => [key, value]));
  const found = names(lanes, (key) => values.get(key) ?? "");
  const called = new Map(header.lanes.map(({ label }, k) => [label, found[k]]));
  const handles = header.handles.map((one) =>
    one.lane === null ? one : { ...one, owner: found[one.lane], group: called.get(one.group) ?? one.group },
  );
  return {
    ...race,
    header: { ...header, handles, lanes: header.lanes.map((lane, k) => ({ ...lane, label: found[k] })) },
  };
}
