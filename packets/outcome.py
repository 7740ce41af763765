"""A run's outcome as the browser reads it: keys to tell outcomes apart, words to show them."""

from __future__ import annotations

from typing import TypedDict

from engine.run.outcome import End, Outcome
from packets.significant import significant

HEIGHT_DIGITS = 3


class Event(TypedDict):
    """A moment at which an outcome came about."""

    t: int
    kind: str
    words: str


class Told(TypedDict):
    """What the page says of a run's end.

    `arrived` and `passed` are steps, as is `reached`, which without a minimum is the step from
    which on the run has left downhill; `gone` is what a path that broke off says at its head.
    """

    end: str
    words: str
    arrived: int | None
    reached: int | None
    passed: int | None
    gone: str
    events: list[Event]


def told(found: Outcome, diverged: int, leaving: bool) -> Told:
    """Put an outcome into words; `diverged` is the step at which numbers end, or -1."""
    arrived = found.step if found.end is End.ARRIVED else None
    left = found.step if found.end is End.RAN_AWAY and leaving else None
    gone = found.end.brief.format(step=found.step) if diverged >= 0 else ""
    return {
        "end": found.end.value,
        "words": words(found),
        "arrived": arrived,
        "reached": left if leaving else arrived,
        "passed": found.passed,
        "gone": gone,
        "events": list(_events(found)),
    }


def words(found: Outcome) -> str:
    """Return an outcome as a person reads it."""
    height = "" if found.height is None else significant(found.height, HEIGHT_DIGITS)
    return found.end.words.format(step=found.step, height=height)


def _events(found: Outcome) -> list[Event]:
    steps = {End.PASSED: found.passed, found.end: found.step}
    if found.passed == found.step and found.end is not End.PASSED:
        steps.pop(End.PASSED)
    return [
        {"t": step, "kind": end.value, "words": end.event}
        for end, step in steps.items()
        if step is not None and end.event
    ]


class Ending(TypedDict):
    """The texts of an end, with {step} and {height} in their places."""

    words: str
    brief: str
    event: str


def endings() -> dict[str, Ending]:
    """Return the texts for every end by its key."""
    return {end.value: {"words": end.words, "brief": end.brief, "event": end.event} for end in End}
