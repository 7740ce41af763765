"""Who has diverged while lanes moved, and since when something has been so.

Every consumer of the loop asks here: nothing else decides when a lane is lost.
"""

from __future__ import annotations

import numpy as np

from engine.compile.tracing import LIMIT
from surfaces.base import Array, Flags, Whole


def lost(w: Array, axis: int = 0) -> Flags:
    """Say which points have diverged; `axis` holds the two coordinates."""
    return np.asarray(~np.all(np.abs(w) <= LIMIT, axis=axis))


class Divergence:
    """At which step each lane diverged, -1 for never; a lost lane is NaN from then on."""

    def __init__(self, w: Array) -> None:
        """Watch lanes that stand at w, shape (2, ...)."""
        self.steps = np.full(w.shape[1:], -1)
        self._finite = w.size

    def look(self, t: int, w: Array) -> None:
        """Write NaN into lanes that have left the limit by step t; usually there is none."""
        if not w.size or (w.min() >= -LIMIT and w.max() <= LIMIT):
            return
        inside = np.abs(w) <= LIMIT
        if np.count_nonzero(inside) == self._finite:
            return
        outside = ~inside.all(axis=0)
        self.steps[outside & (self.steps < 0)] = t
        np.copyto(w, np.nan, where=outside)
        self._finite = w.size - 2 * int(np.count_nonzero(self.steps >= 0))


def stays(there: Flags, loss: Array) -> tuple[Whole, Whole]:
    """Return when each lane first was somewhere, and since when it has been there without a break.

    Runs are recorded along the first axis; -1 for never and for not at the end. What is so when a
    lane's loss is a number for the last time stays so.
    """
    known = ~np.isnan(loss)
    rows = np.arange(len(there)).reshape(-1, *(1,) * (there.ndim - 1))
    last = np.where(known, rows, 0).max(axis=0)
    there = np.where(rows <= last, there & known, np.take_along_axis(there, last[None], axis=0))
    gone = np.where(there, -1, rows).max(axis=0) + 1
    return first_true(there), np.where(gone < len(there), gone, -1)


def first_true(flags: Flags) -> Whole:
    """Return, along the first axis, the index of the first True, or -1 where there is none."""
    return np.where(flags.any(axis=0), flags.argmax(axis=0), -1)
