// Written by `python -m interface.generated`: declared in lessons/guide.py and lessons/examples.py.

export const GUIDE = {
  "sentence": "See how optimizers walk down a loss surface, step by step, side by side.",
  "caveat": "Two weights are a projection. A picture here shows what a rule does; it does not show which rule is best for a network with a million weights.",
  "examples": [
    {
      "key": "ravine",
      "title": "Zigzag in a ravine",
      "shows": "Gradient descent jumps from wall to wall; momentum averages the jumps out and runs along the floor.",
      "link": "surface=ravine&steps=60&a=gradient_descent&a.lr=0.019&b=momentum_lecture&b.lr=0.019&b.beta=0.7",
    },
    {
      "key": "local_minimum",
      "title": "Past a local minimum",
      "shows": "At one rate, gradient descent stops in the first hollow; momentum carries its speed past it to the lowest.",
      "link": "surface=three_hump_camel&steps=150&a=gradient_descent&a.lr=0.03&b=momentum_lecture&b.lr=0.03",
    },
    {
      "key": "saddle",
      "title": "Away from a saddle",
      "shows": "Beside the ridge the slope is tiny: RMSProp divides by its size and leaves first, gradient descent lingers.",
      "link": "surface=saddle&steps=60&a=gradient_descent&a.lr=0.01&b=momentum_lecture&b.lr=0.01&c=rmsprop&c.lr=0.02",
    },
    {
      "key": "bias_correction",
      "title": "Adam's first steps",
      "shows": "Averages start from zero: uncorrected, Adam's first step is 3.16 times its rate; corrected, it is the rate.",
      "link": "surface=sphere&steps=100&a=adam&a.name=Adam%2C+corrected&b=adam_lecture&b.name=Adam%2C+uncorrected",
    },
    {
      "key": "rate_limit",
      "title": "One percent too fast",
      "shows": "The limit is 2 / 100, two over the steepest curvature: below it swings die out, above it they grow.",
      "link": "surface=ravine&steps=100&a=gradient_descent&a.lr=0.0198&a.name=Rate+0.0198&b=gradient_descent&b.lr=0.0202&b.name=Rate+0.0202",
    },
    {
      "key": "noise",
      "title": "Noise needs a schedule",
      "shows": "Both see the same noise: at a constant rate the path never settles, a rate that falls averages it out.",
      "link": "surface=ravine&surface.kappa=10&noise=5&a=gradient_descent&a.lr=0.1&a.name=Constant+rate&b=gradient_descent&b.lr=0.1&b.schedule=cosine&b.name=Falling+rate",
    },
  ],
  "marks": {
    "ring": {
      "term": "Ring",
      "meaning": "The start of every lane: drag it, or click anywhere on the map.",
    },
    "head": {
      "term": "Disc, square, diamond",
      "meaning": "A lane's head: where it stands at the step shown.",
    },
    "road": {
      "term": "Pale line",
      "meaning": "The road ahead, up to the last step.",
    },
    "minimum": {
      "term": "Star",
      "meaning": "A global minimum, the lowest point; a line where a valley is as low all along.",
    },
    "local": {
      "term": "Hollow star",
      "meaning": "A local minimum: a hollow that is not the lowest. Where there are many, only those near the lowest are marked.",
    },
    "saddle": {
      "term": "Cross",
      "meaning": "A saddle: flat, but no minimum.",
    },
    "maximum": {
      "term": "Hollow triangle",
      "meaning": "A maximum.",
    },
    "beyond": {
      "term": "Arrow at the edge",
      "meaning": "Points at what lies outside the map: a lane's head, the start, the lowest point.",
    },
    "broken": {
      "term": "Red cross at a path's end",
      "meaning": "The lane diverged here, at the step beside it.",
    },
    "held": {
      "term": "Dotted grey line",
      "meaning": "A path that is held to compare with.",
    },
    "ticks": {
      "term": "Ticks above the clock",
      "meaning": "The steps at which the chosen lane's gradient changes its sign, so where it jumps over a valley; a dot where a lane arrives, a diamond where one diverges.",
    },
  },
  "keys": {
    "space": {
      "term": "Space",
      "meaning": "Play or pause.",
    },
    "arrows": {
      "term": "← →",
      "meaning": "One step back or forward.",
    },
    "ends": {
      "term": "Home, End",
      "meaning": "To the first or the last step.",
    },
    "escape": {
      "term": "Esc",
      "meaning": "Put back what is being dragged; leave an enlarged panel.",
    },
    "wheel": {
      "term": "Ctrl + wheel, two fingers",
      "meaning": "Zoom the map; the wheel alone scrolls the page.",
    },
  },
};
