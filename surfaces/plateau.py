"""The plateau: flat nearly everywhere, with a hole that the gradient does not announce."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from declarations import number
from surfaces.base import Array, Critical, Surface


@dataclass(frozen=True)
class Plateau(Surface):
    """Far from the hole the gradient vanishes: rules that divide by its size still walk."""

    title: ClassVar[str] = "Plateau with a hole"
    formula: ClassVar[str] = r"h \cdot (1 - \exp(-\frac{(x - 1)^2 + (y - 1)^2}{2 \sigma^2}))"
    source: ClassVar[str] = "A Gaussian well; on vanishing gradients: arXiv:1211.5063"
    window: ClassVar = ((-4.0, 4.0), (-4.0, 4.0))
    start: ClassVar = (-1.0, 0.3)
    scale: ClassVar = "linear"
    first: ClassVar = "a=gradient_descent&a.lr=0.3&b=momentum&b.lr=0.3&c=adam&c.lr=0.1&steps=200"
    critical_points: ClassVar = (Critical(1.0, 1.0, 0.0, "global minimum"),)

    h: float = number(
        1.0, "h", "depth h", 0.1, 10.0, scale="log", help="How far the hole lies below the plateau."
    )
    sigma: float = number(
        0.5,
        r"\sigma",
        "width σ",
        0.2,
        3.0,
        step=0.05,
        help="The hole's radius; beyond a few of them the gradient is practically 0.",
    )

    def f(self, x: Array, y: Array) -> Array:
        return -self.h * np.expm1(self._exponent(x - 1, y - 1))

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        u, v = x - 1, y - 1
        pull = self.h / self.sigma**2 * np.exp(self._exponent(u, v))
        return pull * u, pull * v

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        u, v = (x - 1) / self.sigma, (y - 1) / self.sigma
        pull = self.h / self.sigma**2 * np.exp(-0.5 * (u * u + v * v))
        return pull * (1 - u * u), -pull * u * v, pull * (1 - v * v)

    def _exponent(self, u: Array, v: Array) -> Array:
        return (u * u + v * v) * (-0.5 / self.sigma**2)
