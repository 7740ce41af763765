import assert from "node:assert/strict";
import test from "node:test";
import { setImmediate } from "node:timers";

import { actsTo, arrive, follow, keepBack, placeOf } from "../../interface/stage/class/follow.js";
import { show, tell } from "../../interface/stage/class/lead.js";
import { AGAIN } from "../../interface/stage/class/connection.js";
import { codeOf } from "../../interface/stage/class/member.js";
import { reasonsOf, rowsOf } from "../../interface/stage/class/tally.js";
import { PASSAGES } from "../../interface/stage/core/passages.js";
import { acted } from "../../interface/stage/lesson/sitting.js";

const PHASES = Object.keys(PASSAGES);
const FRESH = { phase: "predict", answer: "", reason: "", seen: "", again: "", variation: "" };
const GIVEN = new Map([
  [placeOf("ravine", "predict"), { act: "answer", answer: "1", reason: "0" }],
  [placeOf("ravine", "transfer"), { act: "answer", answer: "2" }],
]);

// Where acts lead, by what a lesson's own page makes of them.
function after(sitting, acts) {
  return acts.reduce((now, said) => (said.act === "open" ? FRESH : acted(now, PHASES, said)), sitting);
}

for (const phase of PHASES) {
  test(`a page is led to ${phase} from any other phase, and from another lesson`, () => {
    const shown = { lesson: "ravine", phase };
    const fresh = after(null, actsTo(undefined, shown, GIVEN));
    assert.equal(fresh.phase, phase);
    for (const from of PHASES) {
      const sitting = after(null, actsTo(undefined, { lesson: "ravine", phase: from }, GIVEN));
      const here = { key: "ravine", phase: from, sitting };
      assert.equal(after(sitting, actsTo(here, shown, GIVEN)).phase, phase);
    }
  });
}

test("what was handed in is what was answered, and a question that was not answered is skipped", () => {
  const end = after(null, actsTo(undefined, { lesson: "ravine", phase: "outcome" }, GIVEN));
  const { answer, reason, seen, again } = end;
  assert.deepEqual({ answer, reason, seen, again }, { answer: "1", reason: "0", seen: "skip", again: "2" });
});

test("an answer that was given stands, and a page that is there does nothing", () => {
  const sitting = { ...FRESH, phase: "watch", answer: "0" };
  const here = { key: "ravine", phase: "watch", sitting };
  assert.deepEqual(actsTo(here, { lesson: "ravine", phase: "watch" }, GIVEN), []);
  assert.deepEqual(actsTo(here, { lesson: "ravine", phase: "predict" }, GIVEN), [
    { act: "go", phase: "predict" },
  ]);
});

test("a page that comes elsewhere than its class has gone meanwhile is led again, until it is there", () => {
  const acts = [];
  const lesson = { key: "ravine", phase: "watch", sitting: { ...FRESH, answer: "1", seen: "skip" } };
  const tell = (_, said) => acts.push(said);
  const stage = { race: { header: { lesson } }, body: { dataset: {} }, tell, turn: () => undefined };
  const shows = (phase) => ({ shown: { lesson: "ravine", phase, address: "" } });
  const state = { stage, news: shows("explain"), alone: false, given: GIVEN, shown: "", tries: 0 };
  follow(state);
  state.news = shows("watch");
  follow(state);
  assert.deepEqual(acts.splice(0), [{ act: "go", phase: "explain" }]);
  lesson.phase = "explain";
  arrive(state);
  assert.deepEqual(acts.splice(0), [{ act: "go", phase: "watch" }]);
  lesson.phase = "watch";
  arrive(state);
  lesson.phase = "check";
  arrive(state);
  assert.deepEqual(acts, [], "a page that was there goes its own way");
});

test("a student's page that follows skips no question, and hands nothing in for it", () => {
  const lesson = { key: "ravine", phase: "predict" };
  const stage = { race: { header: { lesson } } };
  const state = {
    stage,
    member: { code: "K7QF" },
    news: { shown: { lesson: "ravine", phase: "predict" } },
    alone: false,
    given: new Map(),
  };
  assert.equal(keepBack(state, { act: "answer", answer: "skip" }), true);
  assert.equal(state.given.size, 0);
  assert.equal(keepBack({ ...state, alone: true }, { act: "answer", answer: "skip" }), false);
});

const HOME = { baseURI: "http://home.example/" };

// A lecturer's page at a phase of a lesson, its clock, and what it has told so far.
function leading(t) {
  const clock = { t: 0, playing: false, speed: 1, steps: 40 };
  const stage = { clock, race: { header: { lesson: { key: "ravine", phase: "watch" } } } };
  const dialog = { words: "", say: (words) => (dialog.words = words) };
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const state = { stage, member: { code: "K7QF", key: "key" }, dialog, shown: "", told: "", stepped: 0 };
  const at = (step, playing) => {
    Object.assign(clock, { t: step, playing });
    show(state);
    return JSON.parse(state.shown);
  };
  return { state, at };
}

test("a run that is played again is news, one that plays on or comes to its end is none", (t) => {
  const { at } = leading(t);
  const first = at(0, true);
  for (const step of [0, 12, 30]) assert.deepEqual(at(step, true), first);
  assert.deepEqual(at(40, false), first);
  assert.deepEqual(at(40, false), first);
  const again = at(0, true);
  assert.notDeepEqual(again, first);
  assert.deepEqual({ ...again, turn: first.turn }, first);
  const paused = at(10, false);
  assert.deepEqual(at(10, false), paused);
});

