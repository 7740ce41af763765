"""The headers of packets, field by field: what Python puts in is what the stage may take out.

`interface/stage/core/packets.d.ts` is written from these for the stage's own type check.
"""

from __future__ import annotations

from typing import Any, TypedDict

from packets.outcome import Ending, Event, Told
from surfaces.base import DisplayScale, Kind

Pair = tuple[float, float]


class LaneHeader(Told):
    """A lane: its names and look, and how its run ended at its last finite step."""

    slot: str
    label: str
    caption: str
    visible: bool
    diverged: int
    final: float | None
    distance: float | None
    evaluations: int
    caveat: str
    light: str
    dark: str
    dash: str
    marker: str


class TurningHeader(TypedDict):
    """The setting that turns the start along, and the point that is turned from its angle on."""

    key: str
    origin: list[float]
    bearing: float


class SurfaceHeader(TypedDict):
    """A surface: its title, its parameters as a link writes them, and its own window."""

    title: str
    key: str
    window: list[list[float]]
    minimum: str
    heights: list[float] | None
    turning: TurningHeader | None


class HandleHeader(TypedDict):
    """A setting that can be turned: its name in links, its text there, and where it may go."""

    key: str
    owner: str
    lane: int | None
    label: str
    value: str
    scale: str
    limits: list[float]
    smallest: float
    whole: bool
    help: str
    reach: list[float]


class DrawingHeader(TypedDict):
    """The heights that a hand paints: a letter each, from the lowest letter to the highest.

    Of a drawing there are at least `coarse` in a row, of a picture `fine`.
    """

    heights: str
    letters: str
    coarse: int
    fine: int


class RaceHeader(TypedDict):
    """A race: the experiment, every lane, and the inside of the chosen one."""

    link: str
    rules: dict[str, str]
    surface: SurfaceHeader
    model: dict[str, Any] | None
    drawing: DrawingHeader | None
    start: list[float]
    steps: int
    lowest: float | None
    floor: float | None
    endings: dict[str, Ending]
    tolerance: float
    seed: int
    modules: list[dict[str, str] | None]
    chosen: int
    lanes: list[LaneHeader]
    memory: dict[str, str]
    velocity: str
    flips: list[list[int]]
    formula: str
    rule: list[list[str]]
    caption: str
    handles: list[HandleHeader]
    theory: dict[str, Any] | None
    view: dict[str, Any]


class CriticalHeader(TypedDict):
    """A marked point: `height` is its loss and `value` how that is said; `kind` is a key."""

    x: float
    y: float
    height: float
    value: str
    kind: Kind
    said: str


class LandscapeHeader(TypedDict):
    """A landscape: how its heights are scaled, and its marked points."""

    title: str
    scale: DisplayScale
    height: str
    logarithm: Pair | None
    critical: list[CriticalHeader]


HEADERS: tuple[type, ...] = (
    *(Event, Told, Ending),
    *(LaneHeader, TurningHeader, SurfaceHeader, HandleHeader, DrawingHeader, RaceHeader),
    *(CriticalHeader, LandscapeHeader),
)
