"""What a link says of the sensitivity curves."""

from __future__ import annotations

from dataclasses import dataclass

from declarations import number
from packets.look import Look


@dataclass(frozen=True)
class SensitivityLook(Look):
    """From where to where the rates reach."""

    slowest: float = number(
        0.0, "", "lowest rate", 0.0, 100.0, scale="log", help="Where the curves begin; 0: chosen."
    )
    fastest: float = number(
        0.0, "", "highest rate", 0.0, 100.0, scale="log", help="Where the curves end; 0: chosen."
    )
