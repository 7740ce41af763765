"""Sentences with numbers that are filled in from a run: `{a.loss@50}`, `{b.beta:2}`, `{a}`.

A slot alone is the lane's name. After a colon stands how many significant digits are shown (3
unless told), or `%` for a percentage.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from engine.setup.labels import labels
from engine.setup.link import SLOTS
from lessons.expression import Sum, read_sum
from lessons.headers import Part
from lessons.quantities import Measured, Settings
from packets.significant import significant

_BRACES = re.compile(r"\{([^{}]*)\}")
DIGITS = 3
NEVER = "never"


@dataclass(frozen=True)
class Blank:
    """A place in a sentence: a lane's name (`slot`), or a number and how it is written."""

    slot: str
    sum: Sum | None
    digits: int
    percent: bool


@dataclass(frozen=True)
class Text:
    """A sentence taken apart: plain words and blanks in turn."""

    parts: tuple[str | Blank, ...]

    def filled(self, source: Settings | Measured) -> str:
        """Return the sentence; ValueError if the source lacks a quantity."""
        return "".join(
            part if isinstance(part, str) else _written(part, source) for part in self.parts
        )

    def told(self, source: Settings | Measured) -> str:
        """Return the sentence with a dash for what this run does not have."""
        return "".join(
            part if isinstance(part, str) else _attempted(part, source) for part in self.parts
        )

    def taken_apart(self) -> list[Part]:
        """Return the parts for the page: `["lane", slot]`, `["number", sum, digits, percent]`."""
        return [part if isinstance(part, str) else _apart(part) for part in self.parts]

    def words(self) -> int:
        """Count the words, a number in a blank as one."""
        plain = "".join(part if isinstance(part, str) else "0" for part in self.parts)
        return len([word for word in plain.split() if any(c.isalnum() for c in word)])


def read_text(text: str) -> Text:
    """Take a sentence apart; ValueError names a blank that cannot be read."""
    parts: list[str | Blank] = []
    for k, piece in enumerate(_BRACES.split(text)):
        if k % 2:
            parts.append(_blank(piece))
        elif "{" in piece or "}" in piece:
            raise ValueError("a brace stands alone: write {a.loss@50}")
        elif piece:
            parts.append(piece)
    return Text(tuple(parts))


def _blank(piece: str) -> Blank:
    if piece in SLOTS and piece:
        return Blank(piece, None, DIGITS, False)
    sum, _, form = piece.partition(":")
    if form not in ("", "%") and not (form.isdigit() and 1 <= int(form) <= 5):
        raise ValueError(f"{{{piece}}}: after the colon stands a number of digits, 1 to 5, or %")
    return Blank("", read_sum(sum), int(form) if form.isdigit() else DIGITS, form == "%")


def _apart(blank: Blank) -> Part:
    if blank.sum is None:
        return ["lane", blank.slot]
    return ["number", blank.sum.told(), blank.digits, blank.percent]


def _attempted(blank: Blank, source: Settings | Measured) -> str:
    try:
        return _written(blank, source)
    except ValueError:
        return "—"


def _written(blank: Blank, source: Settings | Measured) -> str:
    if blank.sum is None:
        k = SLOTS.index(blank.slot)
        if k >= len(source.experiment.lanes):
            raise ValueError(f"there is no lane {blank.slot}")
        return labels(source.experiment)[k]
    value = blank.sum.of(source)
    return f"{number(100 * value, 3)} %" if blank.percent else number(value, blank.digits)


def number(value: float, digits: int = DIGITS) -> str:
    """Write a number with so many significant digits; whole numbers below 10,000 whole."""
    if math.isinf(value):
        return NEVER
    if math.isnan(value):
        return "unknown"
    if float(value).is_integer() and abs(value) < 10_000:
        return str(int(value)).replace("-", "−")
    rounded = float(f"{value:.{digits - 1}e}")
    return significant(rounded).replace("-", "−")
