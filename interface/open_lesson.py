"""Which lesson is open and how far it has come: read from an address, and told in it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engine.setup.experiment import FIRST_SURFACE, Experiment
from engine.setup.link import read, write
from interface.session import OpenLesson, Seen, session
from labs.view import PREFIX, View, split, write_view
from lessons.lesson import Lesson
from lessons.opened import find_lesson
from lessons.sitting import NAME, Sitting, apart, read_sitting
from lessons.standing import ROOM, around, read_standing


def now() -> OpenLesson | None:
    """Return the open lesson, or None."""
    return session().open_lesson


def opened(address: Mapping[str, str]) -> tuple[Seen, tuple[str, ...]]:
    """Return what an address asks for, and a sentence for each part that cannot be read.

    A lesson brings its own experiment and view.
    """
    own, rest = apart(address)
    lesson = find_lesson(own[NAME]) if NAME in own else None
    if lesson is None:
        view, settings, problems = split(rest)
        experiment, more = read(settings)
        if NAME in own:
            problems = (*problems, f"lesson: there is no lesson {own[NAME][:40]!r} here")
        return Seen(experiment, view, None), problems + more
    sitting, unread = read_sitting(own, lesson)
    standing, problems = read_standing(rest, lesson, _kept(lesson, sitting))
    opened = OpenLesson(lesson, standing.sitting)
    return Seen(standing.experiment, standing.view, opened), unread + problems


def _kept(lesson: Lesson, sitting: Sitting) -> Sitting:
    """An answer that was given in this visit stands, whatever an older address says."""
    before = given().get(lesson.key)
    if before is None:
        return sitting
    kept = {
        name: getattr(before, name) or getattr(sitting, name)
        for name in ("answer", "reason", "seen", "again")
    }
    return replace(sitting, **kept)


def written(found: OpenLesson, experiment: Experiment, view: View) -> dict[str, str]:
    """Return the address of a lesson: its key, the answers, and what differs from its own."""
    lesson, sitting = found
    pairs = sitting.pairs(lesson.key)
    if experiment != lesson.at(sitting.phase):
        pairs |= write(experiment) or {"surface": FIRST_SURFACE}
    return pairs | _looked_at(view, lesson.seen(sitting.phase))


def _looked_at(view: View, own: View) -> dict[str, str]:
    """Return what tells the view; nothing of what is the lesson's own."""
    here = around(view)
    if view == replace(own, **here):
        return {PREFIX + name: text for name, text in here.items() if text != getattr(own, name)}
    told = write_view(view)
    beyond = told.keys() - {PREFIX + name for name in ROOM}
    return told if beyond else told | {f"{PREFIX}chosen": "0"}


def given() -> dict[str, Sitting]:
    """Return what has been answered in this visit, by lesson; an answer given stands."""
    return session().answers
