// What is said and drawn about sensitivity and fair tuning, as far as it needs no browser.

import assert from "node:assert/strict";
import { test } from "node:test";

import { logTicks } from "../../interface/stage/draw/ticks.js";
import { outcomeAt, outcomeScale, saidOutcome } from "../../interface/stage/draw/outcome-scale.js";
import { basis, question, setting } from "../../interface/stage/core/question.js";
import {
  brokenEnds,
  sensitivityFigure,
  verticalRange,
} from "../../interface/stage/labs/sensitivity/figure.js";
import { labels } from "../../interface/stage/labs/sensitivity/labels.js";
import { overlap } from "../../interface/stage/draw/placing.js";
import { lines } from "../../interface/stage/labs/sensitivity/names.js";
import { beside } from "../../interface/stage/dom/readout.js";
import { here } from "../../interface/stage/labs/here.js";
import { factor, saidRange } from "../../interface/stage/labs/sensitivity/words.js";
import { judged, placed, ranges, rowsAbove } from "../../interface/stage/labs/tuning/figure.js";
import { pathsFigure, spots, twoMaps } from "../../interface/stage/labs/tuning/paths.js";
import { saidAsked, saidTuned } from "../../interface/stage/labs/tuning/words.js";

const params = (link) => question({ link, rules: {} });
const COLORS = { text: "#000", halo: "#fff", grid: "#ccc", font: "sans-serif" };
const RULES = { a: "gradient_descent", b: "adam" };

test("a short link is spelled out into a question", () => {
  assert.equal(question({ link: "", rules: RULES }).toString(), "a=gradient_descent&b=adam");
  const full = question({ link: "b=adam&b.lr=0.5&a=gradient_descent", rules: RULES });
  assert.equal(full.get("b.lr"), "0.5");
  assert.equal(full.getAll("a").length, 1);
});

test("what an answer rests on leaves out looks and the settings named", () => {
  const of = (link, names) => basis(params(link), names);
  const plain = of("a=adam&b=momentum");
  assert.equal(of("b=momentum&a=adam&a.name=Mine&b.color=green&a.shown=off"), plain);
  assert.notEqual(of("a=adam&b=momentum&a.lr=1"), plain);
  assert.equal(of("a=adam&b=momentum&a.lr=1", ["lr"]), plain);
  assert.notEqual(of("a=adam&b=momentum&a.beta1=0.5", ["lr"]), plain);
  assert.notEqual(of("a=adam&b=momentum&x=1"), plain);
});

test("a setting that the link leaves out is the rule's own", () => {
  assert.equal(setting(params("a.lr=0.02"), "a", "lr", 0.001), "0.02");
  assert.equal(setting(params(""), "a", "lr", 0.001), "0.001");
});

const RATES = ["0.001", "0.01", "0.1", "1"];
const GROUND = { rates: RATES, lowest: 0 };
const losses = (...values) => ({ loss: { values }, steps: { values: [9, 40, 30, 8] } });

test("the rates that work are said with the factor between them", () => {
  const said = (works, best = 1) => saidRange({ works, best }, losses(1, 0.5, 2, 3), GROUND);
  assert.equal(said([[1, 2]]), "works from 0.01 to 0.1: a factor of 10. Quickest at 0.01, in 40 steps.");
  assert.equal(said([[2, 2]]), "works only near 0.1. Quickest at 0.01, in 40 steps.");
  assert.match(
    said([[0, 3]]),
    /^works from 0\.001 or less to 1 or more: at least a factor of 1000 \(3 decades\)\. Quickest at 0\.01/,
  );
  assert.match(
    said([
      [1, 2],
      [0, 0],
    ]),
    /from 0\.01 to 0\.1.*Another, narrower stretch works, too\.$/,
  );
  assert.equal(said([]), "works at no rate here; the best, 0.01, ends 0.5 above the minimum.");
  assert.equal(said([], -1), "stays at no rate here: every run diverges or runs away.");
});

test("the best rate is named by what is shown", () => {
  const arrays = {
    ...losses(1, 0.5, 2, 3),
    distance: { values: [4, 3, 2, 0.25] },
    away: { values: [-1, -1, -1, -1] },
    diverged: { values: [-1, -1, -1, -1] },
  };
  const said = (what) => saidRange({ works: [[0, 3]], best: 2 }, arrays, GROUND, what);
  assert.match(said("steps"), /Quickest at 0\.1, in 30 steps\.$/);
  assert.match(said("loss"), /Lowest at 0\.01, 0\.5 above the minimum\.$/);
  assert.match(said("distance"), /Nearest at 1, 0\.25 away\.$/);
});

