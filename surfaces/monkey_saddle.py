"""The monkey saddle: three ways down, and a center where even the curvature vanishes."""

from dataclasses import dataclass
from typing import ClassVar

from surfaces.base import Array, Critical, Surface


@dataclass(frozen=True)
class MonkeySaddle(Surface):
    """A degenerate saddle: gradient and Hessian are both 0 at the center, so Newton's step has
    nothing to hold on to. Unbounded below.
    """

    title: ClassVar[str] = "Monkey saddle"
    formula: ClassVar[str] = "x^3 - 3 x y^2"
    source: ClassVar[str] = (
        "D. Hilbert and S. Cohn-Vossen (1952), Geometry and the Imagination, Chelsea"
    )
    window: ClassVar = ((-2.0, 2.0), (-2.0, 2.0))
    domain: ClassVar = window
    start: ClassVar = (1.5, 0.05)
    scale: ClassVar = "linear"
    first: ClassVar = "a=gradient_descent&a.lr=0.02&b=momentum&b.lr=0.02&c=newton&c.lr=0.2&steps=60"
    critical_points: ClassVar = (Critical(0.0, 0.0, 0.0, "saddle"),)

    def f(self, x: Array, y: Array) -> Array:
        return x * (x * x - 3 * y * y)

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        return 3 * (x * x - y * y), -6 * x * y

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        return 6 * x + 0 * y, -6 * y + 0 * x, -6 * x + 0 * y
