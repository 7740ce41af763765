"""A lesson as one frozen value: everything that is asked, shown and told, and nothing computed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from engine.setup.experiment import Experiment
from engine.setup.link import read, spelled
from labs.view import View, asked, split
from lessons.expression import Claim, Sum
from lessons.shapes import Shape
from lessons.text import Text

SHOWN = ("color", "name", "shown")
"""How a lane is shown, which stays when its rule is replaced."""


@dataclass(frozen=True)
class Reason:
    """Why an answer might be right, and whether that is why."""

    text: str
    right: bool


@dataclass(frozen=True)
class Question:
    """What is asked, the shape of its answer, and the reasons offered with it."""

    text: Text
    shape: Shape
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Setting:
    """An experiment to look at: link parameters, read when it is needed."""

    pairs: tuple[tuple[str, str], ...]

    @property
    def experiment(self) -> Experiment:
        """Return the experiment."""
        return asked(dict(self.pairs))[0]

    @property
    def view(self) -> View:
        """Return how it is looked at."""
        return asked(dict(self.pairs))[1]

    def problems(self) -> tuple[str, ...]:
        """Return a sentence for each parameter that cannot be read."""
        _, rest, found = split(dict(self.pairs))
        return found + read(rest)[1]


@dataclass(frozen=True)
class Changes:
    """Settings that differ from the lesson's, as they stand in a link."""

    pairs: tuple[tuple[str, str], ...] = ()

    def on(self, experiment: Experiment) -> Experiment:
        """Return the experiment with these settings."""
        return self._read(experiment)[0]

    def problems(self, experiment: Experiment) -> tuple[str, ...]:
        """Return a sentence for each setting that cannot be read."""
        return self._read(experiment)[1]

    def _read(self, experiment: Experiment) -> tuple[Experiment, tuple[str, ...]]:
        """Another kind of surface, rule or schedule brings its own settings."""
        new = dict(self.pairs)
        kept = {k: v for k, v in spelled(experiment).items() if not _belongs(k, new)}
        return read(kept | new)


def _belongs(key: str, new: dict[str, str]) -> bool:
    """Say whether a setting belongs to a part that is replaced."""
    owner, _, name = key.rpartition(".")
    return owner in new and name not in (*SHOWN, "schedule")


@dataclass(frozen=True)
class Explanation:
    """What is told after the run: the sentences, and the formula's line and the step they mean.

    `line` counts the lines of the chosen lane's rule from 1; 0 lights none.
    """

    text: Text
    line: int
    step: Sum | None


@dataclass(frozen=True)
class Transfer:
    """The same thing under one changed setting, to be predicted without help."""

    changes: Changes
    question: Question
    text: Text


@dataclass(frozen=True)
class Variation:
    """Another setting worth a look, and what it shows."""

    title: str
    changes: Changes
    text: Text


@dataclass(frozen=True)
class Task:
    """Something to reach by one's own hand: which setting slides, and the claim that ends it.

    `solution` is a setting that does, kept so that a test can show that there is one.
    """

    text: Text
    changes: Changes
    slides: str
    goal: Claim
    solution: Changes


WATCHED = ("watch", "check", "outcome")
"""Phases in which a run is looked at before it is explained."""


@dataclass(frozen=True)
class Lesson:
    """One moment: commit, watch, check, explain, transfer, try.

    `pace` is how many steps a second the run plays, `decisive` the step at which it slows down.
    The key stands in addresses and hints at no answer; older addresses say it as in `formerly`.
    """

    key: str
    title: str
    group: str
    setting: Setting
    question: Question
    pace: float
    decisive: Sum | None
    check: Question
    explanation: Explanation
    claims: tuple[Claim, ...]
    variations: tuple[Variation, ...]
    transfer: Transfer
    task: Task | None
    caveat: str
    sources: tuple[str, ...]
    formerly: tuple[str, ...]

    @property
    def experiment(self) -> Experiment:
        """Return the lesson's experiment."""
        return self.setting.experiment

    @property
    def view(self) -> View:
        """Return how it is looked at."""
        return self.setting.view

    def at(self, phase: str) -> Experiment:
        """Return the experiment with which a phase begins."""
        if phase in ("transfer", "outcome"):
            return self.transfer.changes.on(self.experiment)
        if phase == "task" and self.task is not None:
            return self.task.changes.on(self.experiment)
        return self.experiment

    def seen(self, phase: str, **changes: Any) -> View:
        """Return the view of a phase; the task's setting lies on the scrubber.

        A run with a decisive step is watched with nothing beside it: its lab opens afterwards.
        """
        slides = self.task.slides if phase == "task" and self.task else self.view.scrub
        alone = phase in WATCHED and self.decisive is not None
        lab = View().lab if alone else self.view.lab
        return replace(self.view, scrub=slides, lab=lab, **changes)
