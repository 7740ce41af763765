"""A convex function on which heavy ball, tuned for quadratics, runs in circles."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from surfaces.base import Array, Critical, Surface


@dataclass(frozen=True)
class Lessard(Surface):
    """Along x the curvature is 25, between 1 and 2 only 1: convex, smooth, and with one minimum.

    Heavy ball with lr = 1/9 and beta = 4/9, the best for curvatures 1 to 25, ends in a cycle of
    three points from a start at x = 3.3.
    """

    title: ClassVar[str] = "Lessard's convex function"
    formula: ClassVar[str] = (
        r"\frac{25}{2} x^2 - 3 \cdot (x - 1 + |x - 1|)^2 + 3 \cdot (x - 2 + |x - 2|)^2"
        r" + \frac{1}{2} y^2"
    )
    source: ClassVar[str] = "L. Lessard, B. Recht and A. Packard (2016), doi:10.1137/15M1009597"
    window: ClassVar = ((-4.0, 4.0), (-3.0, 3.0))
    start: ClassVar = (3.3, 2.0)
    scale: ClassVar = "log"
    first: ClassVar = (
        "a=momentum&a.lr=0.1111&a.beta=0.4444"
        "&b=gradient_descent&b.lr=0.05"
        "&c=nesterov&c.lr=0.03"
        "&steps=150"
    )
    critical_points: ClassVar = (Critical(0.0, 0.0, 0.0, "global minimum"),)

    def f(self, x: Array, y: Array) -> Array:
        a, b = x - 1 + np.abs(x - 1), x - 2 + np.abs(x - 2)
        return 12.5 * x * x - 3 * a * a + 3 * b * b + 0.5 * y * y

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        a, b = x - 1 + np.abs(x - 1), x - 2 + np.abs(x - 2)
        return 25 * x - 12 * a + 12 * b, y + 0 * x

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        zero = 0 * (x + y)
        bend = 13 - 12 * np.sign(x - 1) + 12 * (1 + np.sign(x - 2))
        return bend + zero, zero, 1 + zero
