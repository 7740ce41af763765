// From packets to the sweep map's cells, axes, strokes and words.

import assert from "node:assert/strict";
import { test } from "node:test";
import { URLSearchParams } from "node:url";

import { cellAt, diagonals, edges } from "../../interface/stage/draw/heat.js";
import { powers } from "../../interface/stage/draw/ticks.js";
import {
  choiceKey,
  covers,
  mapKey,
  nearestStop,
  present,
  ticks,
} from "../../interface/stage/labs/sweep/axes.js";
import {
  begin,
  calmSteps,
  counts,
  drawn,
  fill,
  level,
  panelLevels,
  panelMasks,
} from "../../interface/stage/labs/sweep/cells.js";
import { GLOSSARY } from "../../interface/stage/core/glossary.js";
import { LINES } from "../../interface/stage/labs/sweep/lines.js";
import { presentPlace, shortLabel } from "../../interface/stage/labs/sweep/figure.js";
import { placeNames } from "../../interface/stage/labs/sweep/names.js";
import { sheet } from "../../interface/stage/labs/sweep/sheet.js";
import { barTicks } from "../../interface/stage/labs/sweep/traces.js";
import { place } from "../../interface/stage/run/scale.js";
import { bestWords, reading, remarks, settings } from "../../interface/stage/labs/sweep/words.js";

const RATE = {
  key: "a.lr",
  label: "learning rate η",
  scale: "log",
  low: 1e-6,
  high: 100,
  smallest: 1e-6,
  usual: "0.1",
  values: ["0.001", "0.01", "0.1", "1"],
  places: [-3, -2, -1, 0],
};
const BETA = {
  key: "a.beta1",
  label: "momentum β₁",
  scale: "towards one",
  low: 0,
  high: 0.9999,
  smallest: 1e-4,
  usual: "0.9",
  values: ["0", "0.9", "0.99"],
  places: [0, 1, 2],
};

const header = (more = {}) => ({
  axes: { across: RATE, up: BETA, third: null },
  notes: [],
  minimum: true,
  steps: 100,
  tolerance: 1e-3,
  endings: {
    "ran away": { words: "ran away downhill, out of the window from step {step}" },
    diverged: { words: "DIVERGED at step {step}" },
    arrived: { words: "arrived, and stays from step {step}" },
  },
  ...more,
});

const column = (kind, shape, values) => ({ values: new kind(values), shape });

// A tile of the map above; every value is that of the cell's number in the tile.
function tile(rows, columns, block, change = {}) {
  const count = rows.length * columns.length;
  const shape = [1, rows.length, columns.length];
  const ramp = Array.from({ length: count }, (_, k) => 10 ** (k - 4));
  return {
    header: { block, ranges: { loss: [-4, 1], steps: [0, 2], distance: [-4, 1] } },
    arrays: {
      rows: column(Int32Array, [rows.length], rows),
      columns: column(Int32Array, [columns.length], columns),
      loss: column(Float32Array, shape, ramp),
      gap: column(Float32Array, shape, ramp),
      distance: column(Float32Array, shape, ramp),
      steps: column(Int32Array, shape, change.steps || ramp.map((_, k) => k + 1)),
      away: column(Int32Array, shape, change.away || ramp.map(() => -1)),
      diverged: column(Int32Array, shape, change.diverged || ramp.map(() => -1)),
      chaotic: column(Int32Array, shape, change.chaotic || ramp.map(() => 0)),
    },
  };
}

const all = [
  [0, 1, 2],
  [0, 1, 2, 3],
  [1, 1],
];

function filled(change, more) {
  const map = begin({ header: header(more) });
  fill(map, tile(...all, change));
  return map;
}

test("a coarse tile stands for its block until finer ones arrive", () => {
  const map = begin({ header: header() });
  fill(map, tile([0], [0], [4, 4]));
  assert.equal(new Set(map.cells.gap).size, 1);
  assert.equal(map.found, 1);
  fill(map, tile([0], [2], [4, 2], { steps: [77] }));
  assert.deepEqual([...map.cells.steps], [1, 1, 77, 77, 1, 1, 77, 77, 1, 1, 77, 77]);
});

test("cells that diverged have no level, and are counted", () => {
  const diverged = [-1, 3, -1, -1, -1, -1, -1, -1, -1, -1, -1, 9];
  const map = filled({ diverged });
  const levels = [...panelLevels(map, "loss", 0)];
  assert.deepEqual(
    levels.map(Number.isNaN),
    diverged.map((step) => step >= 0),
  );
  assert.ok(Math.abs(levels[4]) < 1e-6);
  assert.deepEqual(
    [...panelMasks(map, "loss", 0).diverged],
    diverged.map((step) => Number(step >= 0)),
  );
  assert.equal(counts(map, "loss").diverged, 2);
});

