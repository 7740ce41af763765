"""The round bowl: the same curvature everywhere and in every direction."""

from dataclasses import dataclass
from typing import ClassVar

from surfaces.base import Array, Critical, Surface


@dataclass(frozen=True)
class Sphere(Surface):
    """The easiest loss: the gradient points straight at the minimum from everywhere."""

    title: ClassVar[str] = "Sphere"
    formula: ClassVar[str] = "x^2 + y^2"
    source: ClassVar[str] = "M. Jamil and X.-S. Yang (2013), arXiv:1308.4008"
    window: ClassVar = ((-5.0, 5.0), (-5.0, 5.0))
    start: ClassVar = (-4.0, 2.5)
    scale: ClassVar = "linear"
    first: ClassVar = "a=gradient_descent&a.lr=0.1&b=momentum&b.lr=0.1&c=adam&c.lr=0.3&steps=100"
    critical_points: ClassVar = (Critical(0.0, 0.0, 0.0, "global minimum"),)

    def f(self, x: Array, y: Array) -> Array:
        return x * x + y * y

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        return 2 * x, 2 * y

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        zero = 0 * (x + y)
        return 2 + zero, zero, 2 + zero
