// Pages of the reference for what is on the stage: asked of the server, or standing in a saved page.

import { address } from "./live.js";

/** @import { LaneHeader, RaceHeader } from "./packets.d.ts" */
/** @typedef {Pick<RaceHeader, "rules" | "titles" | "surface" | "link">} Header */

// The pages of a race's surface, and of the rules and schedules of some of its lanes, each once.
/** @param {Header} header @param {Pick<LaneHeader, "slot" | "label">[]} lanes @returns {[string, string][]} */
export function pagesOf({ rules, titles, surface, link }, lanes) {
  const said = new URLSearchParams(link);
  const kind = new URLSearchParams(surface.key).get("surface") || "rosenbrock";
  const schedules = lanes.flatMap(({ slot }) => said.get(`${slot}.schedule`) ?? []);
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const { slot, label } of lanes) found.set(`optimizer/${rules[slot]}`, titles[rules[slot]] ?? label);
  for (const name of schedules) found.set(`schedule/${name}`, named(name));
  return [...found.set(`surface/${kind}`, surface.title)];
}

/** @param {string} key */
const named = (key) => key[0].toUpperCase() + key.slice(1).replaceAll("_", " ");

/** @param {string} page */
export const referenceAddress = (page) => String(address(`reference/${page}`));

// A saved page holds the pages of its own experiment; one of these is opened from it.
/** @param {string} page */
export function saved(page) {
  const [held] = [...document.querySelectorAll(`script[data-page="${page}"]`)];
  return held ? new Blob([held.textContent ?? ""], { type: "text/html" }) : null;
}

// From now on the page holds one more.
/** @param {string} page @param {string} text */
export function hold(page, text) {
  const held = document.createElement("script");
  held.type = "text/plain";
  held.dataset.page = page;
  held.textContent = text;
  document.head.append(held);
}
