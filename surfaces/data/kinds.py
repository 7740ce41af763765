"""The kinds of regression on the menu, each by what one row costs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

import numpy as np

from declarations import choice, number
from surfaces.base import Array, Critical, Landscape
from surfaces.data import many
from surfaces.data.batches import Batch
from surfaces.data.regression import Regression
from surfaces.data.rows import OWN, PUBLISHED, Value
from surfaces.data.swept import coarse
from surfaces.formulas.descent import Asked
from surfaces.formulas.search import critical_points

_MEASURED = ("cars", "women", "fuel", "outlier", "generated")
_CLASSES = ("o_rings", "gears")
_SUM = r"\frac{1}{n} \sum_{i = 1}^{n} "


def _data(options: tuple[str, ...]) -> str:
    found: str = choice(
        options[0],
        (*options, OWN),
        "data",
        help="A published table, whose source is told below, or points of your own.",
        titles=(*(PUBLISHED[key].title for key in options), "Your own points"),
    )
    return found


@dataclass(frozen=True)
class LinearRegression(Regression):
    """Least squares: a quadratic whose condition number is the data's own.

    Unscaled, the slope's curvature is the mean of u² and the intercept's is 1.
    """

    title: ClassVar[str] = "Linear regression"
    formula: ClassVar[str] = _SUM + r"\frac{(x u_i + y - v_i)^2}{2}"
    data: str = _data(_MEASURED)

    def cost(self, z: Array, v: Value) -> Array:
        r = z - v
        return 0.5 * r * r

    def slope(self, z: Array, v: Value) -> Array:
        return z - v

    def bend(self, z: Array, v: Value) -> Array:
        return 1.0 + 0 * z

    @property
    def sketch(self) -> Landscape:
        """Return the same loss over four rows with the mean and the covariance of many."""
        data = self.rows()
        return Batch(self, many.grouped(data, many.ONE)) if isinstance(data, np.ndarray) else self

    @property
    def swept(self) -> Landscape:
        """Return the same loss, in fewer rows where there are many."""
        return self.sketch

    @property
    def is_thinned(self) -> bool:
        """Say that it is the same."""
        return False


@dataclass(frozen=True)
class HuberRegression(Regression):
    """Squared error near the line and absolute error beyond δ: an outlier pulls no harder.

    Beyond δ a row adds no curvature.
    """

    title: ClassVar[str] = "Huber regression"
    formula: ClassVar[str] = (
        _SUM + r"\min(|x u_i + y - v_i|, \delta)"
        r" (|x u_i + y - v_i| - \frac{\min(|x u_i + y - v_i|, \delta)}{2})"
    )
    data: str = _data(("outlier", "cars", "women", "fuel", "generated"))
    delta: float = number(
        0.5,
        r"\delta",
        "width δ of the squared part",
        0.05,
        20.0,
        scale="log",
        help="Residuals beyond it count with their size, not its square.",
    )

    def cost(self, z: Array, v: Value) -> Array:
        size = np.absolute(z - v)
        near = np.minimum(size, self.delta)
        return near * (size - 0.5 * near)

    def slope(self, z: Array, v: Value) -> Array:
        return np.maximum(np.minimum(z - v, self.delta), -self.delta)

    def bend(self, z: Array, v: Value) -> Array:
        return np.where(np.absolute(z - v) <= self.delta, 1.0, 0.0 * z)


@dataclass(frozen=True)
class LogisticRegression(Regression):
    """A classification: convex, steep where it is wrong, flat where it is surely right."""

    title: ClassVar[str] = "Logistic regression"
    formula: ClassVar[str] = _SUM + r"(\log(1 + \exp(x u_i + y)) - v_i (x u_i + y))"
    link: ClassVar[str] = "logistic"
    target: ClassVar[str] = "classes"
    reach: ClassVar[float] = 5.0
    data: str = _data(_CLASSES)

    def cost(self, z: Array, v: Value) -> Array:
        return np.log1p(np.exp(-np.absolute(z))) + np.maximum(z, 0.0) - v * z

    def slope(self, z: Array, v: Value) -> Array:
        return 0.5 * np.tanh(0.5 * z) + (0.5 - v)

    def bend(self, z: Array, v: Value) -> Array:
        return 0.25 * _bell(0.5 * z)


@dataclass(frozen=True)
class PoissonRegression(Regression):
    """Counts: the loss grows exponentially on one side and only linearly on the other."""

    title: ClassVar[str] = "Poisson regression"
    formula: ClassVar[str] = _SUM + r"(\exp(x u_i + y) - v_i (x u_i + y))"
    link: ClassVar[str] = "exponential"
    target: ClassVar[str] = "counted"
    reach: ClassVar[float] = 1.5
    data: str = _data(("kicks", "o_rings"))

    def cost(self, z: Array, v: Value) -> Array:
        return np.exp(z) - v * z

    def slope(self, z: Array, v: Value) -> Array:
        return np.exp(z) - v

    def bend(self, z: Array, v: Value) -> Array:
        return np.exp(z)


@dataclass(frozen=True)
class TanhNeuron(Regression):
    """One tanh neuron with squared error: no longer convex, with plateaus where it saturates.

    The targets are -1 and 1. Its critical points are found by search.
    """

    title: ClassVar[str] = "One tanh neuron"
    formula: ClassVar[str] = _SUM + r"\frac{(\tanh(x u_i + y) - v_i)^2}{2}"
    link: ClassVar[str] = "tanh"
    target: ClassVar[str] = "signs"
    reach: ClassVar[float] = 5.0
    proven: ClassVar[bool] = False
    convex: ClassVar[bool] = False
    corner: ClassVar[tuple[float, float]] = (0.95, 0.7)
    data: str = _data(("gears", "o_rings"))

    def cost(self, z: Array, v: Value) -> Array:
        r = np.tanh(z) - v
        return 0.5 * r * r

    def slope(self, z: Array, v: Value) -> Array:
        return (np.tanh(z) - v) * _bell(z)

    def bend(self, z: Array, v: Value) -> Array:
        t, bell = np.tanh(z), _bell(z)
        return bell * (bell - 2.0 * t * (t - v))

    @property
    def critical_points(self) -> tuple[Critical, ...]:
        return _found(self)


def _bell(z: Array) -> Array:
    """Return the derivative of tanh, whose digits 1 - tanh² would lose far from 0."""
    fading = np.exp(-2.0 * np.absolute(z))
    return 4.0 * fading / ((1.0 + fading) * (1.0 + fading))


@lru_cache(maxsize=64)
def _found(surface: TanhNeuron) -> tuple[Critical, ...]:
    sketch = coarse(surface)

    def bends(w: Array) -> Array:
        return np.array(sketch.hessian(w))

    found = critical_points(Asked(sketch.value, sketch.gradient, bends), surface.window)
    return found if sketch is surface else tuple(_exactly(surface, c) for c in found)


POLISHING = 4


def _exactly(surface: TanhNeuron, near: Critical) -> Critical:
    """Return a point that was found on a sketch after a few Newton steps on the loss itself."""
    w = np.array(near[:2])
    for _ in range(POLISHING):
        xx, xy, yy = surface.hessian(w)
        step = np.linalg.lstsq(np.array([[xx, xy], [xy, yy]]), surface.gradient(w), rcond=1e-9)[0]
        w = w - step
    if np.hypot(*(w - near[:2])) > 1e-2 * float(np.ptp(np.array(surface.window), axis=1).max()):
        w = np.array(near[:2])
    return Critical(float(w[0]), float(w[1]), float(surface.value(w)), near.kind)
