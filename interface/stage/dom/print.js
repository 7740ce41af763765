// On paper the stage is as on screen, for nothing is laid out anew there: as wide and each of its
// parts as high, which a window's size decides and a sheet's must not, but made smaller until it fits
// across a sheet.

const ACROSS = 1040; // pixels across A4 on its side, within margins
const PARTS = ".panels, .side, .curve, .map, .relief, .model, .lab, .lab-pages, .canvas, .maps";
const KEPT = /** @type {const} */ (["display", "height", "gridTemplateColumns", "gridTemplateRows"]);

/** @param {HTMLElement} body */
export function fitPaper(body) {
  /** @type {[HTMLElement, string][]} */
  let held = [];
  globalThis.addEventListener("beforeprint", () => {
    const wide = body.offsetWidth;
    body.style.setProperty("--wide", `${wide}px`);
    body.style.setProperty("--on-paper", Math.min(1, ACROSS / wide).toFixed(3));
    const parts = [...body.querySelectorAll(PARTS)].map((part) => /** @type {HTMLElement} */ (part));
    const sizes = parts.map(sizeOf);
    held = parts.map((part) => [part, part.style.cssText]);
    parts.forEach((part, k) => Object.assign(part.style, sizes[k]));
  });
  globalThis.addEventListener("afterprint", () => {
    for (const [part, text] of held) part.style.cssText = text;
    held = [];
  });
}

/** @param {HTMLElement} part */
function sizeOf(part) {
  const style = getComputedStyle(part);
  return Object.fromEntries(KEPT.map((name) => [name, style[name]]));
}
