"""Dixon and Price's function: a parabola-shaped valley with two equal minima."""

from dataclasses import dataclass
from typing import ClassVar

from surfaces.base import Array, Critical, Surface


@dataclass(frozen=True)
class DixonPrice(Surface):
    """Both minima share one curved valley, and a saddle sits on the line between them."""

    title: ClassVar[str] = "Dixon–Price"
    formula: ClassVar[str] = r"(x - 1)^2 + 2 \cdot (2 y^2 - x)^2"
    source: ClassVar[str] = "L. Dixon and R. Price (1989), doi:10.1007/BF00940007"
    window: ClassVar = ((-2.0, 6.0), (-2.0, 2.0))
    start: ClassVar = (5.4, -1.4)
    scale: ClassVar = "log"
    first: ClassVar = (
        "a=gradient_descent&a.lr=0.015&b=momentum&b.lr=0.003&c=adam&c.lr=0.15&steps=200"
    )
    critical_points: ClassVar = (
        Critical(1.0, 0.5**0.5, 0.0, "global minimum"),
        Critical(1.0, -(0.5**0.5), 0.0, "global minimum"),
        Critical(1 / 3, 0.0, 2 / 3, "saddle"),
    )

    def f(self, x: Array, y: Array) -> Array:
        u, r = x - 1, 2 * y * y - x
        return u * u + 2 * r * r

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        r = 4 * (2 * y * y - x)
        return 2 * (x - 1) - r, 4 * y * r

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        return 6 + 0 * (x + y), -16 * y + 0 * x, 96 * y * y - 16 * x
