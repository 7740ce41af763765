// The link: to copy, to scan, and to embed without controls. It tells the step on screen, so the
// clock stops for it.

import { LONGEST_QR } from "../core/known.js";
import { pause } from "../core/clock.js";
import { standing } from "../core/hover.js";
import { make } from "../dom/dom.js";
import { copied, field, push, saying } from "../dom/form.js";
import { address } from "../core/live.js";
import { linked } from "./link.js";

/** @import { Stage } from "../core/stage.d.ts" */
/** @import { Clock } from "../core/clock.js" */

export const ALONE =
  "Only this machine opens this address. Start the app with --server.address 0.0.0.0 for others to reach it.";

const IN_LESSON = "Opens the lesson at this step, with the answers given so far.";

/** @param {Stage} stage */
export function linkTab(stage) {
  const said = saying();
  const whole = made("take-link");
  const embed = made("take-embed");
  const code = make("div", { class: "qr" });
  const opens = make("p", { class: "opens" });
  const shown = () => {
    if (stage.clock.playing) stage.turn(pause);
    opens.textContent = stage.kept.header.address ? IN_LESSON : opensAt(standing(stage), linked(stage));
    fill(location.origin);
    said.say("");
    if (local(location.hostname)) elsewhere();
  };
  /** @param {string} origin */
  const fill = (origin) => {
    whole.value = page(origin, linked(stage));
    const hidden = new URLSearchParams(linked(stage));
    hidden.set("view.controls", "hidden");
    embed.value = page(origin, hidden.toString());
    scan(code, whole.value);
  };
  const elsewhere = async () => {
    const origin = await forOthers();
    if (origin) fill(origin);
    said.say(origin ? `Others in this network open ${origin}.` : ALONE);
  };
  /** @param {HTMLInputElement} input */
  const copy = (input) => async () => said.say(await copied(input.value, () => input.focus()));
  /** @param {string} label @param {HTMLInputElement} input */
  const row = (label, input) =>
    make("div", { class: "copying" }, field(label, input), push("Copy", copy(input)));
  const rows = make(
    "div",
    { class: "links" },
    row("Link to this page", whole),
    opens,
    row("Link for embedding, controls hidden", embed),
    said.line,
  );
  return { content: [make("div", { class: "sharing" }, rows, code)], shown };
}

const WITHOUT_ROWS = " So many rows are in no link: whoever opens it is asked for their file.";

/** @param {Clock} clock @param {string} query */
export function opensAt({ t, steps }, query) {
  const where = t < steps ? `step ${t} of ${steps}` : "the end of the run";
  return `Opens at ${where}.${new URLSearchParams(query).has("surface.file") ? WITHOUT_ROWS : ""}`;
}

/** @param {string} id */
function made(id) {
  const field = make("input", { id, type: "text", readonly: true });
  field.addEventListener("focus", () => field.select());
  return field;
}

/** @param {string} origin @param {string} query */
const page = (origin, query) => `${origin}${location.pathname}${query && `?${query}`}`;

/** @param {string} host */
export const local = (host) => host === "localhost" || host === "[::1]" || /^127\./.test(host);

// The address for others, as the server knows it, or null if none of them reaches it.
export async function forOthers() {
  const answer = await fetch(address("take/reach")).catch(() => null);
  const { host } = answer?.ok ? await answer.json() : {};
  return host ? `${location.protocol}//${host}${location.port && `:${location.port}`}` : null;
}

/** @param {HTMLElement} code @param {string} link */
export function scan(code, link) {
  /** @param {string} words */
  const say = (words) => code.replaceChildren(make("p", {}, words));
  const most = `too many for a code that phones can read (${LONGEST_QR})`;
  if (link.length > LONGEST_QR) return say(`This link has ${link.length} characters, ${most}.`);
  const image = make("img", {
    src: address(`take/qr.svg?text=${encodeURIComponent(link)}`),
    alt: "QR code of the link to this page",
    onerror: () => say("The QR code could not be loaded."),
  });
  return code.replaceChildren(image);
}
