// The landscape in 3-D: Plotly draws the surface once, the overlay lays paths, heads and names on it.

import { draw, make } from "../dom/dom.js";
import { drape, eye, ground, height, hidden, multiply, project, trace } from "./ground.js";
import { scrollsFirst } from "../map/gesture.js";
import { nearest, onPath } from "../map/hand.js";
import { resizeMap } from "../map/map.js";
import { BROKEN, CRITICAL, dashes, headsAt, placeLabel } from "../map/overlay.js";
import { enlarge, enlarger } from "../curves/panels.js";
import { overlook, reliefLayout, scales, surface, turned } from "./solid.js";
import { color } from "../core/theme.js";
import { MARKERS } from "../draw/trail.js";

const MODES = { contour: "Contour", "3d": "3-D", both: "Both" };
const CONFIG = {
  displayModeBar: false,
  scrollZoom: true,
  doubleClick: false,
  responsive: false,
  showTips: false,
};
const NO_WEBGL = "3-D needs WebGL, which this browser does not offer. The contour stays.";

export function relief(stage) {
  const state = build(stage);
  stage.relief = state;
  return {
    race: () => followLink(state),
    step: (t) => show(state, t),
    theme: () => (state.land = null),
    resize: () => (state.land = null),
  };
}

function build(stage) {
  const said = "Landscape in 3-D. Arrow keys turn it, plus and minus zoom.";
  const panel = make("div", {
    class: "panel relief",
    tabindex: 0,
    role: "application",
    "aria-roledescription": "3-D landscape",
    "aria-label": said,
  });
  const plot = panel.appendChild(make("div", { class: "plot" }));
  const layers = {
    ...sheet(panel, ["scales", "whole", "critical"]),
    ...sheet(panel, ["paths", "begin", "heads", "labels"]),
  };
  const readout = make("div", { class: "readout", hidden: true });
  const hint = make(
    "p",
    { class: "turn-hint", "aria-hidden": "true" },
    "Drag to turn, ctrl and the wheel or pinch to zoom.",
  );
  panel.append(hint, readout, enlarger(stage, "relief", "3-D landscape"));
  stage.map.panel.after(panel);
  const note = stage.map.panel.appendChild(make("p", { class: "no-relief", role: "status" }));
  const state = {
    stage,
    panel,
    plot,
    layers,
    readout,
    note,
    mode: "contour",
    told: null,
    land: null,
    race: null,
    lanes: [],
  };
  state.buttons = chooser(state);
  listen(state);
  return state;
}

// What stands still and what moves with the clock lie on separate sheets: only one is drawn anew.
function sheet(panel, names) {
  const svg = panel.appendChild(draw("svg", { class: "overlay", "aria-hidden": "true" }));
  return Object.fromEntries(names.map((name) => [name, svg.appendChild(draw("g", { class: name }))]));
}

function chooser(state) {
  const buttons = Object.entries(MODES).map(([mode, label]) => {
    const now = { "data-mode": mode, "aria-pressed": mode === "contour" };
    return make(
      "button",
      { type: "button", class: "segment", ...now, onclick: () => pick(state, mode) },
      label,
    );
  });
  state.stage.tools.prepend(
    make("div", { class: "segments", role: "group", "aria-label": "Landscape as" }, ...buttons),
  );
  return buttons;
}

function pick(state, mode) {
  choose(state, mode);
  state.stage.look("map", mode);
}

// The link's choice counts when it is news; a late answer does not undo what was picked since.
function followLink(state) {
  const told = state.stage.race.header.view?.map || "contour";
  if (told === state.told) return;
  state.told = told;
  choose(state, told);
}

export function choose(state, mode) {
  const { stage } = state;
  const able = mode === "contour" || webgl(state);
  const shown = able ? mode : "contour";
  const news = shown !== state.mode;
  state.mode = shown;
  for (const button of state.buttons) button.setAttribute("aria-pressed", button.dataset.mode === mode);
  state.note.textContent = able ? "" : NO_WEBGL;
  stage.body.dataset.map = shown;
  if (!news) return;
  if (stage.large === "map" || stage.large === "relief")
    enlarge(stage, { contour: "map", "3d": "relief", both: null }[shown]);
  if (shown !== "3d") resizeMap(stage.map);
  stage.resized();
  wake(state);
}

function webgl(state) {
  if (state.able) return true;
  const gl = document.createElement("canvas").getContext("webgl");
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  return (state.able = Boolean(gl));
}

const shown = (state) => state.mode !== "contour" && state.panel.isConnected && state.panel.clientWidth > 0;

function wake(state) {
  if (state.awake || state.mode === "contour") return;
  state.awake = true;
  requestAnimationFrame(() => watch(state));
}

