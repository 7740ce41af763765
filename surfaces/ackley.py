"""Ackley's function: a nearly flat, dimpled plain with one deep funnel."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from surfaces.base import Array, Critical, Surface
from surfaces.symmetry import mirrored

_DIMPLES = (
    Critical(0.9521665459501717, 0.0, 2.579927557029872, "local minimum"),
    Critical(0.0, 0.9521665459501717, 2.579927557029872, "local minimum"),
    Critical(0.9684776587077244, 0.9684776587077244, 3.57445187725768, "local minimum"),
)


@dataclass(frozen=True)
class Ackley(Surface):
    """The funnel ends in a cusp, where no fixed rate settles: the slope stays 2√2 up to the end.

    At the cusp the gradient is taken as 0, and the funnel's own curvature, infinite there, is left
    out. The eight nearest dimples are marked.
    """

    title: ClassVar[str] = "Ackley"
    formula: ClassVar[str] = (
        r"20 + e - 20 \exp(-\frac{1}{5} \sqrt{\frac{x^2 + y^2}{2}})"
        r" - \exp(\frac{\cos(2 \pi x) + \cos(2 \pi y)}{2})"
    )
    source: ClassVar[str] = "D. H. Ackley (1987), doi:10.1007/978-1-4613-1997-9"
    window: ClassVar = ((-5.0, 5.0), (-5.0, 5.0))
    start: ClassVar = (-2.3, 1.4)
    scale: ClassVar = "linear"
    first: ClassVar = "a=gradient_descent&a.lr=0.01&b=momentum&b.lr=0.006&c=adam&c.lr=0.3&steps=150"
    critical_points: ClassVar = (Critical(0.0, 0.0, 0.0, "global minimum"), *mirrored(*_DIMPLES))

    def f(self, x: Array, y: Array) -> Array:
        r = np.sqrt(0.5 * (x * x + y * y))
        waves = 0.5 * (np.cos(2 * np.pi * x) + np.cos(2 * np.pi * y))
        return -20 * np.expm1(-0.2 * r) + (np.e - np.exp(waves))

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        r = np.sqrt(0.5 * (x * x + y * y))
        funnel = 2 * np.exp(-0.2 * r) / np.where(r == 0, 1.0, r)
        u, v = 2 * np.pi * x, 2 * np.pi * y
        waves = np.pi * np.exp(0.5 * (np.cos(u) + np.cos(v)))
        return funnel * x + waves * np.sin(u), funnel * y + waves * np.sin(v)

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        r = np.sqrt(0.5 * (x * x + y * y))
        r = np.where(r == 0, 1.0, r)
        p, q, funnel = 0.5 * x / r, 0.5 * y / r, 4 * np.exp(-0.2 * r)
        u, v = 2 * np.pi * x, 2 * np.pi * y
        waves = np.pi**2 * np.exp(0.5 * (np.cos(u) + np.cos(v)))
        xx = funnel * (q * q / r - 0.2 * p * p) + waves * (2 * np.cos(u) - np.sin(u) ** 2)
        xy = -funnel * p * q * (1 / r + 0.2) - waves * np.sin(u) * np.sin(v)
        yy = funnel * (p * p / r - 0.2 * q * q) + waves * (2 * np.cos(v) - np.sin(v) ** 2)
        return xx, xy, yy
