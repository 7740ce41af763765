// What the page does in a lesson without the line: answers judged, claims measured, acts followed.
// Reads cases from standard input, one JSON value, and writes what came of each.

import { readFileSync } from "node:fs";
import { unpack } from "../../interface/stage/core/packet.js";
import { judged } from "../../interface/stage/lesson/judge.js";
import { achieved } from "../../interface/stage/lesson/measure.js";
import { retold } from "../../interface/stage/lesson/explanation.js";
import { surfaceOf } from "../../interface/stage/run/race.js";
import { acted, queryOf, reached } from "../../interface/stage/lesson/sitting.js";

const packet = (text) => unpack(new Uint8Array(Buffer.from(text, "base64")));

const DOES = {
  judged: ({ shape, answer, truth }) => judged({ shape, answer }, truth).right,
  achieved: ({ goal, race }) => achieved(goal, packet(race)),
  retold: async ({ says, right, race, surface }) => {
    const found = packet(race);
    const module = await import(`data:text/javascript,${encodeURIComponent(surface)}`);
    return retold(says, right, { ...found, ground: surfaceOf(found, module, null) });
  },
  acted: ({ sitting, phases, acts }) => {
    const last = acts.reduce((now, act) => acted(now, phases, act), sitting);
    return { ...last, open: reached(last, phases) };
  },
  told: ({ key, sitting }) => queryOf(key, sitting, { link: "", large: false }),
};

const cases = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(await Promise.all(cases.map(({ kind, ...asked }) => DOES[kind](asked)))));
