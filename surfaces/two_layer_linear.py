"""The smallest deep network: two weights in a row, fitted to one example."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from surfaces.base import Array, Critical, Surface


@dataclass(frozen=True)
class TwoLayerLinear(Surface):
    """Every point of the curve xy = 1 is a minimum, but the sharpness x² + y² differs: large
    rates settle only where the valley is flat.

    The flattest minima are marked; `distance` is the distance to the whole curve.
    """

    title: ClassVar[str] = "Two-layer linear network"
    formula: ClassVar[str] = r"\frac{1}{2} (1 - x y)^2"
    source: ClassVar[str] = "A. Saxe, J. McClelland and S. Ganguli (2013), arXiv:1312.6120"
    window: ClassVar = ((-3.0, 3.0), (-3.0, 3.0))
    start: ClassVar = (-1.8, 1.5)
    scale: ClassVar = "log"
    first: ClassVar = "a=gradient_descent&a.lr=0.05&b=momentum&b.lr=0.03&c=adam&c.lr=0.1&steps=150"
    critical_points: ClassVar = (
        Critical(1.0, 1.0, 0.0, "global minimum"),
        Critical(-1.0, -1.0, 0.0, "global minimum"),
        Critical(0.0, 0.0, 0.5, "saddle"),
    )

    def f(self, x: Array, y: Array) -> Array:
        r = 1 - x * y
        return 0.5 * r * r

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        r = x * y - 1
        return r * y, r * x

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        return y * y + 0 * x, 2 * x * y - 1, x * x + 0 * y

    def distance(self, w: Array) -> Array:
        """Return the distance to the curve xy = 1."""
        x, y = w
        return hyperbola_distance(x, y)


def hyperbola_distance(x: Array, y: Array) -> Array:
    """Return the distance to the curve xy = 1, shape (...).

    Along its own axes the curve is u² = 2 + v². The nearest point's v is the largest root of
    a convex function, which Newton's method approaches from the right without overshooting.
    """
    u, v = np.abs(x + y) / np.sqrt(2), np.abs(y - x) / np.sqrt(2)
    s: Array = (u + v) / 2
    for _ in range(30):
        root = np.sqrt(2 + s * s)
        s = s - (2 * s - v - u * s / root) / (2 - 2 * u / (root * root * root))
    nearest: Array = np.hypot(np.sqrt(2 + s * s) - u, s - v)
    return nearest
