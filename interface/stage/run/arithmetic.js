// What NumPy's functions do where JavaScript's own differ: what recorded rules are given to compute with.

/** @param {number} size @param {number} sign */
export const copysign = (size, sign) => (sign < 0 || Object.is(sign, -0) ? -Math.abs(size) : Math.abs(size));

// Ties go to the even one of two whole numbers; the sign of zero stays.
/** @param {number} x */
export function rint(x) {
  if (!(Math.abs(x) < 2 ** 52)) return x;
  return copysign(Math.abs(x) + 2 ** 52 - 2 ** 52, x);
}

// What is left has the sign of the divisor.
/** @param {number} x @param {number} divisor */
export function remainder(x, divisor) {
  const left = x % divisor;
  if (left === 0) return copysign(0, divisor);
  return left < 0 === divisor < 0 ? left : left + divisor;
}

/** @param {number} x @param {number} divisor */
export function floorDivide(x, divisor) {
  if (divisor === 0) return x / divisor;
  const left = x % divisor;
  let whole = (x - left) / divisor;
  if (left !== 0 && left < 0 !== divisor < 0) whole -= 1;
  if (whole === 0) return copysign(0, x / divisor);
  const low = Math.floor(whole);
  return whole - low > 0.5 ? low + 1 : low;
}

// As C's pow, which knows two answers that do not depend on what is unknown.
/** @param {number} base @param {number} exponent */
export function power(base, exponent) {
  if (base === 1 || exponent === 0) return 1;
  if (base === -1 && Math.abs(exponent) === Infinity) return 1;
  const small = Number.isInteger(exponent) && exponent > 0 && exponent <= 4096;
  const found = small ? wholePower(base, exponent) : NaN;
  return Number.isFinite(found) ? found : base ** exponent;
}

// How finely the exponents between two powers of 2 are divided.
const PARTS = 128;
const FRACTIONS = Float64Array.from({ length: PARTS }, (_, k) => 2 ** (k / PARTS));
const LEAST = -1022;
const WHOLE = Float64Array.from({ length: 1024 - LEAST }, (_, k) => 2 ** (k + LEAST));
// log(2) / PARTS in two numbers, of which the first times any exponent of a finite result is exact.
const [COARSE, REST] = [0x162e42fef / 2 ** 40, 5.812982117197185e-13];

// e^x within two units of the last place, in any browser: a stored power of 2 and a short series for what is left
// (P. T. P. Tang 1989, doi:10.1145/63522.214389). For sums over many rows, where Math.exp takes most of the time.
/** @param {number} x */
export function exp(x) {
  if (!(Math.abs(x) < 708)) return Math.exp(x);
  const k = Math.floor(x * (PARTS / Math.LN2) + 0.5) | 0;
  const r = x - k * COARSE - k * REST;
  const more = r + r * r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120))));
  const near = FRACTIONS[k & (PARTS - 1)];
  return (near + near * more) * WHOLE[(k >> 7) - LEAST];
}

// NaN counts as true, as every number but 0 does.
/** @param {number | boolean} value */
export const truth = (value) => value !== 0 && value !== false;

const SPLIT = 2 ** 27 + 1;
const [TINY, HUGE] = [2 ** -450, 2 ** 450];

// Squaring again and again in twice the usual precision, each number the sum of a high and a low part
// (T. J. Dekker 1971, doi:10.1007/BF01397083), for browsers' own powers may be off by a few last digits.
// NaN where even that could not hold a square.
/** @param {number} base @param {number} exponent */
function wholePower(base, exponent) {
  let high = 1;
  let low = 0;
  let square = base;
  let rest = 0;
  for (let left = exponent; ;) {
    const size = Math.abs(square);
    if (!(size > TINY && size < HUGE)) return NaN;
    const scaled = SPLIT * square;
    const top = scaled - (scaled - square);
    const bottom = square - top;
    if (left & 1) {
      const product = high * square;
      const wide = SPLIT * high;
      const a = wide - (wide - high);
      const b = high - a;
      const error = b * bottom - (product - a * top - b * top - a * bottom);
      const more = error + (high * rest + low * square);
      high = product + more;
      low = more - (high - product);
    }
    left >>= 1;
    if (!left) break;
    const product = square * square;
    const error = bottom * bottom - (product - top * top - bottom * top - top * bottom);
    const more = error + (square * rest + rest * square);
    square = product + more;
    rest = more - (square - product);
  }
  return Math.abs(high) > TINY * TINY ? high + low : NaN;
}
