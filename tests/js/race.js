// Computes felt races in one process: `node race.js FOLDER` reads kept.bin, modules, and cases.json
// (changes to settings), and writes what each race says as JSON. Races that workers walk are walked as they
// do it as well, and are the same to the last bit; of several, only the newest are waited for.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { unpack } from "../../interface/stage/core/packet.js";
import { long, raced } from "../../interface/stage/run/race.js";
import { carriedOut } from "../../interface/stage/run/tasks.js";
import { walkers } from "../../interface/stage/scrub/walked.js";

const folder = resolve(process.argv[2]);
const bytes = (name) => new Uint8Array(readFileSync(join(folder, name)));
const kept = unpack(bytes("kept.bin"));
const land = unpack(bytes("land.bin"));
const names = JSON.parse(readFileSync(join(folder, "modules.json"), "utf8"));
const load = async (name) => import(pathToFileURL(join(folder, name)).href);
const modules = {};
for (const [address, name] of Object.entries(names)) modules[address] = await load(name);
const lanes = kept.header.modules.map((found) =>
  Object.fromEntries(Object.entries(found ?? {}).map(([kind, address]) => [kind, modules[address]])),
);
const cases = JSON.parse(readFileSync(join(folder, "cases.json"), "utf8"));
const library = {
  ready: () => true,
  of: (addresses) =>
    Object.fromEntries(Object.entries(addresses).map(([kind, address]) => [kind, modules[address]])),
};

// A stage with workers that copy what they are sent and what they answer, as real ones do.
function staged(answers) {
  const work = async (message) => {
    const found = await carriedOut(structuredClone(message), library, () => true);
    return answers(message) ? { found: structuredClone(found) } : { problem: "No line." };
  };
  const hire = () => ({ work, stop: () => undefined });
  return { kept, library, map: { key: kept.header.surface.key, home: land }, hire, crew: { size: 3 } };
}

const rest = () => new Promise((done) => setTimeout(done, 20));
const plain = (race) => JSON.stringify(race, (_, v) => (ArrayBuffer.isView(v) ? [...v].map(String) : v));

async function walkedAlike(wishes) {
  const seen = [];
  const stage = staged(() => true);
  const hands = walkers(stage, (race) => seen.push(race));
  assert.ok(!hands.take(wishes[0]), "workers that know nothing walk nothing");
  hands.meet();
  await rest();
  for (const wish of wishes) assert.ok(hands.take(wish));
  for (let n = 0; seen.length < Math.min(wishes.length, 2) && n < 500; n++) await rest();
  const [first, last] = [wishes[0], wishes.at(-1)].map((wish) => plain(raced(kept, lanes, land, wish)));
  assert.deepEqual(seen.map(plain), wishes.length > 1 ? [first, last] : [first]);
  seen.length = 0;
  hands.take(wishes[0]);
  stage.kept = { ...kept };
  for (let n = 0; n < 20; n++) await rest();
  assert.deepEqual(seen, [], "what was walked for a race that is no longer kept is not shown");
  await failing(wishes, last);
}

async function failing(wishes, last) {
  const seen = [];
  const hands = walkers(
    staged(({ task }) => task === "meet"),
    (race) => seen.push(race),
  );
  hands.meet();
  await rest();
  for (const wish of wishes) hands.take(wish);
  for (let n = 0; !seen.length && n < 500; n++) await rest();
  assert.deepEqual(seen.map(plain), [last], "the page computes what workers cannot");
  assert.ok(!hands.take(wishes[0]));
}

const many = cases.filter((changes) => long(kept, lanes, land, changes));
if (many.length) await walkedAlike(many);
const answers = cases.map((changes) => {
  const race = raced(kept, lanes, land, changes);
  for (let t = 1; t <= race?.header.steps; t++) race.printed?.(t);
  const arrays = Object.entries(race?.arrays ?? {}).map(([name, { values, shape }]) => [
    name,
    { shape, values: [...values].map((v) => (Number.isFinite(v) ? v : String(v))) },
  ]);
  return race && { header: race.header, arrays: Object.fromEntries(arrays) };
});
writeFileSync(join(folder, "answers.json"), JSON.stringify(answers));
