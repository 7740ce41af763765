// Written by `python -m interface.generated`: declared in interface/known.py.

// Rates of a sensitivity curve, and decades shown beyond the lanes' own.
export const CURVE = {
  "count": 121,
  "margin": 1.5,
};

// How many times narrower each round of a search is, and its points' bases.
export const SEARCH = {
  "narrower": 5.0,
  "bases": [2, 3, 5, 7, 11, 13, 17, 19, 23, 29],
};

// Cells along a map and along small ones, how many of these, places along a line.
export const COUNTS = [100, 50, 4, 120];

// How far rates reach: below and above a limit, below and above the usual rate.
export const REACHES = [177.82794100389228, 5.623413251903491, 56.23413251903491, 17.78279410038923];

// How near to one is tried, unless asked.
export const CLOSEST = 0.9999;

// Which numbers of a rule and of a surface go on axes first, by their scale.
export const FIRST = {
  "rule": {
    "towards one": 1,
  },
  "surface": {
    "log": 2,
  },
};

// What is said of a wish that cannot be met.
export const NOTES = {
  "across": "{setting} is across already.",
  "axis": "{setting} is on an axis already.",
  "side": "{lane} has no setting '{name}' to map {side}.",
  "third": "{lane} has no setting '{name}' to make several maps of.",
  "only": "{setting} takes only the value {value} in this range: the map is one cell wide.",
  "inside": "{setting} may be {low} to {high}: the map stays inside.",
  "batches": "Theory's limits are those of the full gradient: none is drawn across batch sizes.",
};

// The batch size among the settings of a loss of data.
export const BATCHES = {
  "key": "surface.batch",
  "label": "batch size",
  "symbol": "B",
  "scale": "log",
  "usual": "all",
  "sizes": [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024],
};

// Surfaces whose minima are searched for in one answer.
export const AT_ONCE = 20;

// A run that ends so many times as high as it began has the last color.
export const WORSE = 10.0;

// What theory's lines are called.
export const LINES = {
  "stability": "stability limit",
  "damping_flat": "critical damping of the smallest curvature",
  "damping_steep": "critical damping of the largest curvature",
  "flips": "swings turn into flips, largest curvature",
  "best_rate": "best learning rate",
  "polyak": "Polyak’s optimum",
  "best_nesterov": "best for Nesterov",
};

// What is added where a line holds only near the minimum.
export const LOCAL = {
  "stability": " of the Hessian at the minimum (local)",
  "other": " at the minimum (local)",
};

// What differs by less than this share is the same.
export const ALIKE = 1e-09;

// How many points a surface is looked at.
export const SCATTERED = 24;

// Shares of its window from one to the next.
export const SCATTER = [0.7548776662, 0.569840291];