test("what a lecturer shows overtakes nothing, and what was not told is told later", async (t) => {
  const { state, at } = leading(t);
  globalThis.document = HOME;
  const sent = [];
  const line = { answers: [] };
  t.mock.method(globalThis, "fetch", (_, { body }) => {
    sent.push(JSON.parse(body).step);
    return new Promise((answer) => line.answers.push(answer));
  });
  at(1, false);
  const telling = tell(state);
  at(2, false);
  tell(state);
  at(3, false);
  tell(state);
  assert.deepEqual(sent, [1]);
  line.answers.shift()({ ok: true });
  await new Promise(setImmediate);
  assert.deepEqual(sent, [1, 3]);
  line.answers.shift()(null);
  await telling;
  assert.match(state.dialog.words, /cannot be reached/);
  t.mock.timers.tick(AGAIN);
  assert.deepEqual(sent, [1, 3, 3]);
  line.answers.shift()({ ok: true });
  await new Promise(setImmediate);
  assert.equal(state.dialog.words, "");
  await tell(state);
  assert.equal(sent.length, 3);
});

test("an answer that the line did not carry is handed in when it does, unless there is another", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  globalThis.document = HOME;
  const sent = [];
  const line = { answer: null };
  t.mock.method(globalThis, "fetch", async (_, { body }) => {
    sent.push(JSON.parse(body).answer);
    return line.answer;
  });
  const lesson = { key: "ravine", phase: "predict" };
  const news = { shown: { lesson: "ravine", phase: "predict" } };
  const stage = { race: { header: { lesson } } };
  const panel = { tell: () => undefined };
  const state = { stage, member: { code: "K7QF", who: "visitor-1" }, news, panel, given: new Map() };
  keepBack(state, { act: "answer", answer: "0" });
  await new Promise(setImmediate);
  assert.match(state.said, /cannot be reached/);
  keepBack(state, { act: "answer", answer: "1" });
  await new Promise(setImmediate);
  line.answer = { ok: true };
  t.mock.timers.tick(AGAIN);
  await new Promise(setImmediate);
  assert.deepEqual(sent, ["0", "1", "1"]);
  assert.equal(state.said, "");
});

test("a code is read however it is written, and nothing else is one", () => {
  assert.deepEqual(["#k7qf", " K7QF ", "k7qf"].map(codeOf), ["K7QF", "K7QF", "K7QF"]);
  assert.deepEqual(["", "#", "K7Q", "K7QFX", "KAQF", "K0QF", "#view"].map(codeOf), Array(7).fill(""));
});

const said = (...answers) => answers.map((answer) => ({ answer, reason: "" }));
const short = (rows) => rows.map(({ label, count, right }) => [label, count, right]);

test("words are counted in their order, with those that nobody has said", () => {
  const question = { shape: { kind: "words", options: ["never", "often", "always"] } };
  const rows = rowsOf(question, said("2", "0", "2"), { words: "", choice: 2 });
  assert.deepEqual(short(rows), [
    ["never", 1, false],
    ["often", 0, false],
    ["always", 2, true],
  ]);
  assert.deepEqual(
    rowsOf(question, said("2"), null).map(({ right }) => right),
    [null, null, null],
  );
});

test("of orders the most frequent come first", () => {
  const lanes = [
    ["a", "Adam"],
    ["b", "Momentum"],
  ];
  const question = { shape: { kind: "ranking", lanes } };
  const rows = rowsOf(question, said("a,b", "b,a", "b,a"), { words: "", order: ["a", "b"] });
  assert.deepEqual(short(rows), [
    ["Momentum, then Adam", 2, false],
    ["Adam, then Momentum", 1, true],
  ]);
});

test("of many orders all are counted", () => {
  const slots = ["a", "b", "c"];
  const orders = slots.flatMap((x) =>
    slots.filter((y) => y !== x).map((y) => [x, y, slots.find((z) => z !== x && z !== y)].join(",")),
  );
  const question = { shape: { kind: "ranking", lanes: slots.map((slot) => [slot, slot]) } };
  const rows = rowsOf(question, said(...orders), { words: "", order: slots });
  assert.deepEqual(short(rows).at(-1), ["other orders", 1, null]);
});

test("few numbers are counted each, many in bars that hold all of them", () => {
  const question = { shape: { kind: "number", unit: "steps", near: 0.1 } };
  const truth = { words: "", value: 40, off: 4 };
  assert.deepEqual(short(rowsOf(question, said("-5", "38 to 46", "42"), truth)), [
    ["−5 steps", 1, false],
    ["42 steps", 2, true],
  ]);
  const many = Array.from({ length: 30 }, (_, k) => String(k * k));
  const rows = rowsOf(question, said(...many), truth);
  assert.equal(rows.length, 8);
  assert.equal(
    rows.reduce((sum, { count }) => sum + count, 0),
    30,
  );
  assert.deepEqual(
    rows.map(({ right }) => right),
    [true, ...Array(7).fill(false)],
  );
  assert.deepEqual(rowsOf(question, [], truth), []);
});

test("of places it is counted how many are near enough, once that may be known", () => {
  const question = { shape: { kind: "point" } };
  const answers = said("1,1", "1.1,1", "4,4");
  assert.deepEqual(rowsOf(question, answers, null), []);
  assert.deepEqual(short(rowsOf(question, answers, { words: "", at: [1, 1], off: 0.2 })), [
    ["near enough", 2, true],
    ["elsewhere", 1, false],
  ]);
});

test("reasons are counted beside the right one", () => {
  const answers = [
    { answer: "0", reason: "1" },
    { answer: "0", reason: "" },
  ];
  assert.deepEqual(short(reasonsOf(["large", "small"], answers, 1)), [
    ["large", 0, false],
    ["small", 1, true],
  ]);
});
