"""A printed line read token by token: what comes next, and the names that stand there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NoReturn, TypeVar

from engine.notation.letters import ACCENTS, LETTERS
from engine.notation.printed import Printed, Symbol
from engine.notation.tokens import Token, fail, tokens

Part = TypeVar("Part", bound=Printed)
Found = TypeVar("Found")


class Reader:
    """A line, how far it has been read, and the names in it."""

    def __init__(self, line: str) -> None:
        """Begin at the line's first token; ValueError points at a stray character."""
        self.line = line
        self.tokens: Sequence[Token] = tokens(line)
        self.next = 0
        self.bars: list[str] = []

    @property
    def here(self) -> str:
        """The next token's text, empty at the end and for words in \\text{}."""
        if self.next == len(self.tokens) or self.kind == "text":
            return ""
        return self.tokens[self.next].text

    @property
    def kind(self) -> str:
        """The next token's kind, empty at the end."""
        return self.tokens[self.next].kind if self.next < len(self.tokens) else ""

    def fail(self, problem: str) -> NoReturn:
        """Raise a ValueError that points at the next token."""
        ended = self.next == len(self.tokens)
        fail(self.line, len(self.line) if ended else self.tokens[self.next].place, problem)

    def take(self) -> str:
        """Return the next token's text and go on."""
        text = self.tokens[self.next].text
        self.next += 1
        return text

    def expect(self, text: str) -> None:
        """Go past a token that must be here."""
        if self.here != text:
            self.fail(f"expected {text}")
        self.next += 1

    def ahead(self, count: int) -> list[str]:
        """Return the texts of the next few tokens."""
        return [token.text for token in self.tokens[self.next : self.next + count]]

    def skip(self, text: str) -> bool:
        """Go past a token if it is here, and say whether it was."""
        found = self.here == text
        self.next += found
        return found

    def apart(self, read: Callable[[], Found]) -> Found:
        """Return what `read` finds where a bar outside is no bar that could close."""
        outside, self.bars = self.bars, []
        found = read()
        self.bars = outside
        return found

    def whole(self, read: Callable[[], Part]) -> Part:
        """Return what `read` finds if nothing is left after it."""
        part = read()
        if self.next < len(self.tokens):
            self.fail("expected the end of the formula")
        return part

    def name(self) -> Symbol:
        """Read a name with its accent, subscript and time."""
        accent = self.take() if self.here in ACCENTS else ""
        braced = bool(accent) and self.skip("{")
        letter = self.letter()
        if braced:
            self.expect("}")
        subscript, time = self.subscript() if self.skip("_") else ("", None)
        return Symbol(letter, accent, subscript, time)

    def letter(self) -> str:
        """Read the letter of a name."""
        here = self.here
        if self.kind == "name" or here in LETTERS or (len(here) == 1 and here.isalpha()):
            return self.take()
        return self.fail("expected a name, a number or a parenthesis")

    def subscript(self) -> tuple[str, int | None]:
        """Read what stands below a name: its index, and the time relative to t."""
        parts = [""]
        if not self.skip("{"):
            parts = [self.take() if self.here else self.fail("expected a subscript")]
        else:
            while not self.skip("}"):
                if self.next == len(self.tokens):
                    self.fail("expected }")
                parts = [*parts, ""] if self.skip(",") else [*parts[:-1], parts[-1] + self.take()]
        times = {"t": 0, "t-1": -1, "t+1": 1}
        time = times.pop(parts[-1], None)
        return ",".join(parts if time is None else parts[:-1]), time
