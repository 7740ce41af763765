// A picture of the stage at any step: Plotly draws ground and axes once, the scene goes on top.

import { drawingOn, make } from "../dom/dom.js";
import { axesIn, domains, mapBox } from "../draw/axes.js";
import { rows } from "../core/packet.js";
import { panelCurves, PANELS, rangeOf } from "../curves/kinds.js";
import { described } from "../draw/chart.js";
import { base, contour } from "../draw/figures.js";
import { toCanvas } from "../draw/paint/canvas.js";
import { entitled, toSvg } from "../draw/paint/svg.js";
import { PICTURE_FONT as FONT, ruler } from "../draw/ruler.js";
import { curveScene, heading } from "../draw/scene/curves.js";
import { foot } from "../draw/scene/foot.js";
import { reading } from "../draw/scene/loss-scale.js";
import { mapScene } from "../draw/scene/map.js";
import { draped, fitted, reliefScene } from "../draw/scene/relief.js";
import { quiet, words } from "../draw/scene/shapes.js";
import { sheet } from "../draw/sheet.js";
import { dataScene, laneCurves, ranges } from "../model/scene.js";
import { reliefLayout, surface } from "../draw/solid.js";
import { shades } from "../core/theme.js";
import { withDensity } from "./png.js";

/** @import { Box, Extra, FeltRace } from "../core/stage.d.ts" */
/** @import { Landscape, ModelHeader } from "../core/packets.d.ts" */
/** @import { Item, Look, MapRace, Measure } from "../draw/shapes.d.ts" */
/** @import { Colors } from "../core/theme.js" */
/** @import { Beside } from "../curves/kinds.js" */
/** @import { Area } from "../draw/sheet.js" */
/** @import { ReliefShown } from "./subject.js" */
/** @typedef {ReturnType<typeof sheet>} Plan */
/** @typedef {ReturnType<typeof compose>} Composed */
/** @typedef {Record<string, unknown>} Axis */
/** @typedef {{ width: number, height: number, [name: string]: unknown }} Layout */
/** @typedef {{ box: Box, laid: Box, data: object[], layout: Layout }} Inlay */
/** @typedef {{ data: object[], layout: Layout & { xaxis?: Axis, yaxis?: Axis }, inlays: Inlay[] }} Figure */
/** @typedef {{ still: Item[], step: (t: number) => Item[] }} Scene */
/**
 * @typedef {object} Subject
 * @property {FeltRace & MapRace} race
 * @property {Landscape} land
 * @property {number[][]} ranges
 * @property {boolean} log
 * @property {string} [picked]
 * @property {ReliefShown | null} [relief]
 * @property {Extra[]} [extras]
 * @property {string} [spoken]
 */
/** @typedef {Pick<Subject, "race" | "land" | "ranges" | "relief" | "log"> & { view: Beside }} What */
/** @typedef {(figure: Figure, what: What, box: Area, look: Look, name: string) => Scene} Part */
/**
 * @typedef {object} How
 * @property {number[]} size
 * @property {number} type
 * @property {number} [wide]
 * @property {string[]} panels
 * @property {boolean} dark
 * @property {boolean} caption
 */

/** @param {boolean} dark @returns {Colors} */
function inks(dark) {
  const background = dark ? "#0e1117" : "#ffffff";
  return { ...shades(dark), background, text: dark ? "#f2f4f7" : "#1c2128", font: FONT };
}

export const measure = ruler(FONT);

const SCREEN = 25.4 / 96; // millimetres of a pixel on screen, as CSS has it

// `what`: { race, land, ranges (the landscape's, as zoomed), log, picked (a memory
// array), relief (its solid, camera, matrix and extent, where 3-D is shown), extras (who adds curves), spoken
// (what the caption says of them) }; `how`: { size, type, wide (millimetres), panels, dark, caption }.
// The answer draws itself at any step.
/** @param {Subject} subject @param {How} how @param {Measure} [rule] */
export function compose(
  { race, land, ranges, log, picked, relief, extras = [], spoken = "" },
  { size, type, wide = size[0] * SCREEN, panels, dark, caption },
  rule = measure,
) {
  const look = { colors: inks(dark), type, measure: rule };
  const under = foot(captioned(race, spoken), look, size[0] - 2.8 * type, caption);
  const plan = sheet(size, type, panels, under.height);
  const figure = blank(plan, look.colors);
  const what = { race, land, ranges, relief, log, view: { picked, extras, held: race.held } };
  const scenes = panels.map((name) => partOf(figure, what, name, plan.boxes[name], look));
  return {
    plan,
    figure,
    wide,
    title: race.header.surface.title,
    about: described(captioned(race, spoken).header).join("; "),
    still: [title(race, plan, look), ...scenes.flatMap((scene) => scene.still), ...under.still(plan.foot)],
    /** @param {number} t @returns {Item[]} */
    step: (t) => [
      stepWords(race, plan, look, t),
      ...scenes.flatMap((scene) => scene.step(t)),
      ...under.step(plan.foot, t),
    ],
  };
}