test("cells that ran away have no level and a color of their own", () => {
  const map = filled({ away: [7, ...Array(11).fill(-1)], steps: [-1, ...Array(11).fill(3)] });
  assert.ok(Number.isNaN(panelLevels(map, "loss", 0)[0]));
  assert.deepEqual([...panelMasks(map, "steps", 0).away].slice(0, 2), [1, 0]);
  assert.equal(panelMasks(map, "steps", 0).late[0], 0);
  assert.deepEqual([counts(map, "loss").away, counts(map, "loss").arrived], [1, 11]);
  const said = reading(map, { panel: 0, row: 0, col: 0 }, "loss");
  assert.equal(said[2], "ran away downhill, out of the window from step 7");
});

test("runs that did not arrive are late only where steps are shown", () => {
  const map = filled({ steps: [-1, -1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] });
  assert.equal(
    panelMasks(map, "steps", 0).late.reduce((a, b) => a + b),
    2,
  );
  assert.equal(
    panelMasks(map, "loss", 0).late.reduce((a, b) => a + b),
    0,
  );
  assert.ok(Number.isNaN(panelLevels(map, "steps", 0)[0]));
});

test("chaos belongs to the color it changes", () => {
  const map = filled();
  map.chaotic.set([1, 2, 4, 7]);
  assert.equal(counts(map, "loss").chaotic, 2);
  assert.equal(counts(map, "steps").chaotic, 2);
  assert.deepEqual([...panelMasks(map, "distance", 0).chaotic].slice(0, 5), [0, 0, 1, 1, 0]);
  assert.ok(reading(map, { panel: 0, row: 0, col: 0 }, "loss").at(-1).startsWith("chaotic"));
  assert.ok(!reading(map, { panel: 0, row: 0, col: 0 }, "steps").at(-1).startsWith("chaotic"));
});

test("levels are logarithms, and without a minimum only steps have any", () => {
  const map = filled();
  assert.equal(level("steps", 100), 2);
  assert.equal(level("steps", 0), 0);
  assert.equal(level("loss", 0), -12);
  const bottomless = filled({}, { minimum: false });
  assert.equal(drawn(bottomless, "loss"), "steps");
  assert.equal(drawn(map, "loss"), "loss");
});

test("single odd cells make no islands among equal steps", () => {
  const map = filled({ steps: [10, 10, 10, 10, 10, 99, 10, 10, 10, 10, 10, 10] });
  assert.deepEqual([...calmSteps(map, 0)], Array(12).fill(10));
});

test("edges lie half way between centers and as far outside", () => {
  assert.deepEqual(edges([0, 1, 3]), [-0.5, 0.5, 2, 4]);
  assert.deepEqual(edges([7]), [6.5, 7.5]);
  const grid = { x: edges([0, 1, 3]), y: edges([7]) };
  assert.deepEqual(cellAt(grid, 2.1, 7), { row: 0, col: 2 });
  assert.deepEqual(cellAt(grid, 4, 7.5), { row: 0, col: 2 });
  assert.equal(cellAt(grid, 4.1, 7), null);
});

test("strokes run through marked cells only, and through every lonely one", () => {
  const mask = new Uint8Array(25).fill(1);
  const whole = diagonals(mask, 5, 5, 1, 5).filter(Boolean);
  assert.deepEqual(whole, [
    [0, 0],
    [5, 5],
  ]);
  assert.deepEqual(diagonals(mask, 5, 5, -1, 5).filter(Boolean), [
    [5, 0],
    [0, 5],
  ]);
  const lonely = new Uint8Array(25);
  lonely[7] = 1;
  assert.deepEqual(diagonals(lonely, 5, 5, 1, 4), [[2, 1], [3, 2], null]);
  assert.deepEqual(diagonals(new Uint8Array(25), 5, 5, 1, 1), []);
});

test("values stand on their own scale", () => {
  assert.equal(place(RATE, 0.01), -2);
  assert.ok(Math.abs(place(BETA, 0.999) - 3) < 1e-9);
  assert.equal(place({ scale: "linear" }, -4), -4);
  assert.equal(nearestStop(RATE, -1.4), 2);
  assert.ok(covers(edges(RATE.places), RATE, "0.002"));
  assert.ok(!covers(edges(RATE.places), RATE, "50"));
});

