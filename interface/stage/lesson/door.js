// The way into the lessons: a button, one quiet line on a first visit, and the panel of the lesson
// that is open. What stands behind is fetched only when it is wanted.

import { make } from "../dom/dom.js";
import { remember, visited } from "./done.js";
import { tell } from "./tell.js";

const FIRST = { key: "zigzag", title: "Why gradient descent zigzags", minutes: 3 };

export function door(stage) {
  if (stage.component?.offline) return {};
  const state = { stage, panel: null, list: null, waiting: null };
  stage.tools.prepend(button(state));
  const line = quietLine(state);
  const parts = (name) => () => state.panel?.[name]?.();
  return {
    race: () => {
      invite(state, line);
      race(state);
    },
    step: (t) => state.panel?.step(t),
    laidOut: parts("laidOut"),
    theme: parts("theme"),
    resize: parts("resize"),
  };
}

function button(state) {
  const open = async () => {
    const { lessons } = await import("./list.js");
    state.list ||= lessons(state.stage);
    state.list.open();
  };
  const said = { type: "button", class: "tool wide lessons", "aria-haspopup": "dialog", onclick: open };
  return make("button", { ...said, title: "Lessons: predict, watch, check, explain" }, "Lessons");
}

// Only where nobody has seen a lesson yet, and only over the bare address.
function quietLine(state) {
  const begin = () => tell(state.stage, { act: "open", key: FIRST.key });
  const away = () => {
    remember("visited");
    line.remove();
  };
  const line = make(
    "p",
    { class: "first-visit", hidden: true },
    make("span", {}, "New here? "),
    make("button", { type: "button", class: "plain", onclick: begin }, FIRST.title),
    make("span", {}, `, a lesson of ${FIRST.minutes} minutes. `),
    make(
      "button",
      { type: "button", class: "plain away", onclick: away, "aria-label": "Do not offer it again" },
      "✕",
    ),
  );
  state.stage.head.after(line);
  return line;
}

function invite({ stage }, line) {
  line.hidden = visited() || Boolean(stage.race.header.lesson) || location.search !== "";
}

async function race(state) {
  const { stage } = state;
  const told = stage.race.header.lesson;
  if (told && !state.panel) {
    remember("visited");
    state.waiting ||= import("./lesson.js");
    const { lesson } = await state.waiting;
    state.panel ||= lesson(stage);
  }
  state.panel?.race(stage.race.header.lesson);
}
