"""What the packets of a fair tuning say of themselves, field by field."""

from __future__ import annotations

from typing import Literal, TypedDict

from packets.headers import Pair
from packets.outcome import Ending, Told


class Searched(TypedDict):
    """A setting that is searched, and over which range."""

    key: str
    symbol: str
    label: str
    low: float
    high: float
    scale: str


class TuningPlan(TypedDict):
    """What is searched, for each lane, and what it is searched on; `before` is its link."""

    kind: Literal["plan"]
    before: str
    budget: int
    rounds: list[int]
    steps: int
    lowest: float | None
    tolerance: float
    noise: float
    endings: dict[str, Ending]
    notes: list[str]
    surface: str
    start: Pair
    window: list[Pair]
    searched: list[list[Searched]]


class TuningTries(TypedDict):
    """What a lane has tried so far, a column of texts for each setting searched."""

    kind: Literal["tries"]
    lane: int
    best: int
    settings: list[list[str]]


class TuningSide(Told):
    """A lane's run, before or after: its last loss, and what it asked its surface for."""

    loss: float | None
    diverged: int
    asked: dict[str, int]


class TuningRuns(TypedDict):
    """A lane's runs before and after."""

    kind: Literal["runs"]
    lane: int
    sides: list[TuningSide]


class TuningEnd(TypedDict):
    """What would put all lanes' best settings into the experiment, and its link then."""

    kind: Literal["end"]
    changes: dict[str, str]
    after: str


HEADERS: tuple[type, ...] = (Searched, TuningPlan, TuningTries, TuningSide, TuningRuns, TuningEnd)
