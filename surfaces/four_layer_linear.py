"""Four linear layers with two shared weights: the smallest network at the edge of stability."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from surfaces.base import Array, Critical, Surface
from surfaces.two_layer_linear import hyperbola_distance


@dataclass(frozen=True)
class FourLayerLinear(Surface):
    """Gradient descent climbs about here until the sharpness of the minimum is just below 2 / lr.

    Every point with |xy| = 1 is a minimum, its sharpness 2 (x² + y²); the flattest are marked.
    """

    title: ClassVar[str] = "Four-layer linear network"
    formula: ClassVar[str] = r"\frac{1}{4} (1 - x^2 y^2)^2"
    source: ClassVar[str] = "X. Zhu, Z. Wang, X. Wang, M. Zhou and R. Ge (2023), arXiv:2210.03294"
    window: ClassVar = ((-3.2, 3.2), (-3.2, 3.2))
    start: ClassVar = (2.6, 0.2)
    scale: ClassVar = "rank"
    first: ClassVar = "a=gradient_descent&a.lr=0.2&b=momentum&b.lr=0.05&c=adam&c.lr=0.1&steps=200"
    critical_points: ClassVar = tuple(
        Critical(x, y, 0.0, "global minimum") for x in (1.0, -1.0) for y in (1.0, -1.0)
    )

    def f(self, x: Array, y: Array) -> Array:
        r = 1 - x * x * (y * y)
        return 0.25 * (r * r)

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        p = x * y
        r = p * p - 1
        return r * p * y, r * p * x

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        xx, yy = x * x, y * y
        p = xx * yy
        return yy * (3 * p - 1), 2 * x * y * (2 * p - 1), xx * (3 * p - 1)

    def distance(self, w: Array) -> Array:
        """Return the distance to the nearest of the curves xy = 1 and xy = -1."""
        x, y = np.abs(w)
        return hyperbola_distance(x, y)
