"""Answers kept, and computed once even where threads ask for the same at the same time."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from threading import Lock
from typing import Generic, ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Found = TypeVar("Found")


@dataclass(frozen=True, eq=False)
class _Place(Generic[Found]):
    """Where an answer will lie; who holds the lock computes it."""

    lock: Lock = field(default_factory=Lock)
    found: list[Found] = field(default_factory=list)


def once(answers: int) -> Callable[[Callable[Asked, Found]], Callable[Asked, Found]]:
    """Keep the newest answers of a pure function; who asks for what is under way waits for it."""

    def kept(work: Callable[Asked, Found]) -> Callable[Asked, Found]:
        @lru_cache(maxsize=answers)
        def place(*asked: Hashable) -> _Place[Found]:
            return _Place()

        @wraps(work)
        def answer(*asked: Asked.args, **named: Asked.kwargs) -> Found:
            here = place(*asked, *named.items())
            with here.lock:
                if not here.found:
                    here.found.append(work(*asked, **named))
                return here.found[0]

        return answer

    return kept
