// Small things this browser remembers for the page; where it may not, they are forgotten.

const PREFIX = "loss-surfaces.";

/** @param {string} name @returns {string | null} */
export function kept(name) {
  try {
    return globalThis.localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/** @param {string} name @param {string} value */
export function keep(name, value) {
  try {
    globalThis.localStorage.setItem(PREFIX + name, value);
  } catch {
    // A browser that keeps nothing for a page shows it as on the first visit.
  }
}
