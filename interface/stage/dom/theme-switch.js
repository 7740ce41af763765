// Light or dark, whatever the system says: a lecturer's laptop is dark, the projector needs light.

import { button, make } from "./dom.js";

/** @import { Stage } from "../core/stage.d.ts" */

// The page's own setting lies in this browser; it is read when the page opens, so it opens anew: at
// the link of what is on screen, its step and its part of the map included.
const PLACE = /^stActiveTheme-.*-v\d+$/;
const CHOICES = ["Light", "Dark", "System"];

const AGAIN = 50;

/** @param {Stage} stage */
export function themeSwitch(stage) {
  const now = chosen();
  const buttons = CHOICES.map((name) =>
    button("segment", () => choose(stage, name), { "aria-pressed": name === now }, name),
  );
  return make(
    "fieldset",
    { class: "theme-switch" },
    make("legend", {}, "Colors"),
    make("div", { class: "segments" }, ...buttons),
  );
}

function place() {
  const path = `stActiveTheme-${globalThis.location.pathname}`;
  return Object.keys(globalThis.localStorage).find((key) => PLACE.test(key) && key.startsWith(path));
}

// Null where the browser keeps nothing for this page, or the page keeps its theme otherwise.
function chosen() {
  try {
    return JSON.parse(globalThis.localStorage.getItem(place() ?? "") ?? "null");
  } catch {
    return null;
  }
}

// What was done a moment ago has to be taken in first, or it would be lost.
/** @param {Stage} stage @param {string} name */
function choose(stage, name) {
  if ("waits" in stage.body.dataset) {
    setTimeout(() => choose(stage, name), AGAIN);
    return;
  }
  globalThis.localStorage.setItem(place() ?? "", JSON.stringify(name));
  globalThis.history.replaceState(globalThis.history.state, "", `?${stage.link()}`);
  globalThis.location.reload();
}

export const canSwitch = () => CHOICES.includes(chosen());
