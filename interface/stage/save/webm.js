// WebM: encoded video frames in the Matroska container (RFC 9559), with cues so that it can be sought. Pure.

import { joined, numbered } from "./bytes.js";

/** @typedef {{ data: Uint8Array<ArrayBuffer>, time: number, key: boolean }} Chunk */
/** @typedef {{ width: number, height: number, codec: string, fps: number, seconds: number }} Film */

const SECOND = 1000; // the container counts milliseconds

// `chunks` are { data, time (in microseconds), key }, in order; `seconds` is the whole duration.
/** @param {Chunk[]} chunks @param {Film} film */
export function webm(chunks, { width, height, codec, fps, seconds }) {
  const clusters = grouped(chunks).map(cluster);
  const info = element("1549a966", [
    number("2ad7b1", 1_000_000),
    real("4489", seconds * SECOND),
    text("4d80", "loss surfaces"),
    text("5741", "loss surfaces"),
  ]);
  const video = element("e0", [number("b0", width), number("ba", height)]);
  const track = [
    number("d7", 1),
    number("73c5", 1),
    number("83", 1),
    number("9c", 0),
    text("86", codec),
    number("23e383", Math.round(1e9 / fps)),
    video,
  ];
  const tracks = element("1654ae6b", [element("ae", track)]);
  const before = info.length + tracks.length;
  const length = cues(clusters, 0).length; // the same wherever the clusters lie
  const body = [info, tracks, cues(clusters, before + length), ...clusters.map((c) => c.bytes)];
  return new Blob([head(), element("18538067", body)], { type: "video/webm" });
}

function head() {
  const numbers = { 4286: 1, "42f7": 1, "42f2": 4, "42f3": 8, 4287: 4, 4285: 2 };
  return element("1a45dfa3", [
    ...Object.entries(numbers).map(([id, v]) => number(id, v)),
    text("4282", "webm"),
  ]);
}

// A cluster begins with each key frame.
/** @param {Chunk[]} chunks */
function grouped(chunks) {
  /** @type {Chunk[][]} */
  const groups = [];
  for (const chunk of chunks) {
    if (chunk.key || !groups.length) groups.push([]);
    groups[groups.length - 1].push(chunk);
  }
  return groups;
}

/** @param {Chunk} chunk */
const milliseconds = ({ time }) => Math.round(time / 1000);

/** @param {Chunk[]} chunks */
function cluster(chunks) {
  const begin = milliseconds(chunks[0]);
  const blocks = chunks.map((chunk) => {
    const after = milliseconds(chunk) - begin;
    return element("a3", [Uint8Array.of(0x81, after >> 8, after & 255, chunk.key ? 0x80 : 0), chunk.data]);
  });
  return { begin, bytes: element("1f43b675", [number("e7", begin), ...blocks]) };
}

/** @param {ReturnType<typeof cluster>[]} clusters @param {number} from */
function cues(clusters, from) {
  let at = from;
  const points = clusters.map(({ begin, bytes }) => {
    const place = element("b7", [number("f7", 1), number("f1", at)]);
    at += bytes.length;
    return element("bb", [number("b3", begin), place]);
  });
  return element("1c53bb6b", points);
}

/** @param {string} id @param {Uint8Array[]} parts */
function element(id, parts) {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const name = (id.match(/../g) ?? []).map((pair) => parseInt(pair, 16));
  const size = numbered(8, (view) => view.setBigUint64(0, BigInt(length) | (1n << 56n)));
  return joined([Uint8Array.from(name), size, ...parts]);
}

/** @param {string} id @param {number} value */
const number = (id, value) => element(id, [numbered(8, (view) => view.setBigUint64(0, BigInt(value)))]);
/** @param {string} id @param {number} value */
const real = (id, value) => element(id, [numbered(8, (view) => view.setFloat64(0, value))]);

/** @param {string} id @param {string} value */
const text = (id, value) => element(id, [new TextEncoder().encode(value)]);
