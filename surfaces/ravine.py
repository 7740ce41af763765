"""The ravine: a quadratic bowl that is steep one way, flat the other, and may lie askew."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from declarations import number, switch
from surfaces.base import Array, Critical, Surface
from surfaces.turning import turned

UNTURNED = (-4.5, 1.5)
"""Where lanes start in a ravine along the x axis."""


@dataclass(frozen=True)
class Ravine(Surface):
    """The condition number decides how slow gradient descent is; turned, it also defeats
    methods that rescale each coordinate by itself.

    The Hessian's eigenvalues are 1 (at angle theta to the x axis) and kappa.
    """

    title: ClassVar[str] = "Ravine"
    formula: ClassVar[str] = (
        r"\frac{1}{2} ((x \cos\theta + y \sin\theta)^2"
        r" + \kappa \cdot (y \cos\theta - x \sin\theta)^2)"
    )
    source: ClassVar[str] = "G. Goh (2017), Why momentum really works, doi:10.23915/distill.00006"
    window: ClassVar = ((-5.0, 5.0), (-5.0, 5.0))
    scale: ClassVar = "log"
    first: ClassVar = (
        "a=gradient_descent&a.lr=0.0195&b=momentum&b.lr=0.0195&b.beta=0.5&c=adam&c.lr=0.3&steps=60"
        "&surface.turn=on"
    )
    beside: ClassVar = frozenset({"turn"})
    critical_points: ClassVar = (Critical(0.0, 0.0, 0.0, "global minimum"),)

    kappa: float = number(
        100.0,
        r"\kappa",
        "condition number κ",
        1.0,
        1000.0,
        scale="log",
        help="The largest curvature over the smallest: how much steeper the walls are.",
    )
    theta: float = number(
        0.0,
        r"\theta",
        "rotation θ in degrees",
        0.0,
        90.0,
        step=1.0,
        help="Turns the ravine away from the axes; its curvatures stay the same.",
    )

    turn: bool = switch(
        False,
        "turn the start along",
        help="The start keeps its place in the ravine when the ravine is turned. Then nothing but "
        "the axes changes: rules that do not look at single weights run as before.",
    )

    @property
    def turns(self) -> str:
        return "theta" if self.turn else ""

    @property
    def start(self) -> tuple[float, float]:
        return turned(UNTURNED, self.bearing)

    def f(self, x: Array, y: Array) -> Array:
        cosine, sine = self._direction()
        u = cosine * x + sine * y
        v = cosine * y - sine * x
        return 0.5 * (u * u + self.kappa * v * v)

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        xx, xy, yy = self._curvatures()
        return xx * x + xy * y, xy * x + yy * y

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        xx, xy, yy = self._curvatures()
        zero = 0 * (x + y)
        return xx + zero, xy + zero, yy + zero

    def _direction(self) -> tuple[Array, Array]:
        angle = np.deg2rad(self.theta)
        return np.cos(angle), np.sin(angle)

    def _curvatures(self) -> tuple[Array, Array, Array]:
        cosine, sine = self._direction()
        c2, s2 = cosine * cosine, sine * sine
        return c2 + self.kappa * s2, (1 - self.kappa) * cosine * sine, s2 + self.kappa * c2
