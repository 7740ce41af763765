"""A table of a lesson file: its entries by kind, their lines, and what nobody asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

LONGEST_TEXT = 2_000

T = TypeVar("T")


class Unreadable(ValueError):
    """A lesson file that cannot be used; says in plain words what is wrong and on which line."""

    def __init__(self, problem: str, line: int) -> None:
        """Keep the line, counted from 1; 0 for the file as a whole."""
        super().__init__(f"line {line}: {problem}" if line else problem)
        self.line = line


class Table:
    """One table of the file: takes its entries out and remembers which were asked for."""

    def __init__(self, content: Any, path: str, source: str, nth: int = 0) -> None:
        """Take the parsed table, its dotted path and the file's text."""
        self.content: Mapping[str, Any] = content
        self.path, self.source, self.nth = path, source, nth
        self.taken: set[str] = set()

    def wrong(self, key: str, problem: str) -> Unreadable:
        """Return the error for an entry, with its line."""
        name = f"{self.path}.{key}" if self.path else key
        return Unreadable(f"{name}: {problem}", line_of(self.source, self.path, key, self.nth))

    def get(self, key: str, default: Any = None) -> Any:
        """Take an entry out; an error if it is missing and there is no default."""
        self.taken.add(key)
        if key not in self.content and default is None:
            raise self.wrong(key, "is missing")
        return self.content.get(key, default)

    def text(self, key: str, default: str | None = None) -> str:
        """Take a text, white space made single blanks."""
        found = self.get(key, default)
        if not isinstance(found, str) or len(found) > LONGEST_TEXT:
            raise self.wrong(key, f"a text of at most {LONGEST_TEXT} characters in quotes")
        return " ".join(found.split())

    def number(self, key: str, default: float) -> float:
        """Take a number."""
        found = self.get(key, default)
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise self.wrong(key, f"{found!r} is not a number")
        return float(found)

    def tried(self, key: str, read: Callable[[str], T], text: str) -> T:
        """Read a text; what is wrong with it is said with the entry's line."""
        try:
            return read(text)
        except ValueError as problem:
            raise self.wrong(key, str(problem)) from None

    def read(self, key: str, read: Callable[[str], T]) -> T:
        """Take a text and read it."""
        return self.tried(key, read, self.text(key))

    def optional(self, key: str, read: Callable[[str], T]) -> T | None:
        """Take a text and read it if it is there."""
        return self.read(key, read) if key in self.content else None

    def each(self, key: str, read: Callable[[Any], T]) -> Iterator[T]:
        """Take a list and read each of its members."""
        found = self.get(key, [])
        if not isinstance(found, list):
            raise self.wrong(key, "a list in square brackets")
        for n, value in enumerate(found, start=1):
            try:
                yield read(value)
            except (ValueError, TypeError, AttributeError) as problem:
                raise self.wrong(key, f"number {n}: {problem}") from None

    def table(self, key: str) -> Table:
        """Take a table."""
        found = self.get(key)
        if not isinstance(found, dict):
            raise self.wrong(key, "is a table with entries of its own")
        return Table(found, f"{self.path}.{key}" if self.path else key, self.source)

    def tables(self, key: str) -> list[Table]:
        """Take the tables written as [[key]]."""
        found = self.get(key, [])
        if not isinstance(found, list) or not all(isinstance(part, dict) for part in found):
            raise self.wrong(key, f"is written as [[{key}]]")
        return [Table(part, key, self.source, n) for n, part in enumerate(found)]

    def __enter__(self) -> Table:
        """Take entries out."""
        return self

    def __exit__(self, problem: type[BaseException] | None, *_: object) -> None:
        """Refuse entries that nobody has taken."""
        if problem is not None:
            return
        for key in self.content:
            if key not in self.taken:
                raise self.wrong(
                    key, f"is not known here; known are {', '.join(sorted(self.taken))}"
                )


def line_of(source: str, path: str, key: str, nth: int = 0) -> int:
    """Return the line of an entry, else of its table, else of the table it would stand in."""
    inside, seen, fallback = "", -1, 1
    for number, line in enumerate(source.splitlines(), start=1):
        header = re.match(r"\s*\[+\s*([\w.]+)\s*\]+", line)
        if header:
            inside = header.group(1)
            seen += inside == path
        here = inside == path and (not path or seen == nth)
        if here and header:
            fallback = number
        if here and re.match(rf"\s*{re.escape(key)}\s*=", line):
            return number
        if re.match(rf"\s*{re.escape(path.rpartition('.')[2] or key)}\s*=\s*\{{", line):
            fallback = number
    return fallback
