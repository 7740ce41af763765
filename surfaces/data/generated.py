"""Rows that are computed, for batches of a size that no table beside a lecture has."""

from __future__ import annotations

import numpy as np

from surfaces.base import Array
from surfaces.data.tables import Table

COUNT = 4096
_STEPS = 0.7548776662466927, 0.5698402909980532
"""Powers of the plastic number: Roberts' R2 sequence fills a square evenly, without dice."""


def _logistic(part: float) -> Array:
    """Return numbers of a logistic distribution of variance 1."""
    share = (0.5 + part * np.arange(1, COUNT + 1)) % 1.0
    found: Array = np.sqrt(3.0) / np.pi * np.log(share / (1.0 - share))
    return found


def _table() -> Table:
    u, off = map(_logistic, _STEPS)
    columns = np.round(u, 3), np.round(0.6 * u + 0.8 * off, 3)
    for column in columns:
        column.setflags(write=False)
    source = (
        "Computed by this project: v = 0.6 u + 0.8 e, u and e logistic along Roberts' R2 sequence"
    )
    return Table("Generated: 4,096 noisy points", "u", "v", source, *columns)


GENERATED = _table()
