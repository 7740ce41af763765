"""Griewank's function: a very wide bowl under regular waves."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from surfaces.base import Array, Critical, Surface
from surfaces.symmetry import mirrored

_ROOT = 0.5**0.5


_TROUGHS = (
    Critical(3.14002263389554, 4.438444480920714, 0.007396040334115083, "local minimum"),
    Critical(6.280045279379905, 0.0, 0.009864672061006213, "local minimum"),
    Critical(0.0, 8.876888929095656, 0.0197194892481848, "local minimum"),
)


@dataclass(frozen=True)
class Griewank(Surface):
    """Seen from afar a bowl, seen from near nothing but waves: the bowl's slope drowns in theirs.

    The minima nearest to the global one are marked.
    """

    title: ClassVar[str] = "Griewank"
    formula: ClassVar[str] = r"\frac{x^2 + y^2}{4000} - \cos(x) \cos(\frac{y}{\sqrt{2}}) + 1"
    source: ClassVar[str] = "A. Griewank (1981), doi:10.1007/BF00933356"
    window: ClassVar = ((-10.0, 10.0), (-10.0, 10.0))
    start: ClassVar = (-3.4, 7.8)
    scale: ClassVar = "linear"
    first: ClassVar = (
        "a=gradient_descent&a.lr=0.5&b=momentum&b.lr=0.5&b.beta=0.97&c=adam&c.lr=1&steps=150"
    )
    critical_points: ClassVar = (Critical(0.0, 0.0, 0.0, "global minimum"), *mirrored(*_TROUGHS))

    def f(self, x: Array, y: Array) -> Array:
        waves: Array = 1 - np.cos(x) * np.cos(_ROOT * y)
        return (x * x + y * y) / 4000 + waves

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        v = _ROOT * y
        fx = x / 2000 + np.sin(x) * np.cos(v)
        return fx, y / 2000 + _ROOT * np.cos(x) * np.sin(v)

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        v = _ROOT * y
        waves = np.cos(x) * np.cos(v)
        return 1 / 2000 + waves, -_ROOT * np.sin(x) * np.sin(v), 1 / 2000 + 0.5 * waves