// While it is shown: another landscape is drawn, another race laid on it, and the overlay follows
// the camera in the very frame in which it has moved.
function watch(state) {
  if (state.mode === "contour") return (state.awake = false);
  requestAnimationFrame(() => watch(state));
  const { stage } = state;
  if (!shown(state) || state.busy || !stage.map.land || !stage.race) return undefined;
  if (stage.map.land !== state.land) return paint(state, stage.map.land);
  const news = stage.race !== state.race && layAll(state);
  const moved = look(state);
  if (news || moved) projectAll(state);
  return undefined;
}

async function paint(state, land) {
  const { plot, stage, panel } = state;
  const fresh = !plot._fullLayout;
  Object.assign(state, { busy: true, land, solid: ground(land), race: null });
  const extent = { width: Math.max(panel.clientWidth, 80), height: Math.max(panel.clientHeight, 80) };
  const layout = reliefLayout(
    state.solid,
    stage.colors,
    stage.map.size,
    camera(state) || overlook(state.solid, extent),
  );
  await Plotly.react(plot, [surface(land, state.solid, stage.colors)], { ...layout, ...extent }, CONFIG);
  Object.assign(state, { busy: false, extent });
  if (fresh) plot.on("plotly_webglcontextlost", () => lost(state));
}

const camera = ({ plot }) => plot._fullLayout?.scene?._scene?.getCamera();

// The graphics card has dropped the picture: begin anew with the same camera.
function lost(state) {
  state.land = null;
}

// Where the camera stands now; true if it has moved.
function look(state) {
  const { glplot, dataScale } = state.plot._fullLayout.scene._scene;
  const { projection, view, model } = glplot.cameraParams;
  const cube = new Float64Array(16);
  cube[15] = 1;
  state.solid.range.forEach(([low, high], k) => {
    cube[5 * k] = (high - low) * dataScale[k];
    cube[12 + k] = low * dataScale[k];
  });
  const m = [projection, view, model, cube].reduce(multiply);
  if (state.matrix && state.matrix.every((v, k) => v === m[k])) return false;
  state.matrix = m;
  return true;
}

function layAll(state) {
  const { stage, layers, solid } = state;
  const { race, colors } = stage;
  state.race = race;
  for (const name of ["whole", "paths", "heads", "labels"]) layers[name].replaceChildren();
  const share = 1 / race.header.lanes.filter((lane) => lane.visible).length;
  state.lanes = race.header.lanes.map((lane, k) => {
    if (!lane.visible) return null;
    return {
      ...marks(layers, lane, colors),
      lane,
      laid: drape(solid, race.arrays[`x${k}`], race.arrays[`loss${k}`].values, share),
    };
  });
  return true;
}

function marks({ whole, paths, heads, labels }, lane, colors) {
  const paint = color(lane, colors);
  const look = { "stroke-dasharray": dashes(lane.dash), "data-of": lane.slot };
  const path = (name, stroke, layer = paths) =>
    layer.appendChild(draw("path", { class: name, stroke, ...look }));
  return {
    whole: path("strand", paint, whole),
    behind: path("strand behind", paint),
    halo: paths.appendChild(draw("path", { class: "halo", stroke: colors.halo })),
    line: path("strand seen", paint),
    marker: heads.appendChild(
      draw("path", { class: "head", fill: paint, stroke: colors.halo, "data-of": lane.slot }),
    ),
    label: labels.appendChild(
      draw("text", { class: "label", fill: paint, stroke: colors.halo, "data-of": lane.slot }),
    ),
  };
}

function projectAll(state) {
  const from = eye(state.matrix);
  for (const drawn of state.lanes) {
    if (!drawn) continue;
    drawn.text = trace(
      drawn.laid,
      (...at) => seenAt(state, ...at),
      (...at) => hidden(state.solid, from, ...at),
    );
    drawn.trail = { points: heads(state, drawn.laid) };
    drawn.whole.setAttribute("d", drawn.text.seen.text + drawn.text.behind.text);
  }
  placeScales(state);
  placeStart(state, from);
  placeCritical(state, from);
  show(state, state.stage.clock.t);
}

const seenAt = ({ matrix, extent }, a, b, c) => project(matrix, extent.width, extent.height, a, b, c);

function heads(state, { heads: places, ends }) {
  return Array.from(ends, (_, t) => seenAt(state, ...places.subarray(3 * t, 3 * t + 3)));
}

function placeScales(state) {
  const { layers, stage, solid, land } = state;
  const found = scales(solid, land.header, stage.map.size, (...at) => seenAt(state, ...at));
  const size = { "font-size": stage.map.size, fill: stage.colors.text };
  const sane = found.filter(({ px, py }) => Math.abs(px) < 1e5 && Math.abs(py) < 1e5);
  layers.scales.replaceChildren(
    ...sane.map(({ text, px, py, anchor, kind }) =>
      draw(
        "text",
        {
          ...size,
          class: kind,
          x: px.toFixed(1),
          y: py.toFixed(1),
          "text-anchor": anchor,
          "dominant-baseline": "central",
        },
        text,
      ),
    ),
  );
}

