"""What a lab is to the page: a row of the menu."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from packets.asked import Work


class Lab(NamedTuple):
    """A tab below the stage: title, what it is for, its work on the server, where it stands.

    `work` is by the names under which the lab's script asks for it, and `headers` are the typed
    dictionaries of what it sends.
    """

    title: str
    about: str
    work: Mapping[str, Work] = {}
    headers: tuple[type, ...] = ()
    beside: bool = True
