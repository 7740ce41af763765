// The camera of the landscape in 3-D: where it stands at first, and what a link says of it.

import { cameraAt, outlookOf, overlook } from "../draw/outlook.js";

export const camera = ({ plot }) => plot._fullLayout?.scene?._scene?.getCamera();

// The camera that the link asks for, and the one from the landscape's best side.
export function told(state) {
  const { camera: wanted } = state.stage.race.header.view;
  return wanted?.length ? cameraAt(wanted) : null;
}

export function home(state, extent) {
  const found = overlook(state.solid, extent, state.stage.race.header.start);
  state.home = outlookOf(found);
  return found;
}

// What a link says of the camera: nothing where it is the one that everybody gets.
export function cameraWords(state) {
  const now = state.mode !== "contour" && state.solid && camera(state);
  if (!now) return {};
  const words = String(outlookOf(now));
  return words === String(state.home) ? {} : { "view.camera": words };
}

// How far the numbers of an outlook may be from those of a link that it stands for.
const NEAR = [0.11, 0.11, 0.11, 0.011, 0.011, 0.011];

// Let go in the address a camera that the hand has turned away from.
export function releaseCamera(state) {
  const { stage } = state;
  const { view } = stage.race.header;
  const now = camera(state);
  if (!view.camera?.length || !now || stage.component.offline) return;
  const [wanted, found] = [outlookOf(cameraAt(view.camera)), outlookOf(now)];
  if (NEAR.every((far, k) => Math.abs((wanted[k] ?? 0) - (found[k] ?? 0)) <= far)) return;
  view.camera = [];
  stage.tell("viewed", { name: "camera", text: "none" });
}
