"""A surface drawn by hand or taken from a picture: heights on a grid, and a spline over them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, ClassVar

import numpy as np

from declarations import number, typed
from surfaces.base import Array, Critical, Surface, Window
from surfaces.spline import (
    LETTERS,
    TOP,
    Four,
    Kept,
    bends,
    bordered,
    looked_up,
    slopes,
    square,
    weights,
)
from surfaces.spline_points import critical_points

FEWEST, SIDE, MOST = 4, 24, 48
"""Heights along each side: at least, as it is drawn by hand, and at most, as from a picture."""

EDGE = 2.0
_ACROSS = np.linspace(-EDGE, EDGE, SIDE)
SLOPED = 1e-3
"""A slope that is steeper is one to start on."""

LOOKED_AT = np.linspace(-1.9, 1.9, 39).round(1)
"""Where a start is looked for if the usual places have no slope, along each side."""


def letters(heights: Any) -> str:
    """Return heights between 0 and 1, shape (n, n) from the bottom up, as letters."""
    whole = np.rint(np.clip(heights, 0.0, 1.0) * TOP).astype(int)
    return "".join(LETTERS[k] for k in whole.ravel())


def side_of(text: str) -> int:
    """Return how many heights stand along a side; ValueError for what is no square of letters."""
    strange = next((letter for letter in text if letter not in LETTERS), None)
    if strange is not None:
        raise ValueError(f"{strange!r} is no height: those are A to Z, a to z, 0 to 9 and _")
    side = math.isqrt(len(text))
    if side * side != len(text) or not FEWEST <= side <= MOST:
        allowed = f"as many in a row as rows, {FEWEST} to {MOST}"
        raise ValueError(f"{len(text)} heights are no square: {allowed}")
    return side


def _valleys() -> str:
    """Return two valleys, the deeper one to the right, in a plain that rises to its edges."""
    x, y = np.meshgrid(_ACROSS, _ACROSS)
    plain = 0.62 + 0.08 * np.hypot(x, y)
    deep = 0.6 * np.exp(-2.2 * ((x - 0.8) ** 2 + (y + 0.5) ** 2))
    flat = 0.42 * np.exp(-1.4 * ((x + 0.9) ** 2 + (y - 0.4) ** 2))
    return letters(plain - deep - flat)


@dataclass(frozen=True)
class Drawn(Surface):
    """A loss of your own, drawn: paint valleys and hills on the map, or open a picture.

    Between the heights lies a bicubic spline, with exact slopes and curvatures. Beyond the edge
    the outermost heights go on and a cubic wall rises, so that no run is lost on a plain.
    """

    title: ClassVar[str] = "Drawn by hand"
    source: ClassVar[str] = "Drawn by you; critical points found by search from every square"
    proven: ClassVar[bool] = False
    scale: ClassVar = "linear"

    heights: str = typed(
        _valleys(),
        "heights",
        longest=MOST * MOST,
        check=side_of,
        help="The heights as letters, row by row from the bottom: A is the lowest, _ the highest.",
    )
    height: float = number(
        2.0,
        "h",
        "height",
        0.1,
        20.0,
        scale="log",
        help="How far the highest height lies above the lowest.",
    )

    @property
    def formula(self) -> str:
        """Return the spline as LaTeX."""
        return r"h \sum_{i=1}^{n} \sum_{j=1}^{n} c_{ij} B(x - x_i) B(y - y_j)"

    @property
    def window(self) -> Window:
        """Return the square that is drawn on."""
        return (-EDGE, EDGE), (-EDGE, EDGE)

    @property
    def domain(self) -> Window:
        """Return the window: what lies beyond it, nobody has drawn."""
        return self.window

    @property
    def start(self) -> tuple[float, float]:
        """Return a start in a corner, or the first place from there on with a slope."""
        return _start(self.heights)

    @property
    def elsewhere(self) -> frozenset[str]:
        """Return what is set on the map, and in no field."""
        return frozenset({"heights"})

    @property
    def side(self) -> int:
        """Return how many heights stand along a side."""
        return math.isqrt(len(self.heights))

    @cached_property
    def kept(self) -> Kept:
        """Return the heights with their border."""
        return Kept(bordered(self.heights, self.side))

    def looked_up(self, place: Array) -> Any:
        """Return heights of the bordered grid by their places."""
        return looked_up(place, self.kept)

    def lines(self) -> Mapping[str, str]:
        """Return the heights as a method with the numbers in it."""
        numbers = self.kept.levels.round(6).tolist()
        exact = f"np.array({[round(v * TOP) for v in numbers]}) / {TOP}"
        return {
            "looked_up": f"def looked_up(self, place, kept={exact}):\n    return kept[int(place)]",
            "side": f"@property\ndef side(self):\n    return {self.side}",
        }

    def f(self, x: Array, y: Array) -> Array:
        (i, s), (j, t) = self._square(x), self._square(y)
        over = self._sum(i, j, weights(s), weights(t))
        found: Array = self.height * over + self._wall(x) + self._wall(y)
        return found

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        (i, s), (j, t) = self._square(x), self._square(y)
        fine = self.height * ((self.side - 1.0) / (2.0 * EDGE))
        fx = fine * self._sum(i, j, slopes(s), weights(t))
        fy = fine * self._sum(i, j, weights(s), slopes(t))
        return fx + self._wall_slope(x), fy + self._wall_slope(y)

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        (i, s), (j, t) = self._square(x), self._square(y)
        fine = self.height * ((self.side - 1.0) / (2.0 * EDGE)) ** 2
        xx = fine * self._sum(i, j, bends(s), weights(t))
        xy = fine * self._sum(i, j, slopes(s), slopes(t))
        yy = fine * self._sum(i, j, weights(s), bends(t))
        return xx + self._wall_bend(x), xy, yy + self._wall_bend(y)

    @property
    def critical_points(self) -> tuple[Critical, ...]:
        """Return them all, or the global minima alone for an array of heights."""
        found = _found(self.heights)
        if np.ndim(self.height):
            found = tuple(c for c in found if c.kind == "global minimum")
        return tuple(c._replace(value=self.height * c.value) for c in found)

    def _square(self, v: Array) -> tuple[Array, Array]:
        return square((v + EDGE) * ((self.side - 1.0) / (2.0 * EDGE)) + 2.0, self.side)

    def _sum(self, i: Array, j: Array, across: Four, up: Four) -> Any:
        """Return the sum over sixteen heights, each weighted across and up."""
        width = self.side + 4.0
        first = (j - 1.0) * width + (i - 1.0)
        total = 0.0
        for b in range(4):
            row = 0.0
            for a in range(4):
                row = row + across[a] * self.looked_up(first + (b * width + a))
            total = total + up[b] * row
        return total

    def _wall(self, v: Array) -> Array:
        beyond = np.maximum(np.absolute(v) - EDGE, 0.0)
        return beyond * beyond * beyond

    def _wall_slope(self, v: Array) -> Array:
        beyond = np.maximum(np.absolute(v) - EDGE, 0.0)
        found: Array = 3.0 * beyond * beyond * np.sign(v)
        return found

    def _wall_bend(self, v: Array) -> Array:
        found: Array = 6.0 * np.maximum(np.absolute(v) - EDGE, 0.0)
        return found


@lru_cache(maxsize=128)
def _found(text: str) -> tuple[Critical, ...]:
    """Return the critical points of heights from 0 to 1."""
    flat = Drawn(heights=text, height=1.0)
    return critical_points(flat, flat.window, flat.side - 1)


@lru_cache(maxsize=128)
def _start(text: str) -> tuple[float, float]:
    surface = Drawn(heights=text)
    usual = (-1.6, 1.45)
    for x, y in (usual, (1.55, 1.3), (-1.3, -1.5), (1.45, -1.6), (0.35, 0.6), (-0.55, -0.3)):
        slope = surface.gradient(np.array((x, y)))
        if min(abs(slope)) > SLOPED:
            return x, y
    places = np.array(np.meshgrid(LOOKED_AT, LOOKED_AT)).reshape(2, -1)
    steep = np.hypot(*surface.gradient(places)) > SLOPED
    if not steep.any():
        return usual
    found = places[:, steep]
    nearest = np.hypot(*(found - np.array(usual)[:, None])).argmin()
    return float(found[0, nearest]), float(found[1, nearest])
