// Written by `python -m interface.generated`: declared in interface/known.py.

// Scales: what powers of ten are counted from, if any, and how a range is walked.
export const SCALES = {
  "linear": {
    "origin": null,
    "walked": "evenly",
  },
  "log": {
    "origin": 0.0,
    "walked": "by powers of ten",
  },
  "towards one": {
    "origin": 1.0,
    "walked": "by powers of ten of 1 − {symbol}",
  },
};

// A value nearer to its origin than the nearest is placed so much nearer.
export const BELOW = 3.1622776601683795;

// What lanes are called in links.
export const LANE_LETTERS = [
  "a",
  "b",
  "c",
  "d",
  "e",
  "f",
];

// Panels of curves and their titles.
export const PANELS = {
  "loss": "Loss",
  "rate": "Effective rate",
  "gradient": "Gradient",
  "memory": "Memory",
  "length": "Step length",
  "quotient": "Step ÷ −gradient",
};

// Marks of the chosen lane and their titles.
export const MARKS = {
  "arrows": "Arrows at the head",
  "tail": "Comet tail",
  "axes": "Axes of curvature",
};

// Labs: title, and whether it may stand beside the landscape.
export const LABS = {
  "results": {
    "title": "Results",
    "beside": false,
  },
  "theory": {
    "title": "Theory",
    "beside": false,
  },
  "cut": {
    "title": "Along the step",
    "beside": true,
  },
  "sensitivity": {
    "title": "Sensitivity",
    "beside": true,
  },
  "sweep": {
    "title": "Sweep map",
    "beside": true,
  },
  "tuning": {
    "title": "Tuning",
    "beside": true,
  },
  "basins": {
    "title": "Basins",
    "beside": true,
  },
};

// Kinds of marked points and their titles.
export const CRITICAL = {
  "global minimum": "Minimum",
  "local minimum": "Local minimum",
  "saddle": "Saddle",
  "maximum": "Maximum",
};

// Damping regimes by the number that stands in a packet.
export const REGIMES = [
  "overdamped",
  "critical",
  "underdamped",
  "alternating",
  "unstable",
  "leaving",
  "flat",
];

// Roots this close together count as one: critical damping.
export const TOUCHING = 1e-09;

// What a sweep map's colors show, in the order of their bits.
export const COLORS = {
  "loss": "Final loss",
  "steps": "Steps until arrived to stay",
  "distance": "Distance to the minimum",
};

// How many points a landscape has along each side.
export const LANDSCAPE_SIDE = 140;

// Smaller heights above a minimum, and smaller distances to one, have one color.
export const LEAST = {
  "loss": 1e-12,
  "distance": 1e-08,
};

// Colors of basins by theme.
export const BASIN_COLORS = {
  "light": [
    "#c59500",
    "#19b3b2",
    "#f36ca6",
    "#c1f093",
    "#9da0ff",
    "#f6c600",
    "#4fe8b9",
    "#f3cfff",
    "#b3b472",
  ],
  "dark": [
    "#a3689e",
    "#416f3d",
    "#7b53ce",
    "#820102",
    "#718780",
    "#522f81",
    "#ed0252",
    "#0000dc",
    "#704257",
  ],
};

// Settings of a lane that change no run.
export const OF_NO_RUN = [
  "name",
  "color",
  "shown",
];

// Ends of a start that are no known minimum.
export const ENDS = {
  "notArrived": -1,
  "diverged": -2,
  "elsewhere": -3,
  "ranAway": -4,
};

// What decides how a run ended, as engine/run/outcome.py and standstill.py say it.
export const JUDGED = {
  "grows": 2.0,
  "closer": 0.98,
  "peaks": 0.998,
  "turns": 4,
  "same": 1e-06,
  "near": 0.02,
  "digits": 3,
};

// Points along each side of a window where its lowest loss is looked for.
export const GRID = 101;

// How minima that nobody declared are looked for, as engine/study/minima.py says it.
export const MINIMA = {
  "beyond": 0.1,
  "most": 1000,
  "grid": 560,
  "same": 0.0001,
  "rounds": 20,
  "fitted": 80,
  "rounding": 1e-09,
};

// What the heights of a drawn surface are called in a link.
export const HEIGHTS = "surface.heights";

// How often a drawn surface's outermost heights are repeated.
export const BORDER = 2;

// How minima of a drawn surface are looked for, as surfaces/spline_points.py says it.
export const DRAWN = {
  "starts": 2,
  "apart": 0.002,
  "rounding": 1e-09,
  "plain": 0.25,
};

// Cells along each side of a map of starts, and how many a coarse one leaps over.
export const BASINS = {
  "resolution": 200,
  "coarse": 4,
};

// Sweep maps: leaps, nudges, seen changes.
export const SWEEPS = {
  "coarse": 4,
  "nudge": 1e-10,
  "visible": 0.01,
};

// Settings that a fair tuning may try, and how many it does.
export const BUDGETS = [10, 20, 30, 60, 100, 200, 400];

// The usual one.
export const BUDGET = 60;

// No run is longer, so that this step is the end of any.
export const LAST_STEP = 2000;

// Seeds behind a band.
export const SEEDS = 100;

// The learning rates that every rule allows.
export const RATES = [1e-06, 100.0];

// Which numbers stand in parentheses after a sign, and which of them under a power.
export const PARENTHESES = {
  "sign": "^−",
  "power": "^−|×",
};

// Files to take away: title, and what is in them.
export const FILES = {
  "trajectories.csv": [
    "Trajectories, CSV",
    "every lane and step: position, loss, gradient, memory",
  ],
  "trajectories.json": [
    "Trajectories, JSON",
    "the same, with all settings",
  ],
  "experiment.json": [
    "Experiment, JSON",
    "the settings alone; Open reads it again",
  ],
  "numpy.py": [
    "NumPy script",
    "this exact run as a program that needs only NumPy",
  ],
  "pytorch.py": [
    "PyTorch script",
    "the same with torch.optim where PyTorch has the rule",
  ],
  "lesson.toml": [
    "Make a lesson of this",
    "a text file to edit; Lessons opens it",
  ],
  "handout.html": [
    "Page that plays offline",
    "one file: open it by double click, without network",
  ],
};

// Why a socket is closed whose class is no more.
export const CLASS_ENDED = 4404;

// The most bytes of an experiment's file that are read.
export const LARGEST = 6000000;

// By what share two numbers of a claim may differ and be near, or equal.
export const CLAIMS = {
  "nearly": 0.02,
  "equal": 1e-09,
};

// The most characters of a lesson that are read.
export const LONGEST_LESSON = 40000;

// The most bytes of an address that a QR code holds here.
export const LONGEST_QR = 1500;
