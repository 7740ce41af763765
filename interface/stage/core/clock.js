// One clock for all panels: a plain value and pure functions that return the next one.

export const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 5, 10];
export const STEPS_A_SECOND = 30;

/**
 * @typedef {object} Clock
 * @property {number} t
 * @property {number} exact
 * @property {number} steps
 * @property {boolean} playing
 * @property {number} speed
 * @property {boolean} loop
 */

// `exact` carries the fraction of a step between frames; `t` is the step on screen.
/** @param {number} steps @returns {Clock} */
export function clock(steps) {
  return { t: steps, exact: steps, steps, playing: false, speed: 1, loop: false };
}

/** @param {Clock} now @param {number} t @returns {Clock} */
export function seek(now, t) {
  const to = Math.min(Math.max(Math.round(t), 0), now.steps);
  return { ...now, t: to, exact: to };
}

/** @param {Clock} now @returns {Clock} */
export function play(now) {
  const begin = now.t >= now.steps ? seek(now, 0) : now;
  return { ...begin, playing: now.steps > 0 };
}

/** @param {Clock} now @returns {Clock} */
export function pause(now) {
  return { ...now, playing: false };
}

/** @param {Clock} now @returns {Clock} */
export function toggle(now) {
  return now.playing ? pause(now) : play(now);
}

// After `seconds` have passed; a long absence (a tab in the background) counts as one frame.
/** @param {Clock} now @param {number} seconds @returns {Clock} */
export function advance(now, seconds) {
  if (!now.playing) return now;
  const exact = now.exact + Math.min(seconds, 0.1) * STEPS_A_SECOND * now.speed;
  if (exact < now.steps) return { ...now, exact, t: Math.floor(exact) };
  return now.loop ? seek(now, 0) : pause(seek(now, now.steps));
}

// A run of another length: a clock that stood at the end stays at the end.
/** @param {Clock} now @param {number} steps @returns {Clock} */
export function resize(now, steps) {
  const atEnd = now.t >= now.steps && !now.playing;
  return seek({ ...now, steps }, atEnd ? steps : Math.min(now.t, steps));
}
