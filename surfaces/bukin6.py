"""Bukin's function N.6: a razor-sharp, curved valley floor."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from surfaces.base import Array, Critical, Surface


@dataclass(frozen=True)
class Bukin6(Surface):
    """The wall gets steeper without limit towards the floor: no gradient step can follow it.

    On the parabola y = x²/100 the root adds 0 to the subgradient and to the second derivatives, and
    so does |x + 10| at x = -10.
    """

    title: ClassVar[str] = "Bukin N.6"
    formula: ClassVar[str] = r"100 \sqrt{|y - 0.01 x^2|} + 0.01 |x + 10|"
    source: ClassVar[str] = "A. D. Bukin (1997), Budker INP preprint 97-79; arXiv:1308.4008"
    window: ClassVar = ((-15.0, -5.0), (-3.0, 3.0))
    start: ClassVar = (-6.2, -1.6)
    scale: ClassVar = "linear"
    first: ClassVar = (
        "a=gradient_descent&a.lr=0.0002&b=momentum&b.lr=0.00002&c=adam&c.lr=0.01&steps=200"
    )
    critical_points: ClassVar = (Critical(-10.0, 1.0, 0.0, "global minimum"),)

    def f(self, x: Array, y: Array) -> Array:
        return 100 * np.sqrt(np.abs(y - 0.01 * x * x)) + 0.01 * np.abs(x + 10)

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        r = y - 0.01 * x * x
        wall = 50 * np.sign(r) / np.sqrt(np.where(r == 0, 1.0, np.abs(r)))
        return 0.01 * np.sign(x + 10) - 0.02 * x * wall, wall

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        r = y - 0.01 * x * x
        size = np.where(r == 0, 1.0, np.abs(r))
        wall = 50 * np.sign(r) / np.sqrt(size)
        bend = -0.5 * np.abs(wall) / size
        slope = -0.02 * x
        return slope * slope * bend - 0.02 * wall, slope * bend, bend
