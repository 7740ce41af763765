"""Branin's function: a curved valley with three equally good minima."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from surfaces.base import Array, Critical, Surface

_B = 5.1 / (4 * np.pi**2)
_C = 5 / np.pi
_S = 10 - 10 / (8 * np.pi)
_LOWEST = 5 / (4 * np.pi)


@dataclass(frozen=True)
class Branin(Surface):
    """Three minima of the same value in one valley: the start decides which one is found."""

    title: ClassVar[str] = "Branin"
    formula: ClassVar[str] = (
        r"(y - \frac{5.1}{4 \pi^2} x^2 + \frac{5}{\pi} x - 6)^2"
        r" + 10 \cdot (1 - \frac{1}{8 \pi}) \cos(x) + 10"
    )
    source: ClassVar[str] = "F. H. Branin (1972), doi:10.1147/rd.165.0504"
    window: ClassVar = ((-5.0, 10.0), (0.0, 15.0))
    start: ClassVar = (2.5, 12.5)
    scale: ClassVar = "log"
    first: ClassVar = "a=gradient_descent&a.lr=0.05&b=momentum&b.lr=0.02&c=adam&c.lr=0.5&steps=150"
    critical_points: ClassVar = (
        Critical(-np.pi, 12.275, _LOWEST, "global minimum"),
        Critical(np.pi, 2.275, _LOWEST, "global minimum"),
        Critical(3 * np.pi, 2.475, _LOWEST, "global minimum"),
        Critical(0.0, 6.0, 20 - _LOWEST, "saddle"),
        Critical(2 * np.pi, 1.1, 20 - _LOWEST, "saddle"),
    )

    def f(self, x: Array, y: Array) -> Array:
        r = y - (_B * x - _C) * x - 6
        return r * r + _S * np.cos(x) + 10

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        r = 2 * (y - (_B * x - _C) * x - 6)
        return r * (_C - 2 * _B * x) - _S * np.sin(x), r

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        r = y - (_B * x - _C) * x - 6
        slope = _C - 2 * _B * x
        zero = 0 * (x + y)
        return 2 * slope * slope - 4 * _B * r - _S * np.cos(x), 2 * slope + zero, 2 + zero
