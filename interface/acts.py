"""What a person has done on the page, as the browser tells it: in order, and until it is heard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Act(NamedTuple):
    """Something done: its number, its name, and what the browser says of it."""

    n: int
    name: str
    value: object


def news(told: object, token: str, taken: int) -> list[Act]:
    """Return the acts of a message that come after number `taken`, in order, each once.

    Every message repeats all acts that wait for an answer, and may come late or twice. One told to
    another session, of which `token` is not the name, holds nothing for this one; neither does what
    is not of the form `{"of": token, "done": [{"n": 1, "name": ..., "value": ...}, ...]}`.
    """
    if not isinstance(told, Mapping) or told.get("of") != token:
        return []
    found: list[Act] = []
    for one in told.get("done") or []:
        n = one.get("n") if isinstance(one, Mapping) else None
        if type(n) is int and n > taken:
            taken = n
            found.append(Act(n, str(one.get("name")), one.get("value")))
    return found
