"""What a printed formula consists of, as frozen values that can be compared and rewritten.

It keeps how a line is set: which quotient has a bar, which product a dot, where parentheses stand.
What a typed formula consists of, which is all about what it computes, is in
`surfaces/formulas/typed.py`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Printed:
    """A part of a printed formula."""


@dataclass(frozen=True)
class Symbol(Printed):
    r"""A name such as \hat{m}_{1,t-1}: letter, accent, subscript and time.

    `time` is the step relative to t (0 for t, -1 for t - 1), None for what carries no time.
    """

    letter: str
    accent: str = ""
    subscript: str = ""
    time: int | None = None

    def at(self, time: int | None) -> Symbol:
        """Return the same name at another time."""
        return Symbol(self.letter, self.accent, self.subscript, time)

    def __str__(self) -> str:
        moment = "" if self.time is None else "t" + (f"{self.time:+d}" if self.time else "")
        low = ",".join(part for part in (self.subscript, moment) if part)
        core = f"{self.accent}{{{self.letter}}}" if self.accent else self.letter
        return core + (f"_{{{low}}}" if low else "")


@dataclass(frozen=True)
class Constant(Printed):
    """A number as it is printed."""

    text: str


@dataclass(frozen=True)
class Slot(Printed):
    """A place for a number that changes with time; `wrap` says when it needs parentheses.

    "" never, "sign" when the number is negative, "power" also when it is written with a power
    of ten.
    """

    index: int
    wrap: str = ""


@dataclass(frozen=True)
class Sum(Printed):
    """Terms, each behind its sign + or -."""

    terms: tuple[tuple[str, Printed], ...]


@dataclass(frozen=True)
class Product(Printed):
    """Factors; `joints` has the sign between each two of them, "" for none."""

    factors: tuple[Printed, ...]
    joints: tuple[str, ...]


@dataclass(frozen=True)
class Fraction(Printed):
    """A quotient with a bar."""

    above: Printed
    below: Printed


@dataclass(frozen=True)
class Ratio(Printed):
    """A quotient with a slash."""

    left: Printed
    right: Printed


@dataclass(frozen=True)
class Root(Printed):
    """A square root."""

    body: Printed


@dataclass(frozen=True)
class Power(Printed):
    """A power; exponent -1 of a matrix is its inverse."""

    base: Printed
    exponent: Printed


@dataclass(frozen=True)
class Fenced(Printed):
    """A part between ( or [ (grouping), | (magnitude), ‖ (Euclidean norm), ⌊ (rounding down)."""

    fence: str
    body: Printed


@dataclass(frozen=True)
class Call(Printed):
    """A named function, perhaps with a power on its name as in sin² x."""

    name: str
    arguments: tuple[Printed, ...]
    power: Printed | None = None
    bare: bool = False


@dataclass(frozen=True)
class Loss(Printed):
    """The loss (order 0), its gradient (1) or its Hessian (2) at a point."""

    order: int
    point: Printed


@dataclass(frozen=True)
class Point(Printed):
    """A pair of coordinates."""

    x: Printed
    y: Printed


@dataclass(frozen=True)
class Partial(Printed):
    """The partial derivative of the loss by one variable, at a point."""

    variable: str
    point: Point


@dataclass(frozen=True)
class Comparison(Printed):
    """A chain of relations, each between its neighbors, such as 0 < a ≤ b."""

    parts: tuple[Printed, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True)
class Junction(Printed):
    """Conditions joined by `and` or by `or`."""

    word: str
    conditions: tuple[Printed, ...]


@dataclass(frozen=True)
class Branch(Printed):
    """One row of a case distinction; without a condition it is what holds otherwise.

    `chosen` is the index of the slot that is 1 while this row is the one that applies.
    """

    value: Printed
    condition: Printed | None
    chosen: int | None = None


@dataclass(frozen=True)
class Cases(Printed):
    """A case distinction: the first branch whose condition holds."""

    branches: tuple[Branch, ...]


@dataclass(frozen=True)
class Least(Printed):
    """The smallest whole number from `first` on for which a condition holds."""

    variable: Symbol
    first: Printed
    condition: Printed


@dataclass(frozen=True)
class Series(Printed):
    """A sum over a whole number from `first` to `last`."""

    variable: Symbol
    first: Printed
    last: Printed
    body: Printed


@dataclass(frozen=True)
class Assignment(Printed):
    """One printed line: a name and the expression it stands for."""

    name: Symbol
    expression: Printed
