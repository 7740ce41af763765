// Computes landscapes in one process: `node land.js FOLDER` reads cases.json (a kept race's file, the
// file of its surface's module, a window or null, the file of what the server sends) and writes what each
// landscape is as JSON.

import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { unpack } from "../../interface/stage/core/packet.js";
import { land } from "../../interface/stage/map/land.js";

const folder = resolve(process.argv[2]);
globalThis.document = { baseURI: "http://here/" };

async function answer({ race, module, window, sent }) {
  globalThis.fetch = async () => ({
    ok: true,
    arrayBuffer: async () => Uint8Array.from(readFileSync(join(folder, sent))).buffer,
  });
  const kept = unpack(new Uint8Array(readFileSync(join(folder, race))));
  const surface = await import(pathToFileURL(join(folder, module)).href);
  const library = { fetch: async () => undefined, of: () => ({ surface }) };
  const { key } = kept.header.surface;
  const stage = { kept, library, lands: new Map(), component: { offline: false } };
  const { header, arrays } = await land(stage, key, window);
  return {
    header,
    arrays: Object.fromEntries(Object.entries(arrays).map(([name, one]) => [name, plain(one)])),
  };
}

const plain = ({ values, shape }) => ({ shape, values: [...values].map(String) });

const cases = JSON.parse(readFileSync(join(folder, "cases.json"), "utf8"));
const answers = [];
for (const each of cases) answers.push(await answer(each));
writeFileSync(join(folder, "answers.json"), JSON.stringify(answers));
