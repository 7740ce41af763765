"""How far somebody has come in a lesson, and what has been answered: part of the link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import NamedTuple

from lessons.headers import RoomAnswer
from lessons.lesson import Lesson
from lessons.shapes import SKIPPED, Shape

NAME = "lesson"
PREFIX = "lesson."
HELD = ("predict", "transfer")
"""Phases in which nothing has run yet: the page is sent nothing of what follows."""


class Passage(NamedTuple):
    """A phase: the answers it needs, the one its question shows, where giving that leads."""

    needs: tuple[str, ...]
    shows: str = ""
    leads: str = ""


PASSAGES = {
    "predict": Passage((), "answer", "watch"),
    "watch": Passage(("answer",), "answer"),
    "check": Passage(("answer",), "seen", "explain"),
    "explain": Passage(("answer", "seen"), "answer"),
    "transfer": Passage(("answer", "seen"), "again", "outcome"),
    "outcome": Passage(("answer", "seen", "again"), "again"),
    "task": Passage(("answer", "seen", "again")),
}
"""The phases in their order; one that `leads` to another asks for the answer it shows."""

PHASES = tuple(PASSAGES)


@dataclass(frozen=True)
class Sitting:
    """One person's way through one lesson.

    `answer`, `seen` and `again` are the answers to question, check and transfer as their shapes
    keep them, empty before they are given; `reason` and `variation` count from 0.
    """

    phase: str = "predict"
    answer: str = ""
    reason: str = ""
    seen: str = ""
    again: str = ""
    variation: str = ""

    def reached(self, lesson: Lesson) -> tuple[str, ...]:
        """Return the phases that are open: each needs the answers before it."""
        given = {name for name in ("answer", "seen", "again") if getattr(self, name)}
        return tuple(phase for phase in phases(lesson) if given.issuperset(PASSAGES[phase].needs))

    def at(self, lesson: Lesson, phase: str) -> Sitting:
        """Go to a phase, or stay where it is not open yet."""
        return replace(self, phase=phase) if phase in self.reached(lesson) else self

    def answered(self, lesson: Lesson, text: str, reason: str) -> Sitting:
        """Give the answer that this phase asks for and go on; ValueError in words if it is none.

        What was answered once stays.
        """
        _, name, leads = PASSAGES[self.phase]
        if not leads:
            return self
        before = getattr(self, name)
        given = read_answer(lesson, self.phase, before or text, reason)
        why = self.reason or given["reason"]
        return replace(self, reason=why, **{name: given["answer"]}).at(lesson, leads)

    def revealed(self, lesson: Lesson) -> Sitting:
        """Go to the next explanation, skipping every question before it."""
        told = "outcome" if self.phase in ("transfer", "outcome", "task") else "explain"
        skipped = {name: getattr(self, name) or SKIPPED for name in PASSAGES[told].needs}
        return replace(self, **skipped).at(lesson, told)

    def pairs(self, key: str) -> dict[str, str]:
        """Return it as link parameters, defaults left out."""
        usual = Sitting()
        own = {f.name: getattr(self, f.name) for f in fields(self)}
        said = {PREFIX + k: v for k, v in own.items() if v != getattr(usual, k)}
        return {NAME: key} | said


def read_sitting(pairs: Mapping[str, str], lesson: Lesson) -> tuple[Sitting, tuple[str, ...]]:
    """Return the sitting of link parameters, and a sentence for each that cannot be read."""
    found, problems = Sitting(), list[str]()
    shapes = _shapes(lesson)
    for phase, (_, name, leads) in PASSAGES.items():
        text = pairs.get(PREFIX + name, "") if leads else ""
        try:
            if text:
                found = replace(found, **{name: _read(shapes[name], text, lesson, phase)})
        except ValueError as problem:
            problems.append(f"{PREFIX}{name}: {problem}")
    reason, variation = pairs.get(f"{PREFIX}reason", ""), pairs.get(f"{PREFIX}variation", "")
    if _counts(reason, len(lesson.question.reasons)):
        found = replace(found, reason=reason)
    if _counts(variation, len(lesson.variations)):
        found = replace(found, variation=variation)
    return found.at(lesson, pairs.get(f"{PREFIX}phase", "predict")), tuple(problems)


def phases(lesson: Lesson) -> tuple[str, ...]:
    """Return the phases that a lesson has."""
    return tuple(phase for phase in PHASES if phase != "task" or lesson.task)


def apart(pairs: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return what link parameters say of a lesson, and the rest."""
    own = {k: v for k, v in pairs.items() if k == NAME or k.startswith(PREFIX)}
    return own, {k: v for k, v in pairs.items() if k not in own}


def _shapes(lesson: Lesson) -> dict[str, Shape]:
    """Return the shapes of the answers by their names in a sitting."""
    return {
        "answer": lesson.question.shape,
        "seen": lesson.check.shape,
        "again": lesson.transfer.question.shape,
    }


def _read(shape: Shape, text: str, lesson: Lesson, phase: str) -> str:
    return SKIPPED if text == SKIPPED else shape.read(text, lesson.at(phase))


def read_answer(lesson: Lesson, phase: str, text: str, reason: str) -> RoomAnswer:
    """Read an answer to a phase's question as it is kept; ValueError in words if it is none."""
    passage = PASSAGES.get(phase)
    if passage is None or not passage.leads:
        raise ValueError("nothing is asked there")
    reasons = len(lesson.question.reasons) if passage.shows == "answer" else 0
    said = _read(_shapes(lesson)[passage.shows], text, lesson, phase)
    return {"answer": said, "reason": reason if _counts(reason, reasons) else ""}


def _counts(text: str, count: int) -> bool:
    return text in map(str, range(count))
