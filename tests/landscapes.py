"""What is drawn of a landscape, found by NumPy: what the page's heights and colors are held to."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from packets.landscape import Grid
from surfaces.base import Array, Surface

RAISED = 3e-5
PLAIN = 1e-12


class Drawn(NamedTuple):
    """`shown` (n, n) is spread from 0 to 1: the loss, its logarithm above the lowest, or its rank.

    `height` is the same for the relief, where ranks would flatten the shape; `logarithm` is what it
    takes from a loss and adds before its logarithm.
    """

    shown: Array
    height: Array
    logarithm: tuple[float, float] | None


def as_drawn(grid: Grid, surface: Surface) -> Drawn:
    logarithm = _logarithm(grid.loss, surface)
    with np.errstate(all="ignore"):
        height = _heights(grid.loss, logarithm)
        shown = _ranks(grid.loss) if surface.scale == "rank" else _spread(height)
    return Drawn(shown, height, logarithm)


def _ranks(loss: Array) -> Array:
    order = np.argsort(loss, axis=None, kind="stable")
    ranks = np.empty(loss.size)
    ranks[order] = np.arange(loss.size)
    return ranks.reshape(loss.shape) / (loss.size - 1)


def _spread(heights: Array) -> Array:
    finite = heights[np.isfinite(heights)]
    low, high = (finite.min(), finite.max()) if finite.size else (0.0, 1.0)
    flat = high - low <= PLAIN * max(abs(low), abs(high))
    return np.clip((heights - low) / (1.0 if flat else high - low), 0.0, 1.0)


def _heights(loss: Array, logarithm: tuple[float, float] | None) -> Array:
    if logarithm is None:
        return loss
    lowest, floor = logarithm
    return np.asarray(np.log10(np.maximum(loss - lowest, 0.0) + floor))


def _logarithm(loss: Array, surface: Surface) -> tuple[float, float] | None:
    if surface.scale != "log":
        return None
    finite = loss[np.isfinite(loss)]
    if not finite.size:
        return 0.0, 1.0
    lowest = float(np.min(finite)) if surface.lowest is None else float(surface.lowest)
    highest = max(float(np.max(finite)) - lowest, 0.0)
    return lowest, highest * RAISED + 1e-300
