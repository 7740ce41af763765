// The landscape in 3-D: Plotly draws the surface once, the overlay lays paths, heads and names on it.

import { hoverStep } from "../core/hover.js";
import { button, make, overlayOn, plotElement, settle, within } from "../dom/dom.js";
import { readout } from "../dom/readout.js";
import { cubeOf } from "../draw/cube.js";
import { CONFIG } from "../draw/figures.js";
import { ruler } from "../draw/ruler.js";
import { paint as paintScene, sheet } from "../draw/paint/dom.js";
import { draped, reliefScene } from "../draw/scene/relief.js";
import { reliefLayout, surface } from "../draw/solid.js";
import { cameraAt, turned } from "../draw/outlook.js";
import { aim, camera, home, look, releaseCamera, told, webgl } from "./camera.js";
import { scrollsFirst } from "../map/gesture.js";
import { nearest, onPath } from "../map/hand.js";
import { extent as extentOf, resizeMap } from "../map/map.js";
import { enlarge, enlarger } from "../curves/panels.js";

/** @import { Stage } from "../core/stage.d.ts" */
/** @import { Landscape } from "../core/packets.d.ts" */
/** @import { Cube } from "../draw/cube.js" */
/** @import { ReliefState } from "./camera.js" */

const MODES = { contour: "Contour", "3d": "3-D", both: "Both" };
/** @type {Record<string, string>} */
const LARGE = { contour: "map", "3d": "relief" };
const REST = 400;
const NO_WEBGL = "3-D needs WebGL, which this browser does not offer. The contour stays.";

/** @param {Stage} stage */
export function relief(stage) {
  const state = build(stage);
  stage.relief = state;
  return {
    race: () => followLink(state),
    felt: () => wake(state),
    laidOut: () => wake(state),
    /** @param {number} t */
    step: (t) => show(state, t),
    theme: () => anew(state),
    resize: () => anew(state),
  };
}

/** @param {Stage} stage @returns {ReliefState} */
function build(stage) {
  const said = "Landscape in 3-D. Arrow keys turn it, plus and minus zoom.";
  const panel = make("div", {
    class: "panel relief",
    tabindex: 0,
    role: "application",
    "aria-roledescription": "3-D landscape",
    "aria-label": said,
  });
  const plot = panel.appendChild(plotElement());
  const [still, moving] = ["still", "moving"].map((name) => sheet(overlayOn(panel), `relief-${name}`));
  const hint = make(
    "p",
    { class: "turn-hint", "aria-hidden": "true" },
    "Drag to turn, ctrl and the wheel or pinch to zoom.",
  );
  panel.append(hint);
  const box = readout(panel);
  panel.append(enlarger(stage, "relief", "3-D landscape"));
  stage.map.panel.after(panel);
  const note = stage.map.panel.appendChild(make("p", { class: "no-relief", role: "status" }));
  /** @type {ReliefState} */
  const state = {
    ...{ stage, panel, plot, still, moving, readout: box, note },
    ...{ buttons: chooser(stage, (mode) => choose(state, mode)), mode: "contour", told: null, wanted: "" },
    ...{ land: null, solid: null, extent: null, race: null, laid: null, matrix: null, scene: null },
    ...{ font: "", measure: () => 0, home: [], until: 0, awake: false, busy: false, able: false },
  };
  listen(state);
  return state;
}

/** @param {Stage} stage @param {(mode: string) => void} choose */
function chooser(stage, choose) {
  const buttons = Object.entries(MODES).map(([mode, label]) => {
    const now = { "data-mode": mode, "aria-pressed": mode === "contour" };
    const pick = () => {
      choose(mode);
      stage.look("map", mode);
    };
    return button("segment", pick, now, label);
  });
  stage.tools.prepend(
    make("div", { class: "segments", role: "group", "aria-label": "Landscape as" }, ...buttons),
  );
  return buttons;
}

// The link's choice counts when it is news; a late answer does not undo what was picked since.
/** @param {ReliefState} state */
function followLink(state) {
  const { map, camera: wanted = [] } = state.stage.race.header.view || {};
  if (wanted.length && String(wanted) !== state.wanted && state.extent) aim(state, cameraAt(wanted));
  state.wanted = String(wanted);
  const mode = map || "contour";
  wake(state);
  if (mode === state.told) return;
  state.told = mode;
  choose(state, mode);
}

/** @param {ReliefState} state @param {string} mode */
export function choose(state, mode) {
  const { stage } = state;
  const able = mode === "contour" || webgl(state);
  const shown = able ? mode : "contour";
  const news = shown !== state.mode;
  state.mode = shown;
  for (const button of state.buttons)
    button.setAttribute("aria-pressed", String(button.dataset.mode === mode));
  state.note.textContent = able ? "" : NO_WEBGL;
  stage.body.dataset.map = shown;
  if (!news) return;
  if (stage.large === "map" || stage.large === "relief") enlarge(stage, LARGE[shown] ?? null);
  if (shown !== "3d") resizeMap(stage.map);
  stage.resized();
  wake(state);
}

/** @param {ReliefState} state */
const shown = (state) => state.mode !== "contour" && state.panel.isConnected && state.panel.clientWidth > 0;

// Frames are asked for while something may change, and for a moment after.
/** @param {ReliefState} state */
function wake(state) {
  state.until = performance.now() + REST;
  if (state.awake || state.mode === "contour") return;
  state.awake = true;
  requestAnimationFrame(() => watch(state));
}

