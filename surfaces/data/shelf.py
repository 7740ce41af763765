"""Tables that somebody has opened from a file, found by what they contain while somebody uses them.

A table of many rows fits in no link. The link names its content, and the shelf holds the table as
long as any experiment in memory learns from it.
"""

from __future__ import annotations

import hashlib
import re
from threading import Lock
from weakref import WeakValueDictionary

import numpy as np

from surfaces.data.tables import Table

MOST_KEPT = 20_000_000
"""Rows of all tables together; each takes 16 bytes."""

NAME = re.compile("[0-9a-f]{24}")


class Shelf:
    """Tables by the name of their content; what nobody holds any more is gone by itself."""

    def __init__(self) -> None:
        """Start empty."""
        self._tables: WeakValueDictionary[str, Table] = WeakValueDictionary()
        self._lock = Lock()

    def keep(self, table: Table) -> tuple[str, Table]:
        """Return the name of a table and the table to hold: one that is equal, if it is here.

        ValueError if all that is held would be too much.
        """
        name = content_name(table)
        with self._lock:
            others = sum(len(kept.u) for other, kept in self._tables.items() if other != name)
            if others + len(table.u) > MOST_KEPT:
                raise ValueError("too many files are open here at present; try again later")
            return name, self._tables.setdefault(name, table)

    def find(self, name: str) -> Table | None:
        """Return the table of that name, or None."""
        with self._lock:
            return self._tables.get(name)

    def lacks(self, name: str) -> bool:
        """Say whether a name is one of rows that are not here."""
        return bool(NAME.fullmatch(name)) and self.find(name) is None


def content_name(table: Table) -> str:
    """Return a name that only these numbers have."""
    numbers = np.array((table.u, table.v), dtype="<f8")
    return hashlib.sha256(numbers.tobytes()).hexdigest()[:24]


SHELF = Shelf()
