"""Losses of some of the rows: batches, and rows so many that they stand in an array."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from declarations import Choice, Declared, declarations
from surfaces.base import Array, Whole
from surfaces.data import many
from surfaces.data.rows import Rows

if TYPE_CHECKING:
    from surfaces.data.regression import Regression


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


def cost_of_many(self: Regression, x: Array, y: Array, data: Rows) -> Array | None:
    """Return the loss of rows in an array, None of others."""
    if not isinstance(data, np.ndarray):
        return None
    (cost,) = many.means(lambda z, u, v: (self.cost(z, v),), x, y, data)
    return cost


def slope_of_many(self: Regression, x: Array, y: Array, data: Rows) -> tuple[Array, Array] | None:
    """Return its gradient."""
    if not isinstance(data, np.ndarray):
        return None

    def part(z: Array, u: Array, v: Array) -> tuple[Array, ...]:
        slope = self.slope(z, v)
        return slope * u, slope

    fx, fy = many.means(part, x, y, data)
    return fx, fy


def bend_of_many(
    self: Regression, x: Array, y: Array, data: Rows
) -> tuple[Array, Array, Array] | None:
    """Return its second derivatives."""
    if not isinstance(data, np.ndarray):
        return None

    def part(z: Array, u: Array, v: Array) -> tuple[Array, ...]:
        bend = self.bend(z, v)
        return bend * u * u, bend * u, bend + 0 * u

    xx, xy, yy = many.means(part, x, y, data)
    return xx, xy, yy


def part_of_many(self: Regression, t: int) -> Batch | None:
    """Return what step t sees of rows in an array, None of others."""
    data = self.rows()
    if not isinstance(data, np.ndarray):
        return None
    return Batch(self, data[self.drawn(t, len(data))] if self.changes else data)


def drawn_from_deck(self: Regression, t: int, count: int) -> list[int] | None:
    """Return the batch of step t from its epoch's deck, None where each row is drawn by itself."""
    if self.replacement:
        return None
    size = int(self.batch)
    epoch, k = divmod(t - 1, -(-count // size))
    found: list[int] = _deck(int(self.shuffle), epoch, count)[k * size : (k + 1) * size].tolist()
    return found


@lru_cache(maxsize=16)
def _deck(seed: int, epoch: int, count: int) -> Whole:
    """Return the order of all rows in an epoch, shuffled once for all its steps."""
    return np.random.default_rng((seed, epoch)).permutation(count)


def stream(surface: Regression, steps: int) -> Whole:
    """Return the rows that batches of every size on the menu are cut from, for so many steps.

    A line is an epoch's deck, (epochs, count), which a size goes through in steps of its own; where
    each row is drawn by itself, a step's draws, (steps, largest), of which a size has the first.
    """
    count, seed = len(surface.rows()), int(surface.shuffle)
    largest = max((size for size in sizes(type(surface)) if size < count), default=0)
    if not largest:
        return np.empty((0, count), dtype=int)
    if surface.replacement:
        whole = replace(surface, batch=str(largest))
        return np.array([whole.drawn(t, count) for t in range(1, steps + 1)])
    epochs = -(-steps // -(-count // largest))
    return np.array([_deck(seed, epoch, count) for epoch in range(epochs)])


def sizes(kind: type[Declared]) -> tuple[int, ...]:
    """Return the sizes that the menu has, in rising order."""
    declared = declarations(kind)["batch"]
    options = declared.options if isinstance(declared, Choice) else ()
    return tuple(sorted(int(option) for option in options if option.isdecimal()))


@lru_cache(maxsize=32)
def batches(surface: Regression, steps: int) -> Whole:
    """Return which rows each of the first steps learns from, (steps, size); -1 for no row."""
    count = len(surface.rows())
    found = np.full((steps, int(surface.batch)), -1)
    for t in range(steps):
        chosen = surface.drawn(t + 1, count)
        found[t, : len(chosen)] = chosen
    found.setflags(write=False)
    return found
