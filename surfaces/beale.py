"""Beale's function: flat valleys that meet at a right angle, steep corners around them."""

from dataclasses import dataclass
from typing import ClassVar

from surfaces.base import Array, Critical, Surface


@dataclass(frozen=True)
class Beale(Surface):
    """From the flat valleys to the steep corners the gradient grows ten-thousandfold."""

    title: ClassVar[str] = "Beale"
    formula: ClassVar[str] = (
        r"(1.5 - x + x y)^2 + (2.25 - x + x y^2)^2"
        r" + (2.625 - x + x y^3)^2"
    )
    source: ClassVar[str] = (
        "E. M. L. Beale (1958); J. Moré, B. Garbow and K. Hillstrom (1981), "
        "doi:10.1145/355934.355936"
    )
    window: ClassVar = ((-4.5, 4.5), (-4.5, 4.5))
    start: ClassVar = (1.0, 1.5)
    scale: ClassVar = "log"
    first: ClassVar = "a=gradient_descent&a.lr=0.02&b=momentum&b.lr=0.003&c=adam&c.lr=0.3&steps=200"
    critical_points: ClassVar = (
        Critical(3.0, 0.5, 0.0, "global minimum"),
        Critical(0.0, 1.0, 14.203125, "saddle"),
        Critical(0.10053793732415836, -2.644513585023125, 9.86451228475556, "saddle"),
    )

    def f(self, x: Array, y: Array) -> Array:
        y2 = y * y
        a = 1.5 - x + x * y
        b = 2.25 - x + x * y2
        c = 2.625 - x + x * y2 * y
        return a * a + b * b + c * c

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        y2 = y * y
        y3 = y2 * y
        a = 1.5 - x + x * y
        b = 2.25 - x + x * y2
        c = 2.625 - x + x * y3
        fx = a * (y - 1) + b * (y2 - 1) + c * (y3 - 1)
        return 2 * fx, 2 * x * (a + 2 * b * y + 3 * c * y2)

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        y2 = y * y
        y3 = y2 * y
        u, v, w = y - 1, y2 - 1, y3 - 1
        a, b, c = 1.5 + x * u, 2.25 + x * v, 2.625 + x * w
        xx = 2 * (u * u + v * v + w * w) + 0 * x
        xy = 2 * (a + 2 * b * y + 3 * c * y2 + x * (u + 2 * v * y + 3 * w * y2))
        yy = 2 * x * (x + 2 * b + 4 * x * y2 + 6 * c * y + 9 * x * y2 * y2)
        return xx, xy, yy
