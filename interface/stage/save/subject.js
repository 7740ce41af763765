// What is taken from the stage: its panels, its zoom, its step, at a chosen shape.

import { compose } from "./picture.js";
import { PANELS } from "../core/known.js";
import { SHAPES } from "../draw/sheet.js";

export const PARTS_SHOWN = {
  stage: "Whole stage",
  map: "Landscape",
  relief: "Landscape in 3-D",
  model: "Data and model",
  ...PANELS,
};

export const shapes = () => ({
  ...Object.fromEntries(Object.entries(SHAPES).map(([name, { title }]) => [name, title])),
  screen: "As on screen",
});

export function composed(stage, { what, shape, dark, caption }) {
  return compose(subject(stage), { ...extent(stage, shape), panels: panels(stage, what), dark, caption });
}

function subject(stage) {
  const { x, y } = stage.map.over.axis;
  const { curves, map } = stage;
  const race = { ...stage.race, held: stage.held, fanned: stage.fanned };
  const picked = (curves || []).find((view) => view.name === "memory")?.picked;
  const relief = reliefShown(stage);
  return {
    race,
    relief,
    land: map.land,
    ranges: [
      [x.low, x.high],
      [y.low, y.high],
    ],
    log: race.header.view.loss === "log",
    picked,
    extras: stage.extras,
    spoken: stage.spread(),
  };
}

// What a picture needs of the 3-D landscape, or null where it is not shown.
export function reliefShown({ relief }) {
  const camera = relief?.mode !== "contour" && relief?.plot._fullLayout?.scene?._scene?.getCamera();
  if (!camera || !relief.matrix) return null;
  const { solid, land, matrix, extent } = relief;
  return { solid, land, matrix, extent, camera };
}

export function panels(stage, what) {
  if (what === "relief" && !reliefShown(stage)) throw new Error("Show the landscape in 3-D first.");
  const data = stage.race.header.model ? ["model"] : [];
  if (what === "model" && !data.length) throw new Error("Choose a surface that learns from data first.");
  if (what !== "stage") return [what];
  if (stage.large) return [stage.large];
  const grounds = { "3d": ["relief"], both: ["map", "relief"] }[reliefShown(stage) && stage.relief.mode] || [
    "map",
  ];
  return [...grounds, ...data, ...stage.curves.filter((view) => view.shown).map((view) => view.name)];
}

export function extent(stage, shape) {
  if (SHAPES[shape]) return SHAPES[shape];
  const { width, height } = stage.body.getBoundingClientRect();
  const even = (v, least) => 2 * Math.round(Math.max(v, least) / 2);
  return { size: [even(width, 360), even(Math.min(height, width * 1.6), 300)], type: stage.map.size + 2 };
}

// What was chosen in a tab's fields.
export function wished({ what, shape, look, caption }) {
  return {
    what: what.value(),
    shape: shape.value(),
    dark: look.value() === "dark",
    caption: caption.value(),
  };
}
