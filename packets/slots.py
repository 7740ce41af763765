"""The numbers of a formula that change with time, each kept once and shown in slots."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from engine.notation import Printed
from engine.notation.printed import Constant, Fenced, Slot
from packets.significant import DIGITS, significant

PARENTHESES = {"sign": "^−", "power": "^−|×"}
"""Which numbers stand in parentheses after a sign, and which of them under a power."""


@dataclass
class Slots:
    """The numbers that change with time, each kept once: a row of (steps + 1) for each."""

    length: int
    rows: list[Any] = field(default_factory=list)
    places: dict[tuple[Any, int | None], int] = field(default_factory=dict)

    def of(self, key: Any, value: Any, coordinate: int | None, wrap: str = "") -> Printed:
        """Return a slot for a value, or the number itself where it never changes.

        The value is a number, (steps,) for a scalar, or (2, steps).
        """
        if np.ndim(value) == 0:
            return written(float(value), wrap)
        if np.ndim(value) == 1:
            coordinate = None
        return Slot(self.index(key, value, coordinate), wrap)

    def index(self, key: Any, value: Any, coordinate: int | None) -> int:
        """Return the index of the row with this value, adding it when it is new."""
        place = (key, coordinate)
        if place not in self.places:
            self.places[place] = len(self.rows)
            self.rows.append(self.row(value if coordinate is None else value[coordinate]))
        return self.places[place]

    def row(self, value: Any) -> Any:
        """Return what is kept of a value: a row that begins a step later."""
        row = np.full(self.length, np.nan)
        row[1:] = value
        return row


def written(value: float, wrap: str, digits: int = DIGITS) -> Printed:
    """Return a number as it stands in a formula, in parentheses where `wrap` asks for them."""
    text = significant(value, digits)
    number = Constant(text)
    return Fenced("(", number) if wrap and re.search(PARENTHESES[wrap], text) else number
