// Elements in one line.

/** @import { Plot } from "../core/stage.d.ts" */
/** @typedef {{ [Name in keyof HTMLElementEventMap as `on${Name}`]?: (event: HTMLElementEventMap[Name]) => unknown }} Listeners */
/** @typedef {Listeners & Record<string, unknown>} Attributes */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, ...children);
}

/**
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...(Node | string)} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function draw(tag, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, ...children);
}

// A button: its classes, what a press does, what else it is, and what stands on it.
/**
 * @param {string} kind
 * @param {NonNullable<Listeners["onclick"]>} work
 * @param {Attributes} more
 * @param {...(Node | string)} inside
 */
export const button = (kind, work, more, ...inside) =>
  make("button", { type: "button", class: kind, onclick: work, ...more }, ...inside);

// One with a sign on it: what it does is read out, and shown beside the pointer.
/** @param {string} kind @param {string} sign @param {string} label @param {() => unknown} work @param {Attributes} [more] */
export const signButton = (kind, sign, label, work, more) =>
  button(kind, work, { "aria-label": label, title: label, ...more }, icon(sign));

// Give an element attributes and, after what it holds, children.
/** @template {Element} Kind @param {Kind} element @param {Attributes} attributes @param {...(Node | string)} children */
export function fill(element, attributes, ...children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else if (name.startsWith("aria-")) element.setAttribute(name, String(value));
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children);
  return element;
}

// Hear an event wherever it happens on the page, before its target does.
/**
 * @template {keyof DocumentEventMap} Name
 * @param {Name} name
 * @param {(event: DocumentEventMap[Name] & { target: Element }) => unknown} work
 */
export function overhear(name, work) {
  const heard = /** @type {(event: Event) => void} */ (work);
  document.addEventListener(name, (event) => event.target instanceof Element && heard(event), true);
}

// Steps to the right and up that the arrow keys stand for.
/** @type {Record<string, number[] | undefined>} */
export const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

// Which way the page keys lead: on, or back.
/** @type {Record<string, number>} */
export const PAGES = { PageDown: 1, PageUp: -1 };

// A field for a number, as people write it.
/** @param {Attributes} more */
export const decimalField = (more) => make("input", { type: "text", inputmode: "decimal", ...more });

// Among buttons of which one is chosen keys go to the next, and choose it; `steps` says by how many.
/** @param {HTMLElement} group @param {Record<string, number>} steps */
export function roving(group, steps) {
  group.addEventListener("keydown", (event) => {
    const all = /** @type {HTMLElement[]} */ ([...group.children]);
    const at = all.findIndex((each) => each === event.target);
    const by = steps[event.key];
    if (at < 0 || by === undefined) return;
    settle(event);
    const next =
      Math.abs(by) === Infinity ? all.at(by < 0 ? 0 : -1) : all[(at + by + all.length) % all.length];
    next?.focus();
    next?.click();
  });
}

// What was done is done: neither the browser nor what lies around does more with it.
/** @param {Event} event */
export function settle(event) {
  event.preventDefault();
  event.stopPropagation();
}

// Where a pointer is, in pixels from an element's upper left corner.
/** @param {Element} element @param {Pick<MouseEvent, "clientX" | "clientY">} event @returns {[number, number]} */
export function within(element, { clientX, clientY }) {
  const { left, top } = element.getBoundingClientRect();
  return [clientX - left, clientY - top];
}

// A layer over a panel that no pointer meets.
/** @param {Element} panel */
export const overlayOn = (panel) =>
  panel.appendChild(draw("svg", { class: "overlay", "aria-hidden": "true" }));

// What Plotly draws in.
/** @param {Attributes} [more] */
export const plotElement = (more) =>
  /** @type {Plot & HTMLDivElement} */ (make("div", { class: "plot", ...more }));

// What draws on a canvas.
/** @param {HTMLCanvasElement} canvas @param {CanvasRenderingContext2DSettings} [settings] */
export const drawingOn = (canvas, settings) =>
  /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", settings));

const TEXT = 3; // Node.TEXT_NODE

// Put other words into an element, into the text that it has: a new piece of text is a new part of the
// page, whose surroundings are then styled anew.
/** @param {Element} element @param {string} text */
export function reword(element, text) {
  const node = /** @type {Text | null} */ (element.firstChild);
  if (node?.nodeType !== TEXT || node.nextSibling) element.textContent = text;
  else if (node.data !== text) node.data = text;
}

/** @param {string} name */
export function icon(name) {
  const svg = draw("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" });
  svg.append(draw("path", { d: ICONS[name] }));
  return svg;
}

/** @type {Record<string, string>} */
const ICONS = {
  play: "M7 4v16l13-8z",
  pause: "M6 4h4v16H6zM14 4h4v16h-4z",
  first: "M5 4h3v16H5zM20 4v16L9 12z",
  last: "M16 4h3v16h-3zM4 4l11 8-11 8z",
  back: "M16 4v16L5 12z",
  forward: "M8 4l11 8-11 8z",
  loop: "M12 5V1l5 5-5 5V7a5 5 0 1 0 5 5h2a7 7 0 1 1-7-7z",
  enlarge: "M4 4h7v2H6v5H4zM13 4h7v7h-2V6h-5zM4 13h2v5h5v2H4zM18 13h2v7h-7v-2h5z",
  hide: "M5.6 4.2L12 10.6l6.4-6.4 1.4 1.4L13.4 12l6.4 6.4-1.4 1.4L12 13.4l-6.4 6.4-1.4-1.4L10.6 12 4.2 5.6z",
  reset:
    "M10 3a7 7 0 1 0 4.2 12.6l5.1 5.1 1.4-1.4-5.1-5.1A7 7 0 0 0 10 3zm0 2a5 5 0 1 1 0 10 5 5 0 0 1 0-10zM7 9h6v2H7z",
  away: "M3.300 2L2 3.300l3.600 3.600C3.800 8.500 2.500 10.500 2 12c1 2.500 5 7 10 7 1.700 0 3.300-.5 4.700-1.300l4 4 1.300-1.300zM12 16a4 4 0 0 1-3.700-5.500l1.600 1.600A2 2 0 0 0 12 14l1.500 1.600A4 4 0 0 1 12 16zM12 5c5 0 9 4.500 10 7-.4 1-1.300 2.400-2.700 3.700l-3.600-3.600V12a4 4 0 0 0-4-4L9 5.400C10 5.100 11 5 12 5z",
  beside: "M3 4h18v16H3zM5 6v12h6V6zM13 6v12h6V6z",
  eye: "M12 5c5 0 9 4.500 10 7-1 2.500-5 7-10 7S3 14.500 2 12c1-2.500 5-7 10-7zm0 3a4 4 0 1 0 0 8 4 4 0 0 0 0-8z",
};