// A panel's scene, its items named after it.
/** @param {Figure} figure @param {What} what @param {string} name @param {Area} box @param {Look} look @returns {Scene} */
function partOf(figure, what, name, box, look) {
  const part = PARTS[name] || curvePart;
  const scene = part(figure, what, box, look, name);
  /** @param {Item[]} items */
  const own = (items) => items.map((item) => ({ ...item, key: `${name} ${item.key}` }));
  return { still: own(scene.still), step: (t) => own(scene.step(t)) };
}

/** @type {Record<string, Part>} */
const PARTS = { map: mapPart, relief: reliefPart, model: modelPart };

/** @template {FeltRace} Race @param {Race} race @param {string} spoken @returns {Race} */
function captioned(race, spoken) {
  const { header } = race;
  return spoken ? { ...race, header: { ...header, caption: `${header.caption}; ${spoken}` } } : race;
}

/** @param {FeltRace} race @param {Plan} plan @param {Look} look @returns {Item} */
function title(race, { title, type }, { colors }) {
  return { ...words(race.header.surface.title, title.x, title.y, 1.45 * type, colors.text), weight: 650 };
}

/** @param {FeltRace} race @param {Plan} plan @param {Look} look @param {number} t @returns {Item} */
function stepWords(race, { title, foot, type }, { colors }, t) {
  const text = `step ${t} of ${race.header.steps}`;
  return { ...words(text, foot.x + foot.width, title.y, type, quiet(colors)), anchor: "end" };
}

/** @param {Plan} plan @param {Colors} colors @returns {Figure} */
function blank({ width, height, type }, colors) {
  const layout = {
    ...base(colors, 0.86 * type),
    width,
    height,
    margin: { l: 0, t: 0, r: 0, b: 0 },
    paper_bgcolor: colors.background,
  };
  return { data: [], layout, inlays: [] };
}

/** @type {Part} */
function mapPart({ data, layout }, { race, land, ranges }, room, look) {
  const box = mapBox(race.header.view.units, room, ranges);
  const ground = contour(land, look.colors);
  ground.line.width *= look.type / 13;
  data.push(ground);
  const { x, y } = domains(box, { x: 0, y: 0, width: layout.width, height: layout.height });
  layout.xaxis = { ...BARE, range: [...ranges[0]], domain: x };
  layout.yaxis = { ...BARE, range: [...ranges[1]], domain: y };
  const { critical } = race.header.ground;
  const scene = mapScene(race, { critical, scale: reading(land) }, axesIn(box, ranges), look);
  return { still: [...scene.fan(), ...scene.still], step: scene.step };
}

const BARE = { visible: false, automargin: false };

// The landscape in 3-D is a picture of its own, put on the ground where the camera's view fits.
/** @type {Part} */
function reliefPart(figure, { race, relief }, box, look) {
  const { solid, land, camera, matrix, extent } = /** @type {ReliefShown} */ (relief);
  const laid = fitted(box, matrix, extent, look.type);
  const layout = {
    ...reliefLayout(solid, look.colors, look.type, camera),
    width: Math.round(laid.width),
    height: Math.round(laid.height),
  };
  figure.inlays.push({ box, laid, data: [surface(land, solid, look.colors)], layout });
  const lanes = draped(race, solid);
  return reliefScene(race, { solid, header: land.header, lanes }, matrix, laid, box, look);
}

// The data with every lane's curve; nobody drags the start's there.
/** @type {Part} */
function modelPart(figure, { race }, box, look) {
  const header = /** @type {ModelHeader} */ (race.header.model);
  const model = { ...header, rows: rows(race.arrays.dots) };
  const axis = axesIn(box, ranges(model));
  const above = heading([], [`Data and model: ${model.up}`, model.up], { ...box, last: false }, look);
  const still = [...above, ...dataScene(model, axis, look)];
  return { still, step: (t) => laneCurves(model, race, t, axis, look) };
}

