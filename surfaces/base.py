"""What a loss surface must say of itself: value, gradient, Hessian, and what to look at."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, ClassVar, Literal, NamedTuple, Protocol

import numpy as np

from declarations import Declared

Array = np.ndarray[Any, np.dtype[np.float64]]
Whole = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
Window = tuple[tuple[float, float], tuple[float, float]]
Kind = Literal["global minimum", "local minimum", "saddle", "maximum"]
DisplayScale = Literal["linear", "log", "rank"]

Place = tuple[float, float]
Piece = tuple[Place, ...]
ROUNDING = 1e-9


class Critical(NamedTuple):
    """A point worth marking on the map: where it is, how high, and what it is."""

    x: float
    y: float
    value: float
    kind: Kind


class ValleyFloor(NamedTuple):
    """Which of the valleys a minimum lies in, and the piece of its floor that begins there."""

    valley: int
    piece: Piece


class Landscape(Protocol):
    """What an update rule may ask of a loss; points have shape (2, ...).

    Surfaces answer it themselves. Gradient noise and the counting of evaluations are landscapes
    that wrap another one.
    """

    def value(self, w: Array) -> Array:
        """Return the loss, shape (...)."""
        ...

    def gradient(self, w: Array) -> Array:
        """Return the gradient, shape (2, ...)."""
        ...

    def hessian(self, w: Array) -> tuple[Array, Array, Array]:
        """Return the second derivatives f_xx, f_xy, f_yy, each of shape (...)."""
        ...


GRID = 101
"""Points along each side of a domain among which its lowest loss is looked for."""


@dataclass(frozen=True)
class Surface(Declared, ABC):
    """A loss of two weights, x and y, written as formulas over arrays of any shape.

    `window` is ((x low, x high), (y low, y high)), `scale` how its heights are spread over the
    colors. `domain` is None where the minima are those of the whole plane; a loss that falls for
    ever somewhere declares the domain in which its minima are the lowest. Parameters are declared
    fields; arrays of parameters broadcast against the points.
    """

    source: ClassVar[str]
    proven: ClassVar[bool] = True
    """Whether the critical points are known, and not merely what a search has found."""
    convex: ClassVar[bool] = False
    """Whether it is declared to bend upward everywhere: nowhere else is there a minimum."""
    first: ClassVar[str] = ""
    """The lanes, steps, start and own settings that show what the surface is for, as in a link."""

    @property
    def turns(self) -> str:
        """Return the name of the angle in degrees that turns the start along, if one does."""
        return ""

    @property
    def bearing(self) -> float:
        """Return the angle in degrees by which the start is turned; 0 where it stays."""
        return getattr(self, self.turns) if self.turns else 0.0

    @property
    def domain(self) -> Window | None:
        """Return the part of the plane in which the minima are the lowest; None for all of it."""
        return None

    @property
    def formula(self) -> str:
        """Return the formula as LaTeX; most surfaces have the same for all parameters."""
        raise NotImplementedError

    @property
    def window(self) -> Window:
        """Return the part of the plane to look at."""
        raise NotImplementedError

    @property
    def start(self) -> tuple[float, float]:
        """Return where lanes start unless told otherwise."""
        raise NotImplementedError

    @property
    def scale(self) -> DisplayScale:
        """Return how the heights are spread over the colors."""
        raise NotImplementedError

    @abstractmethod
    def f(self, x: Array, y: Array) -> Array:
        """Return the loss."""

    @abstractmethod
    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        """Return the partial derivatives by x and by y."""

    @abstractmethod
    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        """Return the second derivatives f_xx, f_xy, f_yy."""

    @property
    def beside(self) -> frozenset[str]:
        """Return the settings that are no part of the formula, such as what is looked at."""
        return frozenset()

    @property
    def elsewhere(self) -> frozenset[str]:
        """Return the settings that no field of the sidebar shows, for they are set on the map."""
        return frozenset()

    @property
    def changes(self) -> bool:
        """Say whether every step sees another part of the loss, as with batches of data."""
        return False

    def seen(self, t: int) -> Landscape:
        """Return the loss as step t >= 1 sees it."""
        return self

    @property
    def sketch(self) -> Landscape:
        """Return the loss as a map draws it, which may be an approximation too close to see."""
        return self

    @property
    def swept(self) -> Landscape:
        """Return the loss as thousands of runs at once see it: where that takes long, a sketch."""
        return self

    def lines(self) -> Mapping[str, str]:
        """Return the source of those methods that stand in no file, by name."""
        return {}

    @property
    @abstractmethod
    def critical_points(self) -> tuple[Critical, ...]:
        """Return the minima, and the saddles and maxima worth marking, for these parameters."""

    @property
    def minima(self) -> tuple[Critical, ...]:
        """Return the global minima."""
        return tuple(c for c in self.critical_points if c.kind == "global minimum")

    @property
    def lowest(self) -> float | None:
        """Return the global minimum's value, or None for a surface that has none."""
        return self.minima[0].value if self.minima else None

    @property
    def floor(self) -> float | None:
        """Return the lowest loss of the domain, or None where the domain is the whole plane."""
        return None if self.domain is None else _floor(self, self.domain)

    @property
    def valleys(self) -> Mapping[Place, ValleyFloor]:
        """Return the floor at every minimum that lies on one, as low all along."""
        return {}

    def distance(self, w: Array) -> Array:
        """Return the distance to the nearest global minimum, NaN where there is none.

        All along a floor are minima: what is as low within rounding lies on it, however its line
        is drawn.
        """
        x, y = w
        gaps = [np.hypot(x - c.x, y - c.y) for c in self.minima]
        if not gaps:
            return np.full(np.shape(x), np.nan)
        found: Array = np.min(gaps, axis=0)
        valleys = self.valleys
        floors = [valleys.get((c.x, c.y)) for c in self.minima] if valleys else []
        lines = [floor.piece for floor in floors if floor and floor.piece]
        if not lines:
            return found
        lowest = self.minima[0].value
        below = lowest + rounding(lowest)
        found = np.min([found, *(beside(w, line) for line in lines)], axis=0)
        return np.where(self.value(w) <= below, 0.0, found)

    def value(self, w: Array) -> Array:
        """Return the loss at points of shape (2, ...)."""
        x, y = w
        return self.f(x, y)

    def gradient(self, w: Array) -> Array:
        """Return the gradient at points of shape (2, ...), in the same shape."""
        x, y = w
        return np.array(self.df(x, y))

    def hessian(self, w: Array) -> tuple[Array, Array, Array]:
        """Return f_xx, f_xy, f_yy at points of shape (2, ...)."""
        x, y = w
        return self.d2f(x, y)


def rounding(value: float) -> float:
    """Return how far equal heights may be apart as they are computed."""
    return ROUNDING * (1 + abs(value))


def beside(w: Array, line: Piece) -> Array:
    """Return the distance of points to a line through places."""
    least = np.full(np.shape(w)[1:], np.inf)
    for (x0, y0), (x1, y1) in pairwise(line):
        along, up = x1 - x0, y1 - y0
        size = along * along + up * up
        share = ((w[0] - x0) * along + (w[1] - y0) * up) / size if size else 0.0
        share = np.minimum(np.maximum(share, 0.0), 1.0)
        least = np.minimum(least, np.hypot(w[0] - x0 - share * along, w[1] - y0 - share * up))
    return least


@lru_cache(maxsize=2048)
def _floor(surface: Surface, domain: Window) -> float | None:
    """Return the lowest of the known minima and of a grid that holds the domain's edges."""
    points = np.array(np.meshgrid(*(np.linspace(*side, GRID) for side in domain)))
    with np.errstate(all="ignore"):
        loss = np.asarray(surface.value(points), dtype=float)
    known = [] if surface.lowest is None else [float(surface.lowest)]
    return min([*known, *loss[np.isfinite(loss)].tolist()], default=None)
