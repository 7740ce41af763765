// What is taken from the stage: its panels, its zoom, its step, at a chosen shape.

import { compose } from "./picture.js";
import { PANELS } from "../core/known.js";
import { SHAPES } from "../draw/sheet.js";
import { camera as seenFrom } from "../relief/camera.js";

/** @import { Stage } from "../core/stage.d.ts" */
/** @import { How, Subject } from "./picture.js" */
/** @typedef {NonNullable<ReturnType<typeof reliefShown>>} ReliefShown */
/** @typedef {{ value: () => string }} Choice */
/** @typedef {{ what: Choice, shape: Choice, look: Choice, caption: { value: () => boolean } }} Fields */

/** @type {Record<string, string>} */
export const PARTS_SHOWN = {
  stage: "Whole stage",
  map: "Landscape",
  relief: "Landscape in 3-D",
  model: "Data and model",
  ...PANELS,
};

/** @returns {Record<string, string>} */
export const shapes = () => ({
  ...Object.fromEntries(Object.entries(SHAPES).map(([name, { title }]) => [name, title])),
  screen: "As on screen",
});

// The picture that a tab's fields ask for.
/** @param {Stage} stage @param {Fields} fields */
export function composed(stage, { what, shape, look, caption }) {
  return compose(subject(stage), {
    ...extent(stage, shape.value()),
    panels: panels(stage, what.value()),
    dark: look.value() === "dark",
    caption: caption.value(),
  });
}

/** @param {Stage} stage @returns {Subject} */
function subject(stage) {
  const { x, y } = stage.map.over.axis;
  const { curves, map } = stage;
  if (!map.land) throw new Error("The landscape is not drawn yet; try again.");
  const race = { ...stage.race, held: stage.held, fanned: stage.fanned };
  const picked = curves.find((view) => view.name === "memory")?.picked;
  const relief = reliefShown(stage);
  return {
    race,
    relief,
    land: map.land,
    ranges: [x, y].map(({ low, high }) => [low, high]),
    log: race.header.view.loss === "log",
    picked,
    extras: stage.extras,
    spoken: stage.spread(),
  };
}

// What a picture needs of the 3-D landscape, or null where it is not shown.
/** @param {Pick<Stage, "relief">} stage */
export function reliefShown({ relief }) {
  if (!relief || relief.mode === "contour") return null;
  const { solid, land, matrix, extent } = relief;
  const camera = seenFrom(relief);
  return camera && solid && land && matrix && extent ? { solid, land, matrix, extent, camera } : null;
}

/** @type {Record<string, string[]>} */
const GROUNDS = { "3d": ["relief"], both: ["map", "relief"] };

/** @param {Stage} stage @param {string} what */
export function panels(stage, what) {
  if (what === "relief" && !reliefShown(stage)) throw new Error("Show the landscape in 3-D first.");
  const data = stage.race.header.model ? ["model"] : [];
  if (what === "model" && !data.length) throw new Error("Choose a surface that learns from data first.");
  if (what !== "stage") return [what];
  if (stage.large) return [stage.large];
  const grounds = (reliefShown(stage) && GROUNDS[stage.relief?.mode ?? ""]) || ["map"];
  return [...grounds, ...data, ...stage.curves.filter((view) => view.shown).map((view) => view.name)];
}

/** @param {Stage} stage @param {string} shape @returns {Pick<How, "size" | "type" | "wide">} */
export function extent(stage, shape) {
  const known = SHAPES[shape];
  if (known) return known;
  const { width, height } = stage.body.getBoundingClientRect();
  /** @param {number} v @param {number} least */
  const even = (v, least) => 2 * Math.round(Math.max(v, least) / 2);
  return { size: [even(width, 360), even(Math.min(height, width * 1.6), 300)], type: stage.map.size + 2 };
}
