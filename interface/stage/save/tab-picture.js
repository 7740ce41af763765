// Pictures: the moment that the clock shows, as PNG or SVG.

import { make } from "../dom/dom.js";
import { button, check, download, menu, saying, size, slug } from "../dom/form.js";
import { loadedSvg, pngPicture, svgPicture } from "./picture.js";
import { reliefAtHand } from "./relief-at-hand.js";
import { composed, PARTS_SHOWN, shapes } from "./subject.js";

export function pictureTab(stage) {
  const changed = () => preview();
  const what = menu("What", PARTS_SHOWN, "stage", changed);
  const shape = menu("Shape", shapes(), "slide", changed);
  const scale = menu("PNG size", { 1: "1×", 2: "2×", 3: "3×", 4: "4×" }, 1, () => tell());
  const look = menu(
    "Colors",
    { light: "Light", dark: "Dark" },
    stage.colors.dark ? "dark" : "light",
    changed,
  );
  const caption = check("Caption with all settings", true, changed);
  const view = make("div", { class: "preview" });
  const said = saying();
  const wish = () => ({
    what: what.value(),
    shape: shape.value(),
    dark: look.value() === "dark",
    caption: caption.value(),
  });
  const relief = reliefAtHand(stage);
  let waiting, latest;

  const tell = () => {
    if (!latest) return;
    const { width, height } = latest.plan;
    const by = Number(scale.value());
    said.say(`Step ${stage.clock.t}. PNG ${width * by} × ${height * by} pixels.`);
  };
  const ready = () => (what.value() === "relief" ? relief.lend() : relief.giveBack());
  const draw = async () => {
    if (what.value() === "relief") said.say("Drawing …");
    if (latest?.what !== what.value()) view.replaceChildren();
    await ready();
    const drawing = { ...composed(stage, wish()), what: what.value() };
    latest = drawing;
    const image = await loadedSvg(await svgPicture(drawing, stage.clock.t));
    if (latest !== drawing) return;
    image.alt = "Preview of the picture";
    view.replaceChildren(image);
    tell();
  };
  const able = (on) => buttons.querySelectorAll("button").forEach((each) => (each.disabled = !on));
  const refuse = ({ message }) => {
    view.replaceChildren();
    said.say(message);
    able(false);
  };
  const preview = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => draw().then(() => able(true), refuse), 120);
  };
  const save = (kind, make) => async () => {
    try {
      said.say("Drawing …");
      await ready();
      const blob = await make(composed(stage, wish()), stage.clock.t);
      const name = pictureName(stage, what.value(), kind);
      download(blob, name);
      said.say(`Saved ${name}, ${size(blob.size)}.`);
    } catch (problem) {
      said.say(`Not saved: ${problem instanceof Error ? problem.message : problem}`);
    }
  };
  const png = save("png", (drawing, t) => pngPicture(drawing, t, Number(scale.value())));
  const svg = save(
    "svg",
    async (drawing, t) => new Blob([await svgPicture(drawing, t)], { type: "image/svg+xml" }),
  );
  const fields = make(
    "div",
    { class: "fields" },
    what.field,
    shape.field,
    look.field,
    scale.field,
    caption.field,
  );
  const buttons = make(
    "div",
    { class: "buttons" },
    button("Save PNG", png, "first"),
    button("Save SVG", svg),
    said.line,
  );
  return { content: [fields, view, buttons], shown: preview, step: preview, closed: relief.giveBack };
}

// The surface, the part unless it is the whole stage, and the step.
function pictureName(stage, what, kind) {
  const part = what === "stage" ? "" : `-${slug(PARTS_SHOWN[what])}`;
  return `${slug(stage.race.header.surface.title)}${part}-step-${stage.clock.t}.${kind}`;
}
