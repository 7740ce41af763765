// From data to pixels and to what Plotly is asked to draw.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  axes,
  axesIn,
  domains,
  equalBox,
  equalUnits,
  inside,
  near,
  mapBox,
  wantsEqual,
} from "../../interface/stage/draw/axes.js";
import { contour, mapLayout, spread } from "../../interface/stage/draw/figures.js";
import { mapScene } from "../../interface/stage/draw/scene/map.js";
import { edgeAt, outside } from "../../interface/stage/draw/scene/beyond.js";
import { reading } from "../../interface/stage/draw/scene/loss-scale.js";
import { MARKERS } from "../../interface/stage/draw/scene/shapes.js";
import { linearTicks, logTicks } from "../../interface/stage/draw/ticks.js";
import { head, strand, trail, upTo } from "../../interface/stage/draw/trail.js";

const side = (range, offset, length, type = "linear") => ({ range, type, _offset: offset, _length: length });
const plot = (x, y) => ({ _fullLayout: { xaxis: x, yaxis: y } });
const AXIS = axes(plot(side([-2, 2], 40, 400), side([-1, 3], 10, 200)));
const COLORS = {
  dark: false,
  scale: [
    [0, "#fff"],
    [1, "#000"],
  ],
  line: "#111",
  halo: "#eee",
  text: "#222",
  grid: "#ddd",
  font: "serif",
};

test("an axis takes data to pixels and back, up being up", () => {
  assert.deepEqual([AXIS.x.to(-2), AXIS.x.to(2), AXIS.y.to(-1), AXIS.y.to(3)], [40, 440, 210, 10]);
  for (const v of [-1.9, 0, 0.33]) {
    assert.ok(Math.abs(AXIS.x.from(AXIS.x.to(v)) - v) < 1e-12);
    assert.ok(Math.abs(AXIS.y.from(AXIS.y.to(v)) - v) < 1e-12);
  }
});

test("a logarithmic axis counts powers", () => {
  const { x } = axes(plot(side([-3, 1], 0, 400, "log"), side([0, 1], 0, 1)));
  assert.deepEqual([x.to(0.001), x.to(0.1), x.to(10)], [0, 200, 400]);
});

test("inside the frame and outside it", () => {
  assert.ok(inside(AXIS, 40, 10) && inside(AXIS, 440, 210));
  assert.ok(!inside(AXIS, 39, 100) && !inside(AXIS, 100, 211));
});

test("pixels stay where browsers can draw", () => {
  assert.deepEqual([near(1e30), near(-1e30), near(12)], [1e5, -1e5, 12]);
});

const path = (...points) => ({ values: Float32Array.from(points.flat()), shape: [points.length, 2] });

test("a trail is cut at any step without being built again", () => {
  const found = trail(path([-2, -1], [0, 1], [2, 3]), AXIS);
  assert.equal(upTo(found, 0), "M40.0 210.0");
  assert.equal(upTo(found, 1), "M40.0 210.0L240.0 110.0");
  assert.equal(upTo(found, 2), "M40.0 210.0L240.0 110.0L440.0 10.0");
  assert.equal(upTo(found, 99), upTo(found, 2));
  assert.deepEqual(head(found, 1), [240, 110]);
});

test("a straight way needs its ends alone, and one that turns back the place where it did", () => {
  const there = [0, 1, 2, 3, 4].map((k) => [-2 + k, -1 + k]);
  assert.equal(upTo(trail(path(...there), AXIS).even, 4), "M40.0 210.0L440.0 10.0");
  assert.equal(upTo(trail(path(...there), AXIS).even, 2), "M40.0 210.0L240.0 110.0");
  const back = trail(path(...there, [0, 1]), AXIS).even;
  assert.equal(upTo(back, 5), "M40.0 210.0L440.0 10.0L240.0 110.0");
  assert.equal(back.points.length, 6);
});

test("no point lies visibly beside the line that leaves it out, wherever it is cut", () => {
  const random = chances(7);
  for (let n = 0; n < 60; n++) {
    const [size, pull] = [10 ** (-3 * random()), random()];
    const walk = [[1.9, 2.9]];
    for (let t = 0; t < 80; t++) {
      const [x, y] = walk.at(-1);
      walk.push([
        x * (1 - 0.2 * pull) + size * (random() - 0.5),
        y * (1 - 0.1 * pull) + size * (random() - 0.5),
      ]);
    }
    const found = trail(path(...walk), AXIS).even;
    for (const t of [0, 1, 17, 80]) {
      const drawn = upTo(found, t)
        .slice(1)
        .split("L")
        .map((at) => at.split(" ").map(Number));
      for (const point of found.points.slice(0, t + 1)) assert.ok(aside(point, drawn) < 0.18, `${n} at ${t}`);
      assert.ok(Math.hypot(...drawn.at(-1).map((v, k) => v - found.points[t][k])) < 0.08);
    }
  }
});

