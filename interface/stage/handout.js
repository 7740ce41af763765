// The stage in a page of its own, without a server: data and the modules of its lanes stand in the
// page, so its start and its settings can be changed; nothing leaves the page.

import { grounds, standing } from "./core/live.js";
import { unpack } from "./core/packet.js";
import { decompressed } from "./core/decompress.js";
import { alone } from "./lesson/alone.js";
import { hold, saved } from "./core/reference.js";
import { carried, carriedHands, pageOf, textOf } from "./run/carried.js";
import { library, written } from "./run/library.js";
import { committed, raced } from "./run/race.js";
import { named } from "./run/named.js";
import { namedAs, ruled, unruled } from "./run/ruled.js";
import { carried as turnedAlong } from "./run/turning.js";
import { settings } from "./scrub/settings.js";
import { show } from "./stage.js";

/** @import { FeltRace, Point, Said } from "./core/stage.d.ts" */
/** @import { LaneAddresses, Named, OfferedRule } from "./core/packets.d.ts" */
/** @import { NumbersModule } from "./run/recorded.d.ts" */
/** @import { Seen } from "./lesson/alone.js" */
/** @import { Changes } from "./run/turning.js" */
/**
 * @typedef {object} Acts
 * @property {number} chosen
 * @property {number} toggled
 * @property {Point} placed
 * @property {{ changes: Changes }} turned
 * @property {{ lane: number, rule: string }} ruled
 * @property {Said} taught
 * @property {undefined} back
 */

// What is seen: races, one from each lane, and what has been changed in them since; `picked` are rules that
// lanes have been given here, by the lanes' letters, `called` what lanes are called before those of one name
// are told apart.
/**
 * @typedef {object} Shown
 * @property {FeltRace[]} races
 * @property {number} chosen
 * @property {string} asSaved
 * @property {Changes} changes
 * @property {Record<string, string>} picked
 * @property {Named[]} called
 */
/** @typedef {ReturnType<typeof embedded> & Shown & { last: Promise<unknown> }} SavedPage */

/** @typedef {(page: SavedPage, value: unknown) => unknown} Change */

// What stands in the page, and what runs from it.
function embedded() {
  const held = carried();
  const own = library(async (address) => written((await held).modules)(address));
  /** @type {OfferedRule[]} */
  const offered = JSON.parse(textOf("offered") || "[]");
  /** @type {Named[]} */
  const asNamed = JSON.parse(atob(textOf("named")) || "[]");
  const root = /** @type {HTMLElement} */ (document.getElementById("handout"));
  const landOf = grounds();
  return { root, held, own, hire: carriedHands(held, own), offered, asNamed, landOf, lesson: alone() };
}

/** @type {{ [Name in keyof Acts]: (page: SavedPage, value: Acts[Name]) => unknown }} */
const CHANGES = {
  chosen: (page, k) => (page.chosen = k),
  toggled: ({ races }, k) =>
    races.forEach(({ header }) => (header.lanes[k].visible = !header.lanes[k].visible)),
  placed: (page, { x, y }) => (page.changes = { ...page.changes, x: String(x), y: String(y) }),
  turned: (page, { changes }) =>
    (page.changes = { ...page.changes, ...turnedAlong(now(page).header, changes) }),
  taught: async (page, said) =>
    seen(page, await page.lesson?.heard(said), said.act === "leave" ? page.changes : {}),
  back: async (page) => seen(page, await page.lesson?.back()),
  ruled: async (page, { lane, rule }) => {
    const found = page.offered.find(({ modules }) => modules.rule === rule);
    if (!found) return;
    await Promise.all([page.own.fetch([found.modules]), keepPage(page, `optimizer/${found.name}`)]);
    const next = { ...page, ...put(page, lane, found) };
    if (now(next) === next.races[next.chosen]) return refuse(page, lane, found);
    Object.assign(page, next);
  },
};

// Races to be seen, one from each lane: those of the page, or those of another phase of its lesson.
/** @param {SavedPage} page @param {Seen | null | undefined} found @param {Changes} [changes] */
async function seen(page, found, changes = {}) {
  if (!found) return;
  const { races, chosen } = found;
  const { view, caption: asSaved } = races[chosen].header;
  if (page.races.length) view.size = page.races[0].header.view.size;
  races.forEach(({ header }) => (header.view = view));
  const labels = races[0].header.lanes.map(({ label }) => ({ label, says: [] }));
  const called = page.asNamed.length ? page.called : labels;
  Object.assign(page, { races, chosen, asSaved, changes, picked: {}, called });
  await page.own.fetch(races.flatMap(({ header }) => header.modules));
}

// The page of a rule that was not on the stage is decompressed when it comes there.
/** @param {SavedPage} page @param {string} name */
async function keepPage({ held }, name) {
  const text = saved(name) ? null : pageOf(await held, name);
  if (text) hold(name, text);
}

