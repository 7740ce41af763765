// A setting's own scale: where its values lie, and which value lies at a place. Pure.

const SPAN = 1000;

// How far along its axis a value lies, as engine/setup/handles.py's `places` has it.
export function place({ scale, smallest }, value) {
  if (scale === "log") return Math.log10(Math.max(value, smallest / 10 ** 0.5));
  return scale === "towards one" ? -Math.log10(1 - value) : value;
}

// The value at a share of the way between two others, rounded to what a person would write.
export function between(handle, [low, high], share) {
  const { scale, limits, smallest, whole } = handle;
  const [from, to] = [low, high].map((value) => place(handle, value));
  const at = from + (to - from) * share;
  const value = { log: () => logarithmic(at, smallest, limits), "towards one": () => towardsOne(at) }[scale];
  const found = value ? value() : Number(at.toPrecision(12));
  const rounded = whole ? Math.round(found) : scale === "linear" ? stepped(found, to - from) : found;
  return Math.min(Math.max(rounded, limits[0]), limits[1]);
}

const digits = (value, count) => Number(value.toPrecision(count));
const towardsOne = (at) => Number((1 - digits(10 ** -at, 3)).toPrecision(12));

// Below the smallest a scale that starts at 0 has only that.
function logarithmic(at, smallest, [lowest]) {
  return at < Math.log10(smallest) - 1e-9 ? lowest : digits(10 ** at, 3);
}

// As many decimals as a thousandth of the way needs.
function stepped(value, length) {
  if (!(length > 0)) return value;
  const decimals = Math.min(Math.max(Math.ceil(-Math.log10(length / SPAN)), 0), 12);
  return Number(value.toFixed(decimals));
}

// The share of the way at which a value lies.
export function shareOf(handle, [low, high], value) {
  const [from, to, at] = [low, high, value].map((one) => place(handle, one));
  return to > from ? Math.min(Math.max((at - from) / (to - from), 0), 1) : 0;
}

// A number as it stands in a link: small ones with a power of ten, as declarations.py's `say` has it.
export function written(value) {
  return value !== 0 && Math.abs(value) < 1e-4 ? value.toExponential() : String(value);
}
