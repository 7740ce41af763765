"""A CSV file as one page holds it: its text, the columns chosen, and why nothing is learned yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from surfaces.data.sheet import Sheet


class Columns(NamedTuple):
    """The columns chosen, and whether rows that lack a value are left out."""

    across: str
    up: str
    complete: bool = False


@dataclass(frozen=True)
class OpenedFile:
    """A file that was opened: which upload it was, its name and content, and the columns chosen.

    `lacking` counts rows without a value in these; `problem` says why nothing is learned from it.
    """

    id: str
    name: str
    sheet: Sheet | None = None
    columns: Columns | None = None
    lacking: int = 0
    problem: str = ""
