// Names of lanes as a saved page says them. Reads cases from standard input, one JSON value.

import { readFileSync } from "node:fs";
import { names } from "../../interface/stage/run/named.js";

const cases = JSON.parse(readFileSync(0, "utf8"));
const said = cases.map(({ lanes, values }) => names(lanes, (key) => values[key] ?? ""));
process.stdout.write(JSON.stringify(said));