test("a name is broken into lines, and no letter of it is lost", () => {
  assert.deepEqual(lines("Momentum (lecture)", 12), ["Momentum", "(lecture)"]);
  assert.deepEqual(lines("Adam", 12), ["Adam"]);
  for (const label of ["Gradient descent, rate 0.002", "x".repeat(40), "a ".repeat(19) + "ü"])
    for (const room of [6, 8, 18]) {
      const found = lines(label, room);
      assert.ok(found.every(({ length }) => length <= room));
      assert.equal(found.join("").replaceAll(" ", ""), label.replaceAll(" ", ""));
    }
});

test("names beside the bars keep clear of one another and of the axis' numbers", () => {
  const names = [
    "Gradient descent",
    "Momentum (lecture)",
    "Local gains (lecture)",
    "Adam",
    "Lion",
    "RMSProp",
  ];
  const lane = (label) => ({ label, visible: true, light: "#00f", dark: "#0ff", marker: "circle" });
  const none = { values: [-1, -1] };
  const curve = {
    header: { works: [] },
    arrays: { loss: { values: [1, 2] }, gap: { values: [1, 2] }, diverged: none, away: none },
  };
  for (const box of [
    { width: 485, height: 400 },
    { width: 362, height: 420 },
    { width: 970, height: 400 },
  ])
    for (let count = 1; count <= names.length; count++) {
      const lanes = names.slice(0, count).map(lane);
      const heading = { rates: ["0.1", "1"], lowest: 0, start: 9, tolerance: 0.001 };
      const shown = { heading, curves: lanes.map(() => curve), lanes, what: "loss", present: [] };
      const { layout, data } = sensitivityFigure(shown, 12, box, 1, { ...COLORS, halo: "#fff" });
      assert.ok(
        data.some(({ yaxis }) => yaxis === "y2"),
        "the row of rates is there where none works",
      );
      const { domain, range, tickfont, ticktext } = layout.yaxis2;
      const inner = box.height - layout.margin.t - layout.margin.b;
      const row = (inner * domain[1]) / (range[1] - range[0]);
      const tall = ticktext.map((text) => 1.3 * text.split("<br>").length);
      const high = Math.max(...tall) * tickfont.size;
      assert.ok(high <= 0.9 * row, `${count} names in ${high} of ${row}`);
      assert.ok((1 - count - range[0]) * row - high / 2 >= 3);
      assert.ok(tickfont.size >= 9);
    }
});

test("a box beside the pointer is never cut", () => {
  for (const room of [300, 900])
    for (const wide of [80, 290])
      for (let px = 0; px <= room; px += 10) {
        const left = beside(px, wide, room);
        assert.ok(left >= 0 && left + wide <= room);
      }
  assert.equal(beside(100, 80, 900), 114);
  assert.equal(beside(890, 80, 900), 796);
});

test("without a minimum a rate works that leaves downhill", () => {
  const ground = { ...GROUND, lowest: null };
  assert.match(
    saidRange({ works: [[1, 2]], best: 2 }, losses(1, 0, -5, -4), ground),
    /^works from.* at 0\.1, in 30/,
  );
  assert.match(
    saidRange({ works: [], best: 0 }, losses(1, 2, 3, 4), ground),
    /^leaves the window .*at no rate/,
  );
});

test("a factor is said in decades where it has some", () => {
  assert.equal(factor(200), "a factor of 200 (2.3 decades)");
  assert.equal(factor(1.25), "a factor of 1.3");
});

const ENDINGS = {
  "ran away": { words: "ran away at {step}" },
  diverged: { words: "DIVERGED at step {step}" },
  "on its way": { words: "still on its way" },
};

const ENDS = {
  loss: { values: [10, 0.1, NaN, -3] },
  steps: { values: [-1, 7, -1, -1] },
  away: { values: [-1, -1, -1, 5] },
  diverged: { values: [-1, -1, 12, -1] },
};

test("outcomes are read where there are any", () => {
  assert.deepEqual(
    [0, 1, 2, 3].map((i) => outcomeAt(ENDS, "steps", i)),
    [null, 7, null, null],
  );
  assert.equal(outcomeAt(ENDS, "loss", 2), null);
  assert.equal(outcomeAt(ENDS, "loss", 3), null);
  const said = (what, i) => saidOutcome(ENDS, what, i, ENDINGS);
  assert.equal(said("loss", 2), "DIVERGED at step 12");
  assert.equal(said("loss", 3), "ran away at 5");
  assert.equal(said("steps", 1), "7 steps");
  assert.equal(said("steps", 0), "still on its way");
});

