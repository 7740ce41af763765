// Link functions: from the linear prediction z = x u + y to what is predicted, and back.

const EDGE = 1e-6;
/** @param {number} v @param {number} low @param {number} high */
const within = (v, low, high) => Math.min(Math.max(v, low + EDGE), high - EDGE);

/** @type {Record<string, { at(z: number): number, back(v: number): number }>} */
export const LINKS = {
  identity: { at: (z) => z, back: (v) => v },
  logistic: {
    at: (z) => 0.5 + 0.5 * Math.tanh(0.5 * z),
    back: (v) => 2 * Math.atanh(2 * within(v, 0, 1) - 1),
  },
  exponential: { at: Math.exp, back: (v) => Math.log(Math.max(v, EDGE)) },
  tanh: { at: Math.tanh, back: (v) => Math.atanh(within(v, -1, 1)) },
};

// The weights whose curve goes through two points (u, v).
/** @param {{ link: string }} model @param {number[][]} points */
export function through({ link }, [[u0, v0], [u1, v1]]) {
  const [z0, z1] = [v0, v1].map(LINKS[link].back);
  const x = (z1 - z0) / (u1 - u0);
  return { x, y: z0 - x * u0 };
}
