// Which lessons were gone through, on this device only: nothing is sent.

import { keep, kept } from "../core/storage.js";

const PLACE = "lessons";

export function done() {
  return new Set((kept(PLACE) || "").split(",").filter(Boolean));
}

// A lesson that was gone through under a former key is so under its present one.
/** @param {Record<string, string>} former */
export function renamed(former) {
  keep(PLACE, [...new Set([...done()].map((key) => former[key] || key))].join(","));
}

/** @param {string} key */
export function finish(key) {
  keep(PLACE, [...done().add(key)].join(","));
}

export function forget() {
  keep(PLACE, "");
}

export const visited = () => kept("lessons visited") === "yes";

export function visit() {
  keep("lessons visited", "yes");
}
