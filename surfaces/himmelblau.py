"""Himmelblau's function: four equally good minima around one maximum."""

from dataclasses import dataclass
from typing import ClassVar

from surfaces.base import Array, Critical, Surface


@dataclass(frozen=True)
class Himmelblau(Surface):
    """Which of the four minima is found depends on where one starts and how one steps."""

    title: ClassVar[str] = "Himmelblau"
    formula: ClassVar[str] = r"(x^2 + y - 11)^2 + (x + y^2 - 7)^2"
    source: ClassVar[str] = "D. M. Himmelblau (1972), Applied Nonlinear Programming, McGraw-Hill"
    window: ClassVar = ((-6.0, 6.0), (-6.0, 6.0))
    start: ClassVar = (-0.5, -0.7)
    scale: ClassVar = "log"
    first: ClassVar = "a=gradient_descent&a.lr=0.005&b=momentum&b.lr=0.01&c=adam&c.lr=0.3&steps=150"
    critical_points: ClassVar = (
        Critical(3.0, 2.0, 0.0, "global minimum"),
        Critical(3.58442834033049, -1.8481265269644036, 0.0, "global minimum"),
        Critical(-2.805118086952745, 3.131312518250573, 0.0, "global minimum"),
        Critical(-3.779310253377747, -3.28318599128617, 0.0, "global minimum"),
        Critical(3.385154183607021, 0.0738518798377493, 13.31192627040559, "saddle"),
        Critical(0.0866775045553964, 2.884254701174776, 67.71915008752615, "saddle"),
        Critical(-3.0730257507643897, -0.08135304428796751, 104.01516291755811, "saddle"),
        Critical(-0.12796134673068008, -1.9537149802445763, 178.33723920192747, "saddle"),
        Critical(-0.2708445906673476, -0.923038556479982, 181.6165215225827, "maximum"),
    )

    def f(self, x: Array, y: Array) -> Array:
        p = x * x + y - 11
        q = x + y * y - 7
        return p * p + q * q

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        p = 2 * (x * x + y - 11)
        q = 2 * (x + y * y - 7)
        return 2 * x * p + q, p + 2 * y * q

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        xx = 12 * x * x + 4 * y - 42
        yy = 12 * y * y + 4 * x - 26
        return xx, 4 * (x + y), yy
