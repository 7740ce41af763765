// A worker of the page: carries out parts of maps, one after the other, until it is told to stop.

import { library } from "./library.js";
import { carriedOut } from "./tasks.js";

const own = library();
let wanted = 0;

globalThis.addEventListener("message", async ({ data: { n, message } }) => {
  wanted = n;
  if (!message) return;
  const goesOn = () => wanted === n;
  const answer = await carriedOut(message, own, goesOn).then(
    (found) => ({ n, found }),
    (problem) => ({ n, problem: problem.message }),
  );
  globalThis.postMessage(answer);
});
