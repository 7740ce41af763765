// Pictures: the moment that the clock shows, as PNG or SVG.

import { make } from "../dom/dom.js";
import { check, download, menu, push, saying, size, slug } from "../dom/form.js";
import { loadedSvg, pngPicture, svgPicture } from "./picture.js";
import { reliefAtHand } from "./relief-at-hand.js";
import { composed, PARTS_SHOWN, shapes } from "./subject.js";

/** @import { Stage } from "../core/stage.d.ts" */
/** @import { Composed } from "./picture.js" */
/**
 * @typedef {object} State
 * @property {Stage} stage
 * @property {ReturnType<typeof saying>} said
 * @property {HTMLElement} view
 * @property {(Composed & { what: string }) | null} latest
 * @property {ReturnType<typeof setTimeout> | undefined} waiting
 * @property {ReturnType<typeof reliefAtHand>} relief
 * @property {ReturnType<typeof fieldsOf>} fields
 * @property {HTMLButtonElement[]} buttons
 */
/** @typedef {(drawing: Composed, t: number) => Promise<Blob>} ToFile */

/** @param {Stage} stage */
export function pictureTab(stage) {
  const said = saying();
  const view = make("div", { class: "preview" });
  const changed = () => preview(state);
  /** @type {ToFile} */
  const png = (drawing, t) => pngPicture(drawing, t, Number(state.fields.scale.value()));
  /** @type {State} */
  const state = {
    ...{ stage, said, view, latest: null, waiting: undefined, relief: reliefAtHand(stage) },
    fields: fieldsOf(stage, changed, () => tell(state)),
    buttons: [
      push("Save PNG", () => save(state, "png", png), "first"),
      push("Save SVG", () => save(state, "svg", svgFile)),
    ],
  };
  const fields = Object.values(state.fields).map(({ field }) => field);
  return {
    content: [
      make("div", { class: "fields" }, ...fields),
      view,
      make("div", { class: "buttons" }, ...state.buttons, said.line),
    ],
    shown: changed,
    step: changed,
    closed: state.relief.giveBack,
  };
}

/** @param {Stage} stage @param {() => void} changed @param {() => void} scaled */
function fieldsOf(stage, changed, scaled) {
  const dark = stage.colors.dark ? "dark" : "light";
  return {
    what: menu("What", PARTS_SHOWN, "stage", changed),
    shape: menu("Shape", shapes(), "slide", changed),
    look: menu("Colors", { light: "Light", dark: "Dark" }, dark, changed),
    scale: menu("PNG size", { 1: "1×", 2: "2×", 3: "3×", 4: "4×" }, 1, scaled),
    caption: check("Caption with all settings", true, changed),
  };
}

/** @param {State} state */
function tell({ stage, said, fields, latest }) {
  if (!latest) return;
  const { width, height } = latest.plan;
  const by = Number(fields.scale.value());
  said.say(`Step ${stage.clock.t}. PNG ${width * by} × ${height * by} pixels.`);
}

/** @param {State} state */
function preview(state) {
  clearTimeout(state.waiting);
  const work = () =>
    drawn(state).then(
      () => able(state, true),
      (problem) => refuse(state, problem),
    );
  state.waiting = setTimeout(work, 120);
}

/** @param {State} state */
async function drawn(state) {
  const { stage, said, view, fields } = state;
  const what = fields.what.value();
  if (what === "relief") said.say("Drawing …");
  if (state.latest?.what !== what) view.replaceChildren();
  await ready(state);
  const drawing = { ...composed(stage, fields), what };
  state.latest = drawing;
  const image = await loadedSvg(await svgPicture(drawing, stage.clock.t));
  if (state.latest !== drawing) return;
  image.alt = "Preview of the picture";
  view.replaceChildren(image);
  tell(state);
}

/** @param {Pick<State, "fields" | "relief">} state */
const ready = ({ fields, relief }) => (fields.what.value() === "relief" ? relief.lend() : relief.giveBack());

/** @param {State} state @param {boolean} on */
const able = ({ buttons }, on) => buttons.forEach((each) => (each.disabled = !on));

/** @param {State} state @param {Error} problem */
function refuse(state, { message }) {
  state.view.replaceChildren();
  state.said.say(message);
  able(state, false);
}

/** @param {State} state @param {string} kind @param {ToFile} file */
async function save(state, kind, file) {
  const { stage, said, fields } = state;
  try {
    said.say("Drawing …");
    await ready(state);
    const blob = await file(composed(stage, fields), stage.clock.t);
    const name = pictureName(stage, fields.what.value(), kind);
    download(blob, name);
    said.say(`Saved ${name}, ${size(blob.size)}.`);
  } catch (problem) {
    said.say(`Not saved: ${problem instanceof Error ? problem.message : problem}`);
  }
}

/** @type {ToFile} */
const svgFile = async (drawing, t) => new Blob([await svgPicture(drawing, t)], { type: "image/svg+xml" });

// The surface, the part unless it is the whole stage, and the step.
/** @param {Stage} stage @param {string} what @param {string} kind */
function pictureName(stage, what, kind) {
  const part = what === "stage" ? "" : `-${slug(PARTS_SHOWN[what])}`;
  return `${slug(stage.race.header.surface.title)}${part}-step-${stage.clock.t}.${kind}`;
}
