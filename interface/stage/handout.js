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

/** @import { FeltHeader, FeltRace, Point, Said } from "./core/stage.d.ts" */
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

/** @type {FeltRace[]} */
let races = [];
const landOf = grounds();
const held = carried();
const own = library(async (address) => written((await held).modules)(address));
const hire = carriedHands(held, own);
/** @type {OfferedRule[]} */
const offered = JSON.parse(textOf("offered") || "[]");
const root = /** @type {HTMLElement} */ (document.getElementById("handout"));
const lesson = alone();
let chosen = 0;
let asSaved = "";
/** @type {Changes} */
let changes = {};
/** @type {Promise<unknown>} */
let last = Promise.resolve();
// The rules that lanes have been given here, by the lanes' letters.
/** @type {Record<string, string>} */
let picked = {};
// What lanes are called, before those of one name are told apart.
/** @type {Named[]} */
const asNamed = JSON.parse(atob(textOf("named")) || "[]");
let called = asNamed;

/** @type {{ [Name in keyof Acts]: (value: Acts[Name]) => unknown }} */
const CHANGES = {
  chosen: (k) => (chosen = k),
  toggled: (k) => races.forEach(({ header }) => (header.lanes[k].visible = !header.lanes[k].visible)),
  placed: ({ x, y }) => (changes = { ...changes, x: String(x), y: String(y) }),
  turned: ({ changes: more }) => (changes = { ...changes, ...turnedAlong(now().header, more) }),
  taught: async (said) => seen(await lesson?.heard(said), said.act === "leave" ? changes : {}),
  back: async () => seen(await lesson?.back()),
  ruled: async ({ lane, rule }) => {
    const found = offered.find(({ modules }) => modules.rule === rule);
    if (!found) return;
    await Promise.all([own.fetch([found.modules]), keepPage(`optimizer/${found.name}`)]);
    if (!put(lane, found)) refuse(races[0].header, lane, found);
  },
};

// Races to be seen, one from each lane: those of the page, or those of another phase of its lesson.
/** @param {Seen | null | undefined} found @param {Changes} [kept] */
async function seen(found, kept = {}) {
  if (!found) return;
  const { view, caption } = found.races[found.chosen].header;
  if (races.length) view.size = races[0].header.view.size;
  ({ races, chosen } = found);
  [asSaved, changes, picked] = [caption, kept, {}];
  races.forEach(({ header }) => (header.view = view));
  if (!asNamed.length) called = races[0].header.lanes.map(({ label }) => ({ label, says: [] }));
  await own.fetch(races.flatMap(({ header }) => header.modules));
}

// The page of a rule that was not on the stage is decompressed when it comes there.
/** @param {string} name */
async function keepPage(name) {
  const text = saved(name) ? null : pageOf(await held, name);
  if (text) hold(name, text);
}

// A lane gets another rule in every race, the one seen from it and those seen from others; where it
// cannot run here, all stays as it was, and false is returned.
/** @param {number} k @param {OfferedRule} rule */
function put(k, rule) {
  const before = { races, changes, picked, called };
  const printed = own.of(onlyPrinted(rule.modules));
  const said = Object.values(printed || {})[0];
  const { slot } = races[0].header.lanes[k];
  picked = { ...picked, [slot]: rule.option };
  called = called.with(k, namedAs(rule, slot));
  races = races.map((race) => told(ruled(race, k, rule, said?.count ?? 0), k, said));
  changes = unruled(changes, slot, rule);
  if (now() !== races[chosen]) return true;
  ({ races, changes, picked, called } = before);
  return false;
}

// The menu shows again the rule that stays, and says why.
/** @param {FeltHeader} header @param {number} k @param {OfferedRule} rule */
function refuse({ lanes, modules }, k, { label }) {
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
/** @param {FeltRace} race @param {number} k @param {NumbersModule | undefined} said */
function told(race, k, said) {
  const rules = Object.entries(picked).map(([slot, label]) => `${slot} = ${label}`);
  const caption = [asSaved, ...rules].join("; ");
  const lines = race.header.chosen === k ? { rule: said?.lines ?? [] } : {};
  return { ...race, header: { ...race.header, caption, ...lines } };
}

// One thing after the other, whatever became of the one before; what would need a server does nothing.
/** @param {string} name @param {unknown} [value] */
function heard(name, value) {
  const change = /** @type {Record<string, ((value: unknown) => unknown) | undefined>} */ (CHANGES)[name];
  if (!change) return;
  const before = last.catch(() => undefined);
  last = before.then(() => change(value)).then(present);
}

// The race as it was saved, or with all that has been changed since.
function now() {
  const saved = races[chosen];
  if (!Object.keys(changes).length) return saved;
  const lanes = saved.header.modules.map((addresses) => own.of(addresses));
  const found = raced(saved, lanes, landOf(saved.header.surface.key), changes);
  return found ? committed(found, changes) : saved;
}

async function present() {
  const data = named(now(), called);
  for (const said of document.querySelectorAll(".handout-caption")) said.textContent = data.header.caption;
  await show({
    parentElement: root,
    data,
    offline: true,
    library: own,
    hire,
    offered,
    taught: Boolean(lesson),
    parts: [settings],
    told: heard,
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

globalThis.addEventListener("popstate", () => lesson && heard("back"));
last = (lesson ? lesson.begin() : asEmbedded()).then(seen).then(present);
