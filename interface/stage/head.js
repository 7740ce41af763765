// The head of the stage: the surface's name and its formula, whole wherever there is room for it.

import { pagesOf, saved } from "./core/reference.js";
import { make } from "./dom/dom.js";
import { referenceLink } from "./dom/reference-link.js";

/** @import { Stage } from "./core/stage.d.ts" */
/** @typedef {{ stage: Stage, told: string | null, set: HTMLElement, hint: HTMLElement }} State */

const HINT = "Drag the ring or click to set the start.";
const OFFLINE = "A saved page: drag the ring, turn the settings, play it; nothing leaves it.";
const SMALLEST = 0.86;
const GAP = 6;

/** @param {Stage} stage */
export function head(stage) {
  /** @type {State} */
  const state = {
    ...{ stage, told: null },
    set: make("span", { class: "formula", role: "group", "aria-label": "Formula" }),
    hint: make("span", { class: "hint" }, stage.component.offline ? OFFLINE : HINT),
  };
  state.set.addEventListener("keydown", (event) => event.stopPropagation()); // arrows scroll it
  return { race: () => show(state), resize: () => fit(state) };
}

/** @param {State} state */
function show(state) {
  const { stage } = state;
  const { formula, surface } = stage.race.header;
  if (state.told === formula) return fit(state);
  state.told = formula;
  state.set.innerHTML = formula;
  linked(state);
  stage.head.replaceChildren(make("h1", {}, surface.title), state.set, state.hint, stage.tools);
  return fit(state);
}

// The formula leads to its surface's page.
/** @param {State} state */
function linked({ stage, set }) {
  const [[page, title]] = pagesOf(stage.race.header, []);
  if (stage.component.offline && !saved(page)) return;
  set.append(referenceLink(page, { title: `Reference: ${title}` }, ...set.childNodes));
}

/** @param {HTMLElement} element */
const overflows = (element) => element.scrollWidth > element.clientWidth + 1;

// Room is made in this order: the hint goes, the type shrinks a little, the formula gets a line of
// its own, and at last it can be scrolled, which its faded end shows.
/** @param {State} state */
function fit({ stage, set, hint }) {
  if (!set.isConnected || !stage.head.clientWidth) return;
  const { classList } = stage.head;
  classList.remove("long", "fades");
  set.style.fontSize = "";
  set.removeAttribute("tabindex");
  hint.hidden = false;
  if (overflows(set) || overflows(hint)) hint.hidden = true;
  if (overflows(set) && !shrunk(set)) {
    set.style.fontSize = "";
    classList.add("long");
    if (overflows(set) && !shrunk(set)) {
      classList.add("fades");
      set.tabIndex = 0;
    }
  }
  const line = classList.contains("long") ? set.offsetHeight + GAP : 0;
  stage.body.style.setProperty("--formula", `${line}px`);
}

/** @param {HTMLElement} set */
function shrunk(set) {
  const factor = (set.clientWidth / set.scrollWidth) * 0.99;
  if (factor < SMALLEST) return false;
  set.style.fontSize = `${factor}em`;
  return !overflows(set);
}
