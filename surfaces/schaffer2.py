"""Schaffer's function N.2: crossing waves that get finer away from the center."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from surfaces.base import Array, Critical, Surface


@dataclass(frozen=True)
class Schaffer2(Surface):
    """Two valleys cross at a minimum that is nearly flat; the waves beside them are steep."""

    title: ClassVar[str] = "Schaffer N.2"
    formula: ClassVar[str] = (
        r"\frac{1}{2} + \frac{\sin^2(x^2 - y^2) - \frac{1}{2}}{(1 + \frac{x^2 + y^2}{1000})^2}"
    )
    source: ClassVar[str] = "M. Jamil and X.-S. Yang (2013), arXiv:1308.4008"
    window: ClassVar = ((-4.0, 4.0), (-4.0, 4.0))
    start: ClassVar = (-2.9, 1.6)
    scale: ClassVar = "linear"
    first: ClassVar = "a=gradient_descent&a.lr=0.02&b=momentum&b.lr=0.02&c=adam&c.lr=0.05&steps=200"
    critical_points: ClassVar = (Critical(0.0, 0.0, 0.0, "global minimum"),)

    def f(self, x: Array, y: Array) -> Array:
        x2, y2 = x * x, y * y
        wave, d = np.sin(x2 - y2), 1 + 0.001 * (x2 + y2)
        return 0.5 + (wave * wave - 0.5) / (d * d)

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        wave, turn, d = _parts(x, y)
        fade = 0.002 * wave / d
        scale = 2 / (d * d)
        return scale * x * (turn - fade), -scale * y * (turn + fade)

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        wave, turn, d = _parts(x, y)
        fade = 0.002 * wave / d
        bend = 4 * np.cos(2 * (x * x - y * y))
        damp, last = 0.008 * turn / d, 0.006 * fade / d
        scale = 2 / (d * d)
        xx = scale * (turn - fade + x * x * (bend - damp + last))
        xy = scale * x * y * (last - bend)
        yy = scale * (y * y * (bend + damp + last) - turn - fade)
        return xx, xy, yy


def _parts(x: Array, y: Array) -> tuple[Array, Array, Array]:
    """Return sin²(x² - y²) - 1/2, its derivative by x² - y², and the root of the denominator."""
    x2, y2 = x * x, y * y
    double = 2 * (x2 - y2)
    return -0.5 * np.cos(double), np.sin(double), 1 + 0.001 * (x2 + y2)
