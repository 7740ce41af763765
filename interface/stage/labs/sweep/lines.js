// How theory's lines differ on a sweep map: by color, weight and stroke, on dark casings.

/** @typedef {{ color: string, dash?: string, weight?: number }} Dash */
/** @type {Record<string, Dash>} */
export const LINES = {
  stability: { color: "#ffffff", dash: "solid", weight: 1.5 },
  damping_flat: { color: "#ffb347", dash: "dash", weight: 1.2 },
  damping_steep: { color: "#ff9ad5", dash: "dashdot", weight: 1 },
  flips: { color: "#7fdcff", dash: "dot", weight: 1 },
  best_rate: { color: "#ffb347", dash: "longdash", weight: 1.2 },
  polyak: { color: "#ffffff" },
  best_nesterov: { color: "#ffffff" },
};
