// The routes that answer a link: landscapes, and what runs its lanes.

import { unpack } from "./packet.js";
import { bytesOf } from "./decompress.js";

/** @param {string} path */
export const address = (path) => new URL(path, document.baseURI);

/** @import { EnsembleHeader, MinimaHeader, OrdersHeader, Packet, SentLandscape } from "./packets.d.ts" */

// The landscapes that stand in a page that was saved to play offline. What is returned tells the one of a
// surface by its key: of those of its kind the one with which it shares most settings.
export function grounds() {
  /** @type {NodeListOf<HTMLScriptElement>} */
  const scripts = document.querySelectorAll('script[data-packet="landscape"]');
  const all = [...scripts].map(({ dataset, textContent }) => ({
    of: new URLSearchParams(dataset.of),
    /** @type {SentLandscape} */
    land: unpack(bytesOf(textContent ?? "")),
  }));
  /** @param {string} key @returns {SentLandscape | null} */
  return (key) => {
    const asked = new URLSearchParams(key);
    /** @param {URLSearchParams} of */
    const alike = (of) => [...of].filter(([name, text]) => asked.get(name) === text).length;
    const own = all.filter(({ of }) => of.get("surface") === asked.get("surface"));
    return own.sort((a, b) => alike(b.of) - alike(a.of))[0]?.land ?? null;
  };
}

// The texts of packets of a kind that stand in such a page.
/** @param {string} kind */
export const standing = (kind) =>
  [...document.querySelectorAll(`script[data-packet="${kind}"]`)].map(({ textContent }) => textContent ?? "");

/** @param {string} key @param {number[] | null} [window] @returns {Promise<SentLandscape>} */
export async function landscape(key, window) {
  const query = window ? `${key}&window=${window.join(",")}` : key;
  return fetched(`live/landscape?${query}`);
}

// The rows that batches of every size are cut from, for as many steps as the link has.
/** @param {URLSearchParams} link @param {AbortSignal} signal @returns {Promise<Packet<OrdersHeader>>} */
export const orders = (link, signal) => fetched(`live/orders?${link}`, signal);

// The minima of a surface with settings of these names at some values, a row of them each.
/** @param {string} key @param {string[]} names @param {string[][]} rows @param {AbortSignal} signal */
export async function minima(key, names, rows, signal) {
  const link = new URLSearchParams(key);
  link.set("over", names.join(" "));
  link.set("at", rows.map((row) => row.join(" ")).join(","));
  /** @type {Packet<MinimaHeader>} */
  const { header } = await fetched(`live/minima?${link}`, signal);
  return header.surfaces;
}

// What many seeds make of a lane of a link.
/** @param {string} link @param {number} k @param {AbortSignal} signal @returns {Promise<Packet<EnsembleHeader>>} */
export const seedsOf = (link, k, signal) => fetched(`live/seeds?${link}&view.chosen=${k}`, signal);

// Let the server compute a landscape that may soon be asked for; nothing of it is sent.
/** @param {string} key */
export const foreseen = (key) =>
  fetch(address(`live/landscape?${key}`), { method: "HEAD" }).catch(() => null);

// The addresses of the modules that run a link's lanes; the server makes them meanwhile.
/** @param {string} link @returns {Promise<(Record<string, string> | null)[]>} */
export const addressesOf = (link) =>
  fetch(address(`live/modules?${link}`))
    .then((answer) => (answer.ok ? answer.json() : []))
    .catch(() => []);

/** @template Header @param {string} path @param {AbortSignal} [signal] @returns {Promise<Packet<Header>>} */
async function fetched(path, signal) {
  const answer = await fetch(address(path), { signal }).catch(() => {
    throw new Error("The connection was lost.");
  });
  if (!answer.ok) throw new Error(answer.status < 500 ? await answer.text() : `${answer.status} for ${path}`);
  return unpack(await answer.arrayBuffer());
}
