// What a saved page carries of modules: their texts by their addresses, and the script of a worker,
// compressed, for they repeat one another.

import { decompressed } from "../core/decompress.js";
import { workerHand } from "./crew.js";
import { carriedOut } from "./tasks.js";

/** @import { library } from "./library.js" */
/** @import { Answer, Hired, Message } from "./crew.js" */
/** @typedef {{ strings: string[], pages: Record<string, string> }} Folded */
/** @typedef {{ modules: Record<string, string>, worker: string, reference: Folded }} Carried */

// The text that stands in the page under a name; empty where there is none.
/** @param {string} name */
export const textOf = (name) => document.querySelector(`script[data-${name}]`)?.textContent ?? "";

/** @returns {Promise<Carried>} */
export const carried = async () => decompressed(textOf("carried"), "gzip").json();

// A page of the reference as it was before what pages share was taken apart; none where it is not carried.
/** @param {Carried} held @param {string} name @returns {string | undefined} */
export const pageOf = ({ reference: { strings, pages } }, name) =>
  pages[name]?.replace(/⟦(\d+)⟧/g, (_, k) => strings[k]);

// Who computes maps in a saved page: workers whose script stands in the page, each given the texts of what
// it runs; where none can be started, the page itself, in slices between its frames.
/** @param {Promise<Carried>} held @param {ReturnType<typeof library>} own @returns {() => Hired} */
export function carriedHands(held, own) {
  const onPage = pageHands(own);
  const begin = async () => {
    const { worker, modules } = await held;
    const place = URL.createObjectURL(new Blob([worker], { type: "text/javascript" }));
    return workerHand(new Worker(place), (message) => textsOf(message, modules));
  };
  return () => hired(begin().catch(onPage), onPage);
}

/** @param {Message} message @param {Record<string, string>} modules */
function textsOf({ addresses }, modules) {
  const wanted = Object.values(addresses);
  return Object.fromEntries(wanted.map((address) => [address, modules[address]]));
}

// What a worker cannot do is tried on the page.
/** @param {Promise<Hired>} first @param {() => Hired} onPage @returns {Hired} */
function hired(first, onPage) {
  let hand = first;
  let n = 0;
  /** @param {Message} message @returns {Promise<Answer>} */
  const work = async (message) => {
    n += 1;
    const now = n;
    const answer = await (await hand).work(message);
    if (!answer.problem || now !== n) return answer;
    hand = Promise.resolve(onPage());
    return (await hand).work(message);
  };
  const stop = () => {
    n += 1;
    hand.then((one) => one.stop());
  };
  return { work, stop };
}

// Hands on the page itself: one works at a time, in slices between frames.
/** @param {ReturnType<typeof library>} own @returns {() => Hired} */
function pageHands(own) {
  /** @type {Promise<unknown>} */
  let last = Promise.resolve();
  return () => {
    let n = 0;
    /** @param {Message} message @returns {Promise<Answer>} */
    const work = (message) => {
      n += 1;
      const now = n;
      const goesOn = () => n === now;
      const turn = last.then(() => (goesOn() ? carriedOut(message, own, goesOn) : null));
      const answer = turn.then(
        (found) => ({ found }),
        (problem) => ({ problem: problem.message }),
      );
      last = answer;
      return answer;
    };
    return {
      work,
      stop: () => {
        n += 1;
      },
    };
  };
}
