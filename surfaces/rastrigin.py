"""Rastrigin's function: a bowl covered with regular dimples."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from declarations import number
from surfaces.base import Array, Critical, Surface
from surfaces.symmetry import mirrored

_FIRST_DIMPLE = 0.25
"""From this amplitude on there is a local minimum next to the global one (exactly: 0.2333)."""


@dataclass(frozen=True)
class Rastrigin(Surface):
    """Every dimple is a local minimum: without noise or momentum the nearest one is the end.

    About the origin only the eight nearest dimples are marked, where the amplitude makes them.
    """

    title: ClassVar[str] = "Rastrigin"
    formula: ClassVar[str] = r"2 A + x^2 - A \cos(2 \pi x) + y^2 - A \cos(2 \pi y)"
    source: ClassVar[str] = (
        "L. A. Rastrigin (1974), Systems of Extremal Control, Nauka; H. Mühlenbein, M. Schomisch "
        "and J. Born (1991), doi:10.1016/S0167-8191(05)80052-3"
    )
    window: ClassVar = ((-5.12, 5.12), (-5.12, 5.12))
    start: ClassVar = (-2.8, -4.0)
    scale: ClassVar = "linear"
    first: ClassVar = (
        "a=gradient_descent&a.lr=0.002&b=momentum&b.lr=0.003&c=adam&c.lr=0.5&steps=150"
    )

    A: float = number(
        10.0, "A", "amplitude A", 0.0, 20.0, step=0.5, help="How deep the dimples are; 0 is a bowl."
    )

    def f(self, x: Array, y: Array) -> Array:
        waves = np.cos(2 * np.pi * x) + np.cos(2 * np.pi * y)
        return x * x + y * y + self.A * (2 - waves)

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        slope = 2 * np.pi * self.A
        return 2 * x + slope * np.sin(2 * np.pi * x), 2 * y + slope * np.sin(2 * np.pi * y)

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        bend = 4 * np.pi**2 * self.A
        xx = 2 + bend * np.cos(2 * np.pi * x) + 0 * y
        yy = 2 + bend * np.cos(2 * np.pi * y) + 0 * x
        return xx, 0 * (x + y), yy

    @property
    def critical_points(self) -> tuple[Critical, ...]:
        origin = Critical(0.0, 0.0, 0.0, "global minimum")
        if np.any(np.less(self.A, _FIRST_DIMPLE)):
            return (origin,)
        t = self._first_dimple()
        side: Any = self.f(t, 0 * t)
        dimples = (
            Critical(t, 0 * t, side, "local minimum"),
            Critical(0 * t, t, side, "local minimum"),
            Critical(t, t, 2 * side, "local minimum"),
        )
        return (origin, *mirrored(*dimples))

    def _first_dimple(self) -> Any:
        """Return the local minimum next to 0 along an axis, by Newton's method from 1."""
        t: Any = 1.0 + 0 * self.A
        for _ in range(40):
            slope = t + np.pi * self.A * np.sin(2 * np.pi * t)
            t = t - slope / (1 + 2 * np.pi**2 * self.A * np.cos(2 * np.pi * t))
        return t
