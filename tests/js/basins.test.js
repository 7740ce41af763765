// Basin maps as numbers: filled part by part, counted, compared, and asked for only when they must be.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  cellOf,
  complete,
  counts,
  difference,
  DIVERGED,
  ELSEWHERE,
  emptyMap,
  fill,
  grid,
  kindOf,
  mapKey,
  NOT_ARRIVED,
  percentages,
  RAN_AWAY,
  saidCell,
  settling,
  shades,
} from "../../interface/stage/labs/basins/cells.js";
import {
  basinTraces,
  mix,
  paints,
  fittedLayout,
  panelBox,
  panelLayout,
  steppedScale,
} from "../../interface/stage/labs/basins/figure.js";
import { pictureFigure } from "../../interface/stage/labs/basins/picture.js";

const minimum = (letter, x, y) => ({
  letter,
  x,
  y,
  value: "0",
  kind: "global minimum",
  said: "global minimum",
});
const heading = {
  window: [
    [-2, 2],
    [0, 8],
  ],
  resolution: 4,
  named: [minimum("A", 1, 2), minimum("B", -1, 2)],
  marks: [],
  others: 3,
  notes: [],
  steps: 50,
  endings: {
    diverged: { words: "DIVERGED at step {step}" },
    "ran away": { words: "ran away downhill, out of the window from step {step}" },
  },
};

const part = (first, rows, stride, end, steps = end.map(() => 7)) => ({
  header: { first, rows, stride },
  arrays: { end: { values: end }, steps: { values: steps } },
});

const full = (end, steps, more = {}) => {
  const map = emptyMap({ ...heading, ...more });
  fill(map, part(0, 4, 1, end, steps));
  return map;
};

const COLORS = { dark: false, text: "#111", halo: "#eee", grid: "#ddd", background: "#fff", font: "serif" };
const raced = ["a", "b"].map((slot) => ({
  slot,
  label: `Lane ${slot}`,
  visible: true,
  diverged: -1,
  marker: "circle",
  dash: "4,2",
  light: "#00f",
  dark: "#0ff",
}));

test("a saved map's paths are the stage's own scene at the clock, on each map its lanes", () => {
  const path = { values: Float32Array.of(0, 1, 1, 2, 2, 4), shape: [3, 2] };
  const race = {
    header: { lanes: raced, chosen: 0, start: [0, 1], steps: 2, caption: "", view: { marks: [] } },
    arrays: { x0: path, x1: path },
  };
  const box = { width: 1920, height: 1080 };
  const measure = (text, size) => 0.55 * size * text.length;
  const drawn = { race, land: null, colors: COLORS, noisy: false, t: 1, measure };
  const maps = [full(new Array(16).fill(0)), full(new Array(16).fill(1))];
  const wanted = raced.map((lane, k) => ({ lane, k }));
  const { data, above } = pictureFigure(wanted, maps, drawn, { size: 26, box, scale: 2 });
  assert.ok(!data.some(({ name }) => name?.startsWith("Lane")));
  const lines = above.filter(({ name }) => name === "line");
  assert.deepEqual(
    lines.map(({ data: { lane }, t }) => [lane, t]),
    [
      ["a", 1],
      ["b", 1],
      ["a", 1],
      ["b", 1],
    ],
  );
  const left = above.filter(({ name }) => name === "ring").map(({ x }) => x);
  assert.equal(left.length, 3);
  assert.ok(left[0] < left[1] && left[1] < left[2] && left[2] < box.width);
  const said = above.flatMap(({ text }) => text ?? []);
  for (const words of ["Lane a", "Lane b", "x", "y"]) assert.ok(said.includes(words), words);
  assert.equal(
    pictureFigure(wanted.slice(0, 1), maps.slice(0, 1), drawn, { size: 26, box, scale: 2 }).above.filter(
      ({ name }) => name === "line",
    ).length,
    1,
  );
});

test("a coarse map fills blocks, whole rows then replace it", () => {
  const map = emptyMap(heading);
  assert.equal(map.coarse, false);
  fill(map, part(0, 4, 2, [0, 1, -1, -2]));
  assert.deepEqual([...map.end], [0, 0, 1, 1, 0, 0, 1, 1, -1, -1, -2, -2, -1, -1, -2, -2]);
  assert.equal(map.coarse, true);
  assert.equal(complete(map), false);
  fill(map, part(0, 1, 1, [1, 1, 1, 0]));
  fill(map, part(1, 3, 1, new Array(12).fill(0)));
  assert.deepEqual([...map.end].slice(0, 5), [1, 1, 1, 0, 0]);
  assert.equal(complete(map), true);
  assert.equal(complete(undefined), false);
});

