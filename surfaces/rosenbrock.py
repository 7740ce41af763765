"""Rosenbrock's banana: easy to reach the valley, hard to follow it to the minimum."""

from dataclasses import dataclass
from typing import ClassVar

from declarations import number
from surfaces.base import Array, Critical, Surface


@dataclass(frozen=True)
class Rosenbrock(Surface):
    """A curved valley whose floor is nearly flat: progress along it is what tells rules apart."""

    title: ClassVar[str] = "Rosenbrock"
    formula: ClassVar[str] = r"(a - x)^2 + b \cdot (y - x^2)^2"
    source: ClassVar[str] = "H. H. Rosenbrock (1960), doi:10.1093/comjnl/3.3.175"
    window: ClassVar = ((-2.0, 2.0), (-1.0, 3.0))
    start: ClassVar = (-1.2, 1.0)
    scale: ClassVar = "log"

    a: float = number(
        1.0, "a", "minimum at x = a", 0.0, 1.5, step=0.1, help="Moves the minimum to (a, a²)."
    )
    b: float = number(
        100.0,
        "b",
        "steepness b",
        1.0,
        1000.0,
        scale="log",
        help="How steep the valley's walls are.",
    )

    def f(self, x: Array, y: Array) -> Array:
        r = y - x * x
        u = self.a - x
        return u * u + self.b * r * r

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        r = 2 * self.b * (y - x * x)
        return 2 * (x - self.a) - 2 * r * x, r

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        zero = 0 * (x + y)
        return 2 - 4 * self.b * (y - 3 * x * x), zero - 4 * self.b * x, zero + 2 * self.b

    @property
    def critical_points(self) -> tuple[Critical, ...]:
        return (Critical(self.a, self.a**2, 0.0, "global minimum"),)
