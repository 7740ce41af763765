// A halo around what Plotly writes: what lies beneath is seen between the letters.

const AROUND = [-1, 0, 1].flatMap((x) => [-1, 0, 1].map((y) => [x, y])).filter(([x, y]) => x || y);
const WIDE = 1 / 9;

/** @param {string} color @param {number} size */
export function haloed(color, size) {
  const wide = WIDE * size;
  return AROUND.map(([x, y]) => `${x * wide}px ${y * wide}px ${wide / 2}px ${color}`).join(", ");
}
