"""The rows that a regression learns from: a published table, scaled or as it stands."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from surfaces.base import Array
from surfaces.data.tables import TABLES, Numbers

Value = float | Array
Rows = tuple[tuple[float, float], ...]


def standardized(values: Numbers) -> Array:
    """Return values with mean 0 and standard deviation 1."""
    array = np.array(values, dtype=float)
    scaled: Array = (array - array.mean()) / array.std()
    return scaled


@lru_cache(maxsize=64)
def rows(key: str, scaled: bool, target: str) -> Rows:
    """Return the pairs (u, v) of a table.

    `scaled` standardizes u; `target` says what becomes of v: "measured" leaves it, or standardizes
    it along with u; "counted" leaves it; "signs" makes 0 and 1 into -1 and 1.
    """
    table = TABLES[key]
    u = standardized(table.u) if scaled else np.array(table.u, dtype=float)
    v = np.array(table.v, dtype=float)
    if target == "measured" and scaled:
        v = standardized(table.v)
    elif target == "signs":
        v = 2 * v - 1
    return tuple(zip(u.tolist(), v.tolist(), strict=True))