function chances(seed) {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

// How far a point lies from a line of many.
function aside([px, py], line) {
  const far = line.map(([bx, by], k) => {
    const [ax, ay] = line[Math.max(k - 1, 0)];
    const long = (bx - ax) ** 2 + (by - ay) ** 2;
    const share = long ? Math.min(Math.max(((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / long, 0), 1) : 0;
    return Math.hypot(px - ax - share * (bx - ax), py - ay - share * (by - ay));
  });
  return Math.min(...far);
}

test("a path that breaks ends where it broke", () => {
  const found = trail(path([-2, -1], [0, 1], [NaN, NaN], [NaN, NaN]), AXIS);
  assert.equal(upTo(found, 3), upTo(found, 1));
  assert.deepEqual(head(found, 3), [240, 110]);
  assert.doesNotMatch(found.text, /NaN/);
});

test("a tail holds the steps between two", () => {
  const found = trail(path([-2, -1], [0, 1], [2, 3]), AXIS);
  assert.equal(found.from(1, 2), "M240.0 110.0L440.0 10.0");
  assert.equal(found.from(-5, 0), "M40.0 210.0");
});

test("every marker is a closed outline of its own", () => {
  const shapes = Object.values(MARKERS);
  assert.ok(shapes.length >= 6 && new Set(shapes).size === shapes.length);
  for (const d of shapes) assert.match(d, /^M.*Z$/);
});

const lane = {
  label: "Adam",
  light: "#0072b2",
  dark: "#4aa3df",
  dash: "3px,3px",
  marker: "circle",
  visible: true,
};
const land = {
  header: { critical: [] },
  arrays: {
    x: { values: Float32Array.of(0, 1) },
    y: { values: Float32Array.of(0, 1, 2) },
    shown: { values: new Float32Array(6), shape: [3, 2] },
  },
};

test("a landscape has rows of its width and levels inside 0 to 1", () => {
  const { z, contours } = contour(land, COLORS);
  assert.deepEqual([z.length, z[0].length], [3, 2]);
  assert.ok(contours.start > 0 && contours.end < 1);
});

test("a layout shows the window and leaves it alone", () => {
  const shown = [
    [-2, 2],
    [-1, 3],
  ];
  const { xaxis, yaxis } = mapLayout(shown, COLORS);
  xaxis.range[0] = 99;
  assert.deepEqual(
    [shown[0], yaxis.range],
    [
      [-2, 2],
      [-1, 3],
    ],
  );
});

const curve = (...values) => ({ values: Float32Array.from(values), lane, label: "loss" });

test("curves count their steps from where they begin", () => {
  const line = strand(
    { ...curve(5, 6, 4), first: 1 },
    axesIn({ x: 0, y: 0, width: 30, height: 70 }, [
      [0, 3],
      [0, 7],
    ]),
  );
  assert.equal(line.text, "M10.0 20.0L20.0 10.0L30.0 30.0");
  assert.deepEqual([upTo(line, 0), upTo(line, 2)], ["", "M10.0 20.0L20.0 10.0"]);
});

test("numbers on an axis are round, inside it, and powers where it is logarithmic", () => {
  const said = (ticks) => ticks.map(({ text }) => text);
  assert.deepEqual(said(linearTicks(-2, 2, 5)), ["−2", "−1", "0", "1", "2"]);
  assert.deepEqual(said(linearTicks(-4.3, 4.4, 4)), ["−4", "−2", "0", "2", "4"], "one number is no scale");
  assert.deepEqual(said(linearTicks(0, 1000, 4)), ["0", "500", "1000"]);
  assert.deepEqual(said(linearTicks(0, 4e7, 4)), ["0", "1×10⁷", "2×10⁷", "3×10⁷", "4×10⁷"]);
  assert.deepEqual(said(logTicks(0.05, 1.9, 4)), ["2", "5", "10", "20", "50"]);
  assert.deepEqual(said(logTicks(-6.3, 1.2, 4)), ["10⁻⁶", "10⁻⁴", "0.01", "1"]);
  for (const [low, high] of [
    [-1e-9, 3e-9],
    [5, 5.0001],
    [-1e20, 1e19],
  ]) {
    const ticks = linearTicks(low, high, 6);
    assert.ok(ticks.length > 1 && ticks.every(({ at }) => at >= low && at <= high), `${low} ${high}`);
    assert.equal(new Set(said(ticks)).size, ticks.length);
  }
});

test("a range holds all finite values of visible lanes", () => {
  const hidden = { ...curve(1e9), lane: { ...lane, visible: false } };
  const [low, high] = spread([curve(-1, 0, NaN, Infinity, 3), hidden], false);
  assert.ok(low < -1 && low > -2 && high > 3 && high < 4);
});

test("a logarithmic range is in powers of positive values", () => {
  const [low, high] = spread([curve(0, -5, 0.001, 10)], true);
  assert.ok(low < -3 && low > -4 && high > 1 && high < 2);
});

test("nothing finite still gives an axis", () => {
  for (const logarithmic of [true, false]) {
    const [low, high] = spread([curve(NaN, NaN)], logarithmic);
    assert.ok(high > low);
  }
  const [low, high] = spread([curve(2, 2, 2)], false);
  assert.ok(low < 2 && high > 2);
});

test("equal units shrink a box in its middle, by themselves only where most of it is left", () => {
  const box = { x: 10, y: 20, width: 300, height: 100 };
  const square = [
    [-1, 1],
    [0, 2],
  ];
  assert.deepEqual(equalBox(box, square), { x: 110, y: 20, width: 100, height: 100 });
  assert.equal(wantsEqual("auto", box, square), false);
  assert.equal(
    wantsEqual("auto", box, [
      [0, 5],
      [0, 2],
    ]),
    true,
  );
  assert.deepEqual(
    [
      wantsEqual("equal", box, square),
      wantsEqual("fill", box, [
        [0, 3],
        [0, 1],
      ]),
    ],
    [true, false],
  );
  assert.equal(equalUnits(axesIn(box, square)), false);
  assert.equal(equalUnits(axesIn(equalBox(box, square), square)), true);
});

test("a round bowl is round on the first visit, between its introduction and the clock", () => {
  const room = { x: 41, y: 8, width: 536, height: 326 };
  const sphere = [
    [-5, 5],
    [-5, 5],
  ];
  const { x, y } = axesIn(mapBox("auto", room, sphere), sphere);
  const path = [x.to(0) - x.to(3), y.to(0) - y.to(3)];
  const contour = [x.to(2.9) - x.to(3), y.to(3.1) - y.to(3)];
  const across = path[0] * contour[0] + path[1] * contour[1];
  assert.ok(Math.abs(across) < 1e-6 * Math.hypot(...path) * Math.hypot(...contour));
});

test("a box's share of its room is counted from the left and from below", () => {
  const room = { x: 10, y: 20, width: 200, height: 100 };
  const { x, y } = domains({ x: 60, y: 20, width: 100, height: 75 }, room);
  assert.deepEqual(
    [x, y],
    [
      [0.25, 0.75],
      [0.25, 1],
    ],
  );
});

test("what lies beyond the frame is pointed at from its edge, in its direction", () => {
  const box = { x: 0, y: 0, width: 100, height: 100 };
  assert.deepEqual([outside([50, 50], box), outside([50, 120], box)], [false, true]);
  assert.deepEqual(edgeAt([1050, 50], box, 10), { x: 92.5, y: 50, turn: 0 });
  assert.equal(edgeAt([50, -900], box, 10).turn, -90);
});

test("an arrow at the edge keeps clear of what lies on the map", () => {
  const box = { x: 0, y: 0, width: 100, height: 100 };
  const button = { x: 40, y: 0, width: 20, height: 15 };
  assert.deepEqual(edgeAt([50, -900], box, 10, [button]), { x: 32.5, y: 7.5, turn: -90 });
  const whole = { x: 0, y: 0, width: 100, height: 15 };
  assert.deepEqual(edgeAt([50, -900], box, 10, [whole]), { x: 50, y: 22.5, turn: -90 });
  const apart = { x: 80, y: 0, width: 20, height: 15 };
  assert.equal(edgeAt([50, -900], box, 10, [apart]).x, 50);
});

test("a lowest point out of sight is pointed at and named, one in sight is not", () => {
  const critical = (x, kind = "global minimum") => ({ x, y: 1, kind, said: kind, value: "0" });
  const own = { ...lane, slot: "a" };
  const shown = {
    header: { lanes: [own], chosen: 0, start: [0, 1], view: { marks: [] } },
    arrays: { x0: path([0, 1], [1, 2]) },
  };
  const look = { colors: COLORS, type: 13, measure: (text, size) => 0.6 * size * text.length };
  const words = (points) =>
    mapScene(shown, { critical: points, scale: null }, AXIS, look)
      .step(0)
      .filter(({ kind }) => kind === "words")
      .map(({ text }) => text);
  assert.ok(words([critical(9), critical(30)]).includes("global minimum at (9, 1)"));
  assert.deepEqual(words([critical(9), critical(1)]), ["Adam"]);
  assert.deepEqual(words([critical(9, "local minimum")]), ["Adam"]);
});

test("a low logarithmic axis has no more numbers than there is room for", () => {
  const places = (...range) => logTicks(...range).map(({ at }) => at);
  assert.deepEqual(places(-3.9, -0.3, 1), [-3, -2, -1]);
  assert.equal(places(-0.4, 1.2).length, 5, "twos and fives where there is room");
});

test("a place far outside is told as finely as the window tells places apart", () => {
  const shown = {
    header: { lanes: [{ ...lane, slot: "a" }], chosen: 0, start: [0, 1], view: { marks: [] } },
    arrays: { x0: path([-1.673e-20, 14.3972], [-0.005776, 891.7]) },
  };
  const look = { colors: COLORS, type: 13, measure: (text, size) => 0.6 * size * text.length };
  const scene = mapScene(shown, { critical: [], scale: null }, AXIS, look);
  const told = (t) => scene.step(t).find(({ kind }) => kind === "words").text;
  assert.equal(told(0), "Adam at (0, 14.4)");
  assert.equal(told(1), "Adam at (−0.01, 891.7)");
});

test("where units differ a word says so, below the map or, without room there, in its corner", () => {
  const shown = {
    header: { lanes: [{ slot: "a", visible: false }], chosen: 0, start: [0, 1], view: { marks: [] } },
    arrays: {},
  };
  const scale = reading({
    header: { scale: "linear", logarithm: null },
    arrays: { loss: { values: Float32Array.of(0, 10) } },
  });
  const look = { colors: COLORS, measure: (text, size) => 0.55 * size * text.length };
  const places = (type, box, ground = { critical: [], scale }) => {
    const ranges = [
      [0, 1],
      [0, 1],
    ];
    return mapScene(shown, ground, axesIn(box, ranges), { ...look, type })
      .still.filter(({ text }) => text === "units of x and y differ")
      .map(({ y }) => (y > box.y + box.height ? "below" : "inside"));
  };
  const wide = { x: 40, y: 10, width: 560, height: 200 };
  assert.deepEqual(places(13, wide), ["below"]);
  assert.deepEqual(places(21, { ...wide, width: 380 }), ["inside"]);
  assert.deepEqual(places(13, { ...wide, width: 240 }, { critical: [], scale: null }), ["inside"]);
  assert.deepEqual(places(21, { ...wide, width: 200 }), []);
});

test("the scale of the loss names its kind and has its numbers where those losses lie", () => {
  const land = (scale, loss, logarithm = null) => ({
    header: { scale, logarithm },
    arrays: { loss: { values: loss } },
  });
  const linear = reading(land("linear", Float32Array.of(0, 5, 10)));
  assert.equal(linear.title, "loss, linear");
  assert.deepEqual(
    linear.ticks.map(({ share, text }) => [share, text]),
    [
      [0, "0"],
      [0.5, "5"],
      [1, "10"],
    ],
  );
  const log = reading(land("log", Float32Array.of(2, 3, 1002), [2, 0.03]));
  assert.equal(log.title, "loss − lowest, logarithmic");
  for (const { share, text } of log.ticks) {
    const place = (loss) => Math.log10(loss - 2 + 0.03);
    const wanted = (place(2 + Number(text)) - place(2)) / (place(1002) - place(2));
    assert.ok(Math.abs(share - wanted) < 1e-9, text);
  }
  const rank = reading(
    land(
      "rank",
      Float32Array.from({ length: 41 }, (_, k) => k ** 2),
    ),
  );
  assert.deepEqual(
    rank.ticks.map(({ text }) => text),
    ["0", "100", "400", "900", "1600"],
  );
});
