// The space bar plays, unless text is being typed or a key has put the focus where it is: whoever
// has just dragged a slider, chosen from a menu or pressed a button with the mouse means the clock.

import { overhear } from "./dom.js";

/** @typedef {{ byKey: boolean, focused: boolean, swallowed: boolean }} State */
/** @typedef {KeyboardEvent & { target: Element }} Press */

const TEXT =
  "textarea, [contenteditable], input:not([type=range], [type=checkbox], [type=radio], [type=file])";
const MOVED = ".painting, .dot"; // by arrow keys: whoever uses them has the focus by key
const OWN = `button, summary, select, input:not([type=range]), a[href], [role=radio], [role=tab], [role=option], ${MOVED}`;
const ABOVE = "dialog, [role=dialog], [role=listbox], [data-testid=stPopoverBody]";

// Call `play` for every press of the space bar that is meant for the clock of `root`.
/** @param {HTMLElement} root @param {() => void} play */
export function watchSpace(root, play) {
  const state = { byKey: true, focused: true, swallowed: false };
  overhear("pointerdown", () => Object.assign(state, { byKey: false, focused: false }));
  overhear("keydown", (event) => {
    state.byKey = true;
    if (event.key.startsWith("Arrow") && event.target.matches(MOVED)) state.focused = true;
    if (event.key === " " && root.isConnected) press(state, event, play);
  });
  overhear("focusin", () => (state.focused = state.byKey));
  overhear("keyup", (event) => {
    if (event.key !== " " || !state.swallowed) return;
    state.swallowed = false;
    stop(event);
  });
}

/** @param {State} state @param {Press} event @param {() => void} play */
function press(state, event, play) {
  if (event.ctrlKey || event.metaKey || event.altKey || !meant(event.target, state.focused)) return;
  stop(event);
  state.swallowed = true;
  if (!event.repeat) play();
}

/** @param {Element} target @param {boolean} byKey */
export function meant(target, byKey) {
  if (target.closest(ABOVE)) return false;
  if (target.matches(TEXT)) return isShut(target) && !byKey;
  return !(byKey && target.closest(OWN));
}

// A menu that can be searched is a text field; as long as it is shut nothing is typed into it.
/** @param {Element} field */
const isShut = (field) => field.getAttribute("role") === "combobox" && field.ariaExpanded === "false";

/** @param {Event} event */
function stop(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}
