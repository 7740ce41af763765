// What stands of the class in a lesson's panel: for a student, what became of the answer; for the lecturer,
// how many have answered, and once the run has been started, what.

import { PASSAGES } from "../core/passages.js";
import { make, reword } from "../dom/dom.js";
import { cloud } from "./cloud.js";
import { placeOf } from "./follow.js";
import { answersTo } from "./connection.js";
import { reasonsOf, rowsOf } from "./tally.js";

/** @import { ReasonedHeader, RoomAnswer } from "../core/packets.d.ts" */
/** @import { InClass } from "../core/stage.d.ts" */
/** @import { Question } from "../lesson/told.d.ts" */
/** @import { Class } from "./class.js" */
/** @import { Lesson } from "./follow.js" */
/** @import { Row } from "./tally.js" */

const IN =
  "Your answer is handed in. The run starts when your lecturer starts it; until then you may change it.";
const ASKED = "Your class answers this together.";
const ALONE = "You are on your own for now.";

/** @param {Class} state */
export function panelOf(state) {
  const { above, below } = /** @type {InClass} */ (state.stage.inClass);
  const [line, note] = [make("p", { role: "status" }), make("p", { role: "status" })];
  const counted = make("div", {});
  above.replaceChildren(line, counted);
  below.replaceChildren(note);
  const drawn = cloud(state.stage);
  let told = "";
  const tell = () => {
    const lesson = state.member ? state.stage.race.header.lesson : undefined;
    const said = lesson ? words(state, lesson) : "";
    reword(state.member?.key ? line : note, said);
    reword(state.member?.key ? note : line, "");
    const asks = lesson && state.member?.key ? tallied(lesson) : "";
    const now = JSON.stringify([state.member?.code, lesson?.key, lesson?.phase, asks, state.news?.answered]);
    if (now === told) return;
    told = now;
    if (!lesson || !asks) {
      counted.replaceChildren();
      drawn.show(null, []);
    } else fill(state, lesson, asks);
  };
  /** @param {Class} state @param {Lesson} lesson @param {string} phase */
  const fill = async ({ member }, lesson, phase) => {
    const before = told;
    const answers = member ? await answersTo(member, lesson.key, phase).catch(() => []) : [];
    if (told !== before || !("question" in lesson)) return;
    counted.replaceChildren(...rows(lesson, answers));
    drawn.show(lesson.question, answers);
  };
  return { tell, laidOut: drawn.lay };
}

/** @param {Class} state @param {Lesson} lesson */
function words(state, { key, phase, sitting }) {
  const { member, news, alone, given, said } = state;
  const { leads, shows } = PASSAGES[phase];
  if (!member || !leads) return "";
  if (member.key)
    return `Class ${member.code}: ${news?.answered ?? 0} of ${news?.present ?? 0} have answered.`;
  if (sitting[shows]) return "";
  if (alone) return ALONE;
  return said || (given.has(placeOf(key, phase)) ? IN : ASKED);
}

// The question whose answers a phase shows: none while one is asked, so that nobody leans on others.
/** @param {Lesson} lesson */
function tallied({ phase }) {
  const { shows, leads } = PASSAGES[phase];
  if (leads || !shows) return "";
  return Object.keys(PASSAGES).find((each) => PASSAGES[each].leads && PASSAGES[each].shows === shows) ?? "";
}

/** @param {Lesson} lesson @param {RoomAnswer[]} answers */
function rows(lesson, answers) {
  if (!("question" in lesson)) return [];
  const question = /** @type {Pick<Question, "shape" | "reasons">} */ (lesson.question);
  const truth = "truth" in lesson ? lesson.truth : null;
  const title = `The class: ${answers.length} ${answers.length === 1 ? "answer" : "answers"}`;
  const found = [make("h3", {}, title), table(rowsOf(question, answers, truth))];
  const { reason } = /** @type {Partial<ReasonedHeader>} */ (truth ?? {});
  if (reason === undefined || !question.reasons?.length) return found;
  return [...found, make("h3", {}, "Because"), table(reasonsOf(question.reasons, answers, reason))];
}

/** @param {Row[]} found */
function table(found) {
  const most = Math.max(1, ...found.map(({ count }) => count));
  const items = found.map(({ label, count, right }) => {
    const bar = make("span", { class: "class-bar" });
    bar.style.setProperty("--share", String(count / most));
    const sign = right ? make("span", { class: "class-right", "aria-label": "right" }, "✓") : "";
    const said = make("span", { class: "class-said" }, label, " ", sign);
    return make("li", {}, said, make("span", { class: "class-bars" }, bar, make("b", {}, String(count))));
  });
  return make("ul", { class: "class-rows" }, ...items);
}
