"""The headers of packets, field by field: what Python puts in is what the stage may take out.

`interface/stage/core/packets.d.ts` is written from these for the stage's own type check.
"""

from __future__ import annotations

from typing import Any, Literal, NewType, NotRequired, TypedDict

from packets.outcome import Ending, Event, Told
from surfaces.base import DisplayScale, Kind

Pair = tuple[float, float]

ViewHeader = NewType("ViewHeader", dict[str, Any])
"""How a race is looked at: the fields of a view by name, as `labs/view.py` declares them."""


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
    origin: Pair
    bearing: float


class SurfaceHeader(TypedDict):
    """A surface: its title, its parameters as a link writes them, and its own window."""

    title: str
    key: str
    window: tuple[Pair, Pair]
    minimum: str
    proven: bool
    convex: bool
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
    limits: Pair
    smallest: float
    whole: bool
    searched: bool
    help: str
    reach: Pair
    symbol: str
    usual: str
    group: str


class DrawingHeader(TypedDict):
    """The heights that a hand paints: a letter each, from the lowest letter to the highest.

    Of a drawing there are at least `coarse` in a row, of a picture `fine`.
    """

    heights: str
    letters: str
    coarse: int
    fine: int


class OwnPoints(TypedDict):
    """Points that a hand may change; row = (point - shift) / scale in each column."""

    points: list[Pair]
    scales: list[Pair]
    kind: str


class ModelHeader(TypedDict):
    """What a loss is made of: rows, their names and the link function; steps for all rows."""

    link: str
    count: int
    epoch: int | None
    own: OwnPoints | None
    stand_ins: list[str]
    across: str
    up: str


class LaneAddresses(TypedDict):
    """Where the modules are that run a lane; of the chosen one, its printed rule's numbers too."""

    rule: str
    surface: str
    schedule: str
    numbers: NotRequired[str]
    noisy: NotRequired[str]


class TheoryPlace(TypedDict):
    """A place whose curvature is compared: None for what is no number there."""

    kind: Kind | Literal["start", "rest"]
    at: Pair
    kink: bool
    gradient: list[float | None]
    loss: float | None
    low: float | None
    high: float | None
    angle: float | None


class TheoryHeader(TypedDict):
    """What theory says along a run: start, head (in the arrays) and the resting place."""

    places: list[TheoryPlace | None]
    span: int
    quadratic: bool
    linear: bool
    scaled: bool
    momentum: bool
    noisy: bool
    parts: bool
    penalty: float
    limit: str
    theory: str


class CriticalHeader(TypedDict):
    """A marked point: `height` is its loss and `value` how that is said; `kind` is a key.

    On a floor that is as low all along, `valley` says on which, and `floor` is the piece of it that
    begins there.
    """

    x: float
    y: float
    height: float
    value: str
    kind: Kind
    said: str
    valley: int | None
    floor: list[Pair] | None


class GroundHeader(TypedDict):
    """What is drawn of a surface besides its heights: their scale, and its marked points."""

    scale: DisplayScale
    critical: list[CriticalHeader]


class RaceHeader(TypedDict):
    """A race: the experiment, every lane, and the inside of the chosen one."""

    link: str
    rules: dict[str, str]
    titles: dict[str, str]
    surface: SurfaceHeader
    ground: GroundHeader
    model: ModelHeader | None
    drawing: DrawingHeader | None
    start: Pair
    steps: int
    lowest: float | None
    floor: float | None
    endings: dict[str, Ending]
    tolerance: float
    seed: int
    modules: list[LaneAddresses | None]
    chosen: int
    lanes: list[LaneHeader]
    memory: dict[str, str]
    velocity: str
    flips: list[list[int]]
    formula: str
    rule: list[list[str]]
    caption: str
    handles: list[HandleHeader]
    theory: TheoryHeader | None
    view: ViewHeader


class PageHeader(TypedDict):
    """What the page adds to a race: how many acts it has taken in, of whom; its lanes' names."""

    taken: int
    token: str
    ids: list[int]


class LandscapeHeader(GroundHeader):
    """A landscape as it is sent: what is marked on it, and how low the surface is known to lie."""

    lowest: float | None


class OrdersHeader(TypedDict):
    """Rows that batches of every size are cut from: `replacement` if each is drawn by itself."""

    replacement: bool


class MinimumHeader(TypedDict):
    """A global minimum, and the piece of the floor that it lies on, if it lies on one."""

    x: float
    y: float
    height: float
    floor: list[Pair] | None


class BottomHeader(TypedDict):
    """How low a surface lies: its global minimum, the lowest loss of its window, its minima."""

    lowest: float | None
    floor: float | None
    minima: list[MinimumHeader]


class MinimaHeader(TypedDict):
    """The minima of several surfaces, in the order in which they were asked for."""

    surfaces: list[BottomHeader]


class EnsembleHeader(TypedDict):
    """What many seeds make of a lane, above the loss `base`."""

    link: str
    slot: str
    base: float
    seeds: int
    levels: list[float]
    diverged: int
    momentary: bool


class Named(TypedDict):
    """What a lane is called, and what may tell it from others of that name, in words each."""

    label: str
    says: list[tuple[str, str]]


class OfferedRule(Named):
    """A rule that a saved page can give to any of its lanes, as if it were the lane "a".

    `switched` are its switches that are not as the menu has them, and `option` says them too.
    """

    name: str
    option: str
    switched: dict[str, str]
    captions: list[str]
    handles: list[HandleHeader]
    memory: dict[str, str]
    velocity: str
    theory: TheoryHeader
    modules: LaneAddresses


HEADERS: tuple[type, ...] = (
    *(Event, Told, Ending),
    *(LaneHeader, TurningHeader, SurfaceHeader, HandleHeader, DrawingHeader, RaceHeader),
    *(OwnPoints, ModelHeader, LaneAddresses, TheoryPlace, TheoryHeader),
    *(CriticalHeader, GroundHeader, LandscapeHeader, EnsembleHeader),
    *(OrdersHeader, MinimumHeader, BottomHeader, MinimaHeader),
    *(Named, OfferedRule, PageHeader),
)
