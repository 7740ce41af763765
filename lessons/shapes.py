"""The shapes an answer may have: one of a few words, a number, a ranking, a point, a curve.

Every shape says what the page may know before an answer is given (`asked`), reads an answer as it
stands in a link, and says what is true of a run; the page compares the two (`lesson/judge.js`).
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np

from engine.setup.experiment import Experiment
from engine.setup.labels import labels
from engine.setup.link import SLOTS
from lessons.expression import Claim, Sum
from lessons.headers import (
    AmountAsked,
    AnswersHeader,
    Asked,
    CurveAsked,
    PlaceAsked,
    RankingAsked,
    TruthHeader,
    WordsAsked,
)
from lessons.quantities import Measured, Settings
from lessons.text import DIGITS, Text, number, read_text

SKIPPED = "skip"
KNOTS = 7
LONGEST = 200
NONE_FITS = "With these settings none of the answers fits."


class Shape(ABC):
    """What kind of answer a question wants."""

    @abstractmethod
    def asked(self, experiment: Experiment) -> Asked:
        """Return what the page needs to ask; nothing that depends on a run."""

    @abstractmethod
    def read(self, text: str, experiment: Experiment) -> str:
        """Return an answer as it is kept; ValueError in plain words if it is none."""

    @abstractmethod
    def truth(self, experiment: Experiment) -> TruthHeader:
        """Return what is true of the experiment's run, and what answers are measured by."""

    @abstractmethod
    def answers(self, experiment: Experiment) -> AnswersHeader:
        """Return how the page reads what is true off a run, in the same words."""


@dataclass(frozen=True)
class Option:
    """One of a few answers, and the claim that makes it the right one."""

    text: Text
    claim: Claim


@dataclass(frozen=True)
class Words(Shape):
    """One of a few answers in words; the run decides which is right."""

    options: tuple[Option, ...]

    def asked(self, experiment: Experiment) -> WordsAsked:
        """Return the answers to choose from."""
        source = Settings(experiment)
        texts = [option.text.filled(source) for option in self.options]
        return {"kind": "words", "options": texts}

    def read(self, text: str, experiment: Experiment) -> str:
        """Read the number of an answer, from 0."""
        if text not in map(str, range(len(self.options))):
            raise ValueError("choose one of the answers")
        return text

    def right(self, experiment: Experiment) -> int | None:
        """Return which answer is right: the first whose claim holds."""
        source = Measured(experiment)
        held = [k for k, option in enumerate(self.options) if option.claim.holds(source)]
        return held[0] if held else None

    def truth(self, experiment: Experiment) -> TruthHeader:
        """Return which answer is right."""
        right = self.right(experiment)
        if right is None:
            return {"words": NONE_FITS, "choice": None}
        words = self.options[right].text.filled(Settings(experiment))
        return {"words": words, "choice": right}

    def answers(self, experiment: Experiment) -> AnswersHeader:
        """Return the answers with their claims, and what is said if none holds."""
        found = [(one.text.taken_apart(), one.claim.told()) for one in self.options]
        return {"options": [*found, ([NONE_FITS], [])]}


@dataclass(frozen=True)
class Amount(Shape):
    """A number, right within a share `near` of the true one; or an interval that holds it.

    An interval may be no wider than what counts as near on both sides.
    """

    value: Sum
    near: float
    unit: str

    def asked(self, experiment: Experiment) -> AmountAsked:
        """Return the unit."""
        return {"kind": "number", "unit": self.unit}

    def read(self, text: str, experiment: Experiment) -> str:
        """Read a number as a person writes it, or two with `to` between them."""
        parts = text.lower().split(" to ")
        if len(parts) > 2:
            raise ValueError("one number, or two with 'to' between them")
        return " to ".join(f"{value:g}" for value in sorted(map(_number, parts)))

    def truth(self, experiment: Experiment) -> TruthHeader:
        """Return the number, and how far off is near enough."""
        true = self.value.of(Measured(experiment))
        words = f"{number(true)} {self.unit}".strip()
        if not math.isfinite(true):
            return {"words": words, "value": None, "off": 0.0}
        return {"words": words, "value": true, "off": self.near * abs(true)}

    def answers(self, experiment: Experiment) -> AnswersHeader:
        """Return the number and its unit."""
        unit = f" {self.unit}" if self.unit else ""
        return {"options": [([["number", self.value.told(), DIGITS, False], unit], [])]}


def _number(text: str) -> float:
    try:
        value = float(text.strip().replace(",", ".").replace("−", "-"))
    except ValueError:
        raise ValueError(f"{text[:20]!r} is not a number") from None
    if not math.isfinite(value) or abs(value) > 1e12:
        raise ValueError("a number between −10¹² and 10¹²")
    return value


