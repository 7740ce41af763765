// What a person opens: told when it happens, for an address alone does not say who wrote it.

// Streamlit reads no address of more parameters than this, and does not say so.
const MOST_PARAMETERS = 1000;

// Back, Forward, or another address put in by hand. The framework tells it as well, but only once.
/** @param {(name: string, value: unknown) => void} tell */
export function watchAddress(tell) {
  globalThis.addEventListener("popstate", () => tell("opened", globalThis.location.search));
  const found = [...new URLSearchParams(globalThis.location.search)].length;
  if (found > MOST_PARAMETERS) tell("unread", found);
}
