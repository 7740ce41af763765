// How large a PNG is meant to be: a pHYs chunk (PNG specification, 11.3.4.3), which canvases leave out.

import { joined, numbered } from "./bytes.js";

const SIGNATURE = 8;
const METRE = 1;

// The same picture with that many pixels to a metre.
/** @param {Uint8Array} bytes @param {number} perMetre */
export function withDensity(bytes, perMetre) {
  const [header, ...rest] = chunks(bytes).filter(({ type }) => type !== "pHYs");
  const size = joined([number(perMetre), number(perMetre), Uint8Array.of(METRE)]);
  const whole = [header.whole, chunk("pHYs", size), ...rest.map((c) => c.whole)];
  return joined([bytes.subarray(0, SIGNATURE), ...whole]);
}

/** @param {Uint8Array} bytes */
function chunks(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = [];
  for (let at = SIGNATURE; at < bytes.length;) {
    const end = at + 12 + view.getUint32(at);
    found.push({
      type: String.fromCharCode(...bytes.subarray(at + 4, at + 8)),
      whole: bytes.subarray(at, end),
    });
    at = end;
  }
  return found;
}

/** @param {string} type @param {Uint8Array} data */
function chunk(type, data) {
  const named = joined([Uint8Array.from(type, (c) => c.charCodeAt(0)), data]);
  return joined([number(data.length), named, number(crc(named))]);
}

/** @param {number} value */
const number = (value) => numbered(4, (view) => view.setUint32(0, value));

// The cyclic redundancy check of PNG (specification, annex D), bit by bit: a chunk is short.
/** @param {Uint8Array} bytes */
function crc(bytes) {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let k = 0; k < 8; k++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  }
  return ~rest >>> 0;
}
