// Numbers from Python: a JSON header and typed arrays in one run of bytes (see packets/packet.py).

/** @import { Numbers, Packet } from "./packets.d.ts" */

/** @type {Record<string, Float32ArrayConstructor | Float64ArrayConstructor | Int32ArrayConstructor>} */
const KINDS = { f4: Float32Array, f8: Float64Array, i4: Int32Array };

/** @template Header @param {ArrayBuffer | Uint8Array} bytes @returns {Packet<Header>} */
export function unpack(bytes) {
  const data = bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes;
  const length = new DataView(data.buffer, data.byteOffset, 4).getUint32(0, true);
  /** @type {Header & { arrays: Record<string, [string, number[], number]> }} */
  const header = JSON.parse(new TextDecoder().decode(data.subarray(4, 4 + length)));
  /** @type {Record<string, Numbers>} */
  const arrays = {};
  for (const [name, [kind, shape, offset]] of Object.entries(header.arrays)) {
    const count = shape.reduce((a, b) => a * b, 1);
    const begin = 4 + length + offset;
    const part = data.slice(begin, begin + count * KINDS[kind].BYTES_PER_ELEMENT);
    arrays[name] = { values: new KINDS[kind](part.buffer, 0, count), shape };
  }
  return { header, arrays };
}

// A grid's rows, as Plotly wants them.
/** @param {{ values: Numbers["values"] | Uint8Array, shape: number[] }} grid */
export function rows({ values, shape }) {
  const [count, width] = shape;
  return Array.from({ length: count }, (_, k) => values.subarray(k * width, (k + 1) * width));
}

// Where a path is at a step.
/** @param {ArrayLike<number>} path @param {number} t @returns {[number, number]} */
export const pointAt = (path, t) => [path[2 * t], path[2 * t + 1]];

// Coordinate `side` (0 for x, 1 for y) of an array of shape (steps, 2), or the array itself.
/** @param {Numbers} array @param {number} side */
export function coordinate({ values, shape }, side) {
  if (shape.length === 1) return values;
  const found = values.slice(0, shape[0]);
  for (let t = 0; t < found.length; t++) found[t] = values[2 * t + side];
  return found;
}
