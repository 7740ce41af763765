// Animations of the run: GIF or video, with progress and cancel.

import { SPEEDS } from "../core/clock.js";
import { arrival } from "../dom/lazy.js";
import { make } from "../dom/dom.js";
import { check, download, menu, push, saying, size, slug } from "../dom/form.js";
import { framePainter } from "./picture.js";
import { FPS, kinds, LONGEST, storyboard } from "./storyboard.js";
import { composed, PARTS_SHOWN, shapes } from "./subject.js";

/** @import { Stage } from "../core/stage.d.ts" */
/**
 * @typedef {object} State
 * @property {Stage} stage
 * @property {AbortController | null} making
 * @property {ReturnType<typeof saying>} said
 * @property {ReturnType<typeof fieldsOf>} fields
 * @property {HTMLProgressElement} bar
 * @property {HTMLButtonElement} stop
 * @property {HTMLElement} working
 * @property {HTMLButtonElement} begin
 */

/** @type {Record<string, string>} */
const WIDTHS = {
  480: "480 pixels",
  640: "640 pixels",
  960: "960 pixels",
  1280: "1280 pixels",
  1920: "1920 pixels",
};

/** @param {Stage} stage */
export function filmTab(stage) {
  const bar = make("progress", { max: 1, value: 0, "aria-label": "Progress" });
  const stop = push("Cancel", () => state.making?.abort());
  /** @type {State} */
  const state = {
    ...{ stage, making: null, said: saying(), bar, stop },
    fields: fieldsOf(stage, () => plan()),
    working: make("div", { class: "making", hidden: true }, bar, stop),
    begin: push("Make and save", () => start(state), "first"),
  };
  const plan = () => planned(state);
  const fields = Object.values(state.fields).map(({ field }) => field);
  return {
    content: [
      make("div", { class: "fields" }, ...fields),
      make("div", { class: "buttons" }, state.begin, state.said.line),
      state.working,
    ],
    shown: () => !state.making && plan(),
    closed: () => state.making?.abort(),
  };
}

/** @param {Stage} stage @param {() => void} changed */
function fieldsOf(stage, changed) {
  const dark = stage.colors.dark ? "dark" : "light";
  const speeds = Object.fromEntries(SPEEDS.map((speed) => [speed, `${speed}×`]));
  return {
    kind: menu("Kind", kinds(), "gif", changed),
    what: menu("What", PARTS_SHOWN, "stage", changed),
    shape: menu("Shape", shapes(), "slide", changed),
    width: menu("Width", WIDTHS, 960, changed),
    speed: menu("Speed", speeds, 1, changed),
    look: menu("Colors", { light: "Light", dark: "Dark" }, dark, changed),
    caption: check("Caption", false, changed),
  };
}

/** @param {State} state */
function story({ stage, fields }) {
  return storyboard(stage.race.header.steps, Number(fields.speed.value()), FPS[fields.kind.value()]);
}

/** @param {State} state */
function planned(state) {
  const { frames, seconds } = story(state);
  const tooLong = seconds > LONGEST;
  state.begin.disabled = Boolean(state.making) || tooLong;
  const length = `${state.stage.race.header.steps} steps in ${seconds.toFixed(1)} s, ${frames.length} frames`;
  state.said.say(tooLong ? `${length}: at most ${LONGEST} s; choose a higher speed.` : `${length}.`);
}

/** @param {State} state */
async function start(state) {
  state.making = new AbortController();
  busy(state, true);
  state.said.say("Making the animation …");
  state.stop.focus();
  const told = await filmed(state, state.making.signal).catch((problem) =>
    problem.name === "AbortError" ? "Cancelled." : `Not saved: ${problem.message}`,
  );
  state.making = null;
  busy(state, false);
  state.said.say(told);
}

/** @param {State} state @param {boolean} now */
function busy({ begin, working, bar }, now) {
  begin.disabled = now;
  working.hidden = !now;
  bar.value = 0;
  if (!now) begin.focus();
}

/** @param {State} state @param {AbortSignal} signal */
async function filmed(state, signal) {
  const { stage, fields, said, bar } = state;
  const { MEANS } = await arrival(() => import("./video.js"), state.working);
  signal.throwIfAborted();
  const drawing = await framePainter(composed(stage, fields), Number(fields.width.value()));
  const { canvas } = drawing;
  const means = await MEANS[fields.kind.value()](canvas.width, canvas.height);
  if (!means) throw new Error("this browser cannot make such a video; choose another kind");
  if (means.exact === false) said.say("Recording in real time; keep this tab in front.");
  const blob = await means.make(drawing, story(state), (part) => (bar.value = part), signal);
  const name = `${slug(stage.race.header.surface.title)}.${means.ending}`;
  download(blob, name);
  return `Saved ${name}, ${canvas.width} × ${canvas.height}, ${size(blob.size)}.`;
}
