"""What the app says about itself: one sentence, what the marks mean, and help on its words.

Each is declared here once; the sidebar takes its words from here, the stage's are generated.
"""

from __future__ import annotations

import inspect
from typing import Any, NamedTuple

from labs.menu import LABS
from lessons.examples import EXAMPLES
from packets import look


class Word(NamedTuple):
    """A word of the page and what it means."""

    term: str
    meaning: str


SENTENCE = "See how optimizers walk down a loss surface, step by step, side by side."

CAVEAT = (
    "Two weights are a projection. A picture here shows what a rule does; it does not show which "
    "rule is best for a network with a million weights."
)

SIDEBAR = {
    "lanes": Word(
        "Lanes",
        "The runners of the race: each is an optimizer with its own settings. "
        "All start at the same point. The one chosen here is the one whose settings follow.",
    ),
    "add": Word("Add", "One more lane, six at most, with a rule that is not yet in the race."),
    "copy": Word("Copy", "The same lane once more, to try it with another setting."),
    "hide": Word("Hide or show", "Takes this lane's path out of the picture, or puts it back."),
    "remove": Word("Remove", "Takes this lane out of the race."),
    "name": Word("Name", "Call this lane what you like; the name goes into pictures and links."),
    "over": Word("Start over", "Everything back to the defaults; the browser's Back undoes it."),
    "steps": Word("Steps", "How many updates each lane makes; a whole number from 1 to 2000."),
}
"""Words of the sidebar."""

STAGE = {
    "play": Word(
        "Play",
        "Runs the steps one after another, 30 a second at 1×; the space bar does the same.",
    ),
    "repeat": Word("Repeat", "When the last step is reached, playing begins again."),
    "ticks": Word(
        "Ticks above the clock",
        "The steps at which the chosen lane's gradient changes its sign, so where it jumps over "
        "a valley; a dot where a lane arrives, a diamond where one diverges.",
    ),
    "number": Word("Number beside a name", "The loss of this lane at the step shown."),
    "scrub": Word(
        "Scrub",
        "Choose any setting and slide it: paths and curves follow at once. "
        "Let go, and the value is kept.",
    ),
    "fan": Word("Fan", "The paths of all values of the scrubbed setting at once."),
    "hold": Word(
        "Hold",
        "Keeps the present paths in grey behind the new ones, to compare with, until you release "
        "them.",
    ),
    "brush": Word(
        "Draw the surface",
        "Paint on the map: lower makes valleys, raise makes hills, and a smooth spline lies over "
        "what you paint. A picture is taken as heights, dark for low.",
    ),
    "view": Word("View", "Which curves and marks are shown, and how large the type is."),
    "save": Word("Save", "Pictures, films, numbers, code, and a link to exactly this experiment."),
    "zoom": Word(
        "Reset zoom", "The whole window again. Ctrl and the wheel, or two fingers, zoom the map."
    ),
    "log": Word(
        "Logarithmic loss",
        "Equal heights are equal factors: a straight line halves the loss every so many steps.",
    ),
    "band": Word("Spread over 100 seeds", "How much the loss differs from one noise to another."),
    "equal": Word(
        "Equal units of x and y",
        "A step along x is as long as one along y, so that angles are true. Off: only where the map"
        " loses little room by it.",
    ),
    "fit": Word("Fit the paths", "Show the whole of every path and the start."),
    "projector": Word("Projector size", "Larger type and lines, for the last row."),
    **{
        name: Word(shown.title, shown.about)
        for menu in (look.PANELS, look.MARKS, LABS)
        for name, shown in menu.items()
    },
    "stability": Word(
        "limit",
        "The largest stable learning rate: beyond it every step overshoots by more than the last, "
        "and the run diverges.",
    ),
    "damping_flat": Word(
        "critical, flat",
        "Critical damping where the surface is flattest: with less momentum that direction only "
        "creeps to the minimum, with more it swings around it.",
    ),
    "damping_steep": Word(
        "critical, steep",
        "Critical damping where the surface is steepest: with less momentum that direction comes "
        "in without a swing, with more it swings around the minimum.",
    ),
    "flips": Word(
        "flips",
        "From here on the steepest direction does not swing slowly any more: every step lands on "
        "the other side of the minimum.",
    ),
    "best_rate": Word(
        "best rate",
        "The learning rate at which the slowest direction shrinks fastest: flattest and steepest "
        "direction then shrink alike, 2 / (λ_min + λ_max).",
    ),
    "polyak": Word(
        "Polyak",
        "Polyak's optimum: the rate and momentum at which the slowest direction of a quadratic "
        "with these curvatures shrinks fastest in the long run.",
    ),
    "best_nesterov": Word(
        "best",
        "The rate and momentum at which Nesterov's slowest direction on a quadratic with these "
        "curvatures shrinks fastest in the long run.",
    ),
    "final": Word("Final loss", "The loss at the last step."),
    "distance": Word(
        "Distance to minimum",
        "From the last point to the nearest global minimum; where a valley is as low all along, "
        "to its line.",
    ),
    "arrived": Word(
        "Arrived",
        "The first step at which the loss is within the tolerance of the global minimum.",
    ),
    "evaluations": Word("Gradients", "How many gradients the lane has asked for."),
    "outcome": Word("Outcome", "How the run ended."),
}
"""Words of the stage, by the keys under which its parts ask for them."""