test("ticks are true values", () => {
  const texts = (axis, low, high) => ticks(axis, low, high).map(({ text }) => text);
  assert.deepEqual(texts(BETA, 0, 3.1), ["0", "0.5", "0.9", "0.99", "0.999"]);
  assert.deepEqual(texts(RATE, -3, 0), ["0.001", "0.01", "0.1", "1"]);
  const decay = { ...RATE, low: 0, smallest: 1e-4 };
  assert.equal(texts(decay, -4.5, 0)[0], "0");
  assert.deepEqual(texts({ ...RATE, values: ["0.3"], places: [-0.52] }, -1, 0), ["0.3"]);
  assert.deepEqual(
    powers(-13, 2).map(({ at }) => at),
    [-12, -9, -6, -3, 0],
  );
});

test("a color bar says steps as whole numbers and the loss as powers", () => {
  const texts = (color, low, high) => barTicks(color, low, high).map(({ text }) => text);
  assert.deepEqual(texts("steps", 1, 2.4), ["10", "20", "50", "100", "200"]);
  assert.deepEqual(texts("steps", 2.1, 2.15), ["126", "141"]);
  assert.deepEqual(texts("loss", -12, 3), ["≤ 10⁻¹²", "10⁻⁹", "10⁻⁶", "0.001", "1", "1000"]);
});

test("a map rests on everything but the swept settings and other lanes", () => {
  const key = (text) => mapKey(new URLSearchParams(text), "a", ["a.lr", "a.beta1"]);
  const base = key("a=adam&steps=500");
  assert.equal(key("a=adam&steps=500&a.lr=0.3&a.beta1=0.5&b=momentum&b.lr=2&a.color=sky"), base);
  assert.equal(key("steps=500&a=adam&view.color=steps"), base);
  for (const other of [
    "a.beta2=0.9",
    "surface.b=3",
    "noise=1",
    "x=0.5",
    "view.third=a.eps",
    "a.schedule=step",
  ])
    assert.notEqual(key(`a=adam&steps=500&${other}`), base);
  assert.notEqual(key("a=rmsprop&steps=500"), base);
  const choice = (text) => choiceKey(new URLSearchParams(text), "a");
  assert.equal(choice("a=adam&a.lr=1"), choice("a=adam"));
  assert.notEqual(choice("a=adam&view.up=x"), choice("a=adam"));
});

test("the present setting is read off the link, or is what the link leaves out", () => {
  const map = filled();
  assert.equal(present(new URLSearchParams("a.lr=0.01"), RATE), "0.01");
  assert.equal(present(new URLSearchParams(""), RATE), "0.1");
  assert.deepEqual(presentPlace(map, { "a.lr": "0.01", "a.beta1": "0.9" }), { panel: 0, x: -2, y: 1 });
  assert.equal(presentPlace(map, { "a.lr": "50", "a.beta1": "0.9" }), null);
});

test("words say settings, losses, arrivals and the best", () => {
  const map = filled({ diverged: [-1, -1, -1, 8, -1, -1, -1, -1, -1, -1, -1, -1] });
  assert.deepEqual(settings(map, { panel: 0, row: 1, col: 2 }), { "a.lr": "0.1", "a.beta1": "0.9" });
  const [head, ...rest] = reading(map, { panel: 0, row: 1, col: 0 }, "loss");
  assert.equal(head, "learning rate η 0.001, momentum β₁ 0.9");
  assert.deepEqual(rest, ["loss 1 above the minimum", "arrived, and stays from step 5", "distance 1"]);
  assert.equal(reading(map, { panel: 0, row: 0, col: 3 }, "loss")[1], "DIVERGED at step 8");
  assert.equal(bestWords(map, "loss"), "");
  map.best = { loss: [0, 0, 1], steps: null, distance: null };
  assert.ok(bestWords(map, "loss").startsWith("Best: learning rate η 0.01, momentum β₁ 0: loss 0.001"));
  assert.equal(bestWords(map, "steps"), "");
});

test("a map where all diverge, none arrives or there is no minimum says so", () => {
  const lost = filled({ diverged: Array(12).fill(4) });
  assert.match(remarks(lost, "loss").join(" "), /Every one of the 12 settings diverges/);
  const late = filled({ steps: Array(12).fill(-1) });
  assert.match(remarks(late, "steps").join(" "), /None of the 12 settings/);
  assert.deepEqual(remarks(late, "loss"), []);
  assert.match(
    remarks(filled({}, { minimum: false }), "loss").join(" "),
    /how soon a run has left the window downhill/,
  );
});