test("a curve ends where its neighbor diverges", () => {
  const ends = (diverged, away) => brokenEnds({ diverged: { values: diverged }, away: { values: away } });
  assert.deepEqual(ends([-1, -1, 5, 4, -1, 3], Array(6).fill(-1)), [1, 4]);
  assert.deepEqual(ends([-1, -1], [-1, -1]), []);
  assert.deepEqual(ends([-1, -1], [-1, 3]), [0]);
});

test("heights above a minimum are logarithms, even of nothing", () => {
  const { place } = outcomeScale("loss", true);
  assert.equal(place(100), 2);
  assert.equal(place(0), -16);
  assert.equal(place(-1), -16);
  assert.equal(place(Infinity), null);
});

test("losses without a minimum keep their sign and order", () => {
  const { place, ticks } = outcomeScale("loss", false);
  const values = [-1e20, -10, -0.5, 0, 0.5, 1e9];
  const places = values.map(place);
  assert.deepEqual(
    [...places].sort((a, b) => a - b),
    places,
  );
  assert.equal(place(0), 0);
  const found = ticks(-21, 3);
  assert.ok(found.length > 3 && found.length < 12);
  for (const { at } of found) assert.ok(at >= -21 && at <= 3);
});

test("what lies far above the start needs no room", () => {
  const [low, high] = verticalRange([[1, 15, -3, null]], 2);
  assert.ok(low < -3 && high > 2 && high < 5);
  assert.deepEqual(verticalRange([[]], null), [0, 1]);
});

// Curves that all end low at the right, as good rates do, on a lecturer's projector.
const NAMES = ["Gradient descent", "Momentum (lecture)", "Adam", "RMSProp"];

function namesOf(ends, size, area) {
  const rates = Array.from({ length: 21 }, (_, i) => 10 ** (-4 + i / 5));
  const places = ends.map((end, k) => rates.map((_, i) => (i > 17 - 2 * k ? null : (end * i) / 20)));
  const lanes = NAMES.map((label) => ({ label, color: "blue" }));
  const present = ends.map((_, k) => ({ k, rate: rates[8 + k], place: places[k][8 + k] }));
  const levels = [
    { y: 0, text: "loss at the start" },
    { y: -1, text: "tolerance" },
  ];
  const look = { lanes, colors: COLORS, size, rates, across: [-4, 0], range: [-10, 1], present, levels };
  return { look, found: labels(places.map(Boolean), places, look, area) };
}

function boxOf({ x, y, text, font }, area) {
  const lines = text.replace(/<\/?b>/g, "").split("<br>");
  const width = 0.5 * font.size * Math.max(...lines.map(({ length }) => length));
  const height = 1.1 * font.size * lines.length;
  return { x: x * area.width - width / 2, y: (1 - y) * area.height - height / 2, width, height };
}

test("names of curves are inside, none over another or over a present rate, at projector size", () => {
  for (const area of [
    { width: 390, height: 170 },
    { width: 700, height: 300 },
  ])
    for (const spreads of [0, 0.5, 2]) {
      const ends = NAMES.map((_, k) => -9 + spreads * k);
      const { found, look } = namesOf(ends, 21, area);
      const boxes = found.map((note) => boxOf(note, area));
      assert.equal(boxes.length, NAMES.length);
      boxes.forEach((box, k) => {
        assert.ok(box.x >= 0 && box.x + box.width <= area.width && box.y >= 0, NAMES[k]);
        for (const other of boxes.slice(0, k)) assert.equal(overlap(box, other), 0, NAMES[k]);
        for (const { rate, place } of look.present) {
          const x = ((Math.log10(rate) + 4) / 4) * area.width;
          const y = (1 - (place + 10) / 11) * area.height;
          assert.equal(overlap(box, { x: x - 4, y: y - 4, width: 8, height: 8 }), 0, NAMES[k]);
        }
      });
    }
});

test("an axis always has ticks to read", () => {
  for (const [low, high] of [
    [-5, 1],
    [-1.3, -0.9],
    [-1.7001, -1.7],
    [0, 0.001],
  ]) {
    const ticks = logTicks(low, high);
    assert.ok(ticks.length >= 2, `${low} to ${high}`);
    assert.equal(new Set(ticks.map(({ text }) => text)).size, ticks.length);
  }
});

const tries = (steps, loss, diverged) => ({
  arrays: {
    steps: { values: steps },
    loss: { values: loss },
    away: { values: steps.map(() => -1) },
    diverged: { values: diverged },
  },
});

