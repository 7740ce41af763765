// The camera of the landscape in 3-D: where it stands at first, and what a link says of it.

import { multiply } from "../draw/cube.js";
import { cameraAt, outlookOf, overlook } from "../draw/outlook.js";

/** @import { FeltRace, Plot, Stage } from "../core/stage.d.ts" */
/** @import { Camera } from "../draw/outlook.js" */
/** @import { readout } from "../dom/readout.js" */
/** @import { Relief, reliefScene } from "../draw/scene/relief.js" */
/** @import { Landscape } from "../core/packets.d.ts" */
/** @import { Measure } from "../draw/shapes.d.ts" */
/** @import { Cube } from "../draw/cube.js" */
/** @import { Sheet } from "../draw/paint/dom.js" */
/**
 * @typedef {object} ReliefState
 * @property {Stage} stage
 * @property {HTMLElement} panel
 * @property {Plot} plot
 * @property {Sheet} still
 * @property {Sheet} moving
 * @property {ReturnType<typeof readout>} readout
 * @property {HTMLElement} note
 * @property {HTMLButtonElement[]} buttons
 * @property {string} mode
 * @property {string | null} told
 * @property {Landscape | null} land
 * @property {FeltRace | null} race
 * @property {Cube | null} solid
 * @property {{ width: number, height: number } | null} extent
 * @property {Float64Array | null} matrix
 * @property {Relief | null} laid
 * @property {ReturnType<typeof reliefScene> | null} scene
 * @property {Measure} measure
 * @property {string} font
 * @property {string} wanted
 * @property {number[]} home
 * @property {number} until
 * @property {boolean} awake
 * @property {boolean} busy
 * @property {boolean} able
 * @property {ReturnType<typeof setTimeout>} [resting]
 */

/** @param {{ plot: Plot }} state @returns {Camera | undefined} */
export const camera = ({ plot }) => plot._fullLayout?.scene?._scene?.getCamera();

// The camera that the link asks for, and the one from the landscape's best side.
/** @param {ReliefState} state @returns {Camera | null} */
export function told(state) {
  const { camera: wanted } = state.stage.race.header.view;
  return wanted?.length ? cameraAt(wanted) : null;
}

/** @param {ReliefState} state @param {Cube} solid @param {{ width: number, height: number }} extent @returns {Camera} */
export function home(state, solid, extent) {
  const found = overlook(solid, extent, state.stage.race.header.start);
  state.home = outlookOf(found);
  return found;
}

// What a link says of the camera: nothing where it is the one that everybody gets.
/** @param {ReliefState} state @returns {Record<string, string>} */
export function cameraWords(state) {
  const now = state.mode !== "contour" && state.solid && camera(state);
  if (!now) return {};
  const words = String(outlookOf(now));
  return words === String(state.home) ? {} : { "view.camera": words };
}

// How far the numbers of an outlook may be from those of a link that it stands for.
const NEAR = [0.11, 0.11, 0.11, 0.011, 0.011, 0.011];

// Let go in the address a camera that the hand has turned away from.
/** @param {ReliefState} state */
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

// Where the camera stands now; true if it has moved.
/** @param {ReliefState} state @param {Cube} solid */
export function look(state, solid) {
  const { glplot, dataScale } = state.plot._fullLayout.scene._scene;
  const { projection, view, model } = glplot.cameraParams;
  const cube = new Float64Array(16);
  cube[15] = 1;
  solid.range.forEach(([low, high], k) => {
    cube[5 * k] = (high - low) * dataScale[k];
    cube[12 + k] = low * dataScale[k];
  });
  const m = [projection, view, model, cube].reduce(multiply);
  if (state.matrix?.every((v, k) => v === m[k])) return false;
  state.matrix = m;
  return true;
}

/** @param {ReliefState} state */
export function webgl(state) {
  if (state.able) return true;
  const gl = document.createElement("canvas").getContext("webgl");
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  return (state.able = Boolean(gl));
}

/** @param {{ plot: Plot }} state @param {Camera} to */
export function aim({ plot }, to) {
  if (plot._fullLayout) Plotly.relayout(plot, { "scene.camera": structuredClone(to) });
}
