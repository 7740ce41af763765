// Heights from a picture: opened here, made small and grey here; the picture itself goes nowhere.

import { button, drawingOn, make } from "../dom/dom.js";
import { fileField } from "../dom/form.js";
import { pictured } from "./heights.js";

/** @import { Stage } from "../core/stage.d.ts" */
/** @import { Heights } from "./heights.js" */

const LARGEST = 4096;

// A button that opens a picture and hands its heights to `made`.
/** @param {Stage} stage @param {(made: Heights) => void} made */
export function pictureButton(stage, made) {
  const problem = make("span", { class: "problem", role: "alert" });
  const said = { accept: "image/*", hidden: true, "aria-label": "Picture" };
  const file = fileField(said, async (chosen) => {
    const found = await read(chosen, stage.race.header.drawing?.fine ?? 0);
    problem.textContent = "problem" in found ? found.problem : "";
    if (!("problem" in found)) made(found);
  });
  const open = button("tool wide", () => file.click(), {}, "Picture…");
  return make("span", { class: "from-picture" }, open, file, problem);
}

/** @param {File} file @param {number} side */
async function read(file, side) {
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return { problem: `${file.name} is no picture that this browser can read.` };
  if (Math.max(picture.width, picture.height) > LARGEST)
    return {
      problem: `${file.name} has ${picture.width} × ${picture.height} pixels; at most ${LARGEST} a side.`,
    };
  const canvas = make("canvas", { width: side, height: side });
  const pen = drawingOn(canvas);
  pen.imageSmoothingQuality = "high";
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, side, side);
  pen.drawImage(picture, 0, 0, side, side);
  return pictured(pen.getImageData(0, 0, side, side).data, side);
}