function placeStart(state, from) {
  const [a, b] = state.solid.at(...state.race.header.start);
  mark(state, state.layers.begin, [a, b], from, draw("circle", { r: 8, class: "ring" }));
}

function placeCritical(state, from) {
  const { layers, stage, solid, land } = state;
  layers.critical.replaceChildren();
  for (const { x, y, kind } of land.header.critical) {
    const fill = kind === "global minimum" ? stage.colors.text : "none";
    const shape = draw("path", {
      d: CRITICAL[kind],
      class: "critical-mark",
      stroke: stage.colors.text,
      fill,
    });
    mark(state, layers.critical.appendChild(draw("g")), solid.at(x, y), from, shape);
  }
}

function mark(state, group, [a, b], from, shape) {
  group.replaceChildren();
  if (!(a >= 0 && a <= 1 && b >= 0 && b <= 1)) return;
  const c = height(state.solid, a, b) + 0.006;
  group.append(shape);
  shape.classList.toggle("away", hidden(state.solid, from, a, b, c));
  move(shape, seenAt(state, a, b, c));
}

const move = (shape, [px, py]) =>
  shape.setAttribute("transform", `translate(${px.toFixed(1)} ${py.toFixed(1)})`);

// Show step t: the paths up to it, and each head where it stands.
function show(state, t) {
  if (!shown(state) || !state.matrix || state.race !== state.stage.race) return;
  const placed = headsAt({ lanes: state.lanes.filter((drawn) => drawn?.trail) }, t);
  const { width, height } = state.extent;
  const frame = {
    axis: { x: { offset: 0, length: width }, y: { offset: 0, length: height } },
    labelSize: state.stage.map.over.labelSize,
  };
  const from = eye(state.matrix);
  for (const drawn of state.lanes) {
    if (!drawn?.text) continue;
    const { seen, behind } = drawn.text;
    const step = Math.min(t, seen.ends.length - 1);
    const text = seen.text.slice(0, seen.ends[step]);
    drawn.halo.setAttribute("d", text);
    drawn.line.setAttribute("d", text);
    drawn.behind.setAttribute("d", behind.text.slice(0, behind.ends[step]));
    showHead(state, drawn, step, from, frame, placed);
  }
}

function showHead({ solid }, drawn, t, from, frame, placed) {
  const { lane, laid, marker, trail } = drawn;
  const at = trail.points[t];
  if (!(at[0] === at[0])) return;
  const gone = lane.diverged >= 0 && t >= lane.diverged;
  marker.setAttribute("d", gone ? BROKEN : MARKERS[lane.marker]);
  marker.classList.toggle("gone", gone);
  marker.classList.toggle(
    "away",
    Boolean(laid.outside[t]) || hidden(solid, from, ...laid.heads.subarray(3 * t, 3 * t + 3)),
  );
  move(marker, at);
  placeLabel(frame, drawn, ...at, gone, placed);
}

function listen(state) {
  const { panel, stage, readout } = state;
  panel.addEventListener("keydown", (event) => onKey(state, event));
  scrollsFirst(state.plot);
  stage.tools.addEventListener("click", (event) => {
    if (state.extent && event.target.closest(".reset")) aim(state, overlook(state.solid, state.extent));
  });
  panel.addEventListener("pointermove", (event) => hover(state, event));
  panel.addEventListener("pointerleave", () => (readout.hidden = true));
}

// Near a path the clock moves there, as it does on the contour.
function hover(state, event) {
  const { panel, stage, readout, race, lanes } = state;
  const box = panel.getBoundingClientRect();
  const [px, py] = [event.clientX - box.left, event.clientY - box.top];
  const drawn = lanes.map((lane) => (lane?.trail ? lane : null));
  const on =
    event.pointerType !== "touch" && !event.buttons && race ? nearest({ lanes: drawn }, px, py) : null;
  readout.hidden = !on;
  if (!on) return;
  if (!stage.clock.playing) stage.turn((now) => ({ ...now, t: on.t, exact: on.t }));
  readout.replaceChildren(...onPath(race, on).map((line) => make("div", {}, line)));
  const right = px > panel.clientWidth * 0.6;
  Object.assign(readout.style, {
    left: right ? "" : `${px + 16}px`,
    right: right ? `${panel.clientWidth - px + 16}px` : "",
    top: `${Math.min(py + 12, panel.clientHeight - 76)}px`,
  });
}

const TURN = Math.PI / 18;
const KEYS = {
  ArrowLeft: { turn: -TURN },
  ArrowRight: { turn: TURN },
  ArrowUp: { lift: TURN },
  ArrowDown: { lift: -TURN },
  "+": { zoom: 0.9 },
  "=": { zoom: 0.9 },
  "-": { zoom: 1 / 0.9 },
};

function onKey(state, event) {
  const by = KEYS[event.key];
  if (!by || event.target !== state.panel || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  aim(state, turned(camera(state), by));
}

function aim({ plot }, to) {
  if (plot._fullLayout) Plotly.relayout(plot, { "scene.camera": structuredClone(to) });
}
