"""McCormick's function: a sine wave along one diagonal, a parabola across it."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from surfaces.base import Array, Critical, Kind, Surface


def _on_the_valley_floor(s: float, kind: Kind) -> Critical:
    return Critical((s + 1) / 2, (s - 1) / 2, np.sin(s) + s / 2, kind)


@dataclass(frozen=True)
class McCormick(Surface):
    """A valley that falls in waves, so that a cautious walk stops in a dip before the best one.

    It falls on forever along the diagonal: the minima are those of the customary domain.
    """

    title: ClassVar[str] = "McCormick"
    formula: ClassVar[str] = r"\sin(x + y) + (x - y)^2 - 1.5 x + 2.5 y + 1"
    source: ClassVar[str] = "G. P. McCormick (1976), doi:10.1007/BF01580665"
    window: ClassVar = ((-1.5, 4.0), (-3.0, 4.0))
    domain: ClassVar = window
    start: ClassVar = (3.4, -1.4)
    scale: ClassVar = "rank"
    first: ClassVar = "a=gradient_descent&a.lr=0.1&b=momentum&b.lr=0.05&c=adam&c.lr=0.3&steps=150"
    critical_points: ClassVar = (
        _on_the_valley_floor(-2 * np.pi / 3, "global minimum"),
        _on_the_valley_floor(4 * np.pi / 3, "local minimum"),
        _on_the_valley_floor(2 * np.pi / 3, "saddle"),
    )

    def f(self, x: Array, y: Array) -> Array:
        d = x - y
        return np.sin(x + y) + d * d - 1.5 * x + 2.5 * y + 1

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        wave, d = np.cos(x + y), 2 * (x - y)
        return wave + d - 1.5, wave - d + 2.5

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        wave = -np.sin(x + y)
        return wave + 2, wave - 2, wave + 2
