// Animations of the run: GIF or video, with progress and cancel.

import { SPEEDS } from "../core/clock.js";
import { make } from "../dom/dom.js";
import { button, check, download, menu, saying, size, slug } from "../dom/form.js";
import { framePainter } from "./picture.js";
import { composed, PARTS_SHOWN, shapes } from "./subject.js";
import { animatedGif, FPS, kinds, LONGEST, mp4Kind, storyboard, videoKind } from "./video.js";

const WIDTHS = {
  480: "480 pixels",
  640: "640 pixels",
  960: "960 pixels",
  1280: "1280 pixels",
  1920: "1920 pixels",
};

const MEANS = {
  gif: () => ({ make: animatedGif, ending: "gif" }),
  video: videoKind,
  mp4: () => mp4Kind(),
};

export function filmTab(stage) {
  const tell = () => said.say(planned());
  const what = menu("What", PARTS_SHOWN, "stage", tell);
  const shape = menu("Shape", shapes(), "slide", tell);
  const look = menu("Colors", { light: "Light", dark: "Dark" }, stage.colors.dark ? "dark" : "light", tell);
  const kind = menu("Kind", kinds(), "gif", tell);
  const width = menu("Width", WIDTHS, 960, tell);
  const speed = menu("Speed", Object.fromEntries(SPEEDS.map((s) => [s, `${s}×`])), 1, tell);
  const caption = check("Caption", false, tell);
  const said = saying();
  const bar = make("progress", { max: 1, value: 0, "aria-label": "Progress" });
  const stop = button("Cancel", () => making?.abort());
  const working = make("div", { class: "making", hidden: true }, bar, stop);
  let making = null;

  const story = () => storyboard(stage.race.header.steps, Number(speed.value()), FPS[kind.value()]);
  const tooLong = () => story().seconds > LONGEST;
  const planned = () => {
    const { frames, seconds } = story();
    begin.disabled = Boolean(making) || tooLong();
    const length = `${stage.race.header.steps} steps in ${seconds.toFixed(1)} s, ${frames.length} frames`;
    return tooLong() ? `${length}: at most ${LONGEST} s; choose a higher speed.` : `${length}.`;
  };
  const painter = async () => {
    const wish = {
      what: what.value(),
      shape: shape.value(),
      dark: look.value() === "dark",
      caption: caption.value(),
    };
    return framePainter(composed(stage, wish), Number(width.value()));
  };
  const run = async (signal) => {
    const drawing = await painter();
    const { canvas } = drawing;
    const means = await MEANS[kind.value()](canvas.width, canvas.height);
    if (!means) throw new Error("this browser cannot make such a video; choose another kind");
    if (means.exact === false) said.say("Recording in real time; keep this tab in front.");
    const blob = await means.make(drawing, story(), (part) => (bar.value = part), signal);
    const name = `${slug(stage.race.header.surface.title)}.${means.ending}`;
    download(blob, name);
    return `Saved ${name}, ${canvas.width} × ${canvas.height}, ${size(blob.size)}.`;
  };
  const start = async () => {
    making = new AbortController();
    busy(true);
    said.say("Making the animation …");
    stop.focus();
    const told = await run(making.signal).catch((problem) =>
      problem.name === "AbortError" ? "Cancelled." : `Not saved: ${problem.message}`,
    );
    making = null;
    busy(false);
    said.say(told);
  };
  const begin = button("Make and save", start, "first");
  const busy = (now) => {
    if (!now && working.contains(document.activeElement)) begin.focus();
    begin.disabled = now;
    working.hidden = !now;
    bar.value = 0;
    if (!now) begin.focus();
  };
  const fields = make(
    "div",
    { class: "fields" },
    kind.field,
    what.field,
    shape.field,
    width.field,
    speed.field,
    look.field,
    caption.field,
  );
  return {
    content: [fields, make("div", { class: "buttons" }, begin, said.line), working],
    shown: () => !making && tell(),
    closed: () => making?.abort(),
  };
}
