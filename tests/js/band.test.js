// The band over many seeds: what is drawn of it, what is said of it, and where names go.

import assert from "node:assert/strict";
import { test } from "node:test";

import { axes } from "../../interface/stage/draw/axes.js";
import { bandShape, endNames } from "../../interface/stage/draw/scene/band.js";
import { curveScene } from "../../interface/stage/draw/scene/curves.js";
import { key, lines, reading } from "../../interface/stage/curves/band.js";
import { panelCurves } from "../../interface/stage/curves/kinds.js";
import { overlap } from "../../interface/stage/draw/placing.js";
import { strand } from "../../interface/stage/draw/trail.js";
import { edges, spread } from "../../interface/stage/draw/figures.js";
import { isOn, switched } from "../../interface/stage/dom/menu.js";

const COLORS = { dark: false, halo: "#eee", text: "#222", grid: "#ddd", font: "serif" };
const LOOK = { type: 10, colors: COLORS, measure: (text) => 5 * text.length };
const lane = { slot: "a", label: "Ball", visible: true, light: "#123456", dark: "#abcdef", dash: "solid" };
const other = { ...lane, slot: "b", label: "Other" };
const array = (...values) => ({ values: Float32Array.from(values), shape: [values.length] });
const packet = {
  header: { slot: "a", base: 2, seeds: 100, levels: [10, 90], diverged: 0 },
  arrays: {
    low: array(8, 1, 0.5),
    median: array(8, 2, 1),
    high: array(8, 4, 2),
    mean: array(8, 3, 1.5),
    floor: array(0.75, 0.5),
  },
};
const race = {
  header: { lanes: [lane, other], chosen: 0, lowest: 0, steps: 2 },
  arrays: { gap0: array(8, 3, 1), gap1: array(8, 5, 2), loss0: array(8, 3, 1), loss1: array(8, 5, 2) },
};
const LOG = { raised: false, leads: true, shade: 0.2 };
const side = (range, offset, length, type = "linear") => ({ range, type, _offset: offset, _length: length });
const AXIS = axes({ _fullLayout: { xaxis: side([0, 2], 100, 200), yaxis: side([0, 8], 10, 80) } });
const BOX = { x: 100, y: 10, width: 200, height: 80 };

test("a lane's packet becomes a median inside a band, and a floor", () => {
  const [median, floor] = lines(lane, packet, LOG);
  assert.deepEqual(
    [[...median.low], [...median.values], [...median.high]],
    [
      [8, 1, 0.5],
      [8, 2, 1],
      [8, 4, 2],
    ],
  );
  assert.deepEqual([[...floor.values], floor.first, floor.told], [[0.75, 0.5], 1, "Ball, predicted floor"]);
  assert.equal(lines(lane, { ...packet, arrays: { ...packet.arrays, floor: undefined } }, LOG).length, 1);
});

test("on an axis of plain losses all stand above the minimum's own", () => {
  const [median, floor] = lines(lane, packet, { ...LOG, raised: true });
  assert.deepEqual([median.low[2], median.values[2], median.high[2], floor.values[1]], [2.5, 3, 4, 2.5]);
});

test("what is said gives percentiles, the mean at the step, and the floor of its rate", () => {
  assert.equal(key(packet), "band: 10 to 90 % of 100 seeds, smooth line: median");
  assert.equal(reading(packet, race, 2), "Ball: mean 1.5, predicted floor 0.5");
  assert.equal(reading(packet, race, 0), "Ball: mean 8, predicted floor 0.75");
  const gone = { ...packet, header: { ...packet.header, diverged: 7 } };
  assert.equal(reading(gone, race, 2), "Ball: 7 of 100 seeds diverged");
  const unstable = { ...packet, arrays: { ...packet.arrays, floor: array(NaN, NaN) } };
  assert.equal(reading(unstable, race, 1), "Ball: mean 3");
});

test("under a schedule the mean that is expected is drawn and said, and no floor foretold", () => {
  const { floor, ...rest } = packet.arrays;
  const scheduled = { ...packet, arrays: { ...rest, expected: array(8, 3.25, 1.25) } };
  const [, expected] = lines(lane, scheduled, LOG);
  assert.deepEqual(
    [[...expected.values], expected.first, expected.told],
    [[8, 3.25, 1.25], 0, "Ball, expected mean"],
  );
  assert.equal(reading(scheduled, race, 2), "Ball: mean 1.5, expected mean 1.25");
  const reacting = { header: { ...packet.header, momentary: true }, arrays: { ...rest, floor } };
  assert.equal(lines(lane, reacting, LOG)[1].told, "Ball, floor of the rate in force");
  assert.equal(reading(reacting, race, 2), "Ball: mean 1.5, floor of the rate in force 0.5");
});

