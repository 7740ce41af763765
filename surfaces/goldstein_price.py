"""Goldstein and Price's function: values from 3 to a million in a small square."""

from dataclasses import dataclass
from typing import ClassVar

from surfaces.base import Array, Critical, Surface


@dataclass(frozen=True)
class GoldsteinPrice(Surface):
    """The gradient grows to a million, so a rate that is safe on the slopes is slow in the valleys.

    A product of a polynomial in s = x + y and one in t = 2x - 3y, which keeps it exact.
    """

    title: ClassVar[str] = "Goldstein–Price"
    formula: ClassVar[str] = (
        r"(1 + (x + y + 1)^2 \cdot (19 - 14 x + 3 x^2 - 14 y + 6 x y + 3 y^2))"
        r" \cdot (30 + (2 x - 3 y)^2 \cdot"
        r" (18 - 32 x + 12 x^2 + 48 y - 36 x y + 27 y^2))"
    )
    source: ClassVar[str] = "A. Goldstein, J. Price (1971), doi:10.1090/S0025-5718-1971-0312365-X"
    window: ClassVar = ((-2.0, 2.0), (-2.0, 2.0))
    start: ClassVar = (-0.4, 0.3)
    scale: ClassVar = "log"
    first: ClassVar = (
        "a=gradient_descent&a.lr=0.00005&b=momentum&b.lr=0.00001&c=adam&c.lr=0.3&steps=250"
    )
    critical_points: ClassVar = (
        Critical(0.0, -1.0, 3.0, "global minimum"),
        Critical(-0.6, -0.4, 30.0, "local minimum"),
        Critical(1.8, 0.2, 84.0, "local minimum"),
        Critical(1.2, 0.8, 840.0, "local minimum"),
        Critical(-0.4, -0.6, 35.0, "saddle"),
        Critical(1.2, -0.2, 99.0, "saddle"),
        Critical(1.4, 0.6, 980.0, "saddle"),
        Critical(0.6, 0.4, 990.0, "saddle"),
        Critical(0.8, 0.2, 1155.0, "maximum"),
    )

    def f(self, x: Array, y: Array) -> Array:
        p, q = _factors(x + y, 2 * x - 3 * y)
        return p * q

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        s, t = x + y, 2 * x - 3 * y
        p, q = _factors(s, t)
        along = 12 * (s + 1) * (s - 1) * (s - 2) * q
        across = 12 * t * (t - 1) * (t - 3) * p
        return along + 2 * across, along - 3 * across

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        s, t = x + y, 2 * x - 3 * y
        p, q = _factors(s, t)
        along = 12 * (s * (3 * s - 4) - 1) * q
        across = 12 * (t * (3 * t - 8) + 3) * p
        both = 144 * (s + 1) * (s - 1) * (s - 2) * t * (t - 1) * (t - 3)
        return (
            along + 4 * both + 4 * across,
            along - both - 6 * across,
            along - 6 * both + 9 * across,
        )


def _factors(s: Array, t: Array) -> tuple[Array, Array]:
    s1 = s + 1
    p = 1 + s1 * s1 * (s * (3 * s - 14) + 19)
    return p, 30 + t * t * (t * (3 * t - 16) + 18)
