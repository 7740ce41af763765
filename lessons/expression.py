"""The language of claims: quantities of a run, arithmetic and comparisons, and nothing else.

    claim   := sum (comparison sum)+ ("and" sum (comparison sum)+)*
    sum     := product (("+" | "-") product)*
    product := factor (("*" | "/") factor)*
    factor  := "-" factor | number | name ["@" step] | function "(" sum ("," sum)* ")" | "(" sum ")"
    step    := whole number | "end" | "(" sum ")"

A comparison is one of < <= > >= = and ~ (equal within two percent). A name is words joined by
dots, as `a.loss` or `surface.kappa`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

_TOKEN = re.compile(
    r"\s*(\d+\.?\d*(?:e-?\d+)?|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*|<=|>=|[-+*/<>=~@(),])"
)
_COMPARISONS = ("<", "<=", ">", ">=", "=", "~")
LONGEST = 300
DEEPEST = 20
NEARLY, EQUAL = 0.02, 1e-9
"""By what share of the larger two numbers may differ and be near, or equal."""

Told = float | list[Any]
"""A sum as data: a number, ["of", name, step or None], or [operation, sum, ...]."""

FUNCTIONS: Mapping[str, tuple[int, Callable[..., float]]] = {
    "sqrt": (1, lambda v: math.sqrt(v) if v >= 0 else math.nan),
    "abs": (1, abs),
    "log10": (1, lambda v: math.log10(v) if v > 0 else math.nan),
    "min": (2, min),
    "max": (2, max),
}
"""What a sum may call: the number of its arguments, and what it gives."""


class Source(Protocol):
    """Where quantities get their values: a run, or settings alone."""

    def value(self, name: str, step: float | None) -> float:
        """Return a quantity, at a step where it has one; ValueError if there is none."""
        ...


@dataclass(frozen=True)
class Constant:
    """A number as it stands in the text."""

    number: float

    def of(self, source: Source) -> float:
        """Return the number."""
        return self.number

    def told(self) -> Told:
        """Return the number."""
        return self.number


@dataclass(frozen=True)
class Quantity:
    """A named quantity, at a step or of the whole run."""

    name: str
    step: Sum | None

    def of(self, source: Source) -> float:
        """Ask the source."""
        return source.value(self.name, None if self.step is None else self.step.of(source))

    def told(self) -> Told:
        """Return the name and the step."""
        return ["of", self.name, None if self.step is None else self.step.told()]


@dataclass(frozen=True)
class Applied:
    """A function or an operation, by its name in OPERATIONS, applied to sums."""

    operation: str
    arguments: tuple[Sum, ...]

    def of(self, source: Source) -> float:
        """Return its value, NaN where arithmetic has none."""
        apply = OPERATIONS[self.operation]
        return apply(*(argument.of(source) for argument in self.arguments))

    def told(self) -> Told:
        """Return the operation and its arguments."""
        return [self.operation, *(argument.told() for argument in self.arguments)]


@dataclass(frozen=True)
class Claim:
    """A comparison, or several that must all hold."""

    text: str
    parts: tuple[tuple[Sum, str, Sum], ...]

    def holds(self, source: Source) -> bool:
        """Say whether every comparison holds; a comparison with NaN does not."""
        return all(_compare(a.of(source), sign, b.of(source)) for a, sign, b in self.parts)

    def told(self) -> list[tuple[Told, str, Told]]:
        """Return the comparisons as data: [sum, sign, sum] each."""
        return [(a.told(), sign, b.told()) for a, sign, b in self.parts]


Sum = Constant | Quantity | Applied
"""A number that depends on a run: `of` gives it, ValueError where the source lacks a quantity."""


def read_sum(text: str) -> Sum:
    """Read a sum; ValueError says what was expected and what stands there."""
    reader = _Reader(text)
    found = reader.sum()
    reader.end()
    return found


def read_claim(text: str) -> Claim:
    """Read a claim; ValueError says what was expected and what stands there."""
    reader = _Reader(text)
    parts = list(reader.chain())
    while reader.take("and"):
        parts += reader.chain()
    reader.end()
    return Claim(text, tuple(parts))


def _compare(a: float, sign: str, b: float) -> bool:
    if sign == "~":
        return abs(a - b) <= NEARLY * max(abs(a), abs(b))
    if sign == "=":
        return a == b or abs(a - b) <= EQUAL * max(abs(a), abs(b))
    return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[sign]


def _divided(a: float, b: float) -> float:
    return a / b if b else math.nan


OPERATIONS: Mapping[str, Callable[..., float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": _divided,
    "negative": lambda v: -v,
    **{name: function for name, (_, function) in FUNCTIONS.items()},
}
"""What is applied, by its name."""


class _Reader:
    """Takes a text apart from left to right."""

    def __init__(self, text: str) -> None:
        if len(text) > LONGEST:
            raise ValueError(f"{len(text)} characters are too many; {LONGEST} are allowed")
        self.text, self.tokens, self.depth = text, list(_tokens(text)), 0

    def take(self, *wanted: str) -> str:
        """Take the next token if it is one of these, or return nothing."""
        if self.tokens and self.tokens[0] in wanted:
            return self.tokens.pop(0)
        return ""

    def expect(self, wanted: str) -> None:
        if not self.take(wanted):
            raise ValueError(f"{self.text!r}: expected {wanted!r}{self._here()}")

    def end(self) -> None:
        if self.tokens:
            raise ValueError(f"{self.text!r}: did not expect {self.tokens[0]!r}")

    def chain(self) -> Iterator[tuple[Sum, str, Sum]]:
        left, sign = self.sum(), self.take(*_COMPARISONS)
        if not sign:
            raise ValueError(
                f"{self.text!r}: expected one of {' '.join(_COMPARISONS)}{self._here()}"
            )
        while sign:
            right = self.sum()
            yield left, sign, right
            left, sign = right, self.take(*_COMPARISONS)

    def sum(self) -> Sum:
        found = self.product()
        while sign := self.take("+", "-"):
            found = Applied(sign, (found, self.product()))
        return found

    def product(self) -> Sum:
        found = self.factor()
        while sign := self.take("*", "/"):
            found = Applied(sign, (found, self.factor()))
        return found

    def factor(self) -> Sum:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ValueError(f"{self.text!r}: too many parentheses and signs inside one another")
        try:
            return self._factor()
        finally:
            self.depth -= 1

    def _factor(self) -> Sum:
        if self.take("-"):
            return Applied("negative", (self.factor(),))
        if self.take("("):
            found = self.sum()
            self.expect(")")
            return found
        if not self.tokens or not (self.tokens[0][0].isalnum() or self.tokens[0][0] == "_"):
            raise ValueError(f"{self.text!r}: expected a number or a quantity{self._here()}")
        token = self.tokens.pop(0)
        if token[0].isdigit():
            return Constant(float(token))
        if token in FUNCTIONS and self.take("("):
            return self._call(token)
        return Quantity(token, self._step() if self.take("@") else None)

    def _call(self, name: str) -> Sum:
        count, _ = FUNCTIONS[name]
        arguments = [self.sum()]
        while self.take(","):
            arguments.append(self.sum())
        self.expect(")")
        if len(arguments) != count:
            raise ValueError(f"{self.text!r}: {name} takes {count}, not {len(arguments)}")
        return Applied(name, tuple(arguments))

    def _step(self) -> Sum:
        if self.take("end"):
            return Quantity("steps", None)
        if self.tokens and self.tokens[0].isdigit():
            return Constant(float(self.tokens.pop(0)))
        self.expect("(")
        found = self.sum()
        self.expect(")")
        return found

    def _here(self) -> str:
        return f" before {self.tokens[0]!r}" if self.tokens else " at the end"


def _tokens(text: str) -> Iterator[str]:
    at = 0
    while text[at:].strip():
        found = _TOKEN.match(text, at)
        if not found:
            raise ValueError(f"{text!r}: cannot read {text[at:].strip()[:10]!r}")
        yield found.group(1)
        at = found.end()
