// A place in pixels as text with one decimal: what a path is written with, thousands at every frame.

const MOST = 2000;
const WRITTEN = Array.from({ length: 10 * MOST }, (_, n) => `${Math.floor(n / 10)}.${n % 10}`);

// As `toFixed(1)`, but for ties that a double can not hold; on screen looked up, beyond it written.
/** @param {number} px */
export const tenths = (px) => WRITTEN[Math.round(10 * px)] ?? px.toFixed(1);
