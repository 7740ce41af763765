"""Hinton's ten mini-batches: nine small gradients, and one large that makes up for them."""

from dataclasses import dataclass
from typing import ClassVar

from declarations import number
from surfaces.base import Array, Critical
from surfaces.in_turn import InTurn


@dataclass(frozen=True)
class TenBatches(InTurn):
    """At 0 nine of ten batches have a gradient of +0.1 along x and the tenth has -0.9: together
    they cancel, and the weight should stay.

    Each batch is a bowl with a minimum of its own. 0 is the mean of these ten; nine of them lie at
    -0.1 / h, where a rule goes that listens to signs alone.
    """

    title: ClassVar[str] = "Nine small gradients and one large"
    formula: ClassVar[str] = r"\frac{h}{2} \cdot (x^2 + y^2)"
    source: ClassVar[str] = "G. Hinton (2012), Neural Networks for Machine Learning, lecture 6e"
    window: ClassVar = ((-4.0, 4.0), (-4.0, 4.0))
    start: ClassVar = (1.0, 2.0)
    scale: ClassVar = "log"
    first: ClassVar = (
        "a=rprop&a.lr=0.02&b=rmsprop&b.lr=0.02&b.alpha=0.99&c=gradient_descent&c.lr=0.2&steps=300"
    )
    critical_points: ClassVar = (Critical(0.0, 0.0, 0.0, "global minimum"),)

    h: float = number(
        0.1, "h", "curvature h", 0.05, 1.0, scale="log", help="How firmly 0 is held on average."
    )

    def slope(self, t: int) -> float:
        return 0.1 - 1.0 * (t % 10 == 0)

    def average(self) -> float:
        return 0.0

    def common(self, x: Array, y: Array) -> Array:
        return 0.5 * self.h * (x * x + y * y)

    def common_slopes(self, x: Array, y: Array) -> tuple[Array, Array]:
        return self.h * x + 0 * y, self.h * y + 0 * x

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        zero = 0 * (x + y)
        return zero + self.h, zero, zero + self.h