test("panels stand side by side where there is room, below one another where not", () => {
  const columns = (width) => new Set(sheet(4, 12, width).boxes.map(({ x }) => x[0])).size;
  assert.deepEqual([1000, 640, 360].map(columns), [4, 2, 1]);
  const { boxes, height } = sheet(4, 12, 360);
  assert.ok(boxes.every(({ x, y }) => x[0] >= 0 && x[1] <= 1.0001 && y[0] >= -0.0001 && y[1] <= 1.0001));
  assert.ok(height > 4 * 180);
  assert.equal(sheet(1, 26, 1920, 1080).height, 1080);
});

test("names of lines do not cover one another or marks", () => {
  const grid = { x: edges([0, 1, 2, 3]), y: edges([0, 1, 2, 3]) };
  const line = { text: "stability limit", across: [1, 1.01, 1.02, 1.03], up: [0, 1, 2, 3] };
  const box = { width: 600, height: 400 };
  const found = placeNames([line, { ...line, text: "damping" }], grid, box, 12);
  assert.equal(found.length, 2);
  assert.notEqual(`${found[0].y}${found[0].anchor}`, `${found[1].y}${found[1].anchor}`);
  const far = { ...line, across: [9, 9, 9, 9] };
  assert.deepEqual(placeNames([far], grid, box, 12), []);
  const [clear] = placeNames([line], grid, box, 12, [[1.02, 2]]);
  assert.notEqual(clear.y, 2);
  assert.equal(shortLabel({ name: "stability", local: true }), "limit (local)");
  const beside = { ...line, text: "best rate", across: Array.from(line.across, (x) => x + 0.5) };
  const [name] = placeNames([line, beside], grid, box, 12);
  assert.equal(name.anchor, "right", "a name does not cover the line beside its own");
});

test("theory's lines differ by color and stroke, and each has a word and a sentence", () => {
  const drawn = Object.entries(LINES).filter(([, { dash }]) => dash);
  const looks = new Set(drawn.map(([, { color, dash, weight }]) => `${color} ${dash} ${weight}`));
  assert.equal(looks.size, drawn.length);
  const together = ["stability", "damping_flat", "damping_steep", "flips"];
  assert.equal(new Set(together.map((name) => LINES[name].color)).size, together.length);
  for (const name of Object.keys(LINES)) assert.match(GLOSSARY[name].meaning, /^[A-Z].{40,}\.$/);
});

test("on a narrow map every line still bears its word", () => {
  const grid = { x: edges([0, 1, 2, 3]), y: edges([0, 1, 2, 3]) };
  const lines = ["limit", "critical, flat", "critical, steep", "flips"].map((text, k) => ({
    text,
    across: [0, 1, 2, 3],
    up: [k, k * 0.9, k * 0.8, k * 0.7],
  }));
  const found = placeNames(lines, grid, { width: 350, height: 240 }, 12);
  assert.deepEqual(found.map(({ text }) => text).sort(), lines.map(({ text }) => text).sort());
});

test("the map says why its best cell is not at Polyak's optimum, if it is not", () => {
  const map = filled({});
  const point = (x, y) => ({ name: "polyak", kind: "point", panel: 0, across: [x], up: [y], local: false });
  map.best = { loss: [0, 0, 0], distance: null, steps: null };
  const { x, y } = map.grid;
  map.lines = [point((x[0] + x[1]) / 2, (y[0] + y[1]) / 2)];
  assert.ok(!remarks(map, "loss").some((text) => text.includes("Polyak")));
  map.lines = [point(x.at(-1) + 9, y[0])];
  assert.ok(remarks(map, "loss").some((text) => text.includes("★ does not lie on Polyak's optimum")));
});

test("a size that is a word has a place, a tick and words like any other", () => {
  const values = ["1", "8", "64", "all"];
  const places = [0, Math.log10(8), Math.log10(64), Math.log10(500)];
  const size = { ...RATE, key: "surface.batch", label: "batch size B", low: 1, high: 500, values, places };
  const map = begin({ header: { ...header(), axes: { across: RATE, up: size, third: null } } });
  assert.deepEqual(
    ticks(size, 0, 3).map(({ text }) => text),
    values,
  );
  assert.ok(covers(edges(places), size, "all"));
  const at = presentPlace(map, { "a.lr": "0.01", "surface.batch": "all" });
  assert.deepEqual(at, { panel: 0, x: -2, y: places[3] });
  assert.match(reading(map, { panel: 0, row: 3, col: 1 }, "loss")[0], /batch size B all$/);
});
