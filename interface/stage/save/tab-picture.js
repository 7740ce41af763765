// Pictures: the moment that the clock shows, as PNG or SVG.

import { make } from "../dom/dom.js";
import { button, check, download, menu, saying, size, slug } from "../dom/form.js";
import { loadedSvg, pngPicture, svgPicture } from "./picture.js";
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
  let waiting, latest;

  const tell = () => {
    if (!latest) return;
    const { width, height } = latest.plan;
    const by = Number(scale.value());
    said.say(`Step ${stage.clock.t}. PNG ${width * by} × ${height * by} pixels.`);
  };
  const draw = async () => {
    const drawing = composed(stage, wish());
    latest = drawing;
    const image = await loadedSvg(await svgPicture(drawing, stage.clock.t));
    if (latest !== drawing) return;
    image.alt = "Preview of the picture";
    view.replaceChildren(image);
    tell();
  };
  const preview = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => draw().catch((problem) => said.say(problem.message)), 120);
  };
  const save = (kind, make) => async () => {
    try {
      said.say("Drawing …");
      const blob = await make(composed(stage, wish()), stage.clock.t);
      const name = `${slug(stage.race.header.surface.title)}-step-${stage.clock.t}.${kind}`;
      download(blob, name);
      said.say(`Saved ${name}, ${size(blob.size)}.`);
    } catch (problem) {
      said.say(`Not saved: ${problem.message}`);
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
  return { content: [fields, view, buttons], shown: preview, step: preview };
}
