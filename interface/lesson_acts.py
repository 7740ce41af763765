"""What a click in a lesson's panel does to the session."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from interface import state
from interface.open_lesson import given, now, written
from interface.session import OpenLesson, session
from lessons.ahead import BASE, ahead
from lessons.checking import problems
from lessons.headers import LessonRace
from lessons.lesson import Lesson
from lessons.opened import OPENED, find_lesson
from lessons.packet import lesson_packet, refused
from lessons.sitting import Sitting
from lessons.standing import around
from lessons.table import Unreadable
from packets.packet import extended

MOST_TOLD = 4
"""So many of the things that do not hold are told to whoever opens a file."""


def packet(opened: OpenLesson) -> bytes:
    """Return what the stage is sent, and the address that opens the lesson where it stands.

    With a first answer, or an address that has one, comes all that follows.
    """
    experiment, view = state.experiment(), state.view()
    told: LessonRace = {"address": urlencode(written(opened, experiment, view))}
    if opened.sitting.answer and (opened.sitting.phase == BASE or state.as_opened()):
        told["ahead"] = ahead(opened.lesson)
    return extended(lesson_packet(*opened, experiment, view), told)


def heard(said: object) -> None:
    """Take in what was done in the lesson's panel."""
    if not isinstance(said, dict):
        return
    does = {
        "open": _open,
        "read": _read,
        "leave": _leave,
        "answer": _answer,
        "reveal": _reveal,
        "go": _go,
        "vary": _vary,
    }
    does.get(str(said.get("act")), _nothing)(said)


def _nothing(said: Mapping[str, Any]) -> None:
    return None


def _open(said: Mapping[str, Any]) -> None:
    lesson = find_lesson(str(said.get("key")))
    if lesson is not None:
        given().pop(lesson.key, None)
        _enter(OpenLesson(lesson, Sitting()))


def _read(said: Mapping[str, Any]) -> None:
    try:
        lesson = OPENED.read(str(said.get("text")))
    except Unreadable as problem:
        state.change(state.experiment(), f"This lesson cannot be opened: {problem}")
        return
    refusal = refused(lesson)
    if refusal:
        state.change(state.experiment(), f"This lesson cannot be opened: {refusal}")
        return
    session().own_lesson = lesson
    given().pop(lesson.key, None)
    _enter(OpenLesson(lesson, Sitting()))
    state.change(state.experiment(), *islice(problems(lesson), MOST_TOLD))


def _leave(said: Mapping[str, Any]) -> None:
    session().open_lesson = None


def _answer(said: Mapping[str, Any]) -> None:
    text, reason = str(said.get("answer")), str(said.get("reason", ""))
    _move(lambda lesson, sitting: sitting.answered(lesson, text, reason))


def _reveal(said: Mapping[str, Any]) -> None:
    _move(lambda lesson, sitting: sitting.revealed(lesson))


def _go(said: Mapping[str, Any]) -> None:
    phase = str(said.get("phase"))
    _move(lambda lesson, sitting: sitting.at(lesson, phase))


def _move(step: Callable[[Lesson, Sitting], Sitting]) -> None:
    found = now()
    if found is None:
        return
    try:
        _enter(OpenLesson(found.lesson, replace(step(*found), variation="")))
    except ValueError as problem:
        state.change(state.experiment(), f"That is no answer yet: {problem}.")


def _vary(said: Mapping[str, Any]) -> None:
    found, k = now(), said.get("k")
    if found is None or not isinstance(k, int) or not -1 <= k < len(found.lesson.variations):
        return
    lesson, sitting = found
    session().open_lesson = OpenLesson(lesson, replace(sitting, variation=str(k) if k >= 0 else ""))
    changes = lesson.variations[k].changes if k >= 0 else None
    state.change(changes.on(lesson.experiment) if changes else lesson.experiment)


def _enter(found: OpenLesson) -> None:
    """Show a phase with the experiment and the view that belong to it."""
    lesson, sitting = found
    session().open_lesson = found
    given()[lesson.key] = sitting
    state.change(lesson.at(sitting.phase))
    state.look(lesson.seen(sitting.phase, **around(state.view())))