// What is seen once a lane has another rule in every race, the one seen from it and those from others.
/** @param {SavedPage} page @param {number} k @param {OfferedRule} rule */
function put({ own, races, picked: before, called, changes, asSaved }, k, rule) {
  const printed = own.of(onlyPrinted(rule.modules));
  const said = Object.values(printed || {})[0];
  const { slot } = races[0].header.lanes[k];
  const picked = { ...before, [slot]: rule.option };
  const rules = Object.entries(picked).map(([letter, label]) => `${letter} = ${label}`);
  const caption = [asSaved, ...rules].join("; ");
  /** @param {FeltRace} race */
  const told = (race) => withRule(ruled(race, k, rule, said?.count ?? 0), k, { caption, said });
  return {
    picked,
    called: called.with(k, namedAs(rule, slot)),
    races: races.map(told),
    changes: unruled(changes, slot, rule),
  };
}

// The menu shows again the rule that stays, and says why.
/** @param {SavedPage} page @param {number} k @param {OfferedRule} rule */
function refuse({ root, races }, k, { label }) {
  const { lanes, modules } = races[0].header;
  const { slot } = lanes[k];
  /** @type {HTMLSelectElement | null} */
  const menu = root.querySelector(`select[data-rule-of="${slot}"]`);
  if (!menu) return;
  menu.value = modules[k]?.rule ?? "";
  menu.setCustomValidity(`${label} was not run: so many steps over so many rows need the app.`);
  menu.reportValidity();
}

/** @param {LaneAddresses} addresses */
const onlyPrinted = ({ numbers, noisy }) => (numbers ? { numbers } : noisy ? { noisy } : null);

// The race with what the page says of its lanes, and with the lines of a rule that is seen.
/** @param {FeltRace} race @param {number} k @param {{ caption: string, said: NumbersModule | undefined }} told */
function withRule(race, k, { caption, said }) {
  const lines = race.header.chosen === k ? { rule: said?.lines ?? [] } : {};
  return { ...race, header: { ...race.header, caption, ...lines } };
}

// One thing after the other, whatever became of the one before; what would need a server does nothing.
/** @param {SavedPage} page @param {string} name @param {unknown} [value] */
function heard(page, name, value) {
  const change = /** @type {Record<string, Change | undefined>} */ (CHANGES)[name];
  if (!change) return;
  const before = page.last.catch(() => undefined);
  page.last = before.then(() => change(page, value)).then(() => present(page));
}

// The race as it was saved, or with all that has been changed since.
/** @param {SavedPage} page */
function now({ races, chosen, changes, own, landOf }) {
  const race = races[chosen];
  if (!Object.keys(changes).length) return race;
  const lanes = race.header.modules.map((addresses) => own.of(addresses));
  const found = raced(race, lanes, landOf(race.header.surface.key), changes);
  return found ? committed(found, changes) : race;
}

/** @param {SavedPage} page */
async function present(page) {
  const { root, own, hire, offered, lesson } = page;
  const data = named(now(page), page.called);
  for (const said of document.querySelectorAll(".handout-caption")) said.textContent = data.header.caption;
  await show({
    ...{ parentElement: root, data, offline: true, library: own, hire, offered },
    taught: Boolean(lesson),
    parts: [settings],
    told: (name, value) => heard(page, name, value),
  });
  const { lesson: open, modules } = data.header;
  const fixed = !open?.held && !own.ready(modules);
  if (fixed) root.querySelectorAll(".start").forEach(fix);
}

// Without modules nothing follows the start, so it is no longer offered to the hand.
/** @param {Element} start */
function fix(start) {
  for (const name of ["tabindex", "role", "aria-roledescription"]) start.removeAttribute(name);
  start.classList.add("fixed");
}

/** @param {string} text @returns {Promise<FeltRace>} */
const race = async (text) => unpack(await decompressed(text, "gzip").arrayBuffer());

/** @returns {Promise<Seen>} */
const asEmbedded = async () => ({
  races: await Promise.all(standing("race").map(race)),
  chosen: Number(document.querySelector("meta[name=chosen]")?.getAttribute("content")),
});

function begin() {
  const found = embedded();
  const { lesson, asNamed: called } = found;
  /** @type {Shown} */
  const shown = { races: [], chosen: 0, asSaved: "", changes: {}, picked: {}, called };
  /** @type {SavedPage} */
  const page = { ...found, ...shown, last: Promise.resolve() };
  globalThis.addEventListener("popstate", () => lesson && heard(page, "back"));
  page.last = (lesson ? lesson.begin() : asEmbedded())
    .then((first) => seen(page, first))
    .then(() => present(page));
}

begin();
