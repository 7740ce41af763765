// A worker of the page: carries out parts of maps, one after the other, until it is told to stop.

import { beside, library, written } from "./library.js";
import { carriedOut } from "./tasks.js";

// Those of a saved page come with its messages.
/** @type {Record<string, string>} */
const texts = {};
const own = library((address) =>
  (address in texts ? written(texts) : beside(globalThis.location.href))(address),
);
let wanted = 0;

globalThis.addEventListener("message", async ({ data: { n, message, texts: more } }) => {
  wanted = n;
  if (!message) return;
  Object.assign(texts, more);
  const goesOn = () => wanted === n;
  const answer = await carriedOut(message, own, goesOn).then(
    (found) => ({ n, found }),
    (problem) => ({ n, problem: problem.message }),
  );
  globalThis.postMessage(answer);
});
