"""Where somebody stands in a lesson: its phase, the experiment there, and how that is seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from engine.setup.experiment import Experiment
from engine.setup.link import read
from labs.view import PREFIX, View, split
from lessons.lesson import Lesson
from lessons.sitting import HELD, Sitting

ROOM = ("size", "controls")
"""What a room or a page around asks of the view, whichever lesson is shown there."""


class Standing(NamedTuple):
    """A phase of a lesson with what is set on the stage."""

    sitting: Sitting
    experiment: Experiment
    view: View

    def changed(self, lesson: Lesson) -> bool:
        """Say whether a run is set or seen otherwise than the phase or the variation has it."""
        own = begun(lesson, self.sitting)
        seen = replace(own.view, **around(self.view))
        same = (self.experiment, self.view) == (own.experiment, seen)
        return self.sitting.phase not in HELD and not same


def begun(lesson: Lesson, sitting: Sitting) -> Standing:
    """Return how a phase begins, or a variation."""
    experiment = lesson.at(sitting.phase)
    if sitting.phase == "explain" and sitting.variation:
        experiment = lesson.variations[int(sitting.variation)].changes.on(experiment)
    return Standing(sitting, experiment, lesson.seen(sitting.phase))


def read_standing(
    pairs: Mapping[str, str], lesson: Lesson, sitting: Sitting
) -> tuple[Standing, tuple[str, ...]]:
    """Return what link parameters set in a phase, and a sentence for each that cannot be read.

    Where they say nothing of the experiment or of the view, it is the phase's own.
    """
    view, settings, problems = split(pairs)
    own = lesson.at(sitting.phase)
    experiment, more = read(settings) if settings else (own, ())
    named = {key.removeprefix(PREFIX) for key in pairs.keys() - settings.keys()}
    if named <= set(ROOM):
        view = lesson.seen(sitting.phase, **{name: getattr(view, name) for name in named})
    return Standing(sitting, experiment, view), problems + more


def around(view: View) -> dict[str, Any]:
    """Return what the view keeps from one lesson and one phase to the next."""
    return {name: getattr(view, name) for name in ROOM}
