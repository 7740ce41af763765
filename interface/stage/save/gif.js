// Animated GIF (version 89a): one palette, and of each frame only the rectangle that has changed. Pure.

import { joined } from "./bytes.js";

/** @import { Box } from "../core/stage.d.ts" */
/** @typedef {ArrayLike<number>} Bytes */
/** @typedef {number[]} Color */
/** @typedef {{ color: Color, n: number }} Bin */
/** @typedef {ReturnType<typeof bounded>} Cut */

const SIDE = 6; // bits a channel by which colors are told apart
const CLEAR = 255; // the palette's last entry means: as before

// Colors for pictures of RGBA bytes by median cut (Heckbert 1982, doi:10.1145/800064.801294).
/** @param {Bytes[]} pictures @returns {Color[]} */
export function palette(pictures, most = CLEAR) {
  const bins = histogram(pictures);
  let boxes = [bounded(bins)];
  while (boxes.length < most) {
    const cuttable = boxes.filter((box) => box.bins.length > 1 && box.worth > 0);
    if (!cuttable.length) break;
    const widest = cuttable.reduce((best, box) => (box.worth > best.worth ? box : best));
    boxes = boxes.flatMap((box) => (box === widest ? halves(box) : [box]));
  }
  return boxes.map(mean);
}

/** @param {number} r @param {number} g @param {number} b */
const key = (r, g, b) => ((r >> (8 - SIDE)) << (2 * SIDE)) | ((g >> (8 - SIDE)) << SIDE) | (b >> (8 - SIDE));

/** @param {Bytes[]} pictures @returns {Bin[]} */
function histogram(pictures) {
  const bins = new Map();
  for (const data of pictures) {
    for (let k = 0; k < data.length; k += 4) {
      const place = key(data[k], data[k + 1], data[k + 2]);
      const bin = bins.get(place);
      if (bin) {
        bin[0] += data[k];
        bin[1] += data[k + 1];
        bin[2] += data[k + 2];
        bin[3]++;
      } else bins.set(place, [data[k], data[k + 1], data[k + 2], 1]);
    }
  }
  return [...bins.values()].map(([r, g, b, n]) => ({ color: [r / n, g / n, b / n], n }));
}

// A box is worth cutting by how long it is and how many pixels lie in it.
/** @param {Bin[]} bins */
function bounded(bins) {
  const lengths = [0, 1, 2].map((c) => {
    const values = bins.map(({ color }) => color[c]);
    return values.reduce((a, v) => Math.max(a, v), -1) - values.reduce((a, v) => Math.min(a, v), 256);
  });
  const side = lengths.indexOf(Math.max(...lengths));
  const count = bins.reduce((sum, { n }) => sum + n, 0);
  return { bins, side, count, worth: lengths[side] * Math.sqrt(count) };
}

/** @param {Cut} cut */
function halves({ bins, side, count }) {
  const sorted = [...bins].sort((a, b) => a.color[side] - b.color[side]);
  let [cut, sum] = [0, 0];
  while (cut < sorted.length - 1 && (cut === 0 || sum + sorted[cut].n <= count / 2)) sum += sorted[cut++].n;
  return [bounded(sorted.slice(0, cut)), bounded(sorted.slice(cut))];
}

/** @param {Cut} cut */
function mean({ bins, count }) {
  return [0, 1, 2].map((c) => Math.round(bins.reduce((sum, { color, n }) => sum + color[c] * n, 0) / count));
}

// A function from RGBA bytes to palette indices; each color is looked up once.
/** @param {Color[]} colors */
export function indexer(colors) {
  const known = new Int16Array(1 << (3 * SIDE)).fill(-1);
  /** @param {Bytes} data */
  return (data) => {
    const found = new Uint8Array(data.length / 4);
    for (let k = 0, n = 0; k < data.length; k += 4, n++) {
      const place = key(data[k], data[k + 1], data[k + 2]);
      if (known[place] < 0) known[place] = nearest(colors, data[k], data[k + 1], data[k + 2]);
      found[n] = known[place];
    }
    return found;
  };
}

/** @param {Color[]} colors @param {number} r @param {number} g @param {number} b */
function nearest(colors, r, g, b) {
  let [best, least] = [0, Infinity];
  colors.forEach(([cr, cg, cb], k) => {
    const far = 2 * (cr - r) ** 2 + 4 * (cg - g) ** 2 + 3 * (cb - b) ** 2;
    if (far < least) [best, least] = [k, far];
  });
  return best;
}

