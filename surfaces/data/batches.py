"""Losses of some of the rows: batches, and rows so many that they stand in an array."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from surfaces.base import Array
from surfaces.data import many
from surfaces.data.rows import Rows

if TYPE_CHECKING:
    from surfaces.data.regression import Regression

Places = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True)
class Batch:
    """The loss of some of the rows, as the step that learns from them sees it."""

    regression: Regression
    data: Rows

    def value(self, w: Array) -> Array:
        """Return the loss, shape (...)."""
        x, y = w
        return self.regression.mean_cost(x, y, self.data)

    def gradient(self, w: Array) -> Array:
        """Return the gradient, shape (2, ...)."""
        x, y = w
        return np.array(self.regression.mean_slope(x, y, self.data))

    def hessian(self, w: Array) -> tuple[Array, Array, Array]:
        """Return the second derivatives."""
        x, y = w
        return self.regression.mean_bend(x, y, self.data)


def cost_of_many(loss: Regression, x: Array, y: Array, data: Rows) -> Any:
    """Return the loss of rows in an array, or NotImplemented."""
    if not isinstance(data, np.ndarray):
        return NotImplemented
    return many.means(lambda z, u, v: (loss.cost(z, v),), x, y, data)[0]


def slope_of_many(loss: Regression, x: Array, y: Array, data: Rows) -> Any:
    """Return its gradient."""
    if not isinstance(data, np.ndarray):
        return NotImplemented

    def part(z: Array, u: Array, v: Array) -> tuple[Array, ...]:
        slope = loss.slope(z, v)
        return slope * u, slope

    return many.means(part, x, y, data)


def bend_of_many(loss: Regression, x: Array, y: Array, data: Rows) -> Any:
    """Return its second derivatives."""
    if not isinstance(data, np.ndarray):
        return NotImplemented

    def part(z: Array, u: Array, v: Array) -> tuple[Array, ...]:
        bend = loss.bend(z, v)
        return bend * u * u, bend * u, bend + 0 * u

    return many.means(part, x, y, data)


def part_of_many(loss: Regression, t: int) -> Any:
    """Return what step t sees of rows in an array, or NotImplemented."""
    data = loss.rows()
    if not isinstance(data, np.ndarray):
        return NotImplemented
    return Batch(loss, data[loss.drawn(t, len(data))] if loss.changes else data)


@lru_cache(maxsize=32)
def batches(surface: Regression, steps: int) -> Places:
    """Return which rows each of the first steps learns from, (steps, size); -1 for no row."""
    count = len(surface.rows())
    found = np.full((steps, int(surface.batch)), -1)
    for t in range(steps):
        chosen = surface.drawn(t + 1, count)
        found[t, : len(chosen)] = chosen
    found.setflags(write=False)
    return found
