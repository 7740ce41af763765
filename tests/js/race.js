// Computes felt races in one process: `node race.js FOLDER` reads kept.bin, modules, and cases.json
// (changes to settings), and writes what each race says as JSON.

import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { unpack } from "../../interface/stage/core/packet.js";
import { raced } from "../../interface/stage/run/race.js";

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
