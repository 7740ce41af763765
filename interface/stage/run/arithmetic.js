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
