"""Easom's function: a single narrow dip in a plain that is flat to the last digit."""

from dataclasses import dataclass
from itertools import product
from typing import ClassVar

import numpy as np

from surfaces.base import Array, Critical, Surface

_HOLLOWS = tuple(product((1.3049954504376675, 4.978189856741919), repeat=2))


@dataclass(frozen=True)
class Easom(Surface):
    """From afar there is no slope to follow; four faint hollows catch whoever starts badly."""

    title: ClassVar[str] = "Easom"
    formula: ClassVar[str] = r"-\cos(x) \cos(y) \exp(-(x - \pi)^2 - (y - \pi)^2)"
    source: ClassVar[str] = (
        "E. E. Easom (1990), A survey of global optimization techniques, University of Louisville"
    )
    window: ClassVar = ((0.0, 6.0), (0.0, 6.0))
    start: ClassVar = (4.5, 2.4)
    scale: ClassVar = "linear"
    first: ClassVar = "a=gradient_descent&a.lr=0.05&b=momentum&b.lr=0.05&c=adam&c.lr=0.1&steps=120"
    critical_points: ClassVar = (
        Critical(np.pi, np.pi, -1.0, "global minimum"),
        *(Critical(x, y, -8.110223891570066e-5, "local minimum") for x, y in _HOLLOWS),
    )

    def f(self, x: Array, y: Array) -> Array:
        u, v = x - np.pi, y - np.pi
        return -np.cos(x) * np.cos(y) * np.exp(-u * u - v * v)

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        u, v = x - np.pi, y - np.pi
        p, q, bell = np.cos(x), np.cos(y), np.exp(-u * u - v * v)
        return bell * q * (np.sin(x) + 2 * u * p), bell * p * (np.sin(y) + 2 * v * q)

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        a, da, d2a = _bell(x)
        b, db, d2b = _bell(y)
        return -d2a * b, -da * db, -a * d2b


def _bell(x: Array) -> tuple[Array, Array, Array]:
    """Return cos(x) exp(-(x - pi)²) and its two derivatives."""
    u, p, s = x - np.pi, np.cos(x), np.sin(x)
    bell = np.exp(-u * u)
    return p * bell, -(s + 2 * u * p) * bell, ((4 * u * u - 3) * p + 4 * u * s) * bell