/** @type {Part} */
function curvePart(figure, { race, log, view }, box, look, name) {
  const kind = PANELS[name];
  const curves = panelCurves(name, race, log, view);
  const logarithmic = kind.logarithmic(race, log);
  const ranges = [[0, race.header.steps], rangeOf(name, race, curves, logarithmic)];
  const scene = curveScene(curves, axesIn(box, ranges, logarithmic), look);
  const above = heading(curves, [kind.title(race, log, view)], box, look);
  return { still: [...above, ...scene.still], step: scene.step };
}

// The ground alone as SVG text.
/** @param {Composed} composed */
export async function ground({ figure, plan }) {
  const { width, height } = plan;
  const { data, layout, inlays } = figure;
  if (!data.length) layout.xaxis = layout.yaxis = { visible: false };
  const below = await Plotly.toImage({ data, layout }, { format: "svg", width, height, imageDataOnly: true });
  const images = [];
  for (const inlay of inlays) images.push(await inlaid(inlay));
  return below.replace(/<\/svg>\s*$/, `${images.join("")}</svg>`);
}

// Only what lies in the box is shown of the whole view.
/** @param {Inlay} inlay */
async function inlaid({ box, laid, data, layout }) {
  const { width, height } = layout;
  const picture = await Plotly.toImage({ data, layout }, { format: "png", width, height, scale: 2 });
  const view = `x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" viewBox="${box.x} ${box.y} ${box.width} ${box.height}"`;
  const place = `x="${laid.x}" y="${laid.y}" width="${laid.width}" height="${laid.height}"`;
  return `<svg ${view}><image ${place} href="${picture}"/></svg>`;
}

/** @param {Composed} composed @param {number} t */
export async function svgPicture(composed, t) {
  const below = await ground(composed);
  const above = toSvg([...composed.still, ...composed.step(t)], FONT, measure);
  const words = { title: composed.title, about: `Step ${t}. ${composed.about}` };
  return entitled(
    below.replace(/<\/svg>\s*$/, () => `${above}</svg>`),
    words,
  );
}

/** @param {Composed} composed @param {number} t @param {number} scale */
export async function pngPicture(composed, t, scale) {
  const { width, height } = composed.plan;
  const image = await loadedSvg(await svgPicture(composed, t));
  const canvas = make("canvas", { width: width * scale, height: height * scale });
  drawingOn(canvas).drawImage(image, 0, 0, canvas.width, canvas.height);
  /** @type {Blob | null} */
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  if (!blob) throw new Error("this browser cannot hold a picture of that size; choose a smaller one");
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const dense = withDensity(bytes, Math.round((1000 * canvas.width) / composed.wide));
  return new Blob([dense], { type: "image/png" });
}

/** @param {string} text @returns {Promise<HTMLImageElement>} */
export function loadedSvg(text) {
  const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  return new Promise((done, failed) => {
    const image = new Image();
    image.onload = () => done(image);
    image.onerror = () => failed(new Error("the picture could not be drawn"));
    image.src = url;
  }).finally(() => URL.revokeObjectURL(url));
}

// A painter of frames on a canvas of that width: the ground is kept as a picture, the rest drawn anew.
// Every frame is read back, so both canvases stay out of the graphics card's memory.
/** @param {Composed} composed @param {number} width */
export async function framePainter(composed, width) {
  const { plan } = composed;
  const scale = width / plan.width;
  const canvas = make("canvas", { width, height: Math.round((plan.height * scale) / 2) * 2 });
  const context = drawingOn(canvas, { willReadFrequently: true });
  const still = make("canvas", { width: canvas.width, height: canvas.height });
  const base = drawingOn(still, { willReadFrequently: true });
  base.drawImage(await loadedSvg(await ground(composed)), 0, 0, canvas.width, canvas.height);
  base.scale(scale, scale);
  toCanvas(base, composed.still, FONT);
  /** @param {number} t */
  const paint = (t) => {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(still, 0, 0);
    context.scale(scale, scale);
    toCanvas(context, composed.step(t), FONT);
  };
  return { canvas, context, paint };
}
