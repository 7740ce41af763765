// The stage in a page of its own, without a server: the data stand in the page, choices stay in it.

import { embedded } from "./core/live.js";
import { show } from "./stage.js";

const races = embedded("race");
const root = document.getElementById("handout");
let chosen = Number(document.querySelector("meta[name=chosen]")?.content);

const CHANGES = {
  chosen: (k) => (chosen = k),
  toggled: (k) => races.forEach(({ header }) => (header.lanes[k].visible = !header.lanes[k].visible)),
  mapped: (mode) => (races[0].header.view.map = mode),
};

// Choosing or hiding a lane needs no server; what would need one, such as another start, does nothing.
async function heard(name, value) {
  if (!CHANGES[name]) return;
  CHANGES[name](value);
  await present();
}

async function present() {
  await show({ parentElement: root, data: races[chosen], offline: true, told: heard });
  const start = root.querySelector(".start");
  for (const name of ["tabindex", "role", "aria-roledescription"]) start.removeAttribute(name);
}

if (races.length) {
  races.forEach(({ header }) => (header.view = races[0].header.view));
  present();
}
