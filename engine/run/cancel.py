"""How long work is told to stop: it asks between two steps, and an exception ends it."""

from __future__ import annotations

from collections.abc import Callable

Check = Callable[[], None]
"""Called between two steps of long work; raises Stopped when nobody waits for it any more."""


class Stopped(Exception):
    """The work is no longer wanted; what it has found so far is dropped."""


def unchecked() -> None:
    """Let work run to its end."""
