"""What the run says to a question."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.headers import Measure


@dataclass(frozen=True)
class Truth:
    """What is true, in words, and what an answer is measured by on the page."""

    words: str
    measure: Measure
