// Colors of the stage, read from the page's own theme so that both always agree.

/** @typedef {[number, string][]} Scale */
/**
 * @typedef {object} Shades
 * @property {boolean} dark
 * @property {string} grid
 * @property {string} line
 * @property {string} halo
 * @property {Scale} scale
 */
/** @typedef {Shades & { background: string, text: string, font: string }} Colors */

/** @param {Element} element @returns {Colors} */
export function theme(element) {
  const style = getComputedStyle(element);
  /** @type {(name: string, usual: string) => string} */
  const read = (name, usual) => style.getPropertyValue(name).trim() || usual;
  const background = read("--st-background-color", "#ffffff");
  const dark = luminance(background) < 0.4;
  const text = read("--st-text-color", dark ? "#fafafa" : "#222222");
  return { ...shades(dark), background, text, font: read("--st-font", "sans-serif") };
}

// What depends only on whether the background is dark.
/** @param {boolean} dark @returns {Shades} */
export function shades(dark) {
  return {
    dark,
    grid: dark ? "#ffffff1c" : "#00000014",
    line: dark ? "#ffffff22" : "#0000001c",
    halo: dark ? "#10141ce6" : "#ffffffe6",
    scale: dark ? DARK : LIGHT,
  };
}

// One calm sequential scale: the minimum is pale in the light theme and dark in the dark one.
/** @type {Scale} */
const LIGHT = [
  [0, "#fbfcfd"],
  [0.25, "#e6edf2"],
  [0.5, "#cfdbe4"],
  [0.75, "#b3c5d3"],
  [1, "#93abbd"],
];
/** @type {Scale} */
const DARK = [
  [0, "#0c1118"],
  [0.25, "#141c27"],
  [0.5, "#1e2a38"],
  [0.75, "#2b3a4c"],
  [1, "#3b4e63"],
];

/** @param {{ light: string, dark: string }} lane @param {{ dark: boolean }} colors */
export function color(lane, colors) {
  return colors.dark ? lane.dark : lane.light;
}

/** @param {string} text */
function luminance(text) {
  const [r, g, b] = channels(text).map((v) => v / 255);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** @param {string} text */
function channels(text) {
  const hex = /^#([0-9a-f]{6}|[0-9a-f]{3})/i.exec(text);
  if (!hex) return (text.match(/[\d.]+/g) || [255, 255, 255]).slice(0, 3).map(Number);
  const wide = hex[1].length === 3 ? [...hex[1]].map((c) => c + c).join("") : hex[1];
  return [0, 2, 4].map((k) => parseInt(wide.slice(k, k + 2), 16));
}

// Call `changed` whenever the page switches theme: a transition on a theme color is the signal.
/** @param {Element} element @param {() => void} changed */
export function watchTheme(element, changed) {
  const probe = element.appendChild(document.createElement("i"));
  probe.className = "stage-theme-probe";
  probe.setAttribute("aria-hidden", "true");
  probe.addEventListener("transitionend", changed);
}