test("a band is one closed outline under all lines", () => {
  const { still } = curveScene(lines(lane, packet, LOG), AXIS, LOOK);
  const names = still.map(({ name }) => name).filter((name) => /band|curve/.test(name));
  assert.deepEqual(names, ["band", "curve-still", "curve-still"]);
  const [band] = still.filter(({ name }) => name === "band");
  assert.equal(band.d, "M100.0 10.0L200.0 50.0L300.0 70.0L300.0 85.0L200.0 80.0L100.0 10.0Z");
  assert.deepEqual([band.fill, band.opacity], [lane.light, 0.2]);
});

test("a band ends where most seeds have diverged, and stays where an axis can place it", () => {
  const curve = { low: array(1, 0, 2, Infinity).values, high: array(1, 5, Infinity, Infinity).values };
  const found = edges({ ...curve, least: 1e-30 });
  assert.deepEqual(found.low, [1, 1e-30, 2]);
  assert.deepEqual(found.high, [1, 5, 5000]);
  assert.deepEqual(
    edges({ ...curve, low: array(-3, -2).values, high: array(-1, -1).values, least: -Infinity }),
    {
      low: [-3, -2],
      high: [-1, -1],
    },
  );
});

test("a range holds a band, and single runs that step back do not widen it by a spike", () => {
  const [median] = lines(lane, packet, LOG);
  const [low, high] = spread([median], true);
  assert.ok(low < Math.log10(0.5) && low > Math.log10(0.5) - 0.2 && high > Math.log10(8));
  const spiky = Float32Array.from({ length: 100 }, (_, t) => (t === 50 ? 1e-9 : 1));
  const run = { lane, values: spiky };
  assert.ok(spread([run, median], true)[0] < -8);
  assert.ok(spread([{ ...run, aside: 0.03 }, median], true)[0] > -1);
});

test("single runs step back where a band is, and only there", () => {
  const view = { extras: [(name) => (name === "loss" ? lines(lane, packet, LOG) : [])] };
  const [first, second, ...added] = panelCurves("loss", race, true, view);
  assert.ok(first.quiet && second.quiet && first.opacity > second.opacity);
  assert.equal(added.length, 2);
  assert.ok(panelCurves("loss", race, true, {}).every(({ quiet }) => !quiet));
  const thin = { extras: [() => [{ lane, values: race.arrays.gap0.values }]] };
  assert.ok(panelCurves("loss", race, true, thin).every(({ quiet }) => !quiet));
});

const drawnOf = (curves) =>
  curves.map((curve, n) => ({ curve, n, line: strand(curve, AXIS), paint: "#123456" }));
const level = (told, value, leads = false) => ({ lane, told, leads, values: array(0, value, value).values });
const boxOf = ({ text, x, y, size }) => ({
  x,
  y: y - 0.8 * size,
  width: LOOK.measure(text),
  height: size,
});

test("names keep clear of each other and of lines, the leading lane's first, inside the frame", () => {
  const curves = [level("low", 1), level("near", 4.1), level("leading", 4, true), level("outside", -30)];
  const found = endNames(drawnOf(curves), BOX, LOOK);
  assert.deepEqual(
    found.map(({ text }) => text),
    ["leading", "low", "near"],
  );
  const boxes = found.map(boxOf);
  boxes.forEach((one, k) => boxes.slice(0, k).forEach((other) => assert.equal(overlap(one, other), 0)));
  const [top] = endNames(drawnOf([level("top", 7.9)]), BOX, LOOK).map(boxOf);
  assert.ok(top.y >= BOX.y && top.y > AXIS.y.to(7.9), "there is no room above it");
});

test("a name that finds no place clear of the others is left out", () => {
  const crowd = Array.from({ length: 40 }, (_, k) => level(`a name that is long ${k}`, 4));
  const found = endNames(drawnOf(crowd), BOX, LOOK);
  assert.ok(found.length > 1 && found.length < 12);
});

test("a line's end is its last value that an axis can place", () => {
  const [name] = endNames(drawnOf([{ ...level("gone", 4), values: array(4, 4, NaN).values }]), BOX, LOOK);
  assert.ok(Math.abs(name.y - AXIS.y.to(4)) < 10 && name.x < 220, "beside its end, not at the frame's");
  assert.deepEqual(endNames(drawnOf([{ ...level("none", NaN), values: array(NaN).values }]), BOX, LOOK), []);
});

test("a line that has a name is named at its end", () => {
  const drawn = drawnOf(lines(lane, packet, LOG));
  const names = endNames(drawn, BOX, LOOK);
  assert.deepEqual(
    names.map(({ text }) => text),
    ["Ball, predicted floor"],
  );
  assert.ok(names[0].x + LOOK.measure(names[0].text) <= BOX.x + BOX.width);
  assert.equal(bandShape(drawn[0], AXIS, BOX).clip, BOX);
});

test("the menu switches a view that is on or off", () => {
  const entry = { name: "band", word: true, other: false };
  assert.equal(isOn({ band: false }, entry), false);
  assert.equal(isOn({ band: true }, entry), true);
  assert.deepEqual(
    [switched({ band: false }, entry, true), switched({ band: true }, entry, false)],
    [true, false],
  );
});
