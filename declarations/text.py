"""Short texts that a person types."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Text:
    """A short text that a person types; `check` raises a ValueError that says what is wrong.

    `instead` is what an empty field shows: what counts then, or how such a text looks.
    """

    label: str
    help: str
    longest: int
    check: Callable[[str], object]
    instead: str = ""
    symbol: str = ""

    def problem(self, value: Any) -> str | None:
        """Say in words what is wrong with `value`, or None."""
        if not isinstance(value, str):
            return f"{value!r} is not a text"
        if len(value) > self.longest:
            return f"{len(value)} characters are too many; at most {self.longest}"
        try:
            self.check(value)
        except ValueError as problem:
            return str(problem)
        return None

    def read(self, text: str) -> str:
        """Read a text typed or linked by a person; ValueError says what is wrong with it."""
        if len(text) > self.longest:
            raise ValueError(f"{len(text)} characters are too many; at most {self.longest}")
        self.check(text)
        return text

    def write(self, value: str) -> str:
        """Write the text as it stands."""
        return value
