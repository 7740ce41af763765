"""Booth's function: a mildly elongated quadratic bowl, turned by 45 degrees."""

from dataclasses import dataclass
from typing import ClassVar

from surfaces.base import Array, Critical, Surface


@dataclass(frozen=True)
class Booth(Surface):
    """A quadratic with curvatures 2 and 18: gentle enough for every rule, askew to both axes."""

    title: ClassVar[str] = "Booth"
    formula: ClassVar[str] = r"(x + 2 y - 7)^2 + (2 x + y - 5)^2"
    source: ClassVar[str] = "M. Jamil and X.-S. Yang (2013), arXiv:1308.4008"
    window: ClassVar = ((-10.0, 10.0), (-10.0, 10.0))
    start: ClassVar = (-8.0, -5.5)
    scale: ClassVar = "log"
    first: ClassVar = (
        "a=gradient_descent&a.lr=0.05&b=momentum&b.lr=0.02&c=nesterov&c.lr=0.05&steps=150"
    )
    critical_points: ClassVar = (Critical(1.0, 3.0, 0.0, "global minimum"),)

    def f(self, x: Array, y: Array) -> Array:
        p = x + 2 * y - 7
        q = 2 * x + y - 5
        return p * p + q * q

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        return 10 * x + 8 * y - 34, 8 * x + 10 * y - 38

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        zero = 0 * (x + y)
        return 10 + zero, 8 + zero, 10 + zero
