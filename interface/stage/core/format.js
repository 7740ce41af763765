// Numbers as a student reads them.

// Up to `digits` significant digits; powers of ten only where plain digits would be long.
/** @param {number | null | undefined} value @param {number} [digits] @returns {string} */
export function significant(value, digits = 5) {
  if (value === null || value === undefined || Number.isNaN(value)) return "—";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e-4 && size < 1e6) return minus(String(Number(value.toPrecision(digits))));
  const [mantissa, power] = value.toExponential(digits - 1).split("e");
  return `${minus(String(Number(mantissa)))}×10${superscript(Number(power))}`;
}

// A number as it stands in a link: so many significant digits, as Python's `g` writes them.
/** @param {number} value @param {number} [digits] */
export function general(value, digits = 6) {
  const [mantissa, e] = value.toExponential(digits - 1).split("e");
  const power = Number(e);
  if (power >= -4 && power < digits) return String(Number(value.toPrecision(digits)));
  const size = String(Math.abs(power)).padStart(2, "0");
  return `${Number(mantissa)}e${power < 0 ? "-" : "+"}${size}`;
}

// A sentence with its {places} filled in.
/** @param {string} words @param {Record<string, unknown>} values */
export function filled(words, values) {
  return words.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** @param {string} text */
export function minus(text) {
  return text.replaceAll("-", "−");
}

/** @type {Record<string, string>} */
const RAISED = { "-": "⁻", ...Object.fromEntries([..."⁰¹²³⁴⁵⁶⁷⁸⁹"].map((c, k) => [k, c])) };

/** @param {number} power */
export function superscript(power) {
  return [...String(power)].map((c) => RAISED[c]).join("");
}

/** @param {number} x @param {number} y */
export function point(x, y) {
  return `(${significant(x, 4)}, ${significant(y, 4)})`;
}

// A point to as many digits as the screen can tell apart.
/** @param {{ x: number, y: number, width: number }} at */
export function rounded({ x, y, width }) {
  const digits = Math.min(Math.max(Math.ceil(-Math.log10(width)), 0), 12);
  return { x: Number(x.toFixed(digits)), y: Number(y.toFixed(digits)) };
}

// A height above the minimum: what is below it by rounding alone is at it.
/** @param {number} value */
export const above = (value) => (value < 0 && value > -1e-12 ? 0 : value);
