// The start that a turning surface takes along, as surfaces/turning.py has it.

const [DIGITS, FEW, ALIKE] = [8, 5, 1e-7];
const FARTHEST = 1e6;

// Changes of settings, by their names in a link, and what else they change: a surface that is turned
// takes along what is not given of the start.
export function carried({ surface, handles }, changes) {
  const { key, origin, bearing } = surface.turning || {};
  const kept = handles?.find((one) => one.key === key)?.value;
  if (!(key in changes) || Number(changes[key]) === Number(kept)) return changes;
  const [x, y] = turned(origin, Number(changes[key]) - bearing).map(within);
  return { x: String(x), y: String(y), ...changes };
}

// Where the start of a race goes from, once some changes are kept.
export function originOf({ surface, start, handles }, changes) {
  const { turning } = surface;
  if (!turning || !("x" in changes || "y" in changes)) return turning;
  const angle = handles.find(({ key }) => key === turning.key).value;
  const [x, y] = ["x", "y"].map((side, k) => Number(changes[side] ?? start[k]));
  return { ...turning, origin: [x, y], bearing: Number(changes[turning.key] ?? angle) };
}

function turned([x, y], degrees) {
  const angle = (degrees / 180) * Math.PI;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  return [rounded(cosine * x - sine * y), rounded(sine * x + cosine * y)];
}

function rounded(value) {
  const [few, many] = [FEW, DIGITS].map((digits) => Math.round(value * 10 ** digits) / 10 ** digits);
  return (Math.abs(value - few) < ALIKE ? few : many) + 0;
}

const within = (side) => Math.min(Math.max(side, -FARTHEST), FARTHEST);