test("a lane is judged by steps where any setting arrived, by its loss otherwise", () => {
  const some = tries([-1, 30, -1], [4, 1e-5, NaN], [-1, -1, 9]);
  assert.equal(judged(some), "steps");
  assert.deepEqual(placed(some, true), [{ row: "not there" }, { at: Math.log10(30) }, { row: "diverged" }]);
  const none = tries([-1, -1], [100, NaN], [-1, 3]);
  assert.equal(judged(none), "loss");
  assert.deepEqual(placed(none, true), [{ at: 2 }, { row: "diverged" }]);
  none.arrays.away.values[0] = 9;
  assert.deepEqual(placed(none, true)[0], { row: "ran away" });
});

test("lanes that are judged alike share one range", () => {
  const quick = tries([10, 20], [1, 1], [-1, -1]);
  const slow = tries([200, 300], [1, 1], [-1, -1]);
  const { steps } = ranges([quick, slow, undefined], true);
  assert.ok(steps[0] < 1 && steps[1] > Math.log10(300));
  assert.deepEqual(ranges([quick], true).loss, [0, 1]);
});

test("a picture says what every lane had before and after, also once that is used", () => {
  const plan = { searched: [[{ symbol: "η" }, { symbol: "β" }]] };
  const tries = [
    {
      header: {
        best: 1,
        settings: [
          ["0.1", "0.2"],
          ["0.9", "0.5"],
        ],
      },
    },
  ];
  const lanes = [{ label: "Momentum", caption: "lr = 0.1, beta = 0.9" }];
  const said = saidTuned({ plan, tries, caption: "Ravine" }, lanes);
  assert.equal(said.caption, "Ravine");
  assert.equal(said.lanes[0].caption, "lr = 0.1, beta = 0.9; after: η\u00a0=\u00a00.2, β\u00a0=\u00a00.5");
});

test("a run says what it asked for", () => {
  assert.equal(saidAsked({ values: 0, gradients: 300, hessians: 0 }), "300 gradients");
  assert.equal(saidAsked({ values: 9, gradients: 3, hessians: 3 }), "3 gradients, 9 losses, 3 Hessians");
});

test("lanes judged alike have the same rows above their axes", () => {
  const tries = (steps, diverged) => ({
    arrays: {
      steps: { values: steps },
      loss: { values: steps.map(() => 1) },
      away: { values: steps.map(() => -1) },
      diverged: { values: diverged },
    },
  });
  const found = rowsAbove([tries([4, -1], [-1, -1]), tries([9, -1], [-1, 7]), tries([-1], [-1])], true);
  assert.deepEqual(found, { steps: ["not there", "diverged"], loss: [] });
});

test("before and after mark minima as the map does", () => {
  const kinds = ["global minimum", "local minimum", "saddle", "maximum"];
  const land = { header: { critical: kinds.map((kind, x) => ({ kind, x, y: 0 })) } };
  const { marker } = spots({ start: [0, 0] }, land, { text: "#000", halo: "#fff" }, 1, {});
  const symbols = ["circle-open", "star", "star-open", "x-thin-open", "triangle-up-open"];
  assert.deepEqual(marker.symbol, symbols);
});

test("before and after lie where they are largest, round where there is room, and else a word says so", () => {
  const window = [
    [-5, 5],
    [-5, 5],
  ];
  const [before, after] = twoMaps({ x: 0, y: 0, width: 420, height: 300 }, 12, "auto", window);
  assert.ok(before.x < after.x && before.y === after.y);
  assert.equal(before.width, before.height);
  const [over, under] = twoMaps({ x: 0, y: 0, width: 300, height: 600 }, 12, "auto", window);
  assert.ok(over.y < under.y && over.x === under.x);
  const said = (window) => {
    const shown = { plan: { window, start: [0, 0] }, runs: [], lanes: [], land: null, units: "auto" };
    return pathsFigure(shown, 12, { width: 475, height: 350 }, 1, COLORS).layout.annotations[0].text;
  };
  assert.equal(said(window), "<b>Before</b>");
  const flat = [
    [-5, 5],
    [0, 0.1],
  ];
  assert.match(said(flat), /units of x and y differ/);
});

test("work that is stopped while it waits for something takes nobody from later work", async () => {
  const asked = [];
  const crew = { size: 1, run: (messages) => asked.push(messages), cancel: () => undefined };
  const told = { part: () => undefined, done: () => undefined, failed: () => undefined };
  const begin = (wait, name) => async (_, hands) => {
    await wait;
    await hands.hand([name]);
  };
  const fetched = new Promise((done) => setTimeout(done, 5));
  here(crew, begin(fetched, "earlier"), told)();
  here(crew, begin(null, "later"), told);
  await fetched;
  assert.deepEqual(asked, [["later"]]);
});
