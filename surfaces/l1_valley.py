"""The l1 valley: a ravine with kinks instead of curves."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from declarations import number
from surfaces.base import Array, Critical, Surface


@dataclass(frozen=True)
class L1Valley(Surface):
    """The gradient never gets smaller on the way to the minimum, so a fixed rate never settles.

    The subgradient on a kink is 0 in that coordinate; the second derivatives are 0 throughout.
    """

    title: ClassVar[str] = "l1 valley"
    formula: ClassVar[str] = r"|x| + \kappa \cdot |y|"
    source: ClassVar[str] = (
        "On subgradients: N. Z. Shor (1985), Minimization Methods for Non-Differentiable "
        "Functions, doi:10.1007/978-3-642-82118-9"
    )
    window: ClassVar = ((-5.0, 5.0), (-5.0, 5.0))
    start: ClassVar = (-4.0, 1.7)
    scale: ClassVar = "log"
    first: ClassVar = (
        "a=gradient_descent&a.lr=0.05"
        "&b=gradient_descent&b.lr=0.05&b.schedule=cosine&b.name=Decaying+rate"
        "&c=rprop&c.lr=0.1"
        "&steps=200"
    )
    critical_points: ClassVar = (Critical(0.0, 0.0, 0.0, "global minimum"),)

    kappa: float = number(
        10.0,
        r"\kappa",
        "steepness κ",
        1.0,
        100.0,
        scale="log",
        help="How much steeper it is across the valley than along it.",
    )

    def f(self, x: Array, y: Array) -> Array:
        return np.abs(x) + self.kappa * np.abs(y)

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        return np.sign(x) + 0 * y, self.kappa * np.sign(y) + 0 * x

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        zero = 0 * (x + y)
        return zero, zero, zero