/** @param {ReliefState} state */
function watch(state) {
  state.awake = false;
  if (state.mode === "contour") return;
  follow(state);
  if (performance.now() >= state.until) return;
  state.awake = true;
  requestAnimationFrame(() => watch(state));
}

// Another landscape is drawn, another race laid on it, and the overlay follows the camera in the very
// frame in which it has moved.
/** @param {ReliefState} state */
function follow(state) {
  const { stage } = state;
  if (!shown(state) || state.busy || !stage.map.land) return undefined;
  const land = (stage.race.header.moved && stage.ground) || stage.map.land;
  if (land !== state.land) return paint(state, land);
  if (!state.solid) return undefined;
  const news = stage.race !== state.race;
  if (news) layAll(state, land, state.solid);
  const moved = look(state, state.solid);
  if (news || moved) project(state);
  if (moved) {
    wake(state);
    clearTimeout(state.resting);
    state.resting = setTimeout(() => releaseCamera(state), REST);
  }
  return undefined;
}

/** @param {ReliefState} state @param {Landscape} land */
async function paint(state, land) {
  const { plot, stage, panel } = state;
  const fresh = !plot._fullLayout;
  const solid = cubeOf(land);
  Object.assign(state, { busy: true, land, solid, race: null });
  const extent = extentOf(panel);
  const seen = camera(state) || told(state) || home(state, solid, extent);
  const layout = reliefLayout(solid, stage.colors, stage.map.size, seen);
  await Plotly.react(plot, [surface(land, solid, stage.colors)], { ...layout, ...extent }, CONFIG);
  Object.assign(state, { busy: false, extent });
  wake(state);
  if (!fresh) return;
  plot.on("plotly_relayout", () => wake(state));
  plot.on("plotly_webglcontextlost", () => anew(state));
}

// Another size or other colors, or the graphics card has dropped the picture: the camera stays.
/** @param {ReliefState} state */
function anew(state) {
  state.land = null;
  wake(state);
}

/** @param {ReliefState} state @param {Landscape} land @param {Cube} solid */
function layAll(state, { header }, solid) {
  const { stage } = state;
  const { font } = stage.colors;
  if (state.font !== font) Object.assign(state, { font, measure: ruler(font) });
  state.race = stage.race;
  state.laid = { solid, header, lanes: draped(stage.race, solid) };
}

// What is seen changes with the camera: everything is laid anew where it stands now.
/** @param {ReliefState} state */
function project(state) {
  const { stage, race, laid, matrix, extent } = state;
  if (!race || !laid || !matrix || !extent) return;
  const box = { x: 0, y: 0, ...extent };
  const look = { colors: stage.colors, type: stage.map.over.type, measure: state.measure };
  state.scene = reliefScene(race, laid, matrix, box, box, look);
  paintScene(state.still, state.scene.still);
  show(state, stage.clock.t);
}

// Show step t: the paths up to it, and each head where it stands.
/** @param {ReliefState} state @param {number} t */
function show(state, t) {
  if (!shown(state) || !state.scene || state.race !== state.stage.race) return;
  paintScene(state.moving, state.scene.step(t));
}

/** @param {ReliefState} state */
function listen(state) {
  const { panel, stage, readout } = state;
  panel.addEventListener("keydown", (event) => onKey(state, event));
  for (const name of ["pointerdown", "wheel", "touchmove"])
    panel.addEventListener(name, () => wake(state), { capture: true, passive: true });
  document.addEventListener("pointermove", ({ buttons }) => buttons && wake(state), true);
  scrollsFirst(state.plot);
  stage.tools.addEventListener("click", (event) => {
    const { solid, extent } = state;
    if (solid && extent && /** @type {Element} */ (event.target).closest(".reset"))
      aim(state, home(state, solid, extent));
  });
  panel.addEventListener("pointermove", (event) => hover(state, event));
  panel.addEventListener("pointerleave", () => {
    readout.hide();
    hoverStep(stage, null);
  });
}

// Near a path its step is looked at, as it is on the contour.
/** @param {ReliefState} state @param {PointerEvent} event */
function hover(state, event) {
  const { panel, stage, readout, race, scene } = state;
  const [px, py] = within(panel, event);
  const on = event.pointerType !== "touch" && !event.buttons && scene ? nearest(scene, px, py) : null;
  hoverStep(stage, on && on.t);
  if (!on || !race) readout.hide();
  else readout.show(onPath(race, on), px, py);
}

const TURN = Math.PI / 18;
/** @type {Record<string, { turn?: number, lift?: number, zoom?: number }>} */
const KEYS = {
  ArrowLeft: { turn: -TURN },
  ArrowRight: { turn: TURN },
  ArrowUp: { lift: TURN },
  ArrowDown: { lift: -TURN },
  "+": { zoom: 0.9 },
  "=": { zoom: 0.9 },
  "-": { zoom: 1 / 0.9 },
};

/** @param {ReliefState} state @param {KeyboardEvent} event */
function onKey(state, event) {
  const [by, now] = [KEYS[event.key], camera(state)];
  if (!by || !now || event.target !== state.panel || event.ctrlKey || event.metaKey || event.altKey) return;
  settle(event);
  aim(state, turned(now, by));
}
