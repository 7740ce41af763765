"""What somebody has opened from a file, found by what it contains while somebody uses it.

A table of many rows fits in no link. The link names its content, and the shelf holds the table as
long as any experiment in memory learns from it.
"""

from __future__ import annotations

import hashlib
import re
from threading import RLock
from typing import Generic, TypeVar
from weakref import WeakValueDictionary

import numpy as np

from surfaces.data.tables import Table

MOST_KEPT = 20_000_000
"""Rows of all tables together; each takes 16 bytes."""

Kept = TypeVar("Kept")


class Shelf(Generic[Kept]):
    """Things by a name that only their content has; what nobody holds is gone by itself."""

    def __init__(self, prefix: str = "") -> None:
        """Start empty; names begin with a prefix."""
        self._prefix = prefix
        self._kept: WeakValueDictionary[str, Kept] = WeakValueDictionary()
        self._lock = RLock()

    def name(self, content: bytes) -> str:
        """Return the name that only this content has."""
        return self._prefix + hashlib.sha256(content).hexdigest()[:24]

    def is_name(self, text: str) -> bool:
        """Say whether a text has the form of a name here."""
        return bool(re.fullmatch(f"{self._prefix}[0-9a-f]{{24}}", text))

    def put(self, name: str, thing: Kept) -> Kept:
        """Return what to hold: the thing of that name that is here already, or else this one."""
        with self._lock:
            return self._kept.setdefault(name, thing)

    def find(self, name: str) -> Kept | None:
        """Return the thing of that name, or None."""
        with self._lock:
            return self._kept.get(name)

    def lacks(self, name: str) -> bool:
        """Say whether a name is one of something that is not here."""
        return self.is_name(name) and self.find(name) is None


class Tables(Shelf[Table]):
    """The tables that are open, bounded in all their rows."""

    def keep(self, table: Table) -> tuple[str, Table]:
        """Return the name of a table and the table to hold: one that is equal, if it is here.

        ValueError if all that is held would be too much.
        """
        name = self.name(np.array((table.u, table.v), dtype="<f8").tobytes())
        with self._lock:
            others = sum(len(kept.u) for other, kept in self._kept.items() if other != name)
            if others + len(table.u) > MOST_KEPT:
                raise ValueError("too many files are open here at present; try again later")
            return name, self.put(name, table)


SHELF = Tables()
