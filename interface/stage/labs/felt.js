// Coarse maps under the hand: the next is begun when the one before is there, so that a slow machine shows
// fewer and none is lost.

/** @import { Begin } from "./study.js" */
/** @typedef {{ again: boolean, stop: () => void }} Feeling */
/** @typedef {{ feeling: Feeling | null }} State */
/** @template Part @typedef {{ begin: Begin<Part>, part(part: Part): void, show(): void, refused(): void }} Coarse */

// Another coarse map is wanted; `make()` says what begins it, hears its parts and shows it.
/** @template Part @param {State} state @param {() => Coarse<Part>} make */
export function follow(state, make) {
  if (state.feeling) return void (state.feeling.again = true);
  const { begin, part, show, refused } = make();
  /** @type {Feeling} */
  const feeling = { again: false, stop: () => undefined };
  state.feeling = feeling;
  const done = () => {
    state.feeling = null;
    show();
    if (feeling.again) follow(state, make);
  };
  const failed = () => {
    state.feeling = null;
    refused();
  };
  feeling.stop = begin({ part, done, failed });
}

/** @param {State} state */
export function stopFollowing(state) {
  state.feeling?.stop();
  state.feeling = null;
}
