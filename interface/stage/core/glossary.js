// Written by `python -m interface.generated`: declared in lessons/guide.py.

export const GLOSSARY = {
  "play": {
    "term": "Play",
    "meaning": "Runs the steps one after another, 30 a second at 1×; the space bar does the same.",
  },
  "repeat": {
    "term": "Repeat",
    "meaning": "When the last step is reached, playing begins again.",
  },
  "ticks": {
    "term": "Ticks above the clock",
    "meaning": "The steps at which the chosen lane's gradient changes its sign, so where it jumps over a valley; a dot where a lane arrives, a diamond where one diverges.",
  },
  "number": {
    "term": "Number beside a name",
    "meaning": "The loss of this lane at the step shown.",
  },
  "scrub": {
    "term": "Scrub",
    "meaning": "Choose any setting and slide it: paths and curves follow at once. Let go, and the value is kept.",
  },
  "fan": {
    "term": "Fan",
    "meaning": "The paths of all values of the scrubbed setting at once.",
  },
  "hold": {
    "term": "Hold",
    "meaning": "Keeps the present paths in grey behind the new ones, to compare with, until you release them.",
  },
  "brush": {
    "term": "Draw the surface",
    "meaning": "Paint on the map: lower makes valleys, raise makes hills, and a smooth spline lies over what you paint. A picture is taken as heights, dark for low.",
  },
  "view": {
    "term": "View",
    "meaning": "Which curves and marks are shown, and how large the type is.",
  },
  "save": {
    "term": "Save",
    "meaning": "Pictures, films, numbers, code, and a link to exactly this experiment.",
  },
  "zoom": {
    "term": "Reset zoom",
    "meaning": "The whole window again. Ctrl and the wheel, or two fingers, zoom the map.",
  },
  "log": {
    "term": "Logarithmic loss",
    "meaning": "Equal heights are equal factors: a straight line halves the loss every so many steps.",
  },
  "band": {
    "term": "Spread over 100 seeds",
    "meaning": "How much the loss differs from one noise to another.",
  },
  "equal": {
    "term": "Equal units of x and y",
    "meaning": "A step along x is as long as one along y, so that angles are true. Off: only where the map loses little room by it.",
  },
  "fit": {
    "term": "Fit the paths",
    "meaning": "Show the whole of every path and the start.",
  },
  "projector": {
    "term": "Projector size",
    "meaning": "Larger type and lines, for the last row.",
  },
  "loss": {
    "term": "Loss",
    "meaning": "The height of the surface under each lane, step by step.",
  },
  "rate": {
    "term": "Effective rate",
    "meaning": "Each weight's learning rate as the rule has it: how far it moves on an even slope, over that slope. Momentum raises it to rate ÷ (1 − β), Adam makes it rate ÷ (root + ε).",
  },
  "gradient": {
    "term": "Gradient",
    "meaning": "The slope in x and in y where each lane stands.",
  },
  "memory": {
    "term": "Memory",
    "meaning": "What the chosen lane's rule remembers between steps, such as a velocity.",
  },
  "length": {
    "term": "Step length",
    "meaning": "How far each lane moves at each step.",
  },
  "quotient": {
    "term": "Step ÷ −gradient",
    "meaning": "The learning rate that plain gradient descent would have needed to make this very step; with momentum it jumps wherever the slope changes sign.",
  },
  "arrows": {
    "term": "Arrows at the head",
    "meaning": "The chosen lane's negative gradient, its velocity and its step. With batches of data an ellipse shows how far their gradients scatter: one standard deviation.",
  },
  "tail": {
    "term": "Comet tail",
    "meaning": "The chosen lane's last steps, drawn broad.",
  },
  "axes": {
    "term": "Axes of curvature",
    "meaning": "The directions in which the surface bends most and least, with their curvatures.",
  },
  "results": {
    "term": "Results",
    "meaning": "The chosen rule with this step's numbers put in, and how every lane ended.",
  },
  "theory": {
    "term": "Theory",
    "meaning": "What the curvature predicts: the largest stable rate, the speed, the damping.",
  },
  "cut": {
    "term": "Along the step",
    "meaning": "The loss along the line of this step, beside what slope and curvature foretell of it.",
  },
  "sensitivity": {
    "term": "Sensitivity",
    "meaning": "The final loss of every lane over its learning rate: which rates work.",
  },
  "sweep": {
    "term": "Sweep map",
    "meaning": "One lane run with every pair of values of two settings; color is the loss.",
  },
  "tuning": {
    "term": "Tuning",
    "meaning": "The best settings of every lane, found with the same number of tries each.",
  },
  "basins": {
    "term": "Basins",
    "meaning": "Where the chosen lane ends from every start of the window.",
  },
  "stability": {
    "term": "limit",
    "meaning": "The largest stable learning rate: beyond it every step overshoots by more than the last, and the run diverges.",
  },
  "damping_flat": {
    "term": "critical, flat",
    "meaning": "Critical damping where the surface is flattest: with less momentum that direction only creeps to the minimum, with more it swings around it.",
  },
  "damping_steep": {
    "term": "critical, steep",
    "meaning": "Critical damping where the surface is steepest: with less momentum that direction comes in without a swing, with more it swings around the minimum.",
  },
  "flips": {
    "term": "flips",
    "meaning": "From here on the steepest direction does not swing slowly any more: every step lands on the other side of the minimum.",
  },
  "best_rate": {
    "term": "best rate",
    "meaning": "The learning rate at which the slowest direction shrinks fastest: flattest and steepest direction then shrink alike, 2 / (λ_min + λ_max).",
  },
  "polyak": {
    "term": "Polyak",
    "meaning": "Polyak's optimum: the rate and momentum at which the slowest direction of a quadratic with these curvatures shrinks fastest in the long run.",
  },
  "best_nesterov": {
    "term": "best",
    "meaning": "The rate and momentum at which Nesterov's slowest direction on a quadratic with these curvatures shrinks fastest in the long run.",
  },
  "final": {
    "term": "Final loss",
    "meaning": "The loss at the last step.",
  },
  "distance": {
    "term": "Distance to minimum",
    "meaning": "From the last point to the nearest global minimum; where a valley is as low all along, to its line.",
  },
  "arrived": {
    "term": "Arrived",
    "meaning": "The first step at which the loss is within the tolerance of the global minimum.",
  },
  "evaluations": {
    "term": "Gradients",
    "meaning": "How many gradients the lane has asked for.",
  },
  "outcome": {
    "term": "Outcome",
    "meaning": "How the run ended.",
  },
  "lanes": {
    "term": "Lanes",
    "meaning": "The runners of the race: each is an optimizer with its own settings. All start at the same point. The one chosen here is the one whose settings follow.",
  },
  "add": {
    "term": "Add",
    "meaning": "One more lane, six at most, with a rule that is not yet in the race.",
  },
  "copy": {
    "term": "Copy",
    "meaning": "The same lane once more, to try it with another setting.",
  },
  "hide": {
    "term": "Hide or show",
    "meaning": "Takes this lane's path out of the picture, or puts it back.",
  },
  "remove": {
    "term": "Remove",
    "meaning": "Takes this lane out of the race.",
  },
  "name": {
    "term": "Name",
    "meaning": "Call this lane what you like; the name goes into pictures and links.",
  },
  "over": {
    "term": "Start over",
    "meaning": "Everything back to the defaults; the browser's Back undoes it.",
  },
  "steps": {
    "term": "Steps",
    "meaning": "How many updates each lane makes; a whole number from 1 to 2000.",
  },
};
