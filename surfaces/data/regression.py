"""What all regressions have in common: a loss summed over rows, with a slope and an intercept.

x is the slope and y the intercept; each row (u, v) asks that x u + y predict v. A kind of
regression says what one row costs, and how that cost changes with the prediction.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np

from declarations import Number, choice, declarations, switch, typed
from surfaces.base import Array, Critical, Landscape, Surface, Window
from surfaces.data import many
from surfaces.data.batches import (
    Batch,
    bend_of_many,
    cost_of_many,
    drawn_from_deck,
    part_of_many,
    slope_of_many,
)
from surfaces.data.fit import lowest, settled, window_around
from surfaces.data.many import quicker
from surfaces.data.rows import (
    OWN,
    Rows,
    Source,
    Value,
    checked_content,
    checked_name,
    misfit,
    own_table,
    rows,
    table_of,
)
from surfaces.data.swept import swept
from surfaces.data.tables import Table
from surfaces.data.written import written

FIRST_POINTS = "0 0, 1 0, 2 1, 3 0, 4 1, 5 1"


@dataclass(frozen=True)
class Regression(Surface):
    """A loss of data: the mean over all rows of what the prediction x u + y costs."""

    scale: ClassVar = "log"
    source: ClassVar[str] = "Real data; each table names where it was published"
    convex: ClassVar[bool] = True
    target: ClassVar[str] = "measured"
    link: ClassVar[str] = "identity"
    corner: ClassVar[tuple[float, float]] = (0.17, 0.78)
    """Where in the window lanes start, as shares of its sides."""
    reach: ClassVar[float] = 3.0
    """How high the window's sides lie, as a distance from the minimum in units of curvature."""

    data: str = ""
    standardized: bool = switch(
        True,
        "standardized",
        help="Scale the data to mean 0 and spread 1: the valley becomes round.",
    )
    batch: str = choice(
        "all",
        ("all", "1", "2", "4", "8", "16", "32", "64", "128", "256", "512", "1024"),
        "batch size",
        help="How many rows each step learns from; all is the full gradient.",
    )
    replacement: bool = switch(
        False,
        "with replacement",
        help="Draw every row of a batch from all rows, instead of going through a shuffled deck.",
    )
    points: str = typed(
        FIRST_POINTS,
        "points",
        longest=4000,
        check=own_table,
        help="Pairs of numbers, u v, u v and so on, as pasted from a table; or click on the data.",
    )
    shuffle: str = choice(
        "0",
        tuple("0123456789"),
        "shuffle",
        help="Another order of the rows, the same for all lanes.",
    )
    across: str = typed(
        "u", "name of u", longest=60, check=checked_name, help="What the first numbers are."
    )
    up: str = typed(
        "v", "name of v", longest=60, check=checked_name, help="What the second numbers are."
    )
    file: str = typed(
        "",
        "rows of a file",
        longest=24,
        check=checked_content,
        help="Stands for rows of a file, too many for a link.",
    )

    @abstractmethod
    def cost(self, z: Array, v: Value) -> Array:
        """Return what predicting z costs where v is right."""

    @abstractmethod
    def slope(self, z: Array, v: Value) -> Array:
        """Return the derivative of the cost by z."""

    @abstractmethod
    def bend(self, z: Array, v: Value) -> Array:
        """Return the second derivative of the cost by z."""

    @cached_property
    def table(self) -> Table:
        """Return the table that the rows come from; it is kept as long as this loss is."""
        return table_of(self.comes_from)

    @property
    def comes_from(self) -> Source:
        """Return what says which rows these are."""
        return Source(self.data, self.points, self.across, self.up, self.file)

    @property
    def drawn_by_hand(self) -> bool:
        """Say whether the rows are points that somebody has put."""
        return self.data == OWN and not self.file

    @property
    def names(self) -> tuple[str, str]:
        """Return what u and v are called."""
        own = self.data == OWN or self.file
        return (self.across, self.up) if own else (self.table.across, self.table.up)

    @cached_property
    def kept_rows(self) -> Rows:
        """Return the rows (u, v), found once for all steps that go through them."""
        return rows(self.comes_from, self.standardized, self.target)

    def rows(self) -> Rows:
        """Return the rows (u, v)."""
        return self.kept_rows

    def lines(self) -> Mapping[str, str]:
        """Return the rows as a method with the numbers in it; of many, the means over arrays."""
        return written(self.rows())

    @property
    def beside(self) -> frozenset[str]:
        """Return what chooses the rows: all that is no number."""
        declared = declarations(type(self))
        return frozenset(name for name, d in declared.items() if not isinstance(d, Number))

    @cached_property
    def changes(self) -> bool:
        """Say whether each step sees another batch of the rows."""
        return self.batch != "all" and int(self.batch) < len(self.rows())

    @quicker(part_of_many)
    def seen(self, t: int) -> Batch:
        """Return the loss of the batch that step t >= 1 learns from."""
        data = self.rows()
        chosen = self.drawn(t, len(data)) if self.changes else range(len(data))
        return Batch(self, tuple(data[k] for k in chosen))

    @quicker(drawn_from_deck)
    def drawn(self, t: int, count: int) -> list[int]:
        """Return which of `count` rows step t learns from; shuffled anew in every epoch.

        With replacement every row of every batch is drawn by itself.
        """
        size, seed = int(self.batch), int(self.shuffle)
        if self.replacement:
            found: list[int] = np.random.default_rng((seed, t)).integers(0, count, size).tolist()
            return found
        epoch, k = divmod(t - 1, -(-count // size))
        order: list[int] = np.random.default_rng((seed, epoch)).permutation(count).tolist()
        return order[k * size : (k + 1) * size]

    def f(self, x: Array, y: Array) -> Array:
        return self.mean_cost(x, y, self.rows())

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        return self.mean_slope(x, y, self.rows())

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        return self.mean_bend(x, y, self.rows())

    @quicker(cost_of_many)
    def mean_cost(self, x: Array, y: Array, data: Rows) -> Array:
        """Return the loss of some rows."""
        total = 0 * x
        for u, v in data:
            total = total + self.cost(x * u + y, v)
        return total / len(data)

    @quicker(slope_of_many)
    def mean_slope(self, x: Array, y: Array, data: Rows) -> tuple[Array, Array]:
        """Return the gradient of some rows' loss."""
        fx, fy = 0 * x, 0 * y
        for u, v in data:
            slope = self.slope(x * u + y, v)
            fx, fy = fx + slope * u, fy + slope
        return fx / len(data), fy / len(data)

    @quicker(bend_of_many)
    def mean_bend(self, x: Array, y: Array, data: Rows) -> tuple[Array, Array, Array]:
        """Return the second derivatives of some rows' loss."""
        xx, xy, yy = 0 * x, 0 * x, 0 * y
        for u, v in data:
            bend = self.bend(x * u + y, v)
            xx, xy, yy = xx + bend * u * u, xy + bend * u, yy + bend
        return xx / len(data), xy / len(data), yy / len(data)

    def __post_init__(self) -> None:
        """Refuse settings outside what is declared, and points that this loss is not for."""
        super().__post_init__()
        problem = self.table and misfit(self.comes_from, self.target)
        if problem:
            raise ValueError(problem)

    @property
    def sketch(self) -> Landscape:
        """Return the loss as a map draws it: of many rows, neighbours are taken together."""
        data = self.rows()
        return Batch(self, many.grouped(data)) if isinstance(data, np.ndarray) else self

    @property
    def swept(self) -> Landscape:
        """Return the loss as thousands of runs see it: of many rows, a few and its own minimum."""
        return swept(self)

    @property
    def is_thinned(self) -> bool:
        """Say whether thousands of runs see a loss that is only nearly this one."""
        return self.swept is not self

    @property
    def critical_points(self) -> tuple[Critical, ...]:
        found = lowest(self)
        return (found,) if settled(self, found) else ()

    @property
    def window(self) -> Window:
        """Return a window around the minimum on whose sides the loss is about equally high."""
        return window_around(self._plain())

    @property
    def start(self) -> tuple[float, float]:
        """Return a start towards a corner of the window."""
        sides = zip(self.window, self.corner, strict=True)
        x, y = (float(f"{low + share * (high - low):.3g}") for (low, high), share in sides)
        return x, y

    def unused(self) -> frozenset[str]:
        """Return what a batch of all rows, or a table of others, makes idle."""
        idle = frozenset() if self.changes else frozenset({"replacement", "shuffle"})
        if self.file:
            return idle | {"data", "points", "file"}
        return idle | ({"file"} if self.data == OWN else {"points", "across", "up", "file"})

    def _plain(self) -> Regression:
        """Return the same loss with its further numbers as they come, for a window that stays."""
        kept = ("data", "points", "standardized", "across", "up", "file")
        return type(self)(**{name: getattr(self, name) for name in kept})
