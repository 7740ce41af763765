"""The rows that a regression learns from: a table, typed points or a file, scaled or not."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from surfaces.base import Array
from surfaces.data.generated import GENERATED
from surfaces.data.shelf import SHELF
from surfaces.data.tables import TABLES, Numbers, Table

Value = float | Array
Rows = tuple[tuple[float, float], ...] | Array
"""Pairs (u, v); many of them are an array of shape (n, 2)."""


def standardized(values: Numbers) -> Array:
    """Return values with mean 0 and standard deviation 1."""
    array = np.array(values, dtype=float)
    scaled: Array = (array - array.mean()) / (array.std() or 1.0)
    return scaled


OWN = "own"
PUBLISHED = {**TABLES, "generated": GENERATED}
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


def checked_name(text: str) -> None:
    """Refuse what is no name of a column."""
    if not text.strip() or not text.isprintable():
        raise ValueError("a column's name has at least one letter, and only printable ones")


def checked_content(text: str) -> None:
    """Refuse what names no content."""
    if text and not SHELF.is_name(text):
        raise ValueError(f"{text!r} names no rows of a file")


class Source(NamedTuple):
    """Where rows come from: a table's key, points typed and their names, or a file's content."""

    data: str
    points: str
    across: str
    up: str
    file: str


def table_of(source: Source) -> Table:
    """Return a published table, the one that is typed, or one that was opened from a file.

    ValueError if the file is not open here.
    """
    if not source.file:
        return own_table(source.points) if source.data == OWN else PUBLISHED[source.data]
    found = SHELF.find(source.file)
    if found is None:
        raise Elsewhere(source)
    return found


class Elsewhere(ValueError):
    """Raised where a link names rows that stand in a file which is not open here."""

    def __init__(self, source: Source) -> None:
        """Say which columns are needed."""
        super().__init__(
            f"more than {MOST} rows are in no link. Open their file, in the sidebar, and "
            f"choose the columns {source.across} and {source.up}: the rest of the link is kept"
        )
        self.source = source


@lru_cache(maxsize=256)
def misfit(source: Source, target: str) -> str | None:
    """Say why the second numbers of a source are nothing for a loss of this target, or None."""
    v = np.asarray(table_of(source).v, dtype=float)
    if target == "measured":
        return None
    if target == "counted":
        counts = np.all((v >= 0) & (v == np.floor(v))) and np.any(v)
        said = "a Poisson regression learns counts: second numbers 0, 1, 2, ..., not all 0"
        return None if counts else said
    if not np.all((v == 0.0) | (v == 1.0)):
        return "a classification learns two classes: every second number is 0 or 1"
    return None if v.min() < v.max() else f"all points are of one class, {v[0]:g}"


def rows(source: Source, scaled: bool, target: str) -> Rows:
    """Return the pairs (u, v); as an array of shape (n, 2) if they are many.

    `scaled` standardizes u; `target` says what becomes of v: "measured" leaves it, or standardizes
    it along with u; "counted" and "classes" leave it; "signs" makes 0 and 1 into -1 and 1.
    """
    many = len(table_of(source).u) > MOST
    return _many(source, scaled, target) if many else _few(source, scaled, target)


@lru_cache(maxsize=64)
def _few(source: Source, scaled: bool, target: str) -> Rows:
    return tuple(zip(*(c.tolist() for c in _columns(source, scaled, target)), strict=True))


@lru_cache(maxsize=8)
def _many(source: Source, scaled: bool, target: str) -> Rows:
    found = np.array(_columns(source, scaled, target)).T
    found.setflags(write=False)
    return found


def _columns(source: Source, scaled: bool, target: str) -> tuple[Array, Array]:
    table = table_of(source)
    u = standardized(table.u) if scaled else np.array(table.u, dtype=float)
    v = np.array(table.v, dtype=float)
    if target == "measured" and scaled:
        v = standardized(table.v)
    elif target == "signs":
        v = 2 * v - 1
    return u, v
