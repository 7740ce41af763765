"""Matyas's function: a shallow trough along the diagonal."""

from dataclasses import dataclass
from typing import ClassVar

from surfaces.base import Array, Critical, Surface


@dataclass(frozen=True)
class Matyas(Surface):
    """A quadratic with curvatures 0.04 and 1: small rates crawl along the trough."""

    title: ClassVar[str] = "Matyas"
    formula: ClassVar[str] = r"0.26 \cdot (x^2 + y^2) - 0.48 x y"
    source: ClassVar[str] = "M. Jamil and X.-S. Yang (2013), arXiv:1308.4008"
    window: ClassVar = ((-10.0, 10.0), (-10.0, 10.0))
    start: ClassVar = (-9.0, 2.0)
    scale: ClassVar = "log"
    first: ClassVar = "a=gradient_descent&a.lr=0.1&b=momentum&b.lr=0.1&c=adam&c.lr=0.5&steps=200"
    critical_points: ClassVar = (Critical(0.0, 0.0, 0.0, "global minimum"),)

    def f(self, x: Array, y: Array) -> Array:
        return 0.26 * (x * x + y * y) - 0.48 * x * y

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        return 0.52 * x - 0.48 * y, 0.52 * y - 0.48 * x

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        zero = 0 * (x + y)
        return 0.52 + zero, zero - 0.48, 0.52 + zero