@dataclass(frozen=True)
class Ranking(Shape):
    """The lanes in order, the one with the smallest `by` first."""

    by: tuple[Sum, ...]

    def asked(self, experiment: Experiment) -> RankingAsked:
        """Return the lanes to put in order, the last on top: authors put the winner first."""
        lanes = [*zip(SLOTS, labels(experiment), strict=False)]
        return {"kind": "ranking", "lanes": lanes[::-1]}

    def read(self, text: str, experiment: Experiment) -> str:
        """Read slots separated by commas, each lane once."""
        if sorted(text[:LONGEST].split(",")) != list(SLOTS[: len(experiment.lanes)]):
            raise ValueError("every lane once")
        return text

    def order(self, experiment: Experiment) -> list[str]:
        """Return the true order."""
        source = Measured(experiment)
        values = [sum.of(source) for sum in self.by]
        ranked = sorted(range(len(values)), key=lambda k: (math.isnan(values[k]), values[k]))
        return [SLOTS[k] for k in ranked]

    def truth(self, experiment: Experiment) -> TruthHeader:
        """Return the order."""
        order = self.order(experiment)
        names = [labels(experiment)[SLOTS.index(slot)] for slot in order]
        return {"words": ", then ".join(names), "order": order}

    def answers(self, experiment: Experiment) -> AnswersHeader:
        """Return what the lanes are ordered by."""
        return {"order": [sum.told() for sum in self.by]}


@dataclass(frozen=True)
class Place(Shape):
    """A point on the map: where lane `lane` is at `step`; right within `near` of the window."""

    lane: int
    step: int
    near: float

    def asked(self, experiment: Experiment) -> PlaceAsked:
        """Return whose place is asked for, and when."""
        return {"kind": "point", "lane": labels(experiment)[self.lane], "step": self.step}

    def read(self, text: str, experiment: Experiment) -> str:
        """Read two coordinates separated by a comma."""
        try:
            x, y = (float(part) for part in text[:LONGEST].split(","))
        except ValueError:
            raise ValueError("click a place on the map") from None
        if not (math.isfinite(x) and math.isfinite(y)):
            raise ValueError("click a place on the map")
        return f"{x:.6g},{y:.6g}"

    def truth(self, experiment: Experiment) -> TruthHeader:
        """Return the place, and how far from it is near: a share of the window's width."""
        (x0, x1), _ = experiment.surface.window
        true = experiment.runs()[self.lane].x[self.step]
        if not np.all(np.isfinite(true)):
            return {"words": "it has diverged", "at": None, "off": 0.0}
        words = f"({number(float(true[0]))}, {number(float(true[1]))})"
        return {"words": words, "at": [float(v) for v in true], "off": self.near * (x1 - x0)}

    def answers(self, experiment: Experiment) -> AnswersHeader:
        """Return the two coordinates."""
        x, y = (read_text(f"{{{SLOTS[self.lane]}.{side}@{self.step}}}") for side in "xy")
        return {"options": [(["(", *x.taken_apart(), ", ", *y.taken_apart(), ")"], [])]}


@dataclass(frozen=True)
class Curve(Shape):
    """A loss curve drawn over equally spaced steps; right within `near` powers of ten."""

    lane: int
    near: float

    def knots(self, experiment: Experiment) -> list[int]:
        """Return the steps at which the curve is drawn."""
        return [round(k * experiment.steps / (KNOTS - 1)) for k in range(KNOTS)]

    def asked(self, experiment: Experiment) -> CurveAsked:
        """Return the steps, and where the curve begins: the loss at the start is known."""
        surface = experiment.surface
        first = float(surface.value(np.array(experiment.start))) - (surface.lowest or 0.0)
        lane = labels(experiment)[self.lane]
        return {
            "kind": "curve",
            "lane": lane,
            "slot": SLOTS[self.lane],
            "steps": self.knots(experiment),
            "first": first,
        }

    def read(self, text: str, experiment: Experiment) -> str:
        """Read powers of ten, one a knot, separated by commas."""
        try:
            powers = [float(part) for part in text[:LONGEST].split(",")]
        except ValueError:
            raise ValueError("draw the curve") from None
        if len(powers) != KNOTS or not all(abs(power) <= 30 for power in powers):
            raise ValueError(f"{KNOTS} heights make a curve")
        return ",".join(f"{power:.3g}" for power in powers)

    def truth(self, experiment: Experiment) -> TruthHeader:
        """Return the heights at the knots in powers of ten, None where there is none."""
        run, lowest = experiment.runs()[self.lane], experiment.surface.lowest or 0.0
        with np.errstate(all="ignore"):
            true = np.log10(np.maximum(run.loss[self.knots(experiment)] - lowest, 1e-16))
        end = float(true[-1])
        words = "it diverges" if math.isnan(end) else f"it ends at {number(10**end, 2)}"
        powers = [float(power) if math.isfinite(power) else None for power in true]
        return {"words": words, "powers": powers, "off": self.near}

    def answers(self, experiment: Experiment) -> AnswersHeader:
        """Return where the curve ends."""
        measure = "loss" if experiment.surface.lowest is None else "gap"
        text = f"it ends at {{max({SLOTS[self.lane]}.{measure}@end, 1e-16):2}}"
        return {"options": [(read_text(text).taken_apart(), [])]}
