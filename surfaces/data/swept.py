"""A loss of many rows as thousands of runs at once see it: a few rows, and its own minimum."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from surfaces.base import Array, Landscape
from surfaces.data import many
from surfaces.data.batches import Batch
from surfaces.data.rows import Rows

if TYPE_CHECKING:
    from surfaces.data.regression import Regression

MOST_EXACT = 2000
"""More rows are taken in groups where thousands of runs go through them at every step."""


@dataclass(frozen=True, eq=False)
class Tilted:
    """A sketch, tilted and lifted so that it is as flat and as low as the loss at its minimum."""

    sketch: Landscape
    place: Array
    slope: Array
    lift: float

    def value(self, w: Array) -> Array:
        """Return the loss, shape (...)."""
        x, y = w
        along, up = self.slope
        fall = along * (x - self.place[0]) + up * (y - self.place[1])
        found: Array = self.sketch.value(w) + (self.lift - fall)
        return found

    def gradient(self, w: Array) -> Array:
        """Return the gradient, shape (2, ...)."""
        found: Array = self.sketch.gradient(w) - self.slope.reshape(2, *(1,) * (np.ndim(w) - 1))
        return found

    def hessian(self, w: Array) -> tuple[Array, Array, Array]:
        """Return the second derivatives."""
        return self.sketch.hessian(w)


def few(surface: Regression) -> Array | None:
    """Return the rows (u, v, weight) that stand for all in thousands of runs, None where all do."""
    whole = surface.swept
    found = whole.sketch if isinstance(whole, Tilted) else whole
    return np.asarray(found.data) if isinstance(found, Batch) else None


def swept(surface: Regression) -> Landscape:
    """Return a loss as thousands of runs see it; of an array of losses, only the sketches."""
    data = surface.rows()
    if not isinstance(data, np.ndarray) or len(data) <= MOST_EXACT:
        return surface
    wide = any(map(np.ndim, surface.settings().values()))
    return _sketch(surface, data) if wide else _tilted(surface)


def coarse(surface: Regression) -> Landscape:
    """Return a loss over a few rows that stand for many, not tilted: its minima are about there."""
    data = surface.rows()
    if not isinstance(data, np.ndarray) or len(data) <= MOST_EXACT:
        return surface.sketch
    return _sketch(surface, data)


def _sketch(surface: Regression, data: Rows) -> Batch:
    return Batch(surface, many.grouped(np.asarray(data), many.FEW))


@lru_cache(maxsize=32)
def _tilted(surface: Regression) -> Landscape:
    sketch = _sketch(surface, surface.rows())
    if not surface.minima:
        return sketch
    lowest = surface.minima[0]
    place = np.array((lowest.x, lowest.y))
    lift = lowest.value - float(sketch.value(place))
    return Tilted(sketch, place, np.array(sketch.gradient(place)), lift)
