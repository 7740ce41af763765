"""Reddi's online sequence: one steep loss in each cycle against many gentle ones."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from declarations import number
from surfaces.base import Array, Critical
from surfaces.in_turn import InTurn


@dataclass(frozen=True)
class OnlineSequence(InTurn):
    """Steps see a slope along x of n - 1 + δ once in n steps and of -1 otherwise: on average it
    rises to the right, and a rule that forgets the rare steep slope walks there.

    The paper keeps x within -1 and 1 by projection; here walls do, of curvature 10, and y has a
    bowl of its own. n = 3 and δ = 1 give its proof, n = 101 and δ = 1 a tenth of its experiment.
    """

    title: ClassVar[str] = "Reddi's online sequence"
    formula: ClassVar[str] = r"\frac{\delta}{n} x + 5 \max(|x| - 1, 0)^2 + \frac{y^2}{2}"
    source: ClassVar[str] = (
        "S. J. Reddi, S. Kale and S. Kumar (2018), arXiv:1904.09237, theorem 1 and section 5"
    )
    window: ClassVar = ((-2.0, 2.0), (-2.0, 2.0))
    start: ClassVar = (-0.5, 1.2)
    scale: ClassVar = "linear"
    first: ClassVar = (
        "a=gradient_descent&a.lr=0.05"
        "&b=adam&b.lr=0.05&b.beta1=0&b.beta2=0.1"
        "&c=amsgrad&c.lr=0.05&c.beta1=0&c.beta2=0.1"
        "&steps=200"
    )

    n: float = number(
        3, "n", "cycle n", 2, 101, step=1, whole=True, help="Once in so many steps it is steep."
    )
    delta: float = number(
        1.0,
        r"\delta",
        "surplus δ",
        0.1,
        10.0,
        scale="log",
        help="By how much the steep slope outweighs the n - 1 gentle ones together.",
    )

    def slope(self, t: int) -> float:
        return (self.n + self.delta) * (t % self.n == 1) - 1.0

    def average(self) -> float:
        return self.delta / self.n

    def common(self, x: Array, y: Array) -> Array:
        beyond: Array = np.maximum(np.abs(x) - 1, 0.0)
        return 5 * (beyond * beyond) + 0.5 * (y * y)

    def common_slopes(self, x: Array, y: Array) -> tuple[Array, Array]:
        return 10 * (np.maximum(x - 1, 0.0) + np.minimum(x + 1, 0.0)) + 0 * y, y + 0 * x

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        zero = 0 * (x + y)
        return np.where(np.abs(x) > 1, 10.0, 0.0) + zero, zero, zero + 1

    @property
    def critical_points(self) -> tuple[Critical, ...]:
        slope = self.average()
        lowest = -slope - 0.05 * slope * slope
        return (Critical(-1 - 0.1 * slope, 0.0, lowest, "global minimum"),)
