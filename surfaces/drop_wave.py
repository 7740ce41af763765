"""The drop wave: rings around a drop that fell into water."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from surfaces.base import Array, Critical, Surface


@dataclass(frozen=True)
class DropWave(Surface):
    """Ring after ring of equal minima: every ring must be crossed to reach the drop."""

    title: ClassVar[str] = "Drop wave"
    formula: ClassVar[str] = r"-\frac{1 + \cos(12 \sqrt{x^2 + y^2})}{\frac{x^2 + y^2}{2} + 2}"
    source: ClassVar[str] = (
        "S. Surjanovic and D. Bingham (2013), Virtual Library of Simulation Experiments, "
        "sfu.ca/~ssurjano"
    )
    window: ClassVar = ((-3.0, 3.0), (-3.0, 3.0))
    start: ClassVar = (-0.8, -2.2)
    scale: ClassVar = "linear"
    first: ClassVar = "a=gradient_descent&a.lr=0.005&b=momentum&b.lr=0.03&c=adam&c.lr=0.5&steps=150"
    critical_points: ClassVar = (Critical(0.0, 0.0, -1.0, "global minimum"),)

    def f(self, x: Array, y: Array) -> Array:
        r2 = x * x + y * y
        wave: Array = 1 + np.cos(12 * np.sqrt(r2))
        return -2 * wave / (r2 + 4)

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        wave, ripple, d = _rings(x * x + y * y)
        pull = 4 * (6 * ripple + wave / d) / d
        return pull * x, pull * y

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        r2 = x * x + y * y
        wave, ripple, d = _rings(r2)
        bend = (12 * (wave - 1) - ripple) / np.where(r2 == 0, 1.0, 2 * r2)
        pull = 4 * (6 * ripple + wave / d) / d
        turn = 16 * (3 * bend - (6 * ripple + wave / d) / d) / d
        return pull + turn * x * x, turn * x * y, pull + turn * y * y


def _rings(r2: Array) -> tuple[Array, Array, Array]:
    """Return 1 + cos 12r, sin(12r) / r with its limit 12 at the center, and r² + 4."""
    r = np.sqrt(r2)
    ripple = np.where(r == 0, 12.0, np.sin(12 * r) / np.where(r == 0, 1.0, r))
    return 1 + np.cos(12 * r), ripple, r2 + 4
