"""What the packets of a basin map say of themselves, field by field."""

from __future__ import annotations

from typing import Literal, TypedDict

from packets.headers import CriticalHeader, Pair
from packets.outcome import Ending


class NamedMinimum(CriticalHeader):
    """A minimum with its letter in the legend."""

    letter: str


class BasinHeading(TypedDict):
    """What the legend says: minima by letter, and when a run counts as arrived."""

    part: Literal["heading"]
    window: list[Pair]
    resolution: int
    named: list[NamedMinimum]
    marks: list[CriticalHeader]
    others: int
    tolerance: float
    near: float
    steps: int
    endings: dict[str, Ending]
    notes: list[str]


class BasinRows(TypedDict):
    """Some rows of a lane's map, every `stride`-th cell of them; `done` is the share of it all."""

    part: Literal["rows"]
    slot: str
    first: int
    rows: int
    stride: int
    done: float


HEADERS: tuple[type, ...] = (NamedMinimum, BasinHeading, BasinRows)
