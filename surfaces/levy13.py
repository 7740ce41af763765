"""Levy's function N.13: a bowl crossed by waves that grow away from the minimum."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from surfaces.base import Array, Critical, Surface


@dataclass(frozen=True)
class Levy13(Surface):
    """Along x the waves never end, along y they fade near the minimum: one axis is harder than the
    other.
    """

    title: ClassVar[str] = "Levy N.13"
    formula: ClassVar[str] = (
        r"\sin^2(3 \pi x) + (x - 1)^2 \cdot (1 + \sin^2(3 \pi y))"
        r" + (y - 1)^2 \cdot (1 + \sin^2(2 \pi y))"
    )
    source: ClassVar[str] = "A. Levy and A. Montalvo (1985), doi:10.1137/0906002; arXiv:1308.4008"
    window: ClassVar = ((-4.0, 6.0), (-4.0, 6.0))
    start: ClassVar = (-3.1, 4.8)
    scale: ClassVar = "log"
    first: ClassVar = (
        "a=gradient_descent&a.lr=0.0005&b=momentum&b.lr=0.002&c=adam&c.lr=0.5&steps=150"
    )
    critical_points: ClassVar = (
        Critical(1.0, 1.0, 0.0, "global minimum"),
        Critical(1.3296194745483136, 1.0, 0.10987365835883794, "local minimum"),
        Critical(0.6703805254516862, 1.0, 0.10987365835883794, "local minimum"),
    )

    def f(self, x: Array, y: Array) -> Array:
        u, v = x - 1, y - 1
        a, b, c = np.sin(3 * np.pi * x), np.sin(3 * np.pi * y), np.sin(2 * np.pi * y)
        bowl: Array = u * u * (1 + b * b) + v * v * (1 + c * c)
        return a * a + bowl

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        u, v = x - 1, y - 1
        b, c = np.sin(3 * np.pi * y), np.sin(2 * np.pi * y)
        fx = 3 * np.pi * np.sin(6 * np.pi * x) + 2 * u * (1 + b * b)
        waves = 3 * u * u * np.sin(6 * np.pi * y) + 2 * v * v * np.sin(4 * np.pi * y)
        return fx, np.pi * waves + 2 * v * (1 + c * c)

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        u, v = x - 1, y - 1
        b, c = np.sin(3 * np.pi * y), np.sin(2 * np.pi * y)
        xx = 18 * np.pi**2 * np.cos(6 * np.pi * x) + 2 * (1 + b * b)
        xy = 6 * np.pi * u * np.sin(6 * np.pi * y)
        yy = (
            18 * np.pi**2 * u * u * np.cos(6 * np.pi * y)
            + 8 * np.pi * v * (np.sin(4 * np.pi * y) + np.pi * v * np.cos(4 * np.pi * y))
            + 2 * (1 + c * c)
        )
        return xx, xy, yy
