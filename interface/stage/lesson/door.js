// The way into the lessons: a button, one quiet line on a first visit, and the panel of the lesson
// that is open. What stands behind is fetched only when it is wanted.

import { handedOn, later, opening } from "../dom/lazy.js";
import { button, make } from "../dom/dom.js";
import { visit, visited } from "./done.js";
import { references } from "./references.js";
import { tell } from "./tell.js";

/** @import { Part, Stage } from "../core/stage.d.ts" */
/** @typedef {ReturnType<typeof lessonOf>} Lesson */

const FIRST = { key: "ravine", title: "First lesson: gradient descent in a ravine", minutes: 3 };

/** @param {Stage} stage @returns {Part} */
export function door(stage) {
  const { offline, taught } = stage.component;
  const [line, back, lesson] = [offer(stage), again(stage), lessonOf(stage)];
  if (!offline) stage.tools.prepend(opener(stage));
  if (taught) stage.tools.prepend(back);
  const refer = references(stage);
  return {
    race: () => {
      refer();
      if (!offline) invite(stage, line);
      back.hidden = Boolean(stage.race.header.lesson);
      race(stage, lesson);
    },
    ...handedOn(["step", "pause", "felt", "laidOut", "theme", "resize"], () => lesson.now()?.parts),
  };
}

/** @param {Stage} stage */
function opener(stage) {
  const open = opening(stage.tools, "lessons", async () => {
    const { lessons } = await import("./list.js");
    return lessons(stage).open;
  });
  const said = { "aria-haspopup": "dialog", title: "Lessons: predict, watch, check, explain" };
  return button("tool wide lessons", open, said, "Lessons");
}

// In a saved page: back to its lesson, for who has left it.
/** @param {Stage} stage */
const again = (stage) => button("tool wide lessons", () => tell(stage, { act: "open" }), {}, "Lesson");

// One quiet offer beside the examples, where nobody has opened a lesson yet.
/** @param {Stage} stage */
function offer(stage) {
  const begin = () => tell(stage, { act: "open", key: FIRST.key });
  const link = button("plain first-lesson", begin, {}, FIRST.title);
  return make("span", { class: "first-visit" }, "New here? ", link, ` (${FIRST.minutes} minutes)`);
}

/** @param {Stage} stage @param {HTMLElement} line */
function invite(stage, line) {
  const place = stage.body.querySelector(".intro-said");
  if (place && !line.isConnected) place.after(line);
  line.hidden = visited() || Boolean(stage.race.header.lesson);
}

/** @param {Stage} stage */
const lessonOf = (stage) =>
  later(
    () => import("./lesson.js"),
    stage.tools,
    ({ lesson }) => lesson(stage),
  );

/** @param {Stage} stage @param {Lesson} lesson */
async function race(stage, lesson) {
  if (stage.race.header.lesson && !lesson.now()) {
    visit();
    await lesson.get();
  }
  lesson.now()?.race(stage.race.header);
}