// A film of `width` x `height`: add frames of palette indices, each shown for `delay` hundredths of
// a second, then take the bytes. It repeats for ever.
/** @param {number} width @param {number} height @param {Color[]} colors */
export function gif(width, height, colors) {
  const parts = [header(width, height, colors)];
  const table = new Int32Array(1 << 20);
  /** @type {Uint8Array | null} */
  let before = null;
  return {
    /** @param {Uint8Array} indices @param {number} delay */
    add(indices, delay) {
      const box = before ? changed(before, indices, width, height) : { x: 0, y: 0, width, height };
      const pixels = cut(indices, before, box, width);
      parts.push(control(delay), placed(box), lzw(pixels, table));
      before = indices;
    },
    bytes: () => new Blob([...parts, Uint8Array.of(0x3b)], { type: "image/gif" }),
  };
}

/** @param {number} v */
const word = (v) => [v & 255, v >> 8];
/** @param {string} text */
const letters = (text) => [...text].map((c) => c.charCodeAt(0));

/** @param {number} width @param {number} height @param {Color[]} colors */
function header(width, height, colors) {
  const table = new Uint8Array(3 * 256);
  colors.forEach((color, k) => table.set(color, 3 * k));
  const screen = [...letters("GIF89a"), ...word(width), ...word(height), 0xf7, 0, 0];
  const repeat = [0x21, 0xff, 11, ...letters("NETSCAPE2.0"), 3, 1, 0, 0, 0];
  return Uint8Array.from([...screen, ...table, ...repeat]);
}

/** @param {number} delay */
const control = (delay) => Uint8Array.of(0x21, 0xf9, 4, 0b101, ...word(delay), CLEAR, 0);
/** @param {Box} box */
const placed = ({ x, y, width, height }) =>
  Uint8Array.of(0x2c, ...word(x), ...word(y), ...word(width), ...word(height), 0);

// The smallest rectangle that holds all differences; one pixel if there are none.
/** @param {Uint8Array} a @param {Uint8Array} b @param {number} width @param {number} height */
export function changed(a, b, width, height) {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0, k = 0; y < height; y++) {
    for (let x = 0; x < width; x++, k++) {
      if (a[k] === b[k]) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  return right < 0
    ? { x: 0, y: 0, width: 1, height: 1 }
    : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** @param {Uint8Array} indices @param {Uint8Array | null} before @param {Box} box @param {number} width */
function cut(indices, before, box, width) {
  const pixels = new Uint8Array(box.width * box.height);
  for (let y = 0, n = 0; y < box.height; y++) {
    const row = (box.y + y) * width + box.x;
    for (let k = row; k < row + box.width; k++)
      pixels[n++] = before && before[k] === indices[k] ? CLEAR : indices[k];
  }
  return pixels;
}

// Lempel, Ziv and Welch's coding as GIF has it: 8-bit symbols, codes of 9 to 12 bits, blocks of 255.
// `table` has room for a code after each code and symbol; it is cleared here.
/** @param {Uint8Array} pixels @param {Int32Array} [table] */
export function lzw(pixels, table = new Int32Array(1 << 20)) {
  const [reset, end] = [256, 257];
  const out = codes(2 * pixels.length + 16); // none has more than 12 bits
  table.fill(0);
  let [next, bits] = [258, 9];
  out.put(reset, bits);
  let current = pixels[0];
  for (let k = 1; k < pixels.length; k++) {
    const place = (current << 8) | pixels[k];
    if (table[place]) {
      current = table[place];
      continue;
    }
    out.put(current, bits);
    if (next < 4096) {
      if (next === 1 << bits) bits++;
      table[place] = next++;
    } else {
      out.put(reset, bits);
      table.fill(0);
      [next, bits] = [258, 9];
    }
    current = pixels[k];
  }
  out.put(current, bits);
  if (next === 1 << bits && bits < 12) bits++;
  out.put(end, bits);
  return out.finish();
}

// Codes written bit by bit, the lowest first, into so many bytes at the most.
/** @param {number} room */
function codes(room) {
  const bytes = new Uint8Array(room);
  let [length, held, count] = [0, 0, 0];
  /** @param {number} code @param {number} bits */
  const put = (code, bits) => {
    held |= code << count;
    for (count += bits; count >= 8; count -= 8, held >>>= 8) bytes[length++] = held;
  };
  const finish = () => {
    if (count) bytes[length++] = held;
    return blocks(bytes.subarray(0, length));
  };
  return { put, finish };
}

// The size of a symbol, the bytes in blocks that begin with their length, and an empty block.
/** @param {Uint8Array<ArrayBuffer>} bytes */
function blocks(bytes) {
  const parts = [Uint8Array.of(8)];
  for (let at = 0; at < bytes.length; at += 255) {
    const block = bytes.subarray(at, at + 255);
    parts.push(Uint8Array.of(block.length), block);
  }
  return joined([...parts, Uint8Array.of(0)]);
}
