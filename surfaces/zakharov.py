"""Zakharov's function: a bowl squeezed by a steep quartic wall."""

from dataclasses import dataclass
from typing import ClassVar

from surfaces.base import Array, Critical, Surface


@dataclass(frozen=True)
class Zakharov(Surface):
    """The quartic wall makes large rates diverge, the flat floor needs them."""

    title: ClassVar[str] = "Zakharov"
    formula: ClassVar[str] = r"x^2 + y^2 + (\frac{x}{2} + y)^2 + (\frac{x}{2} + y)^4"
    source: ClassVar[str] = "M. Jamil and X.-S. Yang (2013), arXiv:1308.4008"
    window: ClassVar = ((-5.0, 10.0), (-5.0, 10.0))
    start: ClassVar = (-3.5, 7.5)
    scale: ClassVar = "log"
    first: ClassVar = (
        "a=gradient_descent&a.lr=0.003&b=momentum&b.lr=0.001&c=adam&c.lr=0.7&steps=200"
    )
    critical_points: ClassVar = (Critical(0.0, 0.0, 0.0, "global minimum"),)

    def f(self, x: Array, y: Array) -> Array:
        z = 0.5 * x + y
        z2 = z * z
        return x * x + y * y + z2 * (1 + z2)

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        z = 0.5 * x + y
        g = z * (1 + 2 * z * z)
        return 2 * x + g, 2 * (y + g)

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        z = 0.5 * x + y
        g = 1 + 6 * z * z
        return 2 + 0.5 * g, g, 2 + 2 * g
