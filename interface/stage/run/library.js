// The recorded modules that run lanes, fetched once and kept.

/** @import { MapModules, Modules } from "./recorded.d.ts" */
/** @typedef {Modules & MapModules} Kinds */
/** @typedef {Partial<Record<keyof Kinds, string>>} Addresses */
/** @typedef {(address: string) => Promise<unknown>} Source */

/** @param {string} address */
const script = (address) => address.replace(/(?=\?|$)/, ".js");

// Modules that this page's own server sends, beside the script at `base`.
/** @param {string} base @returns {Source} */
export const beside = (base) => (address) => import(new URL(`rules/${script(address)}`, base).href);

// Modules whose texts are known by their addresses.
/** @param {Record<string, string>} texts @returns {Source} */
export const written = (texts) => async (address) => {
  if (!(address in texts)) throw new Error(`There is no module at ${address}.`);
  const place = URL.createObjectURL(new Blob([texts[address]], { type: "text/javascript" }));
  return import(place).finally(() => URL.revokeObjectURL(place));
};

// `ready(lanes)` says at once whether all are here; `of(addresses)` gives one lane's { rule, surface,
// schedule }, or null. An address is made of names on menus, and of a formula of one's own
// (packets/modules.py); `source` brings the module that is there.
/** @param {Source} source */
export function library(source) {
  const found = new Map();
  /** @type {Map<string, Promise<void>>} */
  const coming = new Map();
  /** @param {string} address */
  const brought = async (address) => {
    const module = await source(address).catch(() => null);
    if (module) found.set(address, module);
    coming.delete(address);
  };
  /** @param {string} address */
  const fetched = (address) => {
    if (found.has(address)) return undefined;
    if (!coming.has(address)) coming.set(address, brought(address));
    return coming.get(address);
  };
  /**
   * @template {keyof Kinds} Kind
   * @param {Partial<Record<Kind, string>> | null} addresses
   * @returns {Required<Pick<Kinds, Kind>> | null}
   */
  const of = (addresses) => {
    const parts = Object.entries(addresses || {}).map(([kind, address]) => [kind, found.get(address)]);
    return parts.length && parts.every(([, part]) => part) ? Object.fromEntries(parts) : null;
  };
  return {
    of,
    /** @param {(Addresses | null)[]} lanes */
    ready: (lanes) => lanes.every((addresses) => of(addresses)),
    /** @param {(Addresses | Record<string, string> | null)[]} lanes */
    fetch: (lanes) => Promise.all(lanes.flatMap((addresses) => Object.values(addresses || {})).map(fetched)),
  };
}
