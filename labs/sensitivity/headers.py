"""What the packets of sensitivity curves say of themselves, field by field."""

from __future__ import annotations

from typing import TypedDict

from packets.outcome import Ending


class SensitivityHeading(TypedDict):
    """What is the same for all lanes; `start` is the loss there, above a known minimum."""

    rates: list[str]
    lanes: int
    lowest: float | None
    tolerance: float
    start: float | None
    steps: int
    endings: dict[str, Ending]
    notes: list[str]


class SensitivityCurve(TypedDict):
    """One lane's curve: its rule's usual rate, the stretches of rates that work, and the best."""

    lane: int
    slot: str
    usual: float
    works: list[tuple[int, int]]
    best: int


HEADERS: tuple[type, ...] = (SensitivityHeading, SensitivityCurve)
