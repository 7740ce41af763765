// What is taken away, in its pure parts: layout, drawings, GIF, WebM and the storyboard of a film.

import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32, deflateSync } from "node:zlib";

import { size, slug } from "../../interface/stage/dom/form.js";
import { changed, gif, indexer, lzw, palette } from "../../interface/stage/save/gif.js";
import { entitled, escape, toSvg } from "../../interface/stage/draw/paint/svg.js";
import { outline } from "../../interface/stage/draw/scene/shapes.js";
import { compose } from "../../interface/stage/save/picture.js";
import { withDensity } from "../../interface/stage/save/png.js";
import { overlap } from "../../interface/stage/draw/placing.js";
import { strand, upTo } from "../../interface/stage/draw/trail.js";
import { SHAPES, sheet } from "../../interface/stage/draw/sheet.js";
import { LARGEST } from "../../interface/stage/core/known.js";
import { opensAt } from "../../interface/stage/save/tab-link.js";
import { refused } from "../../interface/stage/save/tab-open.js";
import { kinds, storyboard } from "../../interface/stage/save/storyboard.js";
import { lengths, mp4Kind } from "../../interface/stage/save/video.js";
import { webm } from "../../interface/stage/save/webm.js";

const measure = (text, type = 10) => 0.55 * type * text.length;

// A GIF reader's half of the coding, written from the format's description.
function unlzw(bytes) {
  const data = [];
  for (let at = 1; bytes[at]; at += bytes[at] + 1) data.push(...bytes.subarray(at + 1, at + 1 + bytes[at]));
  const pixels = [];
  let [place, bits, table, before] = [0, 9, [], null];
  const read = () => {
    let code = 0;
    for (let k = 0; k < bits; k++, place++) code |= ((data[place >> 3] >> (place & 7)) & 1) << k;
    return code;
  };
  for (let code = read(); code !== 257; code = read()) {
    if (code === 256) {
      [bits, before] = [9, null];
      table = Array.from({ length: 258 }, (_, k) => [k]);
      continue;
    }
    const now = code < table.length ? table[code] : [...before, before[0]];
    if (before && table.length < 4096) table.push([...before, now[0]]);
    if (table.length === 1 << bits && bits < 12) bits++;
    pixels.push(...now);
    before = now;
  }
  return Uint8Array.from(pixels);
}

// The same numbers at every run (Park and Miller 1988).
function draws(count, below, seed = 7) {
  let state = seed;
  return Uint8Array.from({ length: count }, () => (state = (state * 48271) % 2147483647) % below);
}

test("what is coded for a GIF is read back, through full tables too", () => {
  for (const [count, below] of [
    [1, 2],
    [2, 1],
    [300, 1],
    [5000, 3],
    [60000, 256],
    [20000, 16],
  ]) {
    const pixels = draws(count, below);
    assert.deepEqual(unlzw(lzw(pixels)), pixels);
  }
});

test("a palette keeps the few colors of a plain picture as they are", () => {
  const colors = [
    [255, 255, 255],
    [0, 114, 178],
    [213, 94, 0],
  ];
  const picture = Uint8Array.from({ length: 4 * 90 }, (_, k) =>
    k % 4 === 3 ? 255 : colors[Math.floor(k / 4) % 3][k % 4],
  );
  const found = palette([picture]);
  assert.deepEqual(new Set(found.map(String)), new Set(colors.map(String)));
  const back = Array.from(indexer(found)(picture), (k) => found[k]);
  assert.deepEqual(back.slice(0, 3), colors);
});

test("a palette of many colors has no more than it may and stays near each of them", () => {
  const picture = draws(4 * 4000, 256);
  const found = palette([picture]);
  assert.equal(found.length, 255);
  const index = indexer(found)(picture);
  const far = Array.from(index, (k, n) => Math.hypot(...found[k].map((v, c) => v - picture[4 * n + c])));
  assert.ok(far.reduce((a, b) => a + b) / far.length < 32);
});

test("only the rectangle that differs is kept of a frame", () => {
  const [a, b] = [new Uint8Array(40), new Uint8Array(40)];
  [b[11], b[24]] = [1, 1];
  assert.deepEqual(changed(a, b, 8, 5), { x: 0, y: 1, width: 4, height: 3 });
  assert.deepEqual(changed(a, a, 8, 5), { x: 0, y: 0, width: 1, height: 1 });
});

