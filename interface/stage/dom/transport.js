// The clock's controls: buttons, speed, and a timeline that can be scrubbed and shows events.

import { pause, seek, SPEEDS, toggle } from "../core/clock.js";
import { button, icon, make, reword, signButton } from "./dom.js";
import { explain } from "./explain.js";

/** @import { FeltRace } from "../core/stage.d.ts" */
/** @import { LaneHeader, RaceHeader } from "../core/packets.d.ts" */
/** @import { Clock } from "../core/clock.js" */
/** @typedef {(change: (now: Clock) => Clock) => void} Turn */
/** @typedef {{ playing?: boolean, looping?: boolean, told?: string, epoch?: number | null }} Said */
/** @typedef {ReturnType<typeof transport> & Said} Bar what stands in the bar, and what it says now */
/** @typedef {{ t: number, kind: string, lane: LaneHeader, words: string }} Happening */

// Where the buttons and the keys of these names take the clock.
/** @type {Record<string, (now: Clock) => Clock>} */
const WAYS = {
  ArrowLeft: (now) => pause(seek(now, now.t - 1)),
  ArrowRight: (now) => pause(seek(now, now.t + 1)),
  Home: (now) => pause(seek(now, 0)),
  End: (now) => pause(seek(now, now.steps)),
};

/** @param {HTMLElement} root @param {Turn} act */
export function transport(root, act) {
  /** @param {string} name @param {string} label @param {(now: Clock) => Clock} change */
  const tool = (name, label, change) => signButton(`tool ${name}`, name, label, () => act(change));
  const name = make("span", { class: "play-name" });
  const play = button("play", () => act(toggle), {}, icon("play"), name);
  const loop = tool("loop", "Repeat", (now) => ({ ...now, loop: !now.loop }));
  const range = make("input", { type: "range", min: 0, step: 1, class: "timeline", "aria-label": "Step" });
  range.addEventListener("input", () => act((now) => pause(seek(now, Number(range.value)))));
  const speed = make("select", { class: "speed", "aria-label": "Speed", title: "Speed" });
  speed.append(...SPEEDS.map((s) => make("option", { value: s, selected: s === 1 }, `${s}×`)));
  speed.addEventListener("change", () => act((now) => ({ ...now, speed: Number(speed.value) })));
  const events = make("div", { class: "events", "aria-hidden": "true" });
  const said = make("output", { class: "said" });
  const track = make("div", { class: "track" }, events, range);
  explain(events, "ticks", track);
  explain(play, "play");
  explain(loop, "repeat");
  root.append(
    play,
    tool("first", "To the start", WAYS.Home),
    tool("back", "One step back", WAYS.ArrowLeft),
    tool("forward", "One step forward", WAYS.ArrowRight),
    tool("last", "To the end", WAYS.End),
    loop,
    track,
    said,
    speed,
  );
  return { play, name, loop, range, said, events };
}

/** @param {Bar} bar @param {Clock} now */
export function showClock(bar, now) {
  if (Number(bar.range.max) !== now.steps) bar.range.max = String(now.steps);
  if (Number(bar.range.value) !== now.t) bar.range.value = String(now.t);
  if (bar.looping !== now.loop) bar.loop.setAttribute("aria-pressed", String((bar.looping = now.loop)));
  if (bar.playing === now.playing) return;
  bar.playing = now.playing;
  bar.play.firstChild?.replaceWith(icon(now.playing ? "pause" : "play"));
  bar.name.textContent = now.playing ? "Pause" : "Play";
}

/** @param {Bar} bar @param {Clock} clock */
export function sayClock(bar, { t, steps }) {
  const said = `step ${t} of ${steps}${bar.epoch ? `, epoch ${Math.max(1, Math.ceil(t / bar.epoch))}` : ""}`;
  if (bar.told === said) return;
  bar.told = said;
  bar.range.setAttribute("aria-valuetext", said);
  reword(bar.said, said);
}

// Marks on the timeline: where the chosen lane's gradient flips, and who arrives or diverges when.
/** @param {Pick<FeltRace, "header">} race @returns {Happening[]} */
function events({ header }) {
  const { lanes, flips, chosen } = header;
  const found = flips.flatMap((steps, side) =>
    steps.map((t) => ({
      t,
      kind: `flip-${"xy"[side]}`,
      lane: lanes[chosen],
      words: `gradient changes sign in ${"xy"[side]}`,
    })),
  );
  for (const lane of lanes.filter((l) => l.visible)) {
    found.push(...lane.events.map((event) => ({ ...event, lane })));
  }
  return found;
}

const MOST_FLIPS = 400;
const MOST_EPOCHS = 12;

// Where every so manieth epoch begins, as few as can be told apart.
/** @param {Pick<RaceHeader, "model" | "steps">} header */
export function epochs({ model, steps }) {
  const each = model?.epoch;
  if (!each) return [];
  const count = Math.floor(steps / each);
  const stride = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((n) => count / n <= MOST_EPOCHS) ?? count;
  const found = Array.from({ length: Math.floor(count / stride) }, (_, k) => (k + 1) * stride);
  return found.map((n) => ({ t: n * each, words: `epoch ${n + 1} begins` }));
}

/** @param {Bar} bar @param {FeltRace} race @param {(lane: LaneHeader) => string} paint */
export function showEvents(bar, race, paint) {
  const { steps, model } = race.header;
  bar.epoch = model?.epoch;
  const turns = epochs(race.header).map(({ t, words }) => {
    const style = `left:${(100 * t) / steps}%`;
    return make("i", { class: "mark epoch", style, title: `step ${t}: ${words}` });
  });
  const found = events(race).slice(0, MOST_FLIPS + 12);
  bar.events.replaceChildren(
    ...turns,
    ...found.map(({ t, kind, lane, words }) => {
      const title = `step ${t}: ${lane.label} ${words}`;
      const style = `left:${(100 * t) / steps}%;--paint:${paint(lane)}`;
      return make("i", { class: `mark ${kind.replace(" ", "-")}`, style, title });
    }),
  );
}

// Arrows, Home and End, unless a control that needs them has the focus.
/** @param {KeyboardEvent} event @param {Turn} act */
export function keys(event, act) {
  const way = WAYS[event.key];
  if (!way || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  act(way);
}
