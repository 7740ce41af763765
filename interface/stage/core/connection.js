// The line between page and server, as far as the page knows of it.

const APP = "[data-testid=stApp]";
const STATE = "data-test-connection-state";
const CONNECTED = "CONNECTED";

// Whether it is known to be down: the browser says so, or the framework has lost its socket.
export function cut() {
  const state = document.querySelector(APP)?.getAttribute(STATE) ?? CONNECTED;
  return globalThis.navigator?.onLine === false || state !== CONNECTED;
}

// Call `tell` whenever that may have changed.
/** @param {() => void} tell */
export function watchLine(tell) {
  globalThis.addEventListener("online", tell);
  globalThis.addEventListener("offline", tell);
  const app = document.querySelector(APP);
  if (app) new MutationObserver(tell).observe(app, { attributes: true, attributeFilter: [STATE] });
}

// The framework lays a notice over the page when it has lost its socket. Where the page goes on without,
// it is closed as a person would close it.
/** @param {() => boolean} goesOn */
export function closeNotices(goesOn) {
  const notice = "[role=dialog][data-rac] > button[aria-label=Close]";
  const close = () => goesOn() && /** @type {HTMLElement | null} */ (document.querySelector(notice))?.click();
  new MutationObserver(close).observe(document.body, { childList: true });
}