test("a GIF says its size and repeats", async () => {
  const film = gif(300, 2, [[0, 0, 0]]);
  film.add(new Uint8Array(600), 5);
  const bytes = new Uint8Array(await film.bytes().arrayBuffer());
  assert.equal(new TextDecoder().decode(bytes.subarray(0, 6)), "GIF89a");
  assert.deepEqual([...bytes.subarray(6, 10)], [44, 1, 2, 0]);
  assert.ok(new TextDecoder("latin1").decode(bytes).includes("NETSCAPE2.0"));
  assert.equal(bytes[bytes.length - 1], 0x3b);
});

test("a WebM holds its frames in clusters that begin with key frames, and cues point at them", async () => {
  const chunks = Array.from({ length: 90 }, (_, k) => ({
    data: Uint8Array.of(k),
    time: (k * 1e6) / 30,
    key: k % 40 === 0,
  }));
  const blob = webm(chunks, { width: 640, height: 360, codec: "V_VP9", fps: 30, seconds: 3 });
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const top = elements(bytes);
  assert.deepEqual(
    top.map(({ id }) => id),
    ["1a45dfa3", "18538067"],
  );
  const segment = elements(top[1].body);
  const clusters = segment.filter(({ id }) => id === "1f43b675");
  assert.equal(clusters.length, 3);
  const blocks = clusters.map(({ body }) => elements(body).filter(({ id }) => id === "a3"));
  assert.deepEqual(
    blocks.map((b) => b.length),
    [40, 40, 10],
  );
  assert.ok(blocks.every(([first]) => first.body[3] === 0x80));
  assert.deepEqual(
    blocks.flat().map(({ body }) => body[4]),
    chunks.map(({ data }) => data[0]),
  );
  const points = elements(segment.find(({ id }) => id === "1c53bb6b").body);
  const places = points.map(({ body }) => unsigned(elements(elements(body)[1].body)[1].body));
  assert.deepEqual(
    places,
    clusters.map(({ at }) => at),
  );
  const duration = elements(segment[0].body).find(({ id }) => id === "4489").body;
  assert.equal(new DataView(duration.buffer, duration.byteOffset).getFloat64(0), 3000);
});

// Matroska's elements: an id and a length, each as long as its leading zeros say.
function elements(bytes) {
  const found = [];
  for (let at = 0; at < bytes.length;) {
    const begin = at;
    const wide = Math.clz32(bytes[at]) - 23;
    const id = Buffer.from(bytes.subarray(at, at + wide)).toString("hex");
    at += wide;
    const size = Math.clz32(bytes[at]) - 23;
    const length = unsigned(bytes.subarray(at + 1, at + size));
    at += size;
    found.push({ id, at: begin, body: bytes.subarray(at, at + length) });
    at += length;
  }
  return found;
}

const unsigned = (bytes) => bytes.reduce((sum, byte) => 256 * sum + byte, 0);

test("a film shows every step in turn and rests on the last", () => {
  const { frames, seconds } = storyboard(300, 1, 30);
  assert.deepEqual(frames.slice(0, 3), [0, 1, 2]);
  assert.deepEqual(frames.slice(-45), Array(45).fill(300));
  assert.equal(seconds, 11.5);
  assert.equal(storyboard(300, 10, 20).seconds, 2.5);
  const slow = storyboard(3, 0.1, 20).frames;
  assert.ok(slow.every((t, k) => k === 0 || t - slow[k - 1] <= 1));
  assert.deepEqual(lengths([0, 0, 1, 2, 2]), [
    { t: 0, count: 2 },
    { t: 1, count: 1 },
    { t: 2, count: 2 },
  ]);
});

test("panels keep apart and stay on the sheet at every shape", () => {
  const all = ["map", "loss", "rate", "gradient", "memory"];
  for (const { size, type } of Object.values(SHAPES)) {
    for (let count = 1; count <= all.length; count++) {
      for (const foot of [1.5 * type, 9 * type]) {
        const plan = sheet(size, type, all.slice(0, count), foot);
        const boxes = Object.values(plan.boxes);
        assert.equal(boxes.length, count);
        for (const [k, box] of boxes.entries()) {
          assert.ok(
            box.x >= 0 && box.y >= plan.title.y && box.x + box.width <= plan.width,
            `${count} panels`,
          );
          assert.ok(box.y + box.height <= plan.foot.y && box.width > 4 * type && box.height > type);
          assert.ok(boxes.slice(k + 1).every((other) => overlap(box, other) === 0));
        }
      }
    }
  }
});

