"""Two wells: a wide, flat one with a poor minimum and a narrow, sharp one with the best."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from declarations import number
from surfaces.base import Array, Critical, Kind, Surface

_DISTANCE = 10.0**0.5
_EAST, _NORTH = 3 / _DISTANCE, 1 / _DISTANCE


@dataclass(frozen=True)
class TwoWells(Surface):
    """Local against global, flat against sharp: long steps and noise leap over the deep well.

    All three critical points lie on the line from (-1, 0) to (2, 1), because both wells are round.
    """

    title: ClassVar[str] = "Two wells"
    formula: ClassVar[str] = (
        r"\frac{(x + 1)^2 + y^2}{10}"
        r" - h \exp(-\frac{(x - 2)^2 + (y - 1)^2}{2 \sigma^2})"
    )
    source: ClassVar[str] = (
        "On flat and sharp minima: doi:10.1162/neco.1997.9.1.1, arXiv:1609.04836"
    )
    window: ClassVar = ((-4.0, 4.0), (-4.0, 4.0))
    start: ClassVar = (3.6, 1.9)
    scale: ClassVar = "linear"
    first: ClassVar = "a=gradient_descent&a.lr=0.03&b=momentum&b.lr=0.055&c=adam&c.lr=0.1&steps=150"

    h: float = number(
        3.0, "h", "depth h of the sharp well", 2.0, 6.0, step=0.1, help="The deeper, the steeper."
    )
    sigma: float = number(
        0.4,
        r"\sigma",
        "width σ of the sharp well",
        0.2,
        0.6,
        step=0.02,
        help="The narrower, the easier it is missed.",
    )

    def f(self, x: Array, y: Array) -> Array:
        a, u, v = x + 1, x - 2, y - 1
        return 0.1 * (a * a + y * y) - self.h * np.exp(self._exponent(u, v))

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        u, v = x - 2, y - 1
        pull = self.h / self.sigma**2 * np.exp(self._exponent(u, v))
        return 0.2 * (x + 1) + pull * u, 0.2 * y + pull * v

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        u, v = (x - 2) / self.sigma, (y - 1) / self.sigma
        pull = self.h / self.sigma**2 * np.exp(-0.5 * (u * u + v * v))
        return 0.2 + pull * (1 - u * u), -pull * u * v, 0.2 + pull * (1 - v * v)

    @property
    def critical_points(self) -> tuple[Critical, ...]:
        rim, between = _DISTANCE - self.sigma, _DISTANCE - 4 * self.sigma
        return (
            self._point(rim, _DISTANCE + 0 * rim, "global minimum"),
            self._point(0 * rim, between, "local minimum"),
            self._point(rim, between, "saddle"),
        )

    def _exponent(self, u: Array, v: Array) -> Array:
        return (u * u + v * v) * (-0.5 / self.sigma**2)

    def _point(self, falling: Any, rising: Any, kind: Kind) -> Critical:
        """Bisect for the zero of the slope between a falling and a rising place on the line."""
        for _ in range(60):
            middle = (falling + rising) / 2
            fx, fy = self.df(-1 + _EAST * middle, _NORTH * middle)
            slope = _EAST * fx + _NORTH * fy
            falling = np.where(slope < 0, middle, falling)
            rising = np.where(slope < 0, rising, middle)
        x: Any = -1 + _EAST * middle
        y: Any = _NORTH * middle
        value: Any = self.f(x, y)
        return Critical(x, y, value, kind)
