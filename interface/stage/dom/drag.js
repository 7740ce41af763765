// The life of a drag: a press takes hold of something, moves follow, and it is let go where it is or
// put back, by Escape or because the browser takes the pointer away, as from a finger that scrolls.

import { settle } from "./dom.js";

/** @typedef {Pick<PointerEvent, "clientX" | "clientY">} Pointed */
/**
 * @typedef {object} Held
 * @property {(event: PointerEvent, still: boolean) => unknown} move `still`: no further from the press than in a click
 * @property {(event: PointerEvent, still: boolean) => unknown} drop
 * @property {() => unknown} back
 */

const CLICK = 5;

// `take` answers what a press takes hold of, or null: then it is left to whatever lies below.
/** @param {HTMLElement | SVGElement} element @param {(event: PointerEvent) => Held | null} take */
export function drags(element, take) {
  let held = false;
  /** @param {PointerEvent} event */
  const press = (event) => {
    const taken = held || event.button ? null : take(event);
    if (!taken) return;
    settle(event);
    element.setPointerCapture(event.pointerId);
    held = true;
    follow(event, taken, () => (held = false));
  };
  element.addEventListener("pointerdown", /** @type {EventListener} */ (press));
}

// What an element is held by may leave the page for a moment, as a row that changes its place does: so
// the page listens.
/** @param {PointerEvent} pressed @param {Held} held @param {() => void} ended */
function follow(pressed, held, ended) {
  const life = new AbortController();
  let [last, still] = [pressed, true];
  /** @type {(work: (event: PointerEvent) => void) => (event: PointerEvent) => void} */
  const ours = (work) => (event) => event.pointerId === pressed.pointerId && work(event);
  const end = () => {
    life.abort();
    ended();
  };
  const back = () => {
    end();
    held.back();
  };
  /** @type {{ [Name in keyof WindowEventMap]?: (event: WindowEventMap[Name]) => void }} */
  const heard = {
    pointermove: ours((event) => {
      if (!apart(last, event)) return;
      last = event;
      still &&= apart(pressed, event) < CLICK;
      held.move(event, still);
    }),
    pointerup: ours((event) => {
      end();
      held.drop(event, still);
    }),
    pointercancel: ours(back),
    keydown: (event) => {
      if (event.key !== "Escape") return;
      settle(event);
      back();
    },
  };
  for (const [name, work] of Object.entries(heard))
    globalThis.addEventListener(name, /** @type {EventListener} */ (work), {
      capture: true,
      signal: life.signal,
    });
}

/** @param {Pointed} from @param {Pointed} to */
const apart = (from, to) => Math.hypot(to.clientX - from.clientX, to.clientY - from.clientY);

// A press that nothing has taken hold of and that does not move is a click; a finger that scrolls is none.
/** @param {HTMLElement | SVGElement} element @param {(event: PointerEvent) => unknown} work */
export function clicks(element, work) {
  /** @type {PointerEvent | null} */
  let pressed = null;
  /** @param {PointerEvent} event */
  const press = (event) => {
    pressed = event;
  };
  element.addEventListener("pointerdown", /** @type {EventListener} */ (press), true);
  globalThis.addEventListener("pointercancel", () => (pressed = null));
  globalThis.addEventListener("pointerup", (event) => {
    const began = pressed;
    pressed = null;
    if (began && !began.defaultPrevented && !event.button && apart(began, event) < CLICK) work(event);
  });
}
