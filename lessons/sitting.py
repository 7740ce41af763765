"""How far somebody has come in a lesson, and what has been answered: part of the link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from lessons.lesson import Lesson
from lessons.shapes import SKIPPED, Shape

NAME = "lesson"
PREFIX = "lesson."
PHASES = ("predict", "watch", "check", "explain", "transfer", "outcome", "task")
HELD = ("predict", "transfer")
"""Phases in which nothing has run yet: the page is sent nothing of what follows."""


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
        open_phases = ["predict"]
        if self.answer:
            open_phases += ["watch", "check"]
        if self.answer and self.seen:
            open_phases += ["explain", "transfer"]
        if self.answer and self.seen and self.again:
            open_phases += ["outcome", *(["task"] if lesson.task else [])]
        return tuple(open_phases)

    def at(self, lesson: Lesson, phase: str) -> Sitting:
        """Go to a phase, or stay where it is not open yet."""
        return replace(self, phase=phase) if phase in self.reached(lesson) else self

    def answered(self, lesson: Lesson, text: str, reason: str) -> Sitting:
        """Give the answer that this phase asks for and go on; ValueError in words if it is none.

        What was answered once stays.
        """
        if self.phase == "predict":
            said = self.answer or _read(lesson.question.shape, text, lesson, "predict")
            why = self.reason or (reason if _counts(reason, len(lesson.question.reasons)) else "")
            return replace(self, answer=said, reason=why).at(lesson, "watch")
        if self.phase == "check":
            said = self.seen or _read(lesson.check.shape, text, lesson, "check")
            return replace(self, seen=said).at(lesson, "explain")
        if self.phase == "transfer":
            said = self.again or _read(lesson.transfer.question.shape, text, lesson, "transfer")
            return replace(self, again=said).at(lesson, "outcome")
        return self

    def revealed(self, lesson: Lesson) -> Sitting:
        """Go to the next explanation, skipping every question before it."""
        if self.phase in ("transfer", "outcome", "task"):
            return replace(self, again=self.again or SKIPPED).at(lesson, "outcome")
        shown = replace(self, answer=self.answer or SKIPPED, seen=self.seen or SKIPPED)
        return shown.at(lesson, "explain")

    def pairs(self, key: str) -> dict[str, str]:
        """Return it as link parameters, defaults left out."""
        usual = Sitting()
        own = {f.name: getattr(self, f.name) for f in fields(self)}
        said = {PREFIX + k: v for k, v in own.items() if v != getattr(usual, k)}
        return {NAME: key} | said


def read_sitting(pairs: Mapping[str, str], lesson: Lesson) -> tuple[Sitting, tuple[str, ...]]:
    """Return the sitting of link parameters, and a sentence for each that cannot be read."""
    found, problems = Sitting(), list[str]()
    shapes: dict[str, tuple[Shape, str]] = {
        "answer": (lesson.question.shape, "predict"),
        "seen": (lesson.check.shape, "check"),
        "again": (lesson.transfer.question.shape, "transfer"),
    }
    for name, (shape, phase) in shapes.items():
        text = pairs.get(PREFIX + name, "")
        try:
            found = replace(found, **{name: _read(shape, text, lesson, phase) if text else ""})
        except ValueError as problem:
            problems.append(f"{PREFIX}{name}: {problem}")
    reason, variation = pairs.get(f"{PREFIX}reason", ""), pairs.get(f"{PREFIX}variation", "")
    if _counts(reason, len(lesson.question.reasons)):
        found = replace(found, reason=reason)
    if _counts(variation, len(lesson.variations)):
        found = replace(found, variation=variation)
    return found.at(lesson, pairs.get(f"{PREFIX}phase", "predict")), tuple(problems)


def apart(pairs: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return what link parameters say of a lesson, and the rest."""
    own = {k: v for k, v in pairs.items() if k == NAME or k.startswith(PREFIX)}
    return own, {k: v for k, v in pairs.items() if k not in own}


def _read(shape: Shape, text: str, lesson: Lesson, phase: str) -> str:
    return SKIPPED if text == SKIPPED else shape.read(text, lesson.at(phase))


def _counts(text: str, count: int) -> bool:
    return text in map(str, range(count))
