"""Losses that come in turn: each step sees one of a cycle, and the average is what counts.

The losses of a cycle differ only in their slope along x, as batches that disagree do.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass

import numpy as np

from surfaces.base import Array, Surface


@dataclass(frozen=True)
class Turn:
    """The loss that one step sees: what all have in common, and a slope along x of its own."""

    surface: InTurn
    slope: float

    def f(self, x: Array, y: Array) -> Array:
        """Return the loss."""
        return self.surface.common(x, y) + self.slope * x

    def value(self, w: Array) -> Array:
        """Return the loss, shape (...)."""
        x, y = w
        return self.f(x, y)

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        """Return the partial derivatives by x and by y."""
        fx, fy = self.surface.common_slopes(x, y)
        return fx + self.slope, fy

    def gradient(self, w: Array) -> Array:
        """Return the gradient, shape (2, ...)."""
        x, y = w
        return np.array(self.df(x, y))

    def d2f(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        """Return the second derivatives f_xx, f_xy, f_yy, which are the same at every step."""
        return self.surface.d2f(x, y)

    def hessian(self, w: Array) -> tuple[Array, Array, Array]:
        """Return the second derivatives, each of shape (...)."""
        x, y = w
        return self.d2f(x, y)


@dataclass(frozen=True)
class InTurn(Surface):
    """A loss of which step t sees `common(x, y) + slope(t) x`, and that is the average of these."""

    @abstractmethod
    def slope(self, t: int) -> float:
        """Return the slope along x that step t >= 1 sees."""

    @abstractmethod
    def average(self) -> float:
        """Return the mean of the slopes over a cycle."""

    @abstractmethod
    def common(self, x: Array, y: Array) -> Array:
        """Return what all losses of the cycle have in common."""

    @abstractmethod
    def common_slopes(self, x: Array, y: Array) -> tuple[Array, Array]:
        """Return its partial derivatives by x and by y."""

    @property
    def changes(self) -> bool:
        """Say that every step sees another loss."""
        return True

    def seen(self, t: int) -> Turn:
        """Return the loss that step t >= 1 sees."""
        return Turn(self, self.slope(t))

    def f(self, x: Array, y: Array) -> Array:
        return self.common(x, y) + self.average() * x

    def df(self, x: Array, y: Array) -> tuple[Array, Array]:
        fx, fy = self.common_slopes(x, y)
        return fx + self.average(), fy
