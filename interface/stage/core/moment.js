// The moment and the part of the map that a link tells: taken once, as soon as the link is opened.
// From then on they are the hand's, and the address tells them no longer once they are others.

import { pause, seek } from "./clock.js";
import { standing } from "./hover.js";
import { LAST_STEP } from "./known.js";

/** @import { Stage } from "./stage.d.ts" */
/** @import { Clock } from "./clock.js" */
/** @typedef {{ window?: number[], step?: number }} View */
/** @typedef {{ t: number, steps: number, window?: number[] | null }} Shown */

// The clock where the view wants it to rest, if it wants so for the first time.
/** @param {Clock} now @param {View} view @param {number | undefined} taken */
export function atMoment(now, { step = LAST_STEP }, taken) {
  return step === taken || step >= now.steps ? now : pause(seek(now, step));
}

// The part of the map that the view wants shown, if it wants so for the first time.
/** @param {View} view @param {string | undefined} taken @returns {number[][] | null} */
export function wantedWindow({ window = [] }, taken) {
  return window.length && String(window) !== taken ? [window.slice(0, 2), window.slice(2)] : null;
}

// What the address says and the screen no longer shows, as the view has it by default.
/** @param {View} view @param {Shown} shown @returns {Record<string, number | number[]>} */
export function outdated({ window = [], step = LAST_STEP }, shown) {
  /** @param {number} v @param {number} k */
  const far = (v, k) => Math.abs(v - (shown.window?.[k] ?? NaN)) > 1e-6 * (window[k | 1] - window[k & 2]);
  return {
    ...(window.length && shown.window && window.some(far) ? { window: [] } : {}),
    ...(step < shown.steps && step !== shown.t ? { step: LAST_STEP } : {}),
  };
}

// What a link says of the moment and the map on screen: nothing of a whole map or of a run's end.
/** @param {Pick<Shown, "t" | "steps">} clock @param {number[] | null} zoom @returns {Record<string, string>} */
export function momentWords({ t, steps }, zoom) {
  return {
    ...(zoom ? { "view.window": zoom.map((v, k) => told(v, zoom[k | 1] - zoom[k & 2])).join(",") } : {}),
    ...(t < steps ? { "view.step": String(t) } : {}),
  };
}

// To a millionth of the side: more than a screen can tell apart.
/** @param {number} value @param {number} side */
function told(value, side) {
  return Number(value.toFixed(Math.min(Math.max(6 - Math.floor(Math.log10(side)), 0), 20)));
}

// Let go in the address what the hand has changed.
/** @param {Stage} stage @param {number[]} [zoom] */
export function release(stage, zoom) {
  if (stage.component.offline) return;
  const { t, steps } = standing(stage);
  const { view } = stage.race.header;
  for (const [name, value] of Object.entries(outdated(view, { t, steps, window: zoom }))) {
    Object.assign(view, { [name]: value });
    stage.tell("viewed", { name, text: [value].flat().join(",") || "none" });
  }
}