MARKS = {
    "ring": Word("Ring", "The start of every lane: drag it, or click anywhere on the map."),
    "head": Word("Disc, square, diamond", "A lane's head: where it stands at the step shown."),
    "road": Word("Pale line", "The road ahead, up to the last step."),
    "minimum": Word(
        "Star", "A global minimum, the lowest point; a line where a valley is as low all along."
    ),
    "local": Word(
        "Hollow star",
        "A local minimum: a hollow that is not the lowest. Where there are many, "
        "only those near the lowest are marked.",
    ),
    "saddle": Word("Cross", "A saddle: flat, but no minimum."),
    "maximum": Word("Hollow triangle", "A maximum."),
    "beyond": Word(
        "Arrow at the edge",
        "Points at what lies outside the map: a lane's head, the start, the lowest point.",
    ),
    "broken": Word("Red cross at a path's end", "The lane diverged here, at the step beside it."),
    "held": Word("Dotted grey line", "A path that is held to compare with."),
    "ticks": Word(*STAGE["ticks"]),
}
"""What is drawn on the map and above the clock, by the names of its pictures."""

KEYS = {
    "space": Word("Space", "Play or pause."),
    "arrows": Word("← →", "One step back or forward."),
    "ends": Word("Home, End", "To the first or the last step."),
    "escape": Word("Esc", "Put back what is being dragged; leave an enlarged panel."),
    "wheel": Word("Ctrl + wheel, two fingers", "Zoom the map; the wheel alone scrolls the page."),
}


def about(value: Any) -> str:
    """Return what a surface, rule or schedule is there for: its docstring's first paragraph."""
    return " ".join((inspect.getdoc(type(value)) or "").split("\n\n")[0].split())


def glossary() -> dict[str, Any]:
    """Return every word of the stage and the sidebar with its meaning, as plain values."""
    return _plain(STAGE | SIDEBAR)


def guide() -> dict[str, Any]:
    """Return what the stage says about the app but for its words, as plain values."""
    return {
        "sentence": SENTENCE,
        "caveat": CAVEAT,
        "examples": [
            {"key": key, "title": example.title, "shows": example.shows, "link": example.link}
            for key, example in EXAMPLES.items()
        ],
        "marks": _plain(MARKS),
        "keys": _plain(KEYS),
    }


def _plain(words: dict[str, Word]) -> dict[str, dict[str, str]]:
    return {key: word._asdict() for key, word in words.items()}
