"""The saddle: up one way, down the other, and flat exactly in between."""

from dataclasses import dataclass
from typing import ClassVar

from declarations import number
from surfaces.base import Array, Critical, Surface


@dataclass(frozen=True)
class Saddle(Surface):
    """The gradient vanishes without a minimum: who leaves first, and who gets stuck?

    Unbounded below. On the line y = 0 gradient descent runs into the saddle and stays.
    """

    title: ClassVar[str] = "Saddle"
    formula: ClassVar[str] = r"\frac{1}{2} (a x^2 - b y^2)"
    source: ClassVar[str] = "Y. Dauphin et al. (2014), arXiv:1406.2572"
    window: ClassVar = ((-2.0, 2.0), (-2.0, 2.0))
    domain: ClassVar = window
    start: ClassVar = (-1.6, 0.01)
    scale: ClassVar = "linear"
    first: ClassVar = "a=gradient_descent&a.lr=0.05&b=momentum&b.lr=0.05&c=adam&c.lr=0.05&steps=60"
    critical_points: ClassVar = (Critical(0.0, 0.0, 0.0, "saddle"),)

    a: float = number(
        2.0, "a", "curvature a along x", 0.1, 10.0, step=0.1, help="How steeply it rises along x."
    )
    b: float = number(
        2.0, "b", "curvature b along y", 0.1, 10.0, step=0.1, help="How steeply it falls along y."
    )

    def f(self, x: Array, y: Array) -> Array:
        return 0.5 * (self.a * x * x - self.b * y * y)

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        return self.a * x, -self.b * y

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        zero = 0 * (x + y)
        return self.a + zero, zero, zero - self.b
