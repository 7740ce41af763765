// What an animation shows when, and which kinds of it this browser can make; video.js makes them.

import { STEPS_A_SECOND } from "../core/clock.js";

/** @typedef {Pick<typeof globalThis, "MediaRecorder" | "VideoEncoder">} Browser */
/** @typedef {ReturnType<typeof storyboard>} Story */

/** @type {Record<string, number>} */
export const FPS = { gif: 20, video: 30, mp4: 30 };
export const LONGEST = 120; // seconds
const REST = 1.5; // seconds for which the last step stays

// The step that each frame shows, and the seconds that all of them take: every step in turn at
// `speed` times the clock's pace, then the last one for a while.
/** @param {number} steps @param {number} speed @param {number} fps */
export function storyboard(steps, speed, fps) {
  const moving = Math.ceil((steps * fps) / (STEPS_A_SECOND * speed));
  const shown = Array.from({ length: moving }, (_, k) => Math.floor((k * STEPS_A_SECOND * speed) / fps));
  const rest = Array(Math.round(REST * fps)).fill(steps);
  const frames = [...shown, ...rest];
  return { frames, fps, seconds: frames.length / fps };
}

// H.264, which slides and players everywhere know.
export const MP4 = ["video/mp4;codecs=avc1.640028", "video/mp4;codecs=avc1.42E01F", "video/mp4;codecs=avc1"];

/** @param {string[]} types @param {Partial<Browser>} browser */
export const recordable = (types, browser) =>
  types.find((type) => browser.MediaRecorder?.isTypeSupported(type));

// The kinds of animation that this browser can make, by their titles.
/** @param {Partial<Browser>} browser @returns {Record<string, string>} */
export function kinds(browser = globalThis) {
  const film = browser.VideoEncoder || recordable(["video/webm"], browser);
  return {
    gif: "GIF",
    ...(film ? { video: "Video (WebM)" } : {}),
    ...(recordable(MP4, browser) ? { mp4: "Video (MP4), recorded in real time" } : {}),
  };
}
