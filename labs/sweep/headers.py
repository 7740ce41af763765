"""What the packets of a sweep map say of themselves, field by field."""

from __future__ import annotations

from typing import Literal, TypedDict

from packets.headers import Pair
from packets.outcome import Ending


class SweptLane(TypedDict):
    """The lane that is run in every cell."""

    slot: str
    label: str


class Sweepable(TypedDict):
    """A setting that may be on an axis, as a menu offers it."""

    key: str
    label: str
    symbol: str
    group: str


class SweepAxis(Sweepable):
    """A setting on an axis: its scale and range, the values as texts, and their places."""

    scale: str
    low: float
    high: float
    smallest: float
    usual: str
    values: list[str]
    places: list[float]


class SweepAxesBySide(TypedDict):
    """What lies across and up, and what differs from map to map."""

    across: SweepAxis
    up: SweepAxis
    third: SweepAxis | None


class SweepOpening(TypedDict):
    """What is on the axes, what else could be, and what is to be said of the choice."""

    part: Literal["axes"]
    lane: SweptLane
    axes: SweepAxesBySide
    menu: list[Sweepable]
    notes: list[str]
    minimum: bool
    steps: int
    tolerance: float
    endings: dict[str, Ending]


class SweepCells(TypedDict):
    """Cells of a block of so many rows and columns, and what the color scales show by now."""

    part: Literal["cells"]
    block: list[int]
    ranges: dict[str, list[float]]


class SweepLine(TypedDict):
    """A line of theory on a panel, or the point that it is; `local` at a minimum's curvature."""

    panel: int
    name: str
    label: str
    local: bool
    kind: str
    point: Pair | None


class SweepTheory(TypedDict):
    """Theory's lines; their places are arrays, `across0` and `up0` of the first."""

    part: Literal["theory"]
    lines: list[SweepLine]


class SweepBest(TypedDict):
    """Panel, row and column of the best cell, by color."""

    part: Literal["best"]
    best: dict[str, list[int] | None]


class SweepChaos(TypedDict):
    """Which cells a nudge of the start changes, as an array."""

    part: Literal["chaos"]


HEADERS: tuple[type, ...] = (
    *(SweptLane, Sweepable, SweepAxis, SweepAxesBySide, SweepOpening),
    *(SweepCells, SweepLine, SweepTheory, SweepBest, SweepChaos),
)
