// Numbers from Python, read byte by byte as packets/packet.py lays them out.

import assert from "node:assert/strict";
import { test } from "node:test";

import { coordinate, rows, unpack } from "../../interface/stage/core/packet.js";

const padded = (bytes, size) =>
  Buffer.concat([bytes, Buffer.alloc((size - (bytes.length % size)) % size, 0x20)]);

function packet(header, parts) {
  const head = padded(Buffer.concat([Buffer.alloc(4), Buffer.from(JSON.stringify(header))]), 8);
  head.writeUInt32LE(head.length - 4);
  return Uint8Array.from(Buffer.concat([head, ...parts.map((part) => padded(Buffer.from(part.buffer), 8))]));
}

const X = Float32Array.of(1.5, -2, NaN, Infinity, 0, 3);
const N = Int32Array.of(-7, 0, 2 ** 31 - 1);
const PACKET = packet(
  { link: "a=adam", said: "β₁ = 0.9", arrays: { x: ["f4", [3, 2], 0], n: ["i4", [3], 24] } },
  [X, N],
);

test("header and arrays come out as they went in", () => {
  const { header, arrays } = unpack(PACKET);
  assert.equal(header.said, "β₁ = 0.9");
  assert.deepEqual(arrays.x, { values: X, shape: [3, 2] });
  assert.deepEqual(arrays.n, { values: N, shape: [3] });
});

test("a packet may lie anywhere in a larger buffer", () => {
  for (const shift of [1, 2, 3, 4, 7]) {
    const wide = new Uint8Array(PACKET.length + shift);
    wide.set(PACKET, shift);
    assert.deepEqual(unpack(wide.subarray(shift)).arrays.x.values, X);
  }
});

test("an ArrayBuffer is read like bytes", () => {
  const buffer = Uint8Array.from(PACKET).buffer;
  assert.deepEqual(unpack(buffer).arrays.n.values, N);
});

test("an empty array stays empty", () => {
  const { arrays } = unpack(packet({ arrays: { x: ["f4", [0, 2], 0] } }, []));
  assert.deepEqual([arrays.x.values.length, arrays.x.shape], [0, [0, 2]]);
});

test("rows of a grid and coordinates of a path", () => {
  const grid = { values: Float32Array.of(1, 2, 3, 4, 5, 6), shape: [2, 3] };
  assert.deepEqual(
    rows(grid).map((row) => [...row]),
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
  );
  const path = { values: Float32Array.of(1, 2, 3, 4, 5, 6), shape: [3, 2] };
  assert.deepEqual([...coordinate(path, 0)], [1, 3, 5]);
  assert.deepEqual([...coordinate(path, 1)], [2, 4, 6]);
  assert.deepEqual([...coordinate({ values: Float32Array.of(7, 8), shape: [2] }, 0)], [7, 8]);
});
