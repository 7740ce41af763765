// Heights on a square grid, as a brush changes them: numbers from 0 to 1, row by row from the bottom. Pure.

/** @typedef {{ side: number, values: Float64Array }} Heights */

const SPREAD = 0.5; // of a brush's radius: one standard deviation of its bell

// Heights from their letters, and back.
/** @param {{ heights: string, letters: string }} drawing @returns {Heights} */
export function opened({ heights, letters }) {
  const side = Math.round(Math.sqrt(heights.length));
  return {
    side,
    values: Float64Array.from(heights, (letter) => letters.indexOf(letter) / (letters.length - 1)),
  };
}

/** @param {Heights} heights @param {string} letters */
export function spelled({ values }, letters) {
  const top = letters.length - 1;
  return Array.from(values, (v) => letters[Math.round(Math.min(Math.max(v, 0), 1) * top)]).join("");
}

// A plain of half height.
/** @param {number} side @returns {Heights} */
export const flat = (side) => ({ side, values: new Float64Array(side * side).fill(0.5) });

// One dab at a place (in squares from the lower left corner): `change(value, weight, around)` gives the new
// height, `around` being the mean of the neighbours.
/**
 * @param {Heights} heights
 * @param {number[]} numbers
 * @param {number} radius
 * @param {(value: number, weight: number, around: number) => number} change
 * @returns {Heights}
 */
export function dabbed({ side, values }, [a, b], radius, change) {
  const next = Float64Array.from(values);
  const [low, high] = [
    (/** @type {number} */ v) => Math.max(0, Math.ceil(v - 2 * radius)),
    (/** @type {number} */ v) => Math.min(side - 1, v + 2 * radius),
  ];
  for (let row = low(b); row <= high(b); row++) {
    for (let column = low(a); column <= high(a); column++) {
      const far = ((row - b) ** 2 + (column - a) ** 2) / (SPREAD * radius) ** 2;
      const place = row * side + column;
      const made = change(values[place], Math.exp(-far / 2), mean({ side, values }, column, row));
      next[place] = Math.min(Math.max(made, 0), 1);
    }
  }
  return { side, values: next };
}

/** @param {Heights} heights @param {number} column @param {number} row */
function mean({ side, values }, column, row) {
  /** @param {number} k */
  const held = (k) => Math.min(Math.max(k, 0), side - 1);
  let sum = 0;
  for (let j = -1; j <= 1; j++)
    for (let i = -1; i <= 1; i++) sum += values[held(row + j) * side + held(column + i)];
  return sum / 9;
}

const STRENGTH = 0.1;

// What the tools do to a height.
/** @type {Record<string, (value: number, weight: number, around: number) => number>} */
export const CHANGES = {
  lower: (value, weight) => value - STRENGTH * weight,
  raise: (value, weight) => value + STRENGTH * weight,
  smooth: (value, weight, around) => value + 0.6 * weight * (around - value),
};

// The spline over the heights on a finer square of `size` points a side, edge to edge, as surfaces/spline.py
// has it.
/** @param {Heights} heights @param {number} size */
export function fine({ side, values }, size) {
  const taps = Array.from({ length: size }, (_, k) => tap((k / (size - 1)) * (side - 1), side));
  const across = Float64Array.from({ length: side * size }, (_, n) => {
    const row = side * Math.floor(n / size);
    return taps[n % size].reduce((sum, [at, weight]) => sum + weight * values[row + at], 0);
  });
  return Float64Array.from({ length: size * size }, (_, n) =>
    taps[Math.floor(n / size)].reduce(
      (sum, [at, weight]) => sum + weight * across[at * size + (n % size)],
      0,
    ),
  );
}

// The four heights that count at a place, and how much each does.
/** @param {number} place @param {number} side */
function tap(place, side) {
  const first = Math.min(Math.floor(place), side - 1);
  const t = place - first;
  const s = 1 - t;
  const weights = [
    (s * s * s) / 6,
    (4 + t * t * (3 * t - 6)) / 6,
    (4 + s * s * (3 * s - 6)) / 6,
    (t * t * t) / 6,
  ];
  return weights.map((weight, k) => [Math.min(Math.max(first + k - 1, 0), side - 1), weight]);
}

// Heights from a picture's pixels (red, green, blue, alpha; the top row first): dark is low, and the
// darkest and the brightest are 0 and 1.
/** @param {ArrayLike<number>} pixels @param {number} side @returns {Heights} */
export function pictured(pixels, side) {
  const grey = Float64Array.from({ length: side * side }, (_, n) => {
    const at = 4 * ((side - 1 - Math.floor(n / side)) * side + (n % side));
    return 0.2126 * pixels[at] + 0.7152 * pixels[at + 1] + 0.0722 * pixels[at + 2];
  });
  const [low, high] = [Math.min(...grey), Math.max(...grey)];
  return { side, values: grey.map((v) => (high > low ? (v - low) / (high - low) : 0.5)) };
}
