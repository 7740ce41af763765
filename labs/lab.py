"""What a lab is to the page: a row of the menu."""

from __future__ import annotations

from typing import NamedTuple


class Lab(NamedTuple):
    """A tab below the stage: title, what it is for, whether it may stand beside the landscape."""

    title: str
    about: str
    beside: bool = True