test("a curve lifts its pen where it is not a number", () => {
  const axis = { x: { to: (v) => v }, y: { to: (v) => v } };
  const line = strand({ values: Float32Array.of(1, 2, NaN, 4, 5), first: 1 }, axis);
  assert.equal(upTo(line, 0), "");
  assert.equal(upTo(line, 2), "M1.0 1.0L2.0 2.0");
  assert.equal(upTo(line, 9), "M1.0 1.0L2.0 2.0M4.0 4.0L5.0 5.0");
  assert.deepEqual(line.points.slice(2, 4), [null, [4, 4]]);
});

test("a name with angle brackets cannot break a picture", () => {
  const text = toSvg([{ kind: "words", text: '<b a="1">&', x: 0, y: 0, size: 9, fill: "#123456" }], "serif");
  assert.ok(text.includes("&lt;b a=&quot;1&quot;&gt;&amp;"));
  assert.equal(escape("x"), "x");
});

test("a picture shows step t: paths, heads, losses, and where a lane diverged", () => {
  const drawing = compose(
    example(),
    { ...SHAPES.slide, panels: ["map", "loss"], dark: false, caption: true },
    measure,
  );
  const told = (t) =>
    drawing
      .step(t)
      .filter(({ kind }) => kind === "words")
      .map(({ text }) => text);
  assert.ok(told(1).includes("step 1 of 3") && told(1).includes("loss 4"));
  assert.ok(!told(1).some((text) => text.includes("DIVERGED")));
  assert.ok(told(3).includes("Wild DIVERGED at 2"));
  const strokes = (t) =>
    drawing
      .step(t)
      .filter(({ trail }) => trail)
      .map((item) => outline(item).split("L").length);
  assert.ok(strokes(3).every((n, k) => n >= strokes(1)[k]));
  const still = drawing.still.filter(({ kind }) => kind === "words").map(({ text }) => text);
  assert.ok(still.includes("Bowl") && still.includes("lr = 0.1") && still.includes("Bowl; 3 steps"));
});

test("a picture without caption leaves the settings out and keeps the names", () => {
  const drawing = compose(
    example(),
    { ...SHAPES.paper, panels: ["map"], dark: true, caption: false },
    measure,
  );
  const still = drawing.still.filter(({ kind }) => kind === "words").map(({ text }) => text);
  assert.ok(still.includes("Calm") && !still.includes("lr = 0.1") && !still.includes("Bowl; 3 steps"));
  assert.equal(drawing.about, "Bowl; 3 steps; Calm: lr = 0.1; Wild: lr = 9");
  assert.deepEqual([drawing.title, drawing.wide], ["Bowl", 85]);
});

test("a picture of a loss of data shows the rows, what lies up, and every lane's curve at step t", () => {
  const { race, ...rest } = example();
  const dots = { values: Float64Array.of(0, 1, 2, 3, 4, 4), shape: [3, 2] };
  const model = { link: "identity", count: 3, across: "dose", up: "answer" };
  const learning = { header: { ...race.header, model }, arrays: { ...race.arrays, dots } };
  const how = { ...SHAPES.slide, panels: ["map", "model", "loss"], dark: false, caption: false };
  const drawing = compose({ ...rest, race: learning }, how, measure);
  const said = drawing.still.filter(({ kind }) => kind === "words").map(({ text }) => text);
  assert.ok(said.includes("dose") && said.some((text) => text.endsWith("answer")));
  assert.equal(drawing.still.filter(({ name }) => name === "row").length, 3);
  const curves = (t) => drawing.step(t).filter(({ name }) => name === "fit");
  assert.equal(curves(1).length, 2);
  assert.notEqual(curves(1)[0].d, curves(2)[0].d);
});

