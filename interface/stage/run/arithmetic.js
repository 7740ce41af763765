// What NumPy's functions do where JavaScript's own differ: what recorded rules are given to compute with.

export const copysign = (size, sign) => (sign < 0 || Object.is(sign, -0) ? -Math.abs(size) : Math.abs(size));

// Ties go to the even one of two whole numbers; the sign of zero stays.
export function rint(x) {
  if (!(Math.abs(x) < 2 ** 52)) return x;
  return copysign(Math.abs(x) + 2 ** 52 - 2 ** 52, x);
}

// What is left has the sign of the divisor.
export function remainder(x, divisor) {
  const left = x % divisor;
  if (left === 0) return copysign(0, divisor);
  return left < 0 === divisor < 0 ? left : left + divisor;
}

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
export function power(base, exponent) {
  if (base === 1 || exponent === 0) return 1;
  if (base === -1 && Math.abs(exponent) === Infinity) return 1;
  const small = Number.isInteger(exponent) && exponent > 0 && exponent <= 4096;
  const found = small ? wholePower(base, exponent) : NaN;
  return Number.isFinite(found) ? found : base ** exponent;
}

// NaN counts as true, as every number but 0 does.
export const truth = (value) => value !== 0 && value !== false;

const SPLIT = 2 ** 27 + 1;
const [TINY, HUGE] = [2 ** -450, 2 ** 450];

// Squaring again and again in twice the usual precision, for browsers' own powers may be off by a
// few last digits. NaN where even that could not hold a square.
function wholePower(base, exponent) {
  let [high, low] = [1, 0];
  let [squareHigh, squareLow] = [base, 0];
  for (let left = exponent; ;) {
    const size = Math.abs(squareHigh);
    if (!(size > TINY && size < HUGE)) return NaN;
    if (left % 2) [high, low] = times(high, low, squareHigh, squareLow);
    left = Math.floor(left / 2);
    if (!left) break;
    [squareHigh, squareLow] = times(squareHigh, squareLow, squareHigh, squareLow);
  }
  return Math.abs(high) > TINY * TINY ? high + low : NaN;
}

// The product of two numbers, each the sum of a high and a low part (T. J. Dekker 1971,
// doi:10.1007/BF01397083).
function times(aHigh, aLow, bHigh, bLow) {
  const product = aHigh * bHigh;
  const [a, b] = [SPLIT * aHigh, SPLIT * bHigh];
  const [a1, b1] = [a - (a - aHigh), b - (b - bHigh)];
  const [a2, b2] = [aHigh - a1, bHigh - b1];
  const error = a2 * b2 - (product - a1 * b1 - a2 * b1 - a1 * b2);
  const rest = error + (aHigh * bLow + aLow * bHigh);
  const sum = product + rest;
  return [sum, rest - (sum - product)];
}
