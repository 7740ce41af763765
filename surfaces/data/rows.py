"""The rows that a regression learns from: a published table, scaled or as it stands."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from surfaces.base import Array
from surfaces.data.tables import TABLES, Numbers, Table

Value = float | Array
Rows = tuple[tuple[float, float], ...]


def standardized(values: Numbers) -> Array:
    """Return values with mean 0 and standard deviation 1."""
    array = np.array(values, dtype=float)
    scaled: Array = (array - array.mean()) / (array.std() or 1.0)
    return scaled


OWN = "own"
FEWEST, MOST = 2, 200
LARGEST = 1e6


@lru_cache(maxsize=64)
def own_table(text: str) -> Table:
    """Return the table that is typed as `u v, u v, ...`; ValueError says what cannot be read.

    Numbers may be separated by spaces, tabs, commas or semicolons, as they come from a spreadsheet
    or a CSV file; decimals have a point.
    """
    words = re.split(r"[\s,;]+", text.strip(" \t\r\n,;"))
    numbers = [_number(word) for word in words]
    if len(numbers) % 2:
        raise ValueError(f"{len(numbers)} numbers are no pairs: each point has two")
    if not 2 * FEWEST <= len(numbers) <= 2 * MOST:
        raise ValueError(f"{len(numbers) // 2} points: at least {FEWEST}, at most {MOST}")
    u, v = tuple(numbers[::2]), tuple(numbers[1::2])
    if len(set(u)) < 2:
        raise ValueError("all points lie above one another: at least two different first numbers")
    return Table("Your own points", "u", "v", "Drawn or typed by you", u, v)


def _number(word: str) -> float:
    try:
        value = float(word)
    except ValueError:
        raise ValueError(f"{word[:20]!r} is not a number") from None
    if not abs(value) <= LARGEST:
        raise ValueError(f"{word[:20]} is missing or too large: at most {LARGEST:g} in size")
    return value


def checked_points(text: str) -> None:
    """Refuse what is no list of points."""
    own_table(text)


def table_of(key: str, points: str) -> Table:
    """Return a published table, or the one that is typed."""
    return own_table(points) if key == OWN else TABLES[key]


@lru_cache(maxsize=64)
def rows(key: str, points: str, scaled: bool, target: str) -> Rows:
    """Return the pairs (u, v) of a table, or of the points typed.

    `scaled` standardizes u; `target` says what becomes of v: "measured" leaves it, or standardizes
    it along with u; "counted" and "classes" leave it; "signs" makes 0 and 1 into -1 and 1.
    """
    table = table_of(key, points)
    u = standardized(table.u) if scaled else np.array(table.u, dtype=float)
    v = np.array(table.v, dtype=float)
    if target == "measured" and scaled:
        v = standardized(table.v)
    elif target == "signs":
        v = 2 * v - 1
    return tuple(zip(u.tolist(), v.tolist(), strict=True))