function example() {
  const look = { light: "#0072b2", dark: "#4aa3df", marker: "circle", visible: true, gone: "" };
  const lanes = [
    { ...look, slot: "a", label: "Calm", caption: "lr = 0.1", dash: "solid", diverged: -1 },
    {
      ...look,
      slot: "b",
      label: "Wild",
      caption: "lr = 9",
      dash: "3px,3px",
      diverged: 2,
      gone: "DIVERGED at 2",
    },
  ];
  const pairs = (...values) => ({ values: Float32Array.from(values), shape: [values.length / 2, 2] });
  const list = (...values) => ({ values: Float32Array.from(values), shape: [values.length] });
  const arrays = {
    x0: pairs(3, 0, 2, 0, 1, 0, 0.5, 0),
    x1: pairs(3, 0, -9, 0, NaN, NaN, NaN, NaN),
    loss0: list(9, 4, 1, 0.25),
    loss1: list(9, 81, NaN, NaN),
  };
  const header = {
    surface: { title: "Bowl" },
    steps: 3,
    start: [3, 0],
    lowest: null,
    chosen: 0,
    lanes,
    ground: { scale: "linear", critical: [{ x: 0, y: 0, kind: "global minimum", value: 0 }] },
    view: { marks: [] },
    caption: "Bowl; 3 steps",
  };
  const grid = { values: Float32Array.of(0, 1), shape: [2] };
  const shown = { values: Float32Array.of(0, 1, 1, 0), shape: [2, 2] };
  const land = {
    header: { scale: "linear", logarithm: null },
    arrays: { x: grid, y: grid, shown, loss: shown },
  };
  return {
    race: { header, arrays },
    land,
    ranges: [
      [-4, 4],
      [-4, 4],
    ],
    log: true,
  };
}

test("file names are plain and sizes are said in words", () => {
  assert.equal(slug("Styblinski–Tang (2)"), "styblinski-tang-2");
  assert.equal(slug("!"), "run");
  assert.deepEqual([size(900), size(2_340_000)], ["1 kB", "2.3 MB"]);
});

test("a file that is too large is refused before it is read", () => {
  assert.equal(refused({ name: "a.json", size: LARGEST }), "");
  assert.match(refused({ name: "a.json", size: LARGEST + 1 }), /a\.json.*at most 6.0 MB/);
});

// A PNG of one grey pixel, from the format's description.
function onePixel(...more) {
  const part = (type, data) => {
    const named = Buffer.concat([Buffer.from(type, "latin1"), Buffer.from(data)]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, check]);
  };
  const head = part("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  const parts = [
    head,
    ...more.map((data) => part("pHYs", data)),
    part("IDAT", deflateSync(Buffer.from([0, 9]))),
  ];
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...parts, part("IEND", [])]);
}

test("a PNG says how many pixels a metre has, and is otherwise as it was", () => {
  const density = [0, 0, 0x30, 0x41, 0, 0, 0x30, 0x41, 1]; // 12353, a column of 1050 pixels in 85 mm
  assert.deepEqual(Buffer.from(withDensity(onePixel(), 12353)), onePixel(density));
  assert.deepEqual(
    Buffer.from(withDensity(onePixel([0, 0, 11, 19, 0, 0, 11, 19, 1]), 12353)),
    onePixel(density),
  );
});

test("a paper column is meant to be 85 mm wide", () => {
  assert.equal(SHAPES.paper.wide, 85);
});

test("a drawing says its title and what was run, first of all and once", () => {
  const svg = `<svg width="9"><svg x="1"></svg></svg>`;
  const words = { title: "a < b", about: "Step 3. x & $' y" };
  assert.equal(
    entitled(svg, words),
    `<svg width="9"><title>a &lt; b</title><desc>Step 3. x &amp; $' y</desc><svg x="1"></svg></svg>`,
  );
});

test("a link says where it opens, and that rows of a large file are not in it", () => {
  assert.equal(opensAt({ t: 3, steps: 9 }, "a=adam"), "Opens at step 3 of 9.");
  assert.match(
    opensAt({ t: 9, steps: 9 }, "surface.file=7fb2"),
    /end of the run\. So many .* asked for their file\.$/,
  );
});

test("only those kinds of animation are offered that the browser can make", () => {
  const recorder = (...types) => ({ MediaRecorder: { isTypeSupported: (type) => types.includes(type) } });
  const [webm, h264] = ["video/webm", "video/mp4;codecs=avc1"];
  const offered = (browser) => Object.keys(kinds(browser));
  assert.deepEqual(offered({}), ["gif"]);
  assert.deepEqual(offered({ VideoEncoder: {} }), ["gif", "video"]);
  assert.deepEqual(offered(recorder(webm, "video/mp4")), ["gif", "video"]);
  assert.deepEqual(offered(recorder(h264)), ["gif", "mp4"]);
  assert.deepEqual(offered({ VideoEncoder: {}, ...recorder(webm, h264) }), ["gif", "video", "mp4"]);
  assert.match(kinds(recorder(h264)).mp4, /real time/);
  assert.equal(mp4Kind(recorder(webm)), null);
  const { ending, exact } = mp4Kind(recorder(h264));
  assert.deepEqual([ending, exact], ["mp4", false]);
});
