// Written by `python -m interface.generated`: declared in labs/menu.py.

// Labs that are fetched when they are first opened.
export const LATER = {
  theory: async () => (await import("./theory/theory.js")).theory,
  cut: async () => (await import("./cut/cut.js")).cut,
  sensitivity: async () => (await import("./sensitivity/sensitivity.js")).sensitivity,
  sweep: async () => (await import("./sweep/sweep.js")).sweep,
  tuning: async () => (await import("./tuning/tuning.js")).tuning,
  basins: async () => (await import("./basins/basins.js")).basins,
};
