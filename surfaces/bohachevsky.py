"""Bohachevsky's first function: a bowl with gentle, regular bumps."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from surfaces.base import Array, Critical, Surface
from surfaces.symmetry import mirrored

_DIPS = (
    Critical(0.6186120678279501, 0.0, 0.4129268302758151, "local minimum"),
    Critical(0.0, 0.4695275456684923, 0.46988241492139595, "local minimum"),
    Critical(0.6186120678279501, 0.4695275456684923, 0.882809245197211, "local minimum"),
)


@dataclass(frozen=True)
class Bohachevsky(Surface):
    """The bumps hold small steps in local minima near the bottom; momentum rolls over them.

    The local minima next to the global one are marked.
    """

    title: ClassVar[str] = "Bohachevsky N.1"
    formula: ClassVar[str] = r"x^2 + 2 y^2 - 0.3 \cos(3 \pi x) - 0.4 \cos(4 \pi y) + 0.7"
    source: ClassVar[str] = (
        "I. Bohachevsky, M. Johnson and M. Stein (1986), doi:10.1080/00401706.1986.10488128"
    )
    window: ClassVar = ((-2.0, 2.0), (-2.0, 2.0))
    start: ClassVar = (-1.7, 1.4)
    scale: ClassVar = "linear"
    first: ClassVar = "a=gradient_descent&a.lr=0.01&b=momentum&b.lr=0.003&c=adam&c.lr=0.1&steps=150"
    critical_points: ClassVar = (Critical(0.0, 0.0, 0.0, "global minimum"), *mirrored(*_DIPS))

    def f(self, x: Array, y: Array) -> Array:
        bumps = 0.3 * (1 - np.cos(3 * np.pi * x)) + 0.4 * (1 - np.cos(4 * np.pi * y))
        return x * x + 2 * y * y + bumps

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        fx = 2 * x + 0.9 * np.pi * np.sin(3 * np.pi * x)
        return fx, 4 * y + 1.6 * np.pi * np.sin(4 * np.pi * y)

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        xx = 2 + 2.7 * np.pi**2 * np.cos(3 * np.pi * x) + 0 * y
        yy = 4 + 6.4 * np.pi**2 * np.cos(4 * np.pi * y) + 0 * x
        return xx, 0 * (x + y), yy
