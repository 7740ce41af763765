// Where a sweep map's panels stand: side by side where they are wide enough, else in rows.

/** @typedef {ReturnType<typeof sheet>} Plan */
/** @typedef {Plan["boxes"][number]} Box */

const WIDE = 74;
const NAMED = 44;
const MEDIUM = 36;

// All lengths in pixels; `size` is that of the type, `height` is given for a picture.
/** @param {number} panels @param {number} size @param {number} width */
export function sheet(panels, size, width, height = 0) {
  const columns = panels === 1 ? 1 : width >= WIDE * size ? panels : width >= MEDIUM * size ? 2 : 1;
  const rows = Math.ceil(panels / columns);
  const margin = {
    l: 4.8 * size,
    r: (width >= NAMED * size ? 8.2 : 5.8) * size,
    t: (panels > 1 ? 1.9 : 0.7) * size,
    b: 3.5 * size,
  };
  const gap = { x: 1.4 * size, y: 3.6 * size };
  const inner = Math.max(width - margin.l - margin.r, 40);
  const across = (inner - (columns - 1) * gap.x) / columns;
  const own =
    panels === 1 ? clamp(0.5 * width, 20 * size, 36 * size) : clamp(1.25 * across, 18 * size, 24 * size);
  const down = height ? (height - margin.t - margin.b - (rows - 1) * gap.y) / rows : own;
  const tall = rows * down + (rows - 1) * gap.y;
  const boxes = Array.from({ length: panels }, (_, k) => {
    const [column, row] = [k % columns, Math.floor(k / columns)];
    const [left, top] = [column * (across + gap.x), row * (down + gap.y)];
    return {
      x: [left / inner, (left + across) / inner],
      y: [1 - (top + down) / tall, 1 - top / tall],
      first: column === 0,
      last: k + columns >= panels,
      width: across,
      height: down,
    };
  });
  return { boxes, margin, width, height: height || tall + margin.t + margin.b, across };
}

/** @param {number} value @param {number} low @param {number} high */
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
