// On paper the stage is as on screen, for nothing is laid out anew there: as wide, but made smaller
// until it fits across a sheet.

const ACROSS = 1040; // pixels across A4 on its side, within margins

/** @param {HTMLElement} body */
export function fitPaper(body) {
  globalThis.addEventListener("beforeprint", () => {
    const wide = body.offsetWidth;
    body.style.setProperty("--wide", `${wide}px`);
    body.style.setProperty("--on-paper", Math.min(1, ACROSS / wide).toFixed(3));
  });
}