test("every end is of one kind, and minima without a name share one", () => {
  assert.deepEqual(
    [0, 1, 2, 40, ELSEWHERE, NOT_ARRIVED, DIVERGED, RAN_AWAY].map((end) => kindOf(end, 2)),
    [0, 1, 2, 2, 2, 3, 4, 5],
  );
});

test("counts add up to the starts, shares to a hundred", () => {
  const found = counts(full([0, 0, 1, 5, -1, -2, -3, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
  assert.deepEqual(found, [11, 1, 2, 1, 1, 0]);
  const shares = percentages(found);
  assert.equal(shares[0], 68.75);
  assert.ok(Math.abs(shares.reduce((a, b) => a + b) - 100) < 1e-12);
  assert.deepEqual(percentages([0, 0]), [0, 0]);
});

test("cells lie where their starts do, the first row at the bottom", () => {
  assert.equal(cellOf(heading, -1.9, 0.1), 0);
  assert.equal(cellOf(heading, 1.9, 0.1), 3);
  assert.equal(cellOf(heading, -1.9, 7.9), 12);
  assert.equal(cellOf(heading, 2.1, 4), null);
  assert.deepEqual(grid(heading), { x: [-2, -1, 0, 1, 2], y: [0, 2, 4, 6, 8] });
});

test("shades grow paler with the steps and stay inside their kind", () => {
  const steps = [0, 10, 20, -1, ...new Array(12).fill(10)];
  const map = full(new Array(16).fill(1), steps);
  const found = shades(map, [0, 20]);
  assert.ok(found[0] < found[1] && found[1] < found[2] && found[2] === found[3]);
  assert.ok(found.every((v) => v > 1 && v < 2));
});

test("minima that share a color are parted by a border", () => {
  const map = full([4, 4, 5, 5, 4, 4, 5, 5, 0, 0, 0, 0, 0, 0, 0, 0]);
  const found = Array.from(shades(map, [0, 9]), Math.floor);
  assert.deepEqual(found.slice(0, 4), [2, 6, 2, 2]);
  assert.deepEqual(found.slice(8, 12), [0, 0, 0, 0]);
});

test("the shade's range leaves the extremes aside and knows when nobody settled", () => {
  assert.deepEqual(settling([full(new Array(16).fill(0), [1, ...new Array(14).fill(5), 900])]), [1, 900]);
  assert.equal(settling([full(new Array(16).fill(-1), new Array(16).fill(-1))]), null);
});

test("the difference of two maps is where their ends differ", () => {
  const one = full([0, 0, 1, -1, ...new Array(12).fill(1)]);
  const other = full([0, 1, 1, -2, ...new Array(12).fill(1)]);
  assert.deepEqual([...difference(one, other).mask].slice(0, 4), [0, 1, 0, 1]);
  assert.equal(difference(one, other).count, 2);
  assert.equal(difference(one, one).count, 0);
});

test("without minima the difference is where the other lane leaves sooner", () => {
  const out = (...steps) =>
    full(
      steps.map((step) => (step < 0 ? -1 : -4)),
      steps,
      { named: [] },
    );
  const one = out(-1, 9, 9, ...new Array(13).fill(5));
  const other = out(12, 4, 30, ...new Array(13).fill(5));
  assert.deepEqual([...difference(one, other).mask].slice(0, 4), [1, 1, 0, 0]);
  assert.deepEqual(settling([one]), [5, 9]);
});

test("a map depends on its lane, the surface and the run, on nothing else", () => {
  const key = (text, slot = "a") => mapKey(new globalThis.URLSearchParams(text), slot);
  const usual = key("a=adam&a.lr=0.1&b=lion&surface=himmelblau&steps=100");
  const same = [
    "a=adam&a.lr=0.1&b=lion&surface=himmelblau&steps=100&x=3&y=-2",
    "a=adam&a.lr=0.1&b=rprop&b.lr=4&surface=himmelblau&steps=100&c=adam",
    "a=adam&a.lr=0.1&a.name=Me&a.color=sky&a.shown=off&surface=himmelblau&steps=100&seed=5",
    "steps=100&surface=himmelblau&a.lr=0.1&a=adam",
  ];
  const others = [
    "a=adam&a.lr=0.2&surface=himmelblau&steps=100",
    "a=adam&a.lr=0.1&a.schedule=cosine&surface=himmelblau&steps=100",
    "a=adam&a.lr=0.1&surface=himmelblau&steps=101",
    "a=adam&a.lr=0.1&surface=ravine&surface.kappa=3&steps=100",
    "a=adam&a.lr=0.1&surface=himmelblau&steps=100&noise=1",
    "a=adam&a.lr=0.1&surface=himmelblau&steps=100&noise=1&seed=2",
    "a=adam&a.lr=0.1&surface=himmelblau&steps=100&tolerance=1",
  ];
  for (const text of same) assert.equal(key(text), usual, text);
  assert.equal(new Set([usual, ...others.map((text) => key(text))]).size, others.length + 1);
  assert.equal(key("a=lion&b=adam&b.lr=0.1&surface=himmelblau&steps=100", "b"), usual);
});

test("a cell says what became of its start", () => {
  const map = full(
    [0, 1, 3, -3, -1, -2, -4, ...new Array(9).fill(0)],
    [4, -1, 9, -1, -1, 6, 8, ...new Array(9).fill(0)],
  );
  const said = [0, 1, 2, 3, 4, 5, 6].map((cell) => saidCell(map, cell));
  assert.equal(said[0], "ends in A, global minimum at (1, 2), settled after 4 steps");
  assert.match(said[1], /^ends in B, .* not within the tolerance yet$/);
  assert.equal(said[2], "ends in another local minimum, settled after 9 steps");
  assert.equal(said[3], "ends in another local minimum");
  assert.equal(said[4], "not arrived after 50 steps");
  assert.equal(said[5], "DIVERGED at step 6");
  assert.equal(said[6], "ran away downhill, out of the window from step 8");
});

test("named minima, other minima, not arrived and diverged all have colors of their own", () => {
  for (const dark of [false, true]) {
    const strong = paints(9, { dark }).map(([color]) => color);
    assert.equal(new Set(strong).size, strong.length);
  }
});

test("a stepped scale runs from 0 to 1, two places a color", () => {
  const scale = steppedScale(paints(2, { dark: false }));
  assert.deepEqual([scale[0][0], scale.at(-1)[0], scale.length], [0, 1, 14]);
  assert.equal(mix("#000000", "#ffffff", 0.5), "#808080");
});

test("the map's trace spans all kinds whatever is on it", () => {
  const look = {
    colors: { dark: false, text: "#000000" },
    size: 12,
    scale: 1,
    range: [0, 9],
    land: null,
    room: [400, 400],
    on: {},
  };
  const [trace] = basinTraces(full(new Array(16).fill(0)), look);
  assert.deepEqual([trace.zmin, trace.zmax, trace.z.length, trace.z[0].length], [0, 7, 4, 4]);
});

test("a panel's numbers and names are drawn once, by the scene", () => {
  const window = [
    [0, 1],
    [0, 1],
  ];
  const { xaxis, yaxis } = panelLayout({ window }, { text: "#000", grid: "#ccc" }, 12);
  for (const axis of [xaxis, yaxis]) assert.deepEqual([axis.showticklabels, axis.title.text], [false, ""]);
});

test("a round bowl is round on a map of starts too", () => {
  const window = [
    [-5, 5],
    [-5, 5],
  ];
  const extent = { width: 470, height: 410 };
  const { xaxis, yaxis, margin } = fittedLayout(
    { window },
    { text: "#000", grid: "#ccc" },
    12,
    extent,
    "auto",
  );
  const span = ([low, high], room) => (high - low) * room;
  const wide = span(xaxis.domain, extent.width - margin.l - margin.r);
  assert.ok(Math.abs(wide - span(yaxis.domain, extent.height - margin.t - margin.b)) < 1e-6);
  const { width, height } = panelBox({ window }, 12, extent, "auto");
  assert.ok(Math.abs(width - wide) < 1e-6 && Math.abs(height - wide) < 1e-6);
  assert.ok(panelBox({ window }, 12, extent, "fill").width > width);
});
