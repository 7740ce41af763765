// A class that takes part. Its lecturer's page tells what it shows; the pages of all others follow, keep
// an answer back until the run is started for all, and hand it in.

import { button } from "../dom/dom.js";
import { classDialog } from "./dialog.js";
import { arrive, follow, keepBack } from "./follow.js";
import { show } from "./lead.js";
import { ended, listen, opened } from "./connection.js";
import { member, remember, visitor } from "./member.js";
import { panelOf } from "./panel.js";

/** @import { Said, Stage } from "../core/stage.d.ts" */
/** @import { RoomNews } from "../core/packets.d.ts" */
/** @import { Member } from "./member.js" */
/**
 * @typedef {object} Class
 * @property {Stage} stage
 * @property {Member | null} member
 * @property {RoomNews | null} news
 * @property {boolean} alone a student's page that does not follow for a while
 * @property {Map<string, Said>} given answers that are handed in, by lesson and phase
 * @property {string} said what became of the last answer, where it was not taken
 * @property {string} shown what this page shows its class, or has followed
 * @property {string} told what the class was told last
 * @property {boolean} telling
 * @property {number} tries how often a page that came elsewhere is led again
 * @property {string} clocked the clock that it has followed
 * @property {number} stepped the step that the lecturer's clock showed last
 * @property {ReturnType<typeof setTimeout> | undefined} timer
 * @property {() => void} hush ends the listening
 * @property {HTMLElement} chip
 * @property {ReturnType<typeof classDialog>} dialog
 * @property {ReturnType<typeof panelOf>} panel
 */

/** @param {Stage} stage */
export function classOf(stage) {
  const chip = button("tool wide class-chip", () => state.dialog.open(), { hidden: true }, "");
  /** @type {Omit<Class, "dialog" | "panel">} what is read by both of these */
  const begun = {
    ...{ stage, chip, member: null, news: null, alone: false, given: new Map(), said: "", tries: 0 },
    ...{ shown: "", told: "", telling: false, clocked: "", stepped: 0, timer: undefined },
    hush: () => undefined,
  };
  const state = /** @type {Class} */ (begun);
  state.dialog = classDialog(state, {
    open: async () => enter(state, { ...visitor(""), ...(await opened()) }),
    join: (code) => enter(state, visitor(code)),
    follow: (on) => followed(state, on),
    leave: () => leave(state),
  });
  state.panel = panelOf(state);
  Object.assign(stage.inClass ?? {}, { keepsBack: (/** @type {Said} */ said) => keepBack(state, said) });
  stage.tools.prepend(chip);
  return {
    open: () => state.dialog.open(),
    /** @param {string} code */
    enter: (code) => entered(state, code),
    parts: { race: () => race(state), step: () => leads(state), laidOut: () => laidOut(state) },
  };
}

// A code behind the address counts for more than the class this tab was in.
/** @param {Class} state @param {string} code */
function entered(state, code) {
  if (code) history.replaceState(history.state, "", location.pathname + location.search);
  const before = member();
  if (code && code !== before?.code) return enter(state, visitor(code));
  if (before && !state.member) enter(state, before);
}

/** @param {Class} state @param {Member} now */
function enter(state, now) {
  state.hush();
  const given = new Map(now.given);
  Object.assign(state, { member: now, news: null, alone: false, given, said: "", shown: "", told: "" });
  remember(now);
  state.hush = listen(
    now,
    (news) => hear(state, news),
    () => over(state),
  );
  leads(state);
  tell(state);
}

/** @param {Class} state @param {RoomNews} news */
function hear(state, news) {
  state.news = news;
  if (!state.member?.key) follow(state);
  tell(state);
}

/** @param {Class} state */
function race(state) {
  if (state.member && !state.member.key) arrive(state);
  leads(state);
  tell(state);
}

/** @param {Class} state */
function laidOut(state) {
  leads(state);
  state.panel.laidOut();
}

/** @param {Class} state */
function leads(state) {
  if (state.member?.key) show(state);
}

/** @param {Class} state @param {boolean} on */
function followed(state, on) {
  Object.assign(state, { alone: !on, shown: "" });
  if (on) follow(state);
  tell(state);
}

// Whoever opened a class ends it for all; others leave it.
/** @param {Class} state */
async function leave(state) {
  const { member: own } = state;
  out(state);
  if (own?.key) await ended(own).catch(() => null); // it ends by itself when nobody uses it
}

// Whoever never got in is told so at once.
/** @param {Class} state */
function over(state) {
  const { member: own, news } = state;
  out(state);
  state.dialog.say(`There is no class ${own?.code}, or it has ended.`);
  if (!news) state.dialog.open();
}

/** @param {Class} state */
function out(state) {
  state.hush();
  Object.assign(state, { member: null, news: null });
  remember(null);
  tell(state);
}

/** @param {Class} state */
function tell(state) {
  const { member: own, news, chip } = state;
  chip.hidden = !own;
  const counted = news?.answered === undefined ? "" : `, ${news.answered} of ${news.present} answered`;
  chip.textContent = own ? `Class ${own.code}` : "";
  chip.title = own?.key ? `Class ${own.code}${counted}` : "You take part in this class";
  state.dialog.tell();
  state.panel.tell();
}
