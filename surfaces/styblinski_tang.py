"""Styblinski and Tang's function: four valleys in three depths, each axis on its own."""

from dataclasses import dataclass
from itertools import product
from typing import ClassVar

from surfaces.base import Array, Critical, Kind, Surface

_LOW = (-2.903534027771177, -39.16616570377142)
_TOP = (0.1567312567803401, 0.19561235905535807)
_HIGH = (2.746802770990837, -25.029446655283943)


def _kind(x: float, y: float) -> Kind:
    tops = (x, y).count(_TOP[0])
    if tops:
        return "maximum" if tops == 2 else "saddle"
    return "global minimum" if x == y == _LOW[0] else "local minimum"


@dataclass(frozen=True)
class StyblinskiTang(Surface):
    """Along each axis there is a deeper and a shallower valley: one coordinate can be right and the
    other wrong.
    """

    title: ClassVar[str] = "Styblinski–Tang"
    formula: ClassVar[str] = r"\frac{1}{2} (x^4 - 16 x^2 + 5 x + y^4 - 16 y^2 + 5 y)"
    source: ClassVar[str] = "M. Styblinski and T.-S. Tang (1990), doi:10.1016/0893-6080(90)90029-K"
    window: ClassVar = ((-5.0, 5.0), (-5.0, 5.0))
    start: ClassVar = (0.1, -0.6)
    scale: ClassVar = "linear"
    first: ClassVar = (
        "x=4.5&y=-0.6&a=gradient_descent&a.lr=0.01&b=momentum&b.lr=0.01&c=adam&c.lr=0.3&steps=150"
    )
    critical_points: ClassVar = tuple(
        Critical(x, y, p + q, _kind(x, y))
        for (x, p), (y, q) in product((_LOW, _TOP, _HIGH), repeat=2)
    )

    def f(self, x: Array, y: Array) -> Array:
        x2, y2 = x * x, y * y
        return 0.5 * (x2 * (x2 - 16) + 5 * x + y2 * (y2 - 16) + 5 * y)

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        return x * (2 * x * x - 16) + 2.5, y * (2 * y * y - 16) + 2.5

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        return 6 * x * x - 16 + 0 * y, 0 * (x + y), 6 * y * y - 16 + 0 * x
